"""Ballots of the stars in sums: all that the model of photos and judges needs of them, however many there are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from campaign.judging.scoring.blocks import multiply_with_itself
from campaign.judging.scoring.sheet import Indices, Numbers

NOTHING = 1e-12
"""Of a score: less than this is rounding."""
BLOCK = 2**22
"""Photos are taken in blocks of at most this many photo × judge numbers, so memory does not grow with the round."""


@dataclass(frozen=True, kw_only=True)
class Sums:
    """P judged photos, J judges, both indices from 0; scores are less their mean, `middle`.

    `row` of a photo is (its ballots, its ballots by each judge): 1 + J numbers. Photos with equally many ballots
    come into the model alike, so all that goes over photos is summed within each of the D different numbers.
    """

    middle: float
    ballots: int
    square: float
    """Σ of the squared scores."""
    sizes: Numbers
    """P: each photo's ballots."""
    totals: Numbers
    """P: each photo's Σ of scores."""
    given: Numbers
    """P × J: each photo's ballots by each judge."""
    judge_rows: Numbers
    """(1+J) × (1+J): Σ over ballots of the outer product of (1, its judge)."""
    judge_totals: Numbers
    """1 + J: Σ of scores, of all ballots and of each judge's."""
    size: Numbers
    """D: the different numbers of ballots of a photo."""
    photos_of_size: Numbers
    """D: how many photos have that many."""
    rows: Numbers
    """D × (1+J) × (1+J): Σ over the photos of that size of the outer product of their rows."""
    row_totals: Numbers
    """D × (1+J): Σ of row × total."""
    totals_square: Numbers
    """D: Σ of total²."""

    @property
    def judges(self) -> int:
        return len(self.judge_totals) - 1

    @property
    def is_flat(self) -> bool:
        """All scores are the same: nothing can be said of how they differ."""
        return self.square <= self.ballots * (NOTHING * abs(self.middle)) ** 2


def add_up(photo: Indices, judge: Indices, score: Numbers, *, photos: int, judges: int) -> Sums:
    """Sums of ballots; with one ballot per photo and judge the same to the last bit in whatever order they come.

    Every one of the `photos` and `judges` must have a ballot.
    """
    # Each ballot has a cell of its own, and cells are summed in one order. Nothing has to be sorted.
    cell = photo.astype(np.int64) * judges + judge
    given = np.bincount(cell, minlength=photos * judges).astype(float).reshape(photos, judges)
    scores: Numbers = np.bincount(cell, weights=score, minlength=photos * judges).astype(float)
    scores = scores.reshape(photos, judges)
    middle = float(scores.sum() / len(score))
    scores = scores - middle * given
    square = np.bincount(cell, weights=(score - middle) ** 2, minlength=photos * judges).sum()
    sizes, totals, by_judge = given.sum(axis=1), scores.sum(axis=1), given.sum(axis=0)
    judge_rows = np.diag(np.concatenate([[float(len(score))], by_judge]))
    judge_rows[0, 1:] = judge_rows[1:, 0] = by_judge
    size, photos_of_size, rows, row_totals, totals_square = _by_size(sizes, totals, given)
    return Sums(
        middle=middle,
        ballots=len(score),
        square=float(square),
        sizes=sizes,
        totals=totals,
        given=given,
        judge_rows=judge_rows,
        judge_totals=np.concatenate([[totals.sum()], scores.sum(axis=0)]),
        size=size,
        photos_of_size=photos_of_size,
        rows=rows,
        row_totals=row_totals,
        totals_square=totals_square,
    )


def _by_size(sizes: Numbers, totals: Numbers, given: Numbers) -> tuple[Numbers, Numbers, Numbers, Numbers, Numbers]:
    size, group = np.unique(sizes, return_inverse=True)
    width = given.shape[1] + 1
    rows, row_totals = np.zeros((len(size), width, width)), np.zeros((len(size), width))
    step = max(1, BLOCK // width)
    for which in range(len(size)):
        members = np.flatnonzero(group == which)
        for start in range(0, len(members), step):
            block = members[start : start + step]
            row = np.column_stack([sizes[block], given[block]])
            rows[which] += multiply_with_itself(row)
            row_totals[which] += (totals[block, None] * row).sum(axis=0)
    counts = np.bincount(group, minlength=len(size)).astype(float)
    squares = np.bincount(group, weights=totals**2, minlength=len(size)).astype(float)
    return size.astype(float), counts, rows, row_totals, squares
