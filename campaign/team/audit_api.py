"""`/api/v1/audit`. It joins the slice's API."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from campaign.accounts.audit import AuditEntry
from campaign.accounts.authentication import current_actor
from campaign.accounts.permissions import require
from campaign.campaigns.queries import campaign_by_slug
from campaign.team.api import LONGEST_SENT, Instant, api
from campaign.team.audit_log import Line, Narrowed, audit_entries, lines
from campaign.web.pagination import PageQuery, page_asked


class AuditQuery(PageQuery):
    """What narrows the log: a campaign's short name, whoever acted, a kind of action, and days in UTC, both included.

    The kinds are `campaign`, `photos`, `judging`, `originals`, `messages` and `team`.
    """

    campaign: str | None = Field(default=None, max_length=LONGEST_SENT)
    person: UUID | None = None
    group: str | None = Field(default=None, max_length=LONGEST_SENT)
    since: date | None = None
    until: date | None = None


class EntryOut(BaseModel):
    """`who` is null where no person did it, or where they were erased since; `sentence` goes on after their name."""

    id: UUID
    at: Instant
    person_id: UUID | None
    who: str | None
    action: str
    sentence: str
    campaign: str | None
    subject_id: UUID | None
    subject: str | None
    why: str
    details: dict[str, Any]


class EntriesOut(BaseModel):
    data: list[EntryOut]
    next_cursor: str | None


@api.get("/audit")
@api.input(AuditQuery, location="query")
@api.output(EntriesOut)
@api.doc(summary="The audit log", responses=[404])
def get_audit(query_data: AuditQuery) -> EntriesOut:
    """Who did what, when and why, newest first: of one's own campaigns, or of all with a role everywhere."""
    actor = current_actor()
    require(actor, "audit.view")
    narrowed = Narrowed(
        campaign=None if query_data.campaign is None else campaign_by_slug(query_data.campaign, actor),
        person_id=query_data.person,
        group=query_data.group,
        since=query_data.since,
        until=query_data.until,
    )
    page = page_asked(audit_entries(actor, narrowed), query_data, at=AuditEntry.created_at)
    return EntriesOut(data=[_entry(line) for line in lines(page.items)], next_cursor=page.next_cursor)


def _entry(line: Line) -> EntryOut:
    entry = line.entry
    return EntryOut(
        id=entry.id,
        at=entry.created_at,
        person_id=entry.actor_id,
        who=line.who,
        action=entry.action,
        sentence=line.sentence,
        campaign=line.campaign[1] if line.campaign else None,
        subject_id=entry.subject_id,
        subject=line.subject,
        why=entry.why,
        details=entry.details,
    )
