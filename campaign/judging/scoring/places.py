"""From scores to places: rounded first, then ranked, so that every machine ranks alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from campaign.judging.scoring.outcome import DECIMALS, Standing
from campaign.judging.scoring.sheet import Numbers


def round_off(values: Numbers) -> Numbers:
    """The values to `DECIMALS` decimals, never −0; nan stays."""
    return np.round(values, DECIMALS) + 0.0


def rank_scores(scores: Numbers) -> NDArray[np.int64]:
    """Ranks from 1, the highest score first, as in a competition (1, 2, 2, 4); nan, the unjudged, share the last.

    `scores` are compared as they are: round them off before.
    """
    judged = np.sort(scores[~np.isnan(scores)])
    better = len(judged) - np.searchsorted(judged, scores, side="right")
    return np.where(np.isnan(scores), len(judged), better).astype(np.int64) + 1


def place(  # noqa: PLR0913 -- a column each
    photos: Sequence[str],
    *,
    score: Numbers,
    low: Numbers,
    high: Numbers,
    ballots: NDArray[np.integer],
    pieces: NDArray[np.integer] | None = None,
    above: Numbers | None = None,
    raw: Mapping[str, Numbers] | None = None,
    ranks: NDArray[np.integer] | None = None,
) -> tuple[Standing, ...]:
    """Every photo's standing, best first, equals by name; photos without a ballot last, without a score.

    `photos` are the sheet's names, sorted; every array holds one figure for each, `score` nan without a ballot.
    All figures are rounded off here, before anything is ranked; in `raw` a nan stands for a figure a photo has not.
    `ranks`, from 1, are given where they do not follow from the score.
    """
    score = round_off(np.where(ballots > 0, score, np.nan))
    unjudged = np.isnan(score)
    ranks = rank_scores(score) if ranks is None else ranks
    tied = np.bincount(ranks)[ranks] > 1
    # The names are sorted, so a stable sort leaves equals in the order of their names.
    order = np.argsort(ranks, kind="stable")
    columns = (
        ranks[order].tolist(),
        tied[order].tolist(),
        listed(score[order]),
        listed(np.where(unjudged, np.nan, low)[order]),
        listed(np.where(unjudged, np.nan, high)[order]),
        ballots[order].tolist(),
        pieces[order].tolist() if pieces is not None else [1] * len(photos),
        listed(above[order]) if above is not None else [None] * len(photos),
        _raws(len(photos), {name: values[order] for name, values in (raw or {}).items()}),
    )
    return tuple(
        Standing(
            submission=photos[at], rank=rank, tied=is_tied, score=value, low=lower, high=upper, ballots=given,
            piece=piece, above=chance, raw=figures,
        )
        for at, rank, is_tied, value, lower, upper, given, piece, chance, figures in zip(
            order.tolist(), *columns, strict=True
        )
    )  # fmt: skip


def listed(values: Numbers) -> list[float | None]:
    """The values rounded off, None for nan."""
    rounded = round_off(values)
    found: list[float | None] = rounded.tolist()
    for at in np.flatnonzero(np.isnan(rounded)).tolist():
        found[at] = None
    return found


def _raws(photos: int, raw: Mapping[str, Numbers]) -> Iterator[dict[str, float]]:
    if not raw:
        yield from ({} for _ in range(photos))
        return
    for figures in zip(*(listed(values) for values in raw.values()), strict=True):
        known = dict(zip(raw, figures, strict=True))
        yield {name: one for name, one in known.items() if one is not None} if None in figures else known
