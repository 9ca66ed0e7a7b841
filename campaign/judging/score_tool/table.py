"""A result on paper: an aligned table for people, a list of objects for programs, and what was never compared."""

from __future__ import annotations

import json
from collections.abc import Sequence

from campaign.judging.score_tool.complaints import printable
from campaign.judging.scoring.outcome import DECIMALS, Outcome

NAMED_AT_MOST = 10
FIGURE = f"{{:.{DECIMALS}f}}".format


def as_json(outcome: Outcome, *, with_cut: bool) -> str:
    """A list of objects with exactly the columns' names, a line each."""
    names = _names(with_cut=with_cut)
    lines = (json.dumps({name: getattr(one, name) for name in names}, ensure_ascii=False) for one in outcome.standings)
    return "[\n" + ",\n".join(lines) + "\n]"


def as_table(outcome: Outcome, *, with_cut: bool) -> str:
    """Columns under their names, numbers to the right."""
    columns = []
    for name in _names(with_cut=with_cut):
        cells = [name, *_cells([getattr(one, name) for one in outcome.standings])]
        width = max(map(len, cells))
        columns.append([cell.ljust(width) if name == "submission" else cell.rjust(width) for cell in cells])
    return "\n".join(map(str.rstrip, map("  ".join, zip(*columns, strict=True))))


def pieces_told(outcome: Outcome) -> str | None:
    """Which submissions were never compared with which; None where all hang together."""
    if outcome.pieces <= 1:
        return None
    members: dict[int, list[str]] = {}
    for one in outcome.standings:
        members.setdefault(one.piece, []).append(one.submission)
    told = [f"{place}: {_listed(sorted(members[piece]))}" for place, piece in enumerate(sorted(members), start=1)]
    return "\n".join(
        [
            f"These ballots fall into {outcome.pieces} pieces that were never compared, not even by way of others.",
            "How submissions of different pieces stand to each other is not known:",
            *told[:NAMED_AT_MOST],
            *([f"and {len(told) - NAMED_AT_MOST} more pieces"] if len(told) > NAMED_AT_MOST else []),
        ]
    )


def _names(*, with_cut: bool) -> list[str]:
    return ["rank", "submission", "score", "low", "high", "ballots", *(["above"] if with_cut else [])]


def _cells(values: Sequence[float | str | None]) -> list[str]:
    return ["–" if one is None else FIGURE(one) if isinstance(one, float) else printable(str(one)) for one in values]


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - NAMED_AT_MOST:,} more" if len(names) > NAMED_AT_MOST else ""
    return ", ".join(map(printable, names[:NAMED_AT_MOST])) + more
