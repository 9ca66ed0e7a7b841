"""Reading the audit log: who may see which entries, narrowed by campaign, person, kind of action and days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from campaign.accounts.actor import Actor
from campaign.accounts.audit import AuditEntry
from campaign.accounts.models import Person, RoleGrant
from campaign.accounts.permissions import About, require
from campaign.campaigns.models import Campaign
from campaign.db import db
from campaign.errors import InvalidInput
from campaign.submissions.models import Submission
from campaign.submissions.veil import NEUTRAL, is_veiled
from campaign.team.roster import CREW, titles_of
from campaign.team.sentences import GROUPS, sentence_of

MOST_PEOPLE = 200
EARLIEST, LATEST = date(2000, 1, 1), date(2199, 12, 31)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What to show; None shows all. The days are whole ones in `zone`, both included."""

    campaign: Campaign | None = None
    person_id: UUID | None = None
    group: str | None = None
    since: date | None = None
    until: date | None = None
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Line:
    """One entry in words. `who` is None where no person did it, or where they were erased since."""

    entry: AuditEntry
    who: str | None
    sentence: str
    subject: str | None
    campaign: tuple[str, str] | None
    """Title and slug."""


def audit_entries(actor: Actor, wanted: Narrowed) -> Select[AuditEntry]:
    """Entries that this person may see: of their campaigns, or all of them for those with a role everywhere.

    For `paginate` by `created_at`. Raises NotPermitted, InvalidInput.
    """
    if wanted.campaign is not None:
        require(actor, "audit.view", About(campaign_id=wanted.campaign.id))
    require(actor, "audit.view")
    query = select(AuditEntry).options(joinedload(AuditEntry.actor))
    mine = actor.campaigns_as(*CREW)
    if mine is not None:
        query = query.where(AuditEntry.campaign_id.in_(mine))
    if wanted.campaign is not None:
        query = query.where(AuditEntry.campaign_id == wanted.campaign.id)
    if wanted.person_id is not None:
        query = query.where(AuditEntry.actor_id == wanted.person_id)
    if wanted.group is not None:
        if wanted.group not in GROUPS:
            raise InvalidInput("Choose one of the kinds.", fields={"group": f"One of {', '.join(GROUPS)}."})
        query = query.where(or_(*(AuditEntry.action.startswith(f"{part}.") for part in GROUPS[wanted.group][1])))
    return _within(query, wanted)


def people_in_log(actor: Actor) -> Sequence[Person]:
    """Who can have done something that this person may see: whoever holds or held a role there, by name."""
    mine = actor.campaigns_as(*CREW)
    held = select(RoleGrant.person_id)
    if mine is not None:
        held = held.where(or_(RoleGrant.campaign_id.in_(mine), RoleGrant.campaign_id.is_(None)))
    by_name = select(Person).where(Person.id.in_(held)).order_by(Person.display_name, Person.id)
    return db.session.scalars(by_name.limit(MOST_PEOPLE)).all()


def lines(entries: Sequence[AuditEntry], zone: str | None = None) -> list[Line]:
    """Each entry in words, with as many statements for one as for a hundred; instants in them on the zone's clock."""
    titles = titles_of(one.campaign_id for one in entries)
    subjects = _subjects(entries)
    return [
        Line(
            entry=one,
            who=one.actor.display_name if one.actor else None,
            sentence=sentence_of(one.action, one.details, zone),
            subject=subjects.get(one.subject_id) if one.subject_id else None,
            campaign=titles.get(one.campaign_id) if one.campaign_id else None,
        )
        for one in entries
    ]


def _subjects(entries: Sequence[AuditEntry]) -> Mapping[UUID, str]:
    """The photo's caption, unless it is veiled from whoever reads the log, or the person's name, by id."""
    kinds: dict[str, set[UUID]] = {}
    for one in entries:
        if one.subject_id is not None:
            kinds.setdefault(one.action.partition(".")[0], set()).add(one.subject_id)
    people, photos = kinds.get("role", set()) | kinds.get("token", set()), kinds.get("submission", set())
    named: dict[UUID, str] = {}
    if people:
        found = db.session.execute(select(Person.id, Person.display_name).where(Person.id.in_(people)))
        named |= {row.id: row.display_name for row in found}
    if photos:
        words = (Submission.id, Submission.campaign_id, Submission.person_id, Submission.caption, Submission.place)
        found = db.session.execute(select(*words).where(Submission.id.in_(photos)))
        named |= {row.id: NEUTRAL if is_veiled(row) else f"“{row.caption}”, {row.place}" for row in found}
    return named


def _within(query: Select[AuditEntry], wanted: Narrowed) -> Select[AuditEntry]:
    for day, name in ((wanted.since, "since"), (wanted.until, "until")):
        if day is not None and not EARLIEST <= day <= LATEST:
            raise InvalidInput("No entry is from that year.", fields={name: "A day of this century."})
    if wanted.since is not None:
        query = query.where(AuditEntry.created_at >= _midnight(wanted.since, wanted.zone))
    if wanted.until is not None:
        query = query.where(AuditEntry.created_at < _midnight(wanted.until + timedelta(days=1), wanted.zone))
    return query


def _midnight(day: date, zone: str) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))
