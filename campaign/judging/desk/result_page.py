"""A page of a result as the desk shows it: a hundred photos, each with its interval drawn and its plain figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select

from campaign.accounts.actor import Actor
from campaign.db import db, transaction
from campaign.judging.desk.telling import BROKEN_BY, SCORE, Bar, bar_of, interval_words, raw_words, score_words
from campaign.judging.methods.shape import Method
from campaign.judging.models import Placement, Round, Selection
from campaign.judging.results.sealed import chances, pieces_of, placements_of, result_page, tied_ranks
from campaign.judging.results.selection import selection_of
from campaign.judging.results.settling import advice_on
from campaign.judging.results.views import ResultRow, result_rows
from campaign.judging.scoring.advice import Advice
from campaign.web.forms import read_number

MOST_PIECES, MOST_NAMED = 5, 3
"""Where photos fall into pieces: so many of those are told, each by so many photos."""
SHOWN = 100
"""Rows of one page; the API and the CSV list all of them."""


class ShownRow(NamedTuple):
    """A row with its words and its drawing; `above` is the chance to belong above the cut that was asked for."""

    row: ResultRow
    score: str
    interval: str
    bar: Bar | None
    raw: str
    broken_by: str
    above: float | None


@dataclass(frozen=True, kw_only=True)
class ShownResult:
    """A page of a result. `kept_before` and `kept_after` are chosen photos of other pages, which the form carries."""

    rows: Sequence[ShownRow]
    head: str
    meaning: str
    ends: tuple[str, str]
    total: int
    first: int
    previous: str | None
    following: str | None
    pieces: int
    alone: Sequence[tuple[int, Sequence[ResultRow], int]]
    """Where the photos fall into pieces: each further piece's number, its first photos, and how many they are."""
    ties: int
    cut: int | None
    advice: Advice | None
    kept_before: Sequence[ResultRow]
    kept_after: Sequence[ResultRow]


def shown_result(actor: Actor, judged: Round, asked: Mapping[str, str]) -> ShownResult:
    """The page that the address asks for: `after` a row, with a `cut` at a number of photos."""
    chosen = selection_of(judged.campaign_id)
    with transaction():
        page = result_page(actor, judged, limit=SHOWN, cursor=asked.get("after") or None)
        first = page.items[0].ordinal if page.items else 1
        total, low, high = _ends(judged)
        cut = _cut(asked.get("cut", ""), total)
        above = chances(judged, cut) if cut else {}
        further = [one for one in placements_of(judged, list(chosen)) if not first <= one.ordinal < first + SHOWN]
        pieces = pieces_of(judged)
        return ShownResult(
            rows=[_shown(judged, one, (low, high), above) for one in result_rows(page.items, chosen)],
            head=SCORE[judged.method][0],
            meaning=SCORE[judged.method][1],
            ends=(score_words(judged.method, low), score_words(judged.method, high)),
            total=total,
            first=first,
            previous=str(max(0, first - 1 - SHOWN)) if first > 1 else None,
            following=page.next_cursor,
            pieces=pieces,
            alone=_alone(judged, chosen) if pieces > 1 else (),
            ties=sum(tied_ranks(judged).values()),
            cut=cut,
            advice=advice_on(actor, judged, cut) if cut else None,
            kept_before=result_rows([one for one in further if one.ordinal < first], chosen),
            kept_after=result_rows([one for one in further if one.ordinal > first], chosen),
        )


def _shown(judged: Round, row: ResultRow, ends: tuple[float, float], above: Mapping[str, float | None]) -> ShownRow:
    method = Method(judged.method)
    return ShownRow(
        row=row,
        score=score_words(method, row.score),
        interval=interval_words(method, row.low, row.high),
        bar=bar_of(row.low, row.score, row.high, ends),
        raw=raw_words(method, row.raw, judged.terms.criteria) if row.ballots else "",
        broken_by=BROKEN_BY.get(row.broken_by or "", row.broken_by or ""),
        above=above.get(str(row.photo.id)),
    )


def _ends(judged: Round) -> tuple[int, float, float]:
    """How many rows there are, and between which two figures all intervals lie: every page draws on the same line."""
    query = select(func.count(), func.min(Placement.low), func.max(Placement.high))
    total, low, high = db.session.execute(query.where(Placement.round_id == judged.id)).one()
    return total, 0.0 if low is None else low, 1.0 if high is None else high


def _alone(judged: Round, chosen: Mapping[UUID, Selection]) -> list[tuple[int, Sequence[ResultRow], int]]:
    """The pieces beyond the first, each by its first photos."""
    counts = select(Placement.piece, func.count()).where(Placement.round_id == judged.id, Placement.piece > 1)
    sizes = dict(
        db.session.execute(counts.group_by(Placement.piece).order_by(Placement.piece).limit(MOST_PIECES)).all()
    )
    named: list[tuple[int, Sequence[ResultRow], int]] = []
    for piece, size in sizes.items():
        rows = select(Placement).where(Placement.round_id == judged.id, Placement.piece == piece)
        first = db.session.scalars(rows.order_by(Placement.ordinal).limit(MOST_NAMED)).all()
        named.append((piece, result_rows(first, chosen), size))
    return named


def _cut(words: str, total: int) -> int | None:
    read = read_number(words)
    return read if read is not None and 1 <= read < total else None
