"""Telling people: each message is a row of its own, written once, with a job of its own where it also goes by mail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from campaign.campaigns.models import Campaign
from campaign.clock import database_now
from campaign.db import db
from campaign.jobs import enqueue
from campaign.moments.book import Book, Fact, Filled
from campaign.moments.models import Kind, MailState, Moment, mail_key
from campaign.moments.occasions import Occasion
from campaign.moments.readers import Means, Reader

MAIL_JOB = "moments.mail"


@dataclass(frozen=True, slots=True)
class News:
    """What one person is told: the occasion, what it is about, where it leads, and the facts for its fields."""

    reader: Reader
    occasion: Occasion
    subject_id: UUID
    path: str
    submission_id: UUID | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)


def tell(campaign: Campaign, book: Book, news: Sequence[News], means: Means, *, mail_after: float = 0) -> int:
    """Write these messages and queue their mails, `mail_after` seconds from now; returns how many were new.

    What a person was told before is left alone, so it may be called again with the same news.
    """
    rows = [_row(campaign, one, words_for(campaign, book, one, means), one.occasion.kind, means) for one in news]
    return _write(rows, mail_after=mail_after)


def tell_anew(known: Moment, words: Filled, *, by_mail: bool) -> None:
    """Put these words in place of what was told, unread again; `by_mail` as a mail of its own where one had left."""
    known.title, known.body, known.button = words.title, words.body, words.button
    known.signed, known.language = words.signed, words.language
    known.told_at, known.read_at, known.retracted_at = database_now(), None, None
    if by_mail and known.mail is MailState.WAITING:
        enqueue_mail(known.id, known.edition)
    elif by_mail:
        mail_anew(known)


def tell_test(campaign: Campaign, news: News, words: Filled, means: Means) -> None:
    """Send words to one who writes them, the same way as all others go."""
    _write([_row(campaign, news, words, Kind.TEST, means)])


def _write(rows: list[dict[str, Any]], *, mail_after: float = 0) -> int:
    if not rows:
        return 0
    rows.sort(key=lambda row: (row["person_id"], row["kind"], row["subject_id"]))  # in one order for everybody
    statement = insert(Moment).values(rows).on_conflict_do_nothing(index_elements=["person_id", "kind", "subject_id"])
    written = db.session.execute(statement.returning(Moment.id, Moment.mail, Moment.edition)).all()
    for moment_id, mail, edition in written:
        if mail is MailState.WAITING:
            enqueue_mail(moment_id, edition, after=mail_after)
    return len(written)


def words_for(campaign: Campaign, book: Book, news: News, means: Means) -> Filled:
    """The message's words for its reader."""
    given = {
        "name": news.reader.name,
        "campaign": campaign.title,
        "link": means.address(news.path),
        **news.facts,
    }
    zone = news.reader.time_zone or campaign.time_zone
    return book.fill(news.occasion, news.reader.language, given, zone)


def enqueue_mail(moment_id: UUID, edition: int, *, after: float = 0) -> None:
    """Queue the mail of this edition; a second call changes nothing."""
    payload = {"moment_id": str(moment_id), "edition": edition}
    run_at = database_now() + timedelta(seconds=after) if after else None
    enqueue(MAIL_JOB, payload, key=mail_key(moment_id, edition), run_at=run_at)


def mail_anew(moment: Moment, *, after: float = 0) -> None:
    """Send the mail as a new one, whatever became of the last."""
    moment.edition += 1
    moment.mail = MailState.WAITING
    moment.mail_problem = ""
    db.session.flush()
    enqueue_mail(moment.id, moment.edition, after=after)


def hold_moments(*where: Any) -> Sequence[UUID]:
    """Lock these messages in the order in which everybody locks several of them; returns which they are."""
    held = select(Moment.id).where(*where).order_by(Moment.id)
    return db.session.scalars(held.with_for_update(key_share=True)).all()


def drop_mails(reason: str, *where: Any) -> None:
    """Let the mails that still wait, of the messages that fit, go nowhere. Their jobs find nothing to do."""
    waiting = hold_moments(Moment.mail == MailState.WAITING, *where)
    db.session.execute(update(Moment).where(Moment.id.in_(waiting)).values(mail=MailState.DROPPED, mail_problem=reason))


def mail_state(reader: Reader, kind: Kind, means: Means) -> MailState:
    """Whether a new message also goes by mail."""
    return MailState.WAITING if means.mails and reader.gets_mail(kind) else MailState.APP


def _row(campaign: Campaign, news: News, words: Filled, kind: Kind, means: Means) -> dict[str, Any]:
    return {
        "id": uuid4(),
        "person_id": news.reader.person_id,
        "campaign_id": campaign.id,
        "kind": kind,
        "subject_id": news.subject_id,
        "submission_id": news.submission_id,
        "title": words.title,
        "body": words.body,
        "button": words.button,
        "path": news.path,
        "signed": words.signed,
        "language": words.language,
        "mail": mail_state(news.reader, kind, means),
        "mail_problem": "",
        "edition": 1,
    }
