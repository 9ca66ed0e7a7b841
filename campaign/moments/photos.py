"""What a fan is told about one photo: it reached us, needs another try, hangs, or was declined."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from campaign.clock import database_now
from campaign.db import db
from campaign.errors import NotFound
from campaign.moments.book import Fact, book_of
from campaign.moments.models import Kind, MailState, Moment
from campaign.moments.occasions import Occasion
from campaign.moments.readers import Means, Reader, readers
from campaign.moments.telling import News, drop_mails, hold_moments, mail_state, tell, tell_anew, words_for
from campaign.submissions.duplicates import keepable
from campaign.submissions.models import Submission, SubmissionState
from campaign.submissions.queries import locked_submission
from campaign.submissions.words import is_duplicate, reason_of, words_of

MINE = "/me/photos"

DECISIONS = {
    SubmissionState.PUBLISHED: Occasion.PUBLISHED,
    SubmissionState.DECLINED: Occasion.DECLINED,
}
"""What a person decides about a photo, and may take back."""


def tell_received(submission_id: UUID, means: Means, *, mail_after: float) -> None:
    """The photo reached us. The mail waits a little: a file that cannot be used is told of instead."""
    submission = _submission(submission_id)
    if submission is not None and submission.received_at is not None:
        _tell(submission, Occasion.RECEIVED, means, mail_after=mail_after)


def tell_rejected(submission_id: UUID, means: Means) -> None:
    """The file could not be used; what was still to be said about its arrival is left out."""
    submission = _submission(submission_id)
    if submission is None or submission.state is not SubmissionState.REJECTED:
        return
    drop_mails(
        "The photo was not taken in, and they hear that instead.",
        Moment.submission_id == submission_id,
        Moment.kind == Kind.RECEIVED,
    )
    _tell(submission, Occasion.DUPLICATE if is_duplicate(submission) else Occasion.REJECTED, means)


def tell_decision(submission_id: UUID, decided_at: datetime, means: Means) -> None:
    """Tell the decision that was made at that instant, unless it was taken back or replaced meanwhile."""
    submission = _submission(submission_id)
    if submission is None or submission.decided_at != decided_at:
        return
    occasion = DECISIONS.get(submission.state)
    if occasion is None or _overtaken(submission, occasion):
        return
    hold_moments(Moment.submission_id == submission_id)
    retract_decisions(submission)
    known = db.session.scalars(
        select(Moment)
        .where(Moment.person_id == submission.person_id, Moment.kind == occasion.kind)
        .where(Moment.subject_id == submission.id)
        .with_for_update()
    ).one_or_none()
    if known is None:
        _tell(submission, occasion, means)
    else:
        _tell_again(known, submission, occasion, means)


def decision_undone(submission_id: UUID) -> None:
    """What was said of a decision that does not stand any more is taken out of the app, and not mailed."""
    submission = _submission(submission_id)
    if submission is not None:
        hold_moments(Moment.submission_id == submission_id)
        retract_decisions(submission)


def photo_withdrawn(submission_id: UUID) -> None:
    """The fan took the photo back: no mail about it leaves any more."""
    drop_mails("The fan took the photo back.", Moment.submission_id == submission_id)


def retract_decisions(submission: Submission) -> None:
    """Retract what was told of decisions other than the one that stands now."""
    standing = DECISIONS.get(submission.state)
    gone = {occasion.kind for occasion in DECISIONS.values()} - ({standing.kind} if standing else set())
    untrue = (Moment.submission_id == submission.id, Moment.kind.in_(gone), Moment.retracted_at.is_(None))
    drop_mails("The decision was taken back before the mail left.", *untrue)
    for moment in db.session.scalars(select(Moment).where(*untrue)):
        moment.retracted_at = database_now()
    db.session.flush()


def _overtaken(submission: Submission, occasion: Occasion) -> bool:
    """Whether the campaign was announced in the meantime: how it went is told instead of that the photo hangs."""
    campaign = submission.campaign
    announced = campaign.announces_at or campaign.announced_at
    if occasion is not Occasion.PUBLISHED or announced is None or submission.decided_at is None:
        return False
    return submission.decided_at < announced <= database_now()


def _submission(submission_id: UUID) -> Submission | None:
    """Locked, so that nobody decides while we speak; None where it was erased."""
    try:
        return locked_submission(submission_id)
    except NotFound:
        return None


def _tell(submission: Submission, occasion: Occasion, means: Means, *, mail_after: float = 0) -> None:
    campaign = submission.campaign
    book = book_of(campaign.id, campaign.title)
    tell(campaign, book, [_news(submission, occasion)], means, mail_after=mail_after)


def _tell_again(known: Moment, submission: Submission, occasion: Occasion, means: Means) -> None:
    """The same decision once more, after it was taken back. It is mailed again only if the fan last read otherwise."""
    campaign = submission.campaign
    news = _news(submission, occasion)
    words = words_for(campaign, book_of(campaign.id, campaign.title), news, means)
    changed = (known.title, known.body) != (words.title, words.body)
    if known.retracted_at is None and not changed:
        return
    reads_mail = mail_state(news.reader, occasion.kind, means) is MailState.WAITING
    is_news = known.mail is not MailState.SENT or changed or _mailed_otherwise_since(known)
    tell_anew(known, words, by_mail=reads_mail and is_news)


def _mailed_otherwise_since(known: Moment) -> bool:
    other = select(Moment.id).where(
        Moment.submission_id == known.submission_id,
        Moment.kind.in_([occasion.kind for occasion in DECISIONS.values()]),
        Moment.mailed_at > known.mailed_at,
    )
    return db.session.scalar(other.limit(1)) is not None


def _news(submission: Submission, occasion: Occasion) -> News:
    reader: Reader = readers([submission.person_id])[submission.person_id]
    path = f"/photos/{submission.id}" if occasion is Occasion.PUBLISHED else MINE
    facts: dict[str, Fact] = {"caption": submission.caption, "place": submission.place}
    if occasion in (Occasion.REJECTED, Occasion.DECLINED):
        facts["reason"] = reason_of(submission)
    if occasion is Occasion.DUPLICATE:
        first = submission.duplicate_of
        facts["kept"] = first.created_at if first else submission.created_at
        facts["next"] = words_of(submission, can_keep=bool(keepable([submission.id]))).next_step
    return News(reader, occasion, submission.id, path, submission.id, facts)
