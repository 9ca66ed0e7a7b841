"""Campaigns and photos for tests, made through the real verbs; rows are written directly only where many are needed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from campaign.accounts.actor import Actor
from campaign.campaigns.lifecycle import create_campaign, move_campaign
from campaign.campaigns.models import Campaign, State
from campaign.campaigns.particulars import Particulars
from campaign.db import db, transaction
from campaign.submissions.models import Photo, Rendition, Submission, SubmissionState

RULES = "Send only photos you took yourself."


def particulars(**changes: object) -> Particulars:
    """A campaign that is open from an hour ago until tomorrow, unless changed."""
    now = datetime.now(UTC).replace(microsecond=0)
    given: dict[str, object] = {
        "title": "Flaunt your city",
        "brief": "Show us where you live at its best hour.",
        "accent": "#ffb547",
        "time_zone": "Europe/Lisbon",
        "opens_at": now - timedelta(hours=1),
        "closes_at": now + timedelta(days=1),
        "entry_limit": 3,
        "minimum_age": 16,
        "rules_text": RULES,
    }
    return Particulars(**(given | changes))  # type: ignore[arg-type]  # the changes are the test's own


def make_campaign(marketer: Actor, state: State = State.OPEN, **changes: object) -> Campaign:
    """A campaign in the state; commits."""
    with transaction():
        campaign = create_campaign(marketer, particulars(**changes))
        for to in (State.OPEN, State.CLOSED)[: (State.DRAFT, State.OPEN, State.CLOSED).index(state)]:
            move_campaign(marketer, campaign.id, to)
    return campaign


def add_photos(
    campaign: Campaign,
    person_id: UUID,
    count: int = 1,
    state: SubmissionState = SubmissionState.PUBLISHED,
    first_entry: int = 1,
) -> list[Submission]:
    """Submissions with photos and renditions, written directly; their objects are not in the store. Commits."""
    now = datetime.now(UTC)
    decided = state in (SubmissionState.PUBLISHED, SubmissionState.DECLINED)
    made = []
    with transaction():
        for number in range(first_entry, first_entry + count):
            photo_id = uuid4()
            submission = Submission(
                campaign_id=campaign.id,
                person_id=person_id,
                rules_id=campaign.current_rules.id,
                entry_number=number,
                caption=f"Photo {number}",
                place="Lisbon",
                state=state,
                reason="Too dark to see" if state is SubmissionState.DECLINED else "",
                ticket_expires_at=now + timedelta(minutes=15),
                received_at=now,
                ready_at=now,
                published_at=now if state is SubmissionState.PUBLISHED else None,
                decided_at=now if decided else None,
            )
            submission.photo = Photo(
                id=photo_id,
                filename=f"{number}.jpg",
                content_type="image/jpeg",
                declared_bytes=1000,
                incoming_key=f"incoming/{photo_id}/claim",
                original_key=f"originals/{photo_id}/whole.jpg",
                format="JPEG",
                width=1600,
                height=1200,
                bytes=1000,
                sha256=photo_id.hex * 2,
                thumbhash="1QcSHQRnh493V4dIh4eXh1h4kJUI",
                dominant="#336699",
            )
            submission.photo.renditions = [
                Rendition(name=str(side), key=f"photos/{photo_id}/r/{side}.webp", width=side, height=side * 3 // 4,
                          bytes=100, etag=f"{photo_id.hex}{side}")
                for side in (320, 640)
            ]  # fmt: skip
            db.session.add(submission)
            made.append(submission)
    return made
