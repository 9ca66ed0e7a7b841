"""What moments do when something happened: short jobs, each safe to run twice."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from campaign.config import Settings
from campaign.db import db, transaction
from campaign.extensions import settings
from campaign.jobs import Attempt, enqueue
from campaign.moments import panel, photos, results
from campaign.moments.delivery import sends_mail
from campaign.moments.postman import send_letter
from campaign.moments.readers import Means
from campaign.moments.releases import tell_release
from campaign.moments.results import Figures
from campaign.moments.wording import copy_words
from campaign.submissions.models import Submission

GRACE = 60.0
"""Seconds in which a decision may be taken back before anybody hears of it."""
DECISION_JOB = "moments.tell_decision"
RESULT_JOB = "moments.tell_result"


def means_of(given: Settings) -> Means:
    return Means(given.base_url, sends_mail(given))


def received(payload: dict[str, Any], *, attempt: Attempt) -> None:
    """In the app at once; by mail a little later, because a file that cannot be used is found within seconds."""
    del attempt
    with transaction():
        photos.tell_received(UUID(payload["submission_id"]), means_of(settings()), mail_after=GRACE)


def rejected(payload: dict[str, Any], *, attempt: Attempt) -> None:
    del attempt
    with transaction():
        photos.tell_rejected(UUID(payload["submission_id"]), means_of(settings()))


def decided(payload: dict[str, Any], *, attempt: Attempt) -> None:
    """A decision is told when the grace has passed: until then the desk may take it back unheard."""
    del attempt
    with transaction():
        submission_id = UUID(payload["submission_id"])
        decided_at = db.session.scalar(select(Submission.decided_at).where(Submission.id == submission_id))
        if decided_at is None:
            return
        enqueue(
            DECISION_JOB,
            {"submission_id": str(submission_id), "decided_at": decided_at.isoformat()},
            key=f"{DECISION_JOB}:{submission_id}:{decided_at.isoformat()}",
            run_at=decided_at + timedelta(seconds=GRACE),
        )


def tell_decision(payload: dict[str, Any], *, attempt: Attempt) -> None:
    del attempt
    decided_at = datetime.fromisoformat(payload["decided_at"])
    with transaction():
        photos.tell_decision(UUID(payload["submission_id"]), decided_at, means_of(settings()))


def undone(payload: dict[str, Any], *, attempt: Attempt) -> None:
    del attempt
    with transaction():
        photos.decision_undone(UUID(payload["submission_id"]))


def withdrawn(payload: dict[str, Any], *, attempt: Attempt) -> None:
    del attempt
    with transaction():
        photos.photo_withdrawn(UUID(payload["submission_id"]))


def announcement_near(payload: dict[str, Any], *, attempt: Attempt) -> None:
    """Winners and finalists hear it before everybody else."""
    with transaction():
        _start(UUID(payload["campaign_id"]), attempt, ahead=True)


def announcement_moved(payload: dict[str, Any], *, attempt: Attempt) -> None:
    """Who was told ahead keeps it to themselves until another instant now, or until they hear more, and hears so."""
    with transaction():
        _start(UUID(payload["campaign_id"]), attempt, ahead=True, moved=True)


def announced(payload: dict[str, Any], *, attempt: Attempt) -> None:
    """Everybody whose photo hangs hears how it went."""
    with transaction():
        _start(UUID(payload["campaign_id"]), attempt, ahead=False)


def tell_result(payload: dict[str, Any], *, attempt: Attempt) -> None:
    """One batch of people, and the job for the next one, in one transaction."""
    del attempt
    campaign_id, ahead = UUID(payload["campaign_id"]), bool(payload["ahead"])
    after = UUID(payload["after"]) if payload["after"] else None
    figures = Figures(payload["photos"], payload["chosen"])
    with transaction():
        moved = bool(payload["moved"])
        last = results.tell_batch(campaign_id, figures, means_of(settings()), ahead=ahead, after=after, moved=moved)
        if last is not None:
            _go_on(payload | {"after": str(last)})


def release_asked(payload: dict[str, Any], *, attempt: Attempt) -> None:
    del attempt
    with transaction():
        tell_release(UUID(payload["release_id"]), means_of(settings()))


def round_opened(payload: dict[str, Any], *, attempt: Attempt) -> None:
    """The panel hears that a round is theirs, be it for the first time or again."""
    del attempt
    with transaction():
        panel.tell_opened(UUID(payload["round_id"]), means_of(settings()))


def round_reminded(payload: dict[str, Any], *, attempt: Attempt) -> None:
    del attempt
    at, left = datetime.fromisoformat(payload["at"]), int(payload["left"])
    with transaction():
        round_id, person_id = UUID(payload["round_id"]), UUID(payload["person_id"])
        panel.tell_reminder(round_id, person_id, at, left, means_of(settings()))


def round_closed(payload: dict[str, Any], *, attempt: Attempt) -> None:
    del attempt
    with transaction():
        panel.tell_sealed(UUID(payload["round_id"]), means_of(settings()))


def mail_moment(payload: dict[str, Any], *, attempt: Attempt) -> None:
    given = settings()
    secret = given.secret_key.get_secret_value()
    send_letter(UUID(payload["moment_id"]), payload["edition"], means_of(given), secret, attempt=attempt)


def duplicated(payload: dict[str, Any], *, attempt: Attempt) -> None:
    """A campaign made from another begins with its words."""
    del attempt
    with transaction():
        copy_words(UUID(payload["from_id"]), UUID(payload["campaign_id"]))


def _start(campaign_id: UUID, attempt: Attempt, *, ahead: bool, moved: bool = False) -> None:
    figures = results.count_figures(campaign_id)
    _go_on(
        {
            "campaign_id": str(campaign_id),
            "ahead": ahead,
            "moved": moved,
            "after": None,
            "photos": figures.photos,
            "chosen": figures.chosen,
            "begun_by": str(attempt.job_id),
        }
    )


def _go_on(payload: dict[str, Any]) -> None:
    """Queue a batch; the key keeps a batch that is delivered twice from beginning the rest twice."""
    enqueue(RESULT_JOB, payload, key=f"{RESULT_JOB}:{payload['begun_by']}:{payload['after']}")
