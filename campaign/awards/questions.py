"""What waits for a fan's answer, for the page where they look at their photos."""

from __future__ import annotations

from uuid import UUID

from flask import url_for

from campaign.awards.models import Release
from campaign.awards.queries import newest_releases, releases_to
from campaign.awards.releases import why_not_answer
from campaign.clock import database_now
from campaign.db import db
from campaign.submissions.hooks import Question


def open_question(person_id: UUID) -> Question | None:
    """The one question that waits, or the way to all that do; a fixed number of queries."""
    waiting = _waiting(person_id)
    if not waiting:
        return None
    if len(waiting) > 1:
        return Question(
            f"The show asks you {len(waiting)} things. Answer each with one tap.", url_for("awards.releases")
        )
    words = f"The show asks: may they show “{waiting[0].submission.caption}” on screen? Answer with one tap."
    return Question(words, url_for("awards.release", release_id=waiting[0].id))


def _waiting(person_id: UUID) -> list[Release]:
    found = db.session.scalars(releases_to(person_id).where(~Release.answers.any())).unique().all()
    now, newest = database_now(), newest_releases([one.submission_id for one in found])
    return [one for one in found if why_not_answer(one, now, newest) is None]
