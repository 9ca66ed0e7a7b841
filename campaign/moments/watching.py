"""What the desk sees of a campaign's messages: sent, waiting, failed and why, and trying again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from campaign.accounts.actor import Actor
from campaign.accounts.audit import audit
from campaign.accounts.permissions import require
from campaign.campaigns.models import Campaign
from campaign.db import db
from campaign.errors import Conflict, NotFound
from campaign.jobs.models import Job, JobState
from campaign.jobs.queue import retry
from campaign.moments.models import MailState, Moment
from campaign.moments.telling import mail_anew


def campaign_messages(campaign_id: UUID, mail: MailState | None = None) -> Select[Moment]:
    """A campaign's messages with the people they went to, of one mail state or of all."""
    query = (
        select(Moment)
        .where(Moment.campaign_id == campaign_id)
        .options(joinedload(Moment.person), joinedload(Moment.submission))
    )
    return query if mail is None else query.where(Moment.mail == mail)


def count_by_mail(campaign_id: UUID) -> Mapping[MailState, int]:
    """How many of its messages are in each state; every state is named."""
    query = select(Moment.mail, func.count()).where(Moment.campaign_id == campaign_id).group_by(Moment.mail)
    found = {MailState(mail): count for mail, count in db.session.execute(query)}
    return {state: found.get(state, 0) for state in MailState}


def reasons(moments: Sequence[Moment]) -> Mapping[UUID, str]:
    """Why a mail failed, was dropped, or has not left yet, by message; one query for all of them."""
    keys = {moment.mail_key: moment.id for moment in moments if moment.mail is MailState.WAITING}
    waiting = select(Job.key, Job.problem).where(Job.key.in_(keys), Job.problem.is_not(None))
    found = {moment.id: moment.mail_problem for moment in moments if moment.mail_problem}
    return found | {keys[key]: problem for key, problem in db.session.execute(waiting) if key and problem}


def try_again(actor: Actor, campaign: Campaign, moment_id: UUID) -> None:
    """Send a failed mail once more. Raises NotFound, or Conflict where it has not failed."""
    require(actor, "jobs.retry", campaign)
    query = select(Moment).where(Moment.id == moment_id, Moment.campaign_id == campaign.id).with_for_update()
    moment = db.session.scalars(query).one_or_none()
    if moment is None:
        raise NotFound("This message is not in this campaign any more.")
    if moment.mail is not MailState.FAILED:
        raise Conflict("This mail has not failed, so there is nothing to try again.", code="not_failed")
    failed = db.session.scalar(select(Job.id).where(Job.key == moment.mail_key, Job.state == JobState.FAILED))
    if failed is None:
        mail_anew(moment)
    else:
        moment.mail, moment.mail_problem = MailState.WAITING, ""
        retry(failed)
    audit(actor, "mail.retried", campaign_id=campaign.id, subject_id=moment.id)
