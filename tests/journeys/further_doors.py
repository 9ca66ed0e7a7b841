"""Pages that no link of the small demo leads to, made reachable: a draft, a closed campaign, links from mails."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from sqlalchemy import select

from campaign.accounts.models import Identity
from campaign.awards.models import Release, ReleaseWords
from campaign.campaigns.models import Campaign
from campaign.db import db, transaction
from campaign.demo.client import ApiClient
from campaign.demo.crew import gather_crew
from campaign.demo.stories import ANNOUNCED, JUDGING, OPEN
from campaign.judging.models import PanelMember, Round, RoundStage
from campaign.moments.unsubscribing import unsubscribe_path
from campaign.submissions.models import Submission, SubmissionState
from tests.journeys.house import House

DRAFT, CLOSED = "another-year", "short-and-over"


def further_doors(app: Flask, house: House, issuer: str) -> dict[str, tuple[str, ...]]:
    """For each person, addresses to begin at besides the usual ones. Commits."""
    with app.app_context():
        crew = gather_crew(issuer)
        marketer = ApiClient(house.base_url, crew["marketer-1"].token)
        draft_round = _prepare(marketer)
        release_id, editable = _for_the_fan(issuer)
        chaired = _for_the_chair()
        under_way, over = (_round(stage) for stage in (RoundStage.OPEN, RoundStage.CLOSED))
        me = db.session.scalar(select(Identity.person_id).where(Identity.subject == "fan-1"))
        assert me is not None
        stop = unsubscribe_path(me, str(app.secret_key))
    invitation = urlsplit(house.run("invite", "cast").strip().splitlines()[-1]).path
    return {
        "": (invitation, stop),
        "fan-1": ("/me/releases", f"/me/releases/{release_id}", f"/me/photos/{editable}/edit"),
        "cast-1": (f"/panel/{chaired}/chair", f"/panel/{chaired}/mine"),
        "marketer-1": (
            f"/desk/c/{DRAFT}/preview",
            f"/desk/c/{CLOSED}/announce",
            f"/desk/c/{CLOSED}/reopen",
            f"/desk/rounds/{draft_round}/edit",
            f"/desk/rounds/{under_way}",
            f"/desk/rounds/{under_way}/changes",
            *(f"/desk/rounds/{over}{page}" for page in ("", "/agreement", "/pick", "/reopen")),
        ),
    }


def _prepare(marketer: ApiClient) -> str:
    """A draft, a campaign that closed before anybody came, and a round that is not open yet; its id."""
    later = (datetime.now(UTC) + timedelta(days=9)).isoformat(timespec="seconds")
    for slug in (DRAFT, CLOSED):
        words = {"title": slug.replace("-", " ").capitalize(), "slug": slug, "closes_at": later}
        marketer.ask("POST", f"/campaigns/{OPEN.slug}/duplicate", words)
    for state in ("open", "closed"):
        marketer.ask("POST", f"/campaigns/{CLOSED}/transitions", {"to": state})
    prepared: dict[str, Any] = marketer.ask(
        "POST", f"/campaigns/{JUDGING.slug}/rounds", {"title": "A third", "quorum": 1}
    )
    return str(prepared["id"])


def _for_the_chair() -> str:
    """A closed round that cast-1 chairs; its id."""
    with transaction():
        seats = (
            select(PanelMember).join(Round).join(Campaign).join(Identity, Identity.person_id == PanelMember.person_id)
        )
        seats = seats.where(Campaign.slug == ANNOUNCED.slug, Identity.subject == "cast-1")
        seat = db.session.scalars(seats.order_by(Round.number).limit(1)).one()
        seat.is_chair = True
        return str(seat.round_id)


def _round(stage: RoundStage) -> str:
    """A round of the campaign that is judged, at this stage; its id."""
    here = select(Round.id).join(Campaign).where(Campaign.slug == JUDGING.slug, Round.stage == stage)
    return str(db.session.scalars(here.limit(1)).one())


def _for_the_fan(issuer: str) -> tuple[str, str]:
    """A release that fan-1 is asked for, and a photo of theirs that nobody has looked at."""
    assert issuer
    with transaction():
        mine = select(Submission).join(Identity, Identity.person_id == Submission.person_id)
        mine = mine.join(Campaign).where(Identity.subject == "fan-1")
        judged = db.session.scalars(mine.where(Campaign.slug == JUDGING.slug).limit(1)).one()
        words = ReleaseWords(campaign_id=judged.campaign_id, version=1, text="May we show your photo on television?")
        db.session.add(words)
        db.session.flush()
        release = Release(campaign_id=judged.campaign_id, submission_id=judged.id, words_id=words.id)
        waiting = db.session.scalars(mine.where(Campaign.slug == OPEN.slug).limit(1)).one()
        waiting.state, waiting.published_at, waiting.decided_at = SubmissionState.READY, None, None
        db.session.add(release)
        db.session.flush()
        return str(release.id), str(waiting.id)
