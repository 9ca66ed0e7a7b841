"""The job behind each mail: look once more whether it is wanted and true, hand it over, and write down how it went."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from campaign.clock import database_now
from campaign.db import db, transaction
from campaign.jobs import Attempt
from campaign.moments.choices import mail_choices
from campaign.moments.delivery import Undeliverable, deliver
from campaign.moments.letters import Letter, compose, letter_of
from campaign.moments.models import MailState, Moment
from campaign.moments.readers import GROUPS, Means
from campaign.moments.truth import why_not_mail

log = structlog.get_logger(__name__)


def send_letter(moment_id: UUID, edition: int, means: Means, secret_key: str, *, attempt: Attempt) -> None:
    """Mail one edition of a message. Between handing over and writing that down, a crash repeats the same mail."""
    with transaction():
        letter = letter_to_send(moment_id, edition, means, secret_key)
    if letter is None:
        return
    try:
        deliver(compose(letter))
    except Undeliverable as problem:
        words = problem.words
        log.warning("mail_refused", moment_id=str(moment_id))
    else:
        words = ""
    with transaction():
        attempt.confirm()
        record_sent(moment_id, edition, problem=words)


def letter_to_send(moment_id: UUID, edition: int, means: Means, secret_key: str) -> Letter | None:
    """What to hand over; None where there is nothing to do, or where it must not be sent any more, with the reason."""
    moment = _waiting(moment_id, edition)
    if moment is None:
        return None
    reason = why_not_mail(moment)
    if reason is not None:
        moment.mail, moment.mail_problem = MailState.DROPPED, reason
        return None
    address = moment.person.email
    group = GROUPS[moment.kind]
    chosen_off = group is not None and group not in mail_choices(moment.person_id)
    if chosen_off or not address or not means.mails:
        moment.mail = MailState.APP
        return None
    return letter_of(moment, address, means, secret_key)


def record_sent(moment_id: UUID, edition: int, *, problem: str = "") -> None:
    """The server took the mail, or (with words) refused it for good."""
    moment = _waiting(moment_id, edition, or_dropped=True)
    if moment is None:
        return
    if problem:
        moment.mail, moment.mail_problem = MailState.FAILED, problem
    else:
        moment.mail, moment.mail_problem, moment.mailed_at = MailState.SENT, "", database_now()


def give_up(payload: dict[str, Any], problem: str) -> None:
    """Called in the transaction that makes the job failed: the desk reads why, and may try again."""
    moment = _waiting(UUID(payload["moment_id"]), payload["edition"])
    if moment is not None:
        moment.mail, moment.mail_problem = MailState.FAILED, problem


def _waiting(moment_id: UUID, edition: int, *, or_dropped: bool = False) -> Moment | None:
    """The locked message, where this edition of it waits; dropped ones too where the mail had left by then."""
    states = (MailState.WAITING, MailState.DROPPED) if or_dropped else (MailState.WAITING,)
    query = (
        select(Moment)
        .where(Moment.id == moment_id, Moment.edition == edition, Moment.mail.in_(states))
        .options(joinedload(Moment.person), joinedload(Moment.campaign))
        .with_for_update(of=Moment)
    )
    return db.session.scalars(query).one_or_none()
