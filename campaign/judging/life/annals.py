"""What is done to rounds, written down: a line of the log, an entry of the audit log, an event for whoever follows."""

from __future__ import annotations

import structlog

from campaign import jobs
from campaign.accounts.actor import Actor
from campaign.accounts.audit import audit
from campaign.judging.models import Round

log = structlog.get_logger(__name__)


def note(actor: Actor, about: Round, action: str, *, why: str = "", **details: object) -> None:
    """Write down what the actor does to the round, in the transaction that does it."""
    log.info(action.replace(".", "_"), round=str(about.id), **details)
    said = {"title": about.title, "number": about.number, **details}
    audit(actor, action, campaign_id=about.campaign_id, subject_id=about.id, why=why, details=said)


def tell(about: Round, event: str) -> None:
    """Record `round.opened`, `.closed`, `.reopened` or `.finished` with `{round_id}`, in the same transaction."""
    jobs.record(event, {"round_id": str(about.id)})
