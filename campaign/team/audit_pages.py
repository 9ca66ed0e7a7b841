"""The audit log at the desk, and as a table to keep."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from uuid import UUID

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from campaign.accounts.actor import Actor
from campaign.accounts.audit import AuditEntry
from campaign.accounts.authentication import current_actor
from campaign.accounts.permissions import require
from campaign.campaigns.models import Campaign
from campaign.campaigns.queries import campaign_by_slug
from campaign.campaigns.views import view_campaign
from campaign.errors import InvalidInput, NotFound
from campaign.team.audit_log import Line, Narrowed, audit_entries, lines, people_in_log
from campaign.team.pages import pages
from campaign.team.roster import CREW, campaigns_as
from campaign.team.sentences import GROUPS
from campaign.web.forms import Form
from campaign.web.pagination import LARGEST_LIMIT, Page, paginate
from campaign.web.times import iso

FIELDS = ("campaign", "person", "group", "since", "until")
COLUMNS = ("when", "who", "what", "about", "campaign", "why", "action", "details", "person_id", "subject_id")
MOST_ROWS = 20_000
CUT = "Older entries are left out here: this table ends after {rows:,}. Narrow the log to earlier days for the rest."
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a table program would take for a formula."""


@pages.get("/desk/audit")
def audit() -> ResponseReturnValue:
    actor = current_actor()
    require(actor, "audit.view")
    form = Form({name: request.args.get(name, "").strip() for name in FIELDS})
    narrowed = _read(actor, form)
    try:
        page = (
            _entries(actor, narrowed, cursor=request.args.get("after"))
            if not form.errors
            else Page[AuditEntry]([], None)
        )
    except InvalidInput as problem:
        form.errors, page = problem.fields, Page[AuditEntry]([], None)
    chosen = {name: value for name, value in form.values.items() if value}
    return render_template(
        "desk/audit.html",
        campaign=view_campaign(narrowed.campaign) if narrowed.campaign else None,
        lines=lines(page.items, narrowed.zone),
        next_cursor=page.next_cursor,
        form=form,
        chosen=chosen,
        groups=[(key, label) for key, (label, _) in GROUPS.items()],
        places=_places(actor, narrowed.campaign),
        people=[(str(one.id), one.display_name) for one in people_in_log(actor)],
        zone=narrowed.zone,
        sees_all=actor.campaigns_as(*CREW) is None,
    )


@pages.get("/desk/audit.csv")
def audit_csv() -> ResponseReturnValue:
    """The same entries, newest first, as a table. Cells that a table program would calculate are quoted.

    A log longer than the table may be ends in a row that says so.
    """
    actor = current_actor()
    require(actor, "audit.view")
    form = Form({name: request.args.get(name, "").strip() for name in FIELDS})
    narrowed = _read(actor, form)
    if form.errors:
        raise InvalidInput(" ".join(form.errors.values()), fields=form.errors)
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(COLUMNS)
    writer.writerows([_safe(cell) for cell in row] for row in _rows(actor, narrowed))
    headers = {"Content-Disposition": 'attachment; filename="audit-log.csv"'}
    return Response("\ufeff" + table.getvalue(), mimetype="text/csv", headers=headers)


def _entries(actor: Actor, narrowed: Narrowed, *, cursor: str | None, limit: int = 50) -> Page[AuditEntry]:
    return paginate(
        audit_entries(actor, narrowed),
        at=AuditEntry.created_at,
        cursor=cursor,
        limit=limit,
    )


def _read(actor: Actor, form: Form) -> Narrowed:
    """What the address asks for; what it cannot mean is told in the form's errors."""
    slug, group = form.values["campaign"], form.values["group"]
    campaign = None
    if slug:
        try:
            campaign = campaign_by_slug(slug, actor)
            require(actor, "audit.view", campaign)
        except NotFound:
            form.errors["campaign"] = "There is no campaign with this short name."
    if group and group not in GROUPS:
        form.errors["group"] = "Choose one of the kinds."
    return Narrowed(
        campaign=campaign,
        person_id=_person(form),
        group=group or None,
        since=_day(form, "since"),
        until=_day(form, "until"),
        zone=actor.time_zone or (campaign.time_zone if campaign else "UTC"),
    )


def _places(actor: Actor, chosen: Campaign | None) -> list[tuple[str, str]]:
    """(short name, title) of the campaigns to choose from; the one chosen is always among them."""
    listed = campaigns_as(actor, *CREW)
    if chosen is not None and chosen not in listed:
        listed.insert(0, chosen)
    return [(one.slug, one.title) for one in listed]


def _person(form: Form) -> UUID | None:
    try:
        return UUID(form.values["person"]) if form.values["person"] else None
    except ValueError:
        form.errors["person"] = "Choose somebody from the list."
        return None


def _day(form: Form, name: str) -> date | None:
    try:
        return date.fromisoformat(form.values[name]) if form.values[name] else None
    except ValueError:
        form.errors[name] = "Write the day as 2026-11-22."
        return None


def _rows(actor: Actor, narrowed: Narrowed) -> Iterator[list[str]]:
    cursor, written = None, 0
    while written < MOST_ROWS:
        page = _entries(actor, narrowed, cursor=cursor, limit=LARGEST_LIMIT)
        yield from (_row(line) for line in lines(page.items))
        written, cursor = written + len(page.items), page.next_cursor
        if cursor is None:
            return
    yield ["", "", CUT.format(rows=written), *[""] * (len(COLUMNS) - 3)]


def _row(line: Line) -> list[str]:
    entry = line.entry
    return [
        iso(entry.created_at),
        line.who or "",
        line.sentence,
        line.subject or "",
        line.campaign[1] if line.campaign else "",
        entry.why,
        entry.action,
        json.dumps(entry.details, sort_keys=True),
        str(entry.actor_id or ""),
        str(entry.subject_id or ""),
    ]


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULAS) else cell
