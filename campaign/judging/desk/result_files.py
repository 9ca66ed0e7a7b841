"""A result as a file: a table for whoever works with it further."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from uuid import UUID

from flask import Response
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from campaign.accounts.actor import Actor
from campaign.accounts.authentication import current_actor
from campaign.accounts.veil import veiled_campaigns
from campaign.db import db, transaction
from campaign.judging.desk.doors import managed_round
from campaign.judging.desk.results import pages as pages  # noqa: PLC0414 -- joins the slice's blueprint
from campaign.judging.models import Placement, Round
from campaign.judging.results.sealed import results_of
from campaign.judging.results.selection import selection_of
from campaign.submissions.models import Submission

COLUMNS = (
    "place", "rank", "tied", "broken_by", "submission", "caption", "taken_in", "score", "low", "high", "ballots",
    "below_quorum", "piece", "award", "award_place",
)  # fmt: skip
CALCULATED = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so would be calculated by a table program."""


@pages.get("/desk/rounds/<uuid:round_id>/result.csv")
def desk_result_csv(round_id: UUID) -> ResponseReturnValue:
    """The whole result, best first, with the raw figures in columns of their own."""
    judged = managed_round(round_id)
    with transaction():
        rows = results_of(current_actor(), judged)
        raw = sorted({name for row in rows for name in row.raw})
        table = io.StringIO()
        writer = csv.writer(table)
        writer.writerow([*COLUMNS, *(_safe(f"raw: {name}") for name in raw)])
        writer.writerows(_lines(current_actor(), judged, rows, raw))
    name = f"{judged.campaign.slug}-round-{judged.number}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response("\ufeff" + table.getvalue(), mimetype="text/csv", headers=headers)


def _lines(actor: Actor, judged: Round, rows: Sequence[Placement], raw: list[str]) -> Iterator[list[object]]:
    """A line for each row. Captions and places stay out before whoever judges this campaign blind."""
    words = {} if judged.campaign_id in veiled_campaigns(actor) else _words(judged)
    chosen = selection_of(judged.campaign_id)
    for row in rows:
        caption, place = words.get(row.submission_id, ("", ""))
        selection = chosen.get(row.submission_id)
        yield [
            row.place, row.rank, _said(row.tied), row.broken_by or "", row.submission_id, _safe(caption), _safe(place),
            row.score, row.low, row.high, row.ballots, _said(row.below_quorum), row.piece,
            selection.award.value if selection else "", selection.place if selection else "",
            *(row.raw.get(name, "") for name in raw),
        ]  # fmt: skip


def _words(judged: Round) -> dict[UUID, tuple[str, str]]:
    query = select(Submission.id, Submission.caption, Submission.place).join(
        Placement, Placement.submission_id == Submission.id
    )
    return {
        key: (caption, place)
        for key, caption, place in db.session.execute(query.where(Placement.round_id == judged.id))
    }


def _said(yes: bool) -> str:  # noqa: FBT001 -- a cell
    return "yes" if yes else ""


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(CALCULATED) else cell
