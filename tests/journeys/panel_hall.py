"""A hall for judges: a campaign with photos in the store for each way of judging, and two judges who are signed in."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from campaign.accounts.authentication import cookie_name
from campaign.accounts.sessions import open_session
from campaign.campaigns.models import State
from campaign.db import transaction
from campaign.judging.life.plan import Plan
from campaign.judging.life.rounds import create_round, move_round
from campaign.judging.models import RoundStage
from campaign.submissions.models import Rendition, Submission
from tests.factories import add_photos, make_campaign
from tests.journeys.people import PATIENCE
from tests.people import Someone, meet

LARGEST = 1280
JUDGES = ("cast_member", "other_cast_member")


@dataclass
class Judge:
    """A judge at a browser, and what its scripts complained of."""

    page: Page
    problems: list[str]

    def open(self, round_id: UUID, path: str = "") -> Judge:
        self.page.goto(f"/panel/{round_id}{path}")
        return self

    def look(self) -> None:
        """Wait until what hangs is drawn: before that no word is taken."""
        expect(self.page.locator("[data-easel]")).to_have_attribute("data-state", "here")

    def sent(self) -> None:
        """Wait until nothing waits on this device."""
        expect(self.page.locator("[data-panel]")).to_have_attribute("data-waiting", "0")

    @property
    def said(self) -> str:
        return self.page.locator("[data-part=count]").inner_text()

    @property
    def line(self) -> str:
        return self.page.locator(".line").inner_text()


def hang(app: Flask, slug: str, photos: int) -> UUID:
    """A closed campaign whose gallery has so many photos, captioned “City 1” and on; its id."""
    with app.app_context():
        marketer, fan = meet(app, "marketer"), meet(app, "fan")
        for name in JUDGES:
            meet(app, name)
        assert fan.person_id is not None
        campaign = make_campaign(marketer.actor, State.CLOSED, slug=slug, title=slug.capitalize(), entry_limit=photos)
        hung = add_photos(campaign, fan.person_id, photos)
        store = app.extensions["flaunt_storage"]
        store.ensure_bucket()
        with transaction():
            for number, one in enumerate(hung, start=1):
                one.caption = f"City {number}"
                for rendition in _enlarged(one, number):
                    drawn = webp(rendition, number)
                    rendition.bytes = len(drawn)
                    store.put_bytes(rendition.key, drawn, content_type="image/webp")
        return campaign.id


def prepare(app: Flask, slug: str, photos: int, **plan: Any) -> UUID:
    """An open round over photos of its own, judged by the two judges; its id."""
    campaign_id = hang(app, slug, photos)
    with app.app_context(), transaction():
        marketer = meet(app, "marketer")
        chosen = [one for name in JUDGES if (one := meet(app, name).person_id) is not None]
        given = {"title": "A look", "quorum": 2, "panel": chosen} | plan
        drafted = create_round(marketer.actor, campaign_id, Plan(**given))
        return move_round(marketer.actor, drafted.id, RoundStage.OPEN).id


def _enlarged(submission: Submission, number: int) -> list[Rendition]:
    """Its renditions, of different shapes, and one large enough to look closely at."""
    tall = number % 3 == 0
    photo = submission.photo
    photo.width, photo.height = (1200, 1600) if tall else (1600, 1200)
    largest = photo.renditions[-1]
    added = Rendition(
        name=str(LARGEST), key=largest.key.replace("640", str(LARGEST)), bytes=100, etag=f"{photo.id.hex}x"
    )
    photo.renditions.append(added)
    for side, rendition in ((320, photo.renditions[0]), (640, largest), (LARGEST, added)):
        rendition.width, rendition.height = (side * 3 // 4, side) if tall else (side, side * 3 // 4)
    return list(photo.renditions)


def webp(rendition: Rendition, number: int) -> bytes:
    out = io.BytesIO()
    hue = 37 * number % 256
    gradient = Image.linear_gradient("L").resize((rendition.width, rendition.height))
    Image.merge("HSV", (Image.new("L", gradient.size, hue), Image.new("L", gradient.size, 140), gradient)).convert(
        "RGB"
    ).save(out, "WEBP", quality=60)
    return out.getvalue()


def sit(app: Flask, browser: Browser, base_url: str, screen: dict[str, Any], name: str = "cast_member") -> Judge:
    """A judge at a browser of their own, signed in."""
    context = browser.new_context(**screen, base_url=base_url)
    context.set_default_timeout(PATIENCE)
    with app.app_context():
        context.add_cookies([_cookie(app, meet(app, name), base_url)])
    page = context.new_page()
    judge = Judge(page, [])
    page.on("pageerror", lambda problem: judge.problems.append(f"{page.url}: {problem}"))
    return judge


def _cookie(app: Flask, somebody: Someone, base_url: str) -> Any:
    assert somebody.person_id is not None
    with transaction():
        secret = open_session(somebody.person_id, lifetime=timedelta(days=1))
    return {"name": cookie_name(app.extensions["flaunt_settings"]), "value": secret, "url": base_url}
