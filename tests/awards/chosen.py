"""A campaign that is judged: photos of two fans, a closed round, and a choice among them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, text

from campaign.accounts.actor import Actor
from campaign.campaigns.models import Campaign
from campaign.db import db, transaction
from campaign.judging.models import Round, RoundEntry, RoundStage, Selection
from campaign.judging.results.selection import choose
from campaign.submissions.models import Submission


def close_a_round(campaign: Campaign, photos: Sequence[Submission]) -> Round:
    """A round in which these photos took part and nobody voted, written directly. Commits."""
    now = datetime.now(UTC)
    with transaction():
        judged = Round(
            campaign_id=campaign.id,
            number=1,
            title="First look",
            quorum=1,
            stage=RoundStage.CLOSED,
            opened_at=now,
            closed_at=now,
            seal="0" * 64,
        )
        db.session.add(judged)
        db.session.flush()
        db.session.add_all(RoundEntry(round_id=judged.id, submission_id=photo.id) for photo in photos)
    return judged


def choose_photos(
    marketer: Actor, judged: Round, winners: Sequence[Submission], finalists: Sequence[Submission] = ()
) -> None:
    with transaction():
        choose(marketer, judged, [one.id for one in finalists], [one.id for one in winners])


def choose_nobody(campaign_id: UUID) -> None:
    with transaction():
        db.session.execute(delete(Selection).where(Selection.campaign_id == campaign_id))


def announce_at(campaign_id: UUID, at: datetime | timedelta) -> None:
    """Put the embargo's instant where the test wants it, relative to the database's clock or not. Commits."""
    with transaction():
        if isinstance(at, timedelta):
            moment, given = "clock_timestamp() + CAST(:at AS interval)", f"{at.total_seconds()} seconds"
        else:
            moment, given = "CAST(:at AS timestamptz)", at.isoformat()
        db.session.execute(
            text(f"UPDATE campaign SET announces_at = {moment} WHERE id = :id"), {"at": given, "id": campaign_id}
        )
    db.session.expire_all()
