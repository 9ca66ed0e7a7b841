"""The second consent: asked of those whose photos were chosen, before the announcement; answered in one tap.

Being asked tells a fan that their photo came far, and that is meant. Nobody else learns of it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import structlog
from sqlalchemy import select

from campaign.accounts.actor import Actor
from campaign.accounts.audit import audit
from campaign.accounts.permissions import require
from campaign.awards.models import Answer, Release, ReleaseAnswer, ReleaseWords
from campaign.awards.queries import newest_releases, release_of
from campaign.awards.words import latest_words
from campaign.campaigns.models import SAID, Campaign, State
from campaign.campaigns.particulars import year_complaint
from campaign.campaigns.window import enter_window
from campaign.db import Lock, db, lock_exclusive
from campaign.errors import Conflict, InvalidInput
from campaign.jobs import record
from campaign.judging.models import Selection
from campaign.judging.results.selection import chosen_photos
from campaign.submissions.models import SubmissionState

log = structlog.get_logger(__name__)

ASKED = "release.asked"
"""The event, with `{"release_id": …}`: a fan is to hear that they are asked."""


class Asked(NamedTuple):
    """The releases made now, and how many of the photos had been asked with the same words before."""

    made: list[Release]
    before: int


def ask_for_release(
    actor: Actor, campaign_id: UUID, submissions: Collection[UUID] | None = None, answer_by: datetime | None = None
) -> Asked:
    """Ask the fans of these chosen photos (of all of them, unless named) with the campaign's latest words.

    Who was asked with the same words before is not asked again, and has the new `answer_by`. Raises Conflict before
    the photos are chosen and once the campaign is announced, and InvalidInput for photos that are not chosen.
    """
    campaign, now = enter_window(campaign_id)
    require(actor, "release.ask", campaign)
    lock_exclusive(Lock.CAMPAIGN, f"release:{campaign_id}")
    words = _words_to_ask_with(campaign, now)
    _check_deadline(campaign, answer_by, now)
    chosen = _chosen(campaign_id, submissions)
    known = {one.submission_id: one for one in _asked_with(words)}
    for selection in chosen:
        if selection.submission_id in known:
            known[selection.submission_id].answer_by = answer_by
    made = [_ask(actor, one, words, answer_by) for one in chosen if one.submission_id not in known]
    details = {"version": words.version, "asked": [str(one.submission_id) for one in made]}
    audit(actor, ASKED, campaign_id=campaign_id, subject_id=words.id, details=details)
    log.info("release_asked", campaign=campaign.slug, version=words.version, asked=len(made))
    return Asked(made, len(chosen) - len(made))


def answer_release(actor: Actor, release_id: UUID, answer: Answer) -> Release:
    """Accept or refuse; may be changed until the deadline or the announcement. The same answer again adds nothing.

    Raises NotFound to everybody but the fan who was asked, and Conflict once it is too late or words are newer.
    """
    release = release_of(actor, release_id)
    _, now = enter_window(release.campaign_id)
    lock_exclusive(Lock.CAMPAIGN, f"release:{release_id}")
    db.session.refresh(release, ["answers", "answer_by"])
    reason = why_not_answer(release, now, newest_releases([release.submission_id]))
    if reason:
        raise Conflict(reason, code="release_closed")
    if release.answer is None or release.answer.answer is not answer:
        release.answers.append(ReleaseAnswer(release_id=release.id, answer=answer))
        db.session.flush()
        log.info("release_answered", release=str(release.id), answer=answer.value)
    return release


def why_not_answer(release: Release, now: datetime, newest: Collection[UUID]) -> str | None:
    """Why the fan cannot give or change the answer at this instant, or None where they can."""
    if release.submission.state is not SubmissionState.PUBLISHED:
        return "Your photo is not in the gallery any more, so there is nothing to decide."
    if release.id not in newest:
        return "The words have changed since. Read the newer ones under “Questions to you”, and answer there."
    if release.campaign.state_at(now) is State.ANNOUNCED:
        return "The winners are announced, so what was answered stays as it is."
    if release.answer_by is not None and now >= release.answer_by:
        return "The time to answer is over, so what was answered stays as it is."
    return None


def _words_to_ask_with(campaign: Campaign, now: datetime) -> ReleaseWords:
    state = campaign.state_at(now)
    if state is not State.CLOSED:
        raise Conflict(
            f"“{campaign.title}” {SAID[state]}. Fans are asked after it has closed and before the announcement.",
            code="not_the_time_to_ask",
        )
    words = latest_words(campaign.id)
    if words is None:
        raise Conflict("There are no words to ask with yet. Write them first, then ask.", code="no_release_words")
    return words


def _check_deadline(campaign: Campaign, answer_by: datetime | None, now: datetime) -> None:
    if answer_by is None:
        return
    problem = year_complaint(answer_by)
    if answer_by <= now:
        problem = "Choose an instant that is still to come, or leave it open until the announcement."
    elif campaign.announces_at is not None and answer_by > campaign.announces_at:
        problem = "The winners are announced before that. Choose an earlier instant, or leave it open."
    if problem:
        raise InvalidInput("The deadline needs another look.", fields={"answer_by": problem})


def _chosen(campaign_id: UUID, submissions: Collection[UUID] | None) -> Sequence[Selection]:
    chosen = chosen_photos(campaign_id)
    if not chosen:
        raise Conflict(
            "No finalist or winner is chosen yet. Choose them on a round's page, then ask.", code="no_choice"
        )
    if submissions is None:
        return chosen
    strangers = set(submissions) - {one.submission_id for one in chosen}
    if strangers or not submissions:
        sentence = "A photo here is not chosen any more. Reload the page." if strangers else "Name at least one photo."
        raise InvalidInput("Only fans of chosen photos are asked.", fields={"submissions": sentence})
    return [one for one in chosen if one.submission_id in set(submissions)]


def _asked_with(words: ReleaseWords) -> Sequence[Release]:
    return db.session.scalars(select(Release).where(Release.words_id == words.id)).all()


def _ask(actor: Actor, chosen: Selection, words: ReleaseWords, answer_by: datetime | None) -> Release:
    release = Release(
        campaign_id=chosen.campaign_id,
        submission_id=chosen.submission_id,
        words_id=words.id,
        asked_by=actor.person_id,
        answer_by=answer_by,
    )
    db.session.add(release)
    db.session.flush()
    record(ASKED, {"release_id": str(release.id)})
    return release
