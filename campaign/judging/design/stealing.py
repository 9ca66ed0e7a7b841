"""Who is ahead takes from the plan of one who is behind."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from campaign.judging.design.cuts import labels_of
from campaign.judging.design.shape import Weights, Whole, weights_of


def take(
    open_rows: NDArray[np.integer],
    thief: int,
    *,
    live: NDArray[np.integer],
    weights: Weights | None = None,
    forbidden: NDArray[np.integer] | None = None,
    remaining: NDArray[np.number],
    wanted: int = 1,
) -> Whole:
    """The rows that change to the thief, at most `wanted`, k × 3 as in `open_rows`; none when nothing may be taken.

    `open_rows` (submission, judge, position) are planned and not handed out, of any judges, the thief's own ignored.
    `live` (submission, judge) are all pairs done, held or planned: at least all those of the submissions in
    `open_rows`, and of the whole round when `weights` (J × J, photos that two judges both have) is not given.
    `forbidden` are submissions that the thief may not see. `remaining` (J) says how far each judge is behind: open
    rows, or better the time these take at the judge's own pace; larger is further behind.

    The rule: take from the judge who is furthest behind, from the end of that judge's order; a row is passed over
    when the thief may not see the photo or has it already, or when without it the judges' graph would fall into more
    pieces than before. Judges without any photo in common with another count as no piece, so that the last photos of
    an absent judge can be taken as well. The row changes its judge, so every quorum stays.
    """
    judges = len(remaining)
    graph = weights_of(live, judges) if weights is None else weights.copy()
    behind = np.asarray(remaining, dtype=float).copy()
    panels: dict[int, set[int]] = {}
    for submission, judge in live:
        panels.setdefault(int(submission), set()).add(int(judge))
    never = set() if forbidden is None else {int(one) for one in forbidden}
    rows = _by_judge(open_rows, thief, panels, never)
    each = {judge: behind[judge] / len(mine) for judge, mine in rows.items()}
    taken: list[tuple[int, int, int]] = []
    while rows and len(taken) < wanted:
        victim = min(rows, key=lambda judge: (-behind[judge], judge))
        row = _first_allowed(rows[victim], thief, graph, panels)
        if row is None:
            del rows[victim]
            continue
        taken.append(row)
        _hand_over(row, thief, graph, panels)
        rows[victim].remove(row)
        behind[victim] -= each[victim]
        if not rows[victim]:
            del rows[victim]
    return np.array(taken, dtype=np.int32).reshape(-1, 3)


def _by_judge(
    open_rows: NDArray[np.integer], thief: int, panels: dict[int, set[int]], never: set[int]
) -> dict[int, list[tuple[int, int, int]]]:
    """Rows that the thief may see, by judge, the last in each judge's order first."""
    rows: dict[int, list[tuple[int, int, int]]] = {}
    for submission, judge, position in sorted(open_rows.tolist(), key=lambda row: (-row[2], row[0])):
        if judge != thief and submission not in never and thief not in panels.get(submission, set()):
            rows.setdefault(judge, []).append((submission, judge, position))
    return rows


def _first_allowed(
    rows: list[tuple[int, int, int]], thief: int, graph: Weights, panels: dict[int, set[int]]
) -> tuple[int, int, int] | None:
    return next((row for row in rows if _may_go(row, thief, graph, panels)), None)


def _may_go(row: tuple[int, int, int], thief: int, graph: Weights, panels: dict[int, set[int]]) -> bool:
    submission, judge, _ = row
    if thief in panels[submission]:
        return False  # taken a moment ago, from another judge
    company = [one for one in panels[submission] if one != judge]
    if not company or (graph[judge, company] > 1).any():
        # The judge stays joined to one of the company, and the company to each other.
        return True
    trial = graph.copy()
    _reseat(trial, judge, thief, company)
    return _pieces(trial) <= _pieces(graph)


def _hand_over(row: tuple[int, int, int], thief: int, graph: Weights, panels: dict[int, set[int]]) -> None:
    submission, judge, _ = row
    panel = panels[submission]
    panel.discard(judge)
    _reseat(graph, judge, thief, list(panel))
    panel.add(thief)


def _reseat(graph: Weights, judge: int, thief: int, company: list[int]) -> None:
    graph[judge, company] -= 1
    graph[company, judge] -= 1
    graph[thief, company] += 1
    graph[company, thief] += 1


def _pieces(graph: Weights) -> int:
    labels = labels_of(graph)
    return len(np.unique(labels[graph.any(axis=0)]))
