"""Fill a new installation with three campaigns, through the same doors as everybody: tickets, S3, queue, moderation.

Every step asks first what is there, so a seeding that was interrupted goes on, and one that is complete costs a moment.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask

from campaign.app import create_app
from campaign.config import Settings
from campaign.db import db
from campaign.demo.client import ApiClient, DemoProblem
from campaign.demo.crew import Member, fan_of, gather_crew
from campaign.demo.rounds import Jury
from campaign.demo.scene import Scene
from campaign.demo.skylines import draw_all
from campaign.demo.stories import JUDGING, OPEN, STORIES, Story, category_of

SENDERS = 2
"""Photos drawn and sent at once: one for each core of a small machine."""
PHOTO_SECONDS = 120.0
WINNERS = 3
FINALISTS = 6
PERSONAS_PHOTOS = 2
"""How many photos of each campaign belong to the two fans people sign in as."""
FINISHED = "seeded"
"""A file that says the seeding came to its end; delete it to have it checked again."""

Say = Callable[[str], None]


class Demo:
    """One seeding: the crew, the address, and a line for each step."""

    def __init__(self, settings: Settings, base_url: str, pictures: Path, say: Say) -> None:
        self.base_url = base_url
        self.issuer = settings.oidc_providers[0].issuer
        self.pictures = pictures
        self.say = say
        self.app: Flask = create_app(settings)
        with self.app.app_context():
            self.crew = gather_crew(self.issuer)
        self.marketer = self.client(self.crew["marketer-1"])
        self.staff = self.client(self.crew["staff-1"])

    def client(self, member: Member) -> ApiClient:
        return ApiClient(self.base_url, member.token)

    def close(self) -> None:
        """Let the database's connections go."""
        with self.app.app_context():
            db.engine.dispose()

    def tell(self, story: Story) -> None:
        """One campaign, as far as its story goes: open, before the jury, or announced."""
        campaign = self.launch(story)
        if campaign["state"] == "open":
            self.fill(story, campaign)
        if story.slug == OPEN.slug or campaign["state"] == "announced":
            return
        jury = Jury(self.base_url, self.crew)
        if story.slug == JUDGING.slug:
            jury.under_way(story)
        else:
            self.announce(story, jury.to_the_end(story))

    def launch(self, story: Story) -> dict[str, Any]:
        """The campaign, launched; as it is where it is there already."""
        path = f"/campaigns/{story.slug}"
        if not self.marketer.exists(path):
            now = datetime.now(UTC)
            closes_at = now + timedelta(days=story.open_days)
            self.marketer.ask("POST", "/campaigns", story.body(now.isoformat(), closes_at.isoformat()))
        campaign = self.marketer.ask("GET", path)
        if campaign["state"] == "draft":
            campaign = self.marketer.ask("POST", f"{path}/transitions", {"to": "open"})
        return campaign

    def fill(self, story: Story, campaign: dict[str, Any]) -> None:
        """Send every photo that is not there yet, and publish those that wait."""
        rules = campaign["rules_version"]
        self.say(f"“{story.title}”: drawing and sending {len(story.scenes)} photos")
        with ThreadPoolExecutor(SENDERS) as senders:
            sent = list(senders.map(lambda pair: self._send(story, rules, *pair), enumerate(story.scenes)))
        unseen = [state for state in sent if state not in {"ready", "published"}]
        if unseen:
            raise DemoProblem(f"{len(unseen)} photos of “{story.title}” ended as {', '.join(sorted(set(unseen)))}")
        self.publish(story)

    def publish(self, story: Story) -> None:
        """As staff: hang what waits, the first scene last so that it stands on top; leave some for whoever tries it."""
        waiting = {
            one["caption"]: one["id"] for one in self.staff.each(f"/campaigns/{story.slug}/submissions", state="ready")
        }
        for scene in reversed(story.scenes[: len(story.scenes) - story.left_waiting]):
            if scene.caption in waiting:
                self.staff.ask("POST", f"/submissions/{waiting[scene.caption]}/decision", {"decision": "publish"})

    def _send(self, story: Story, rules_version: int, number: int, scene: Scene) -> str:
        with self.app.app_context():
            member = self._sender(number, scene)
        fan = self.client(member)
        for mine in fan.each("/me/submissions"):
            if mine["caption"] == scene.caption and mine["state"] not in {"ticketed", "expired", "rejected"}:
                return fan.wait_until_seen(mine["id"], PHOTO_SECONDS)
        filename, content_type, photo = draw_all((scene,), self.pictures)[0]
        words = {"caption": scene.caption, "place": scene.place, "rules_version": rules_version}
        if story.has_categories:
            words["category"] = category_of(scene)
        return fan.wait_until_seen(fan.send_photo(story.slug, words, filename, content_type, photo), PHOTO_SECONDS)

    def _sender(self, number: int, scene: Scene) -> Member:
        """The first photos belong to the fans people sign in as, in turn; every other to a fan of its own."""
        return self.crew[f"fan-{number % 2 + 1}"] if number < 2 * PERSONAS_PHOTOS else fan_of(self.issuer, scene)

    def announce(self, story: Story, judged: dict[str, Any]) -> None:
        """Choose from the round's result, and announce."""
        ranked = [row["submission"]["id"] for row in self.marketer.each(f"/rounds/{judged['id']}/results")]
        chosen = {"winners": ranked[:WINNERS], "finalists": ranked[WINNERS : WINNERS + FINALISTS]}
        self.marketer.ask("PUT", f"/rounds/{judged['id']}/selection", chosen)
        self.marketer.ask("POST", f"/campaigns/{story.slug}/transitions", {"to": "announced"})


def seed_demo(
    settings: Settings, base_url: str, *, pictures: Path, say: Say = print, stories: Sequence[Story] = STORIES
) -> None:
    """Make the demo whole. `pictures` keeps the drawn files. Raises DemoProblem that says where it stopped."""
    finished = pictures / FINISHED
    if finished.exists() and ApiClient(base_url).exists(f"/campaigns/{OPEN.slug}"):
        return
    pictures.mkdir(parents=True, exist_ok=True)
    demo = Demo(settings, base_url, pictures, say)
    try:
        for story in stories:
            demo.tell(story)
    finally:
        demo.close()
    finished.touch()
