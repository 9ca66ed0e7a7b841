"""Which photos a judge is asked to put in order next."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campaign.judging.design.photos import Indices, Numbers, Pool, allowed, pieces_of
from campaign.judging.design.shape import Mask, Whole


@dataclass(frozen=True, eq=False)
class Lists:
    """The lists handed out so far, a row for each photo of each list, m each: the list's number, photo and judge."""

    number: Indices
    photo: Indices
    judge: Indices

    @classmethod
    def nothing(cls) -> Lists:
        """No list yet."""
        none = np.empty(0, dtype=np.int64)
        return cls(none, none, none)


def next_lists(
    pool: Pool,
    judge: int,
    handed: Lists,
    *,
    size: int,
    barred: NDArray[np.integer] | None = None,
    wanted: int = 1,
    seed: int = 0,
) -> list[Whole]:
    """Up to `wanted` lists of 2 to `size` photos for the judge, in an order drawn by lot; empty when nothing is left.

    `handed` are all lists of the round that were handed out, ranked or not. `barred` are photos that this judge may
    not see. The same arguments give the same lists.

    The rule: a list begins with a photo under its quorum, in the fewest lists, and grows by one at a time. As long as
    the graph over photos is in pieces, photos of pieces not yet in the list come first, so that (n − 1)/(size − 1)
    lists make it one. Then come photos under their quorum, in the fewest lists, that the judge has not ranked yet,
    that have been in the fewest lists together with those chosen, closest in strength to them, ties by lot. No two
    photos come before a judge together twice; a photo at its quorum only joins pieces or makes a pair.
    """
    mine = allowed(pool.photos, pool.gone, barred)
    state = _State(pool, judge, handed)
    rng = np.random.default_rng([seed, judge, len(handed.photo)])
    found: list[Whole] = []
    for _ in range(wanted):
        chosen = state.choose(mine, size, rng)
        if chosen is None:
            break
        state.add(chosen)
        found.append(rng.permutation(np.array(chosen, dtype=np.int32)))
    return found


class _State:
    """What is known before a choice: how often each photo is out, with which others, and before this judge."""

    def __init__(self, pool: Pool, judge: int, handed: Lists) -> None:
        count = pool.photos
        self.quorum = pool.quorum
        self.strength = np.zeros(count) if pool.strengths is None else pool.strengths
        self.seen = np.bincount(handed.photo, minlength=count)
        numbers, rows = np.unique(handed.number, return_inverse=True)
        self.inside = np.zeros((len(numbers), count), dtype=bool)
        self.inside[rows, handed.photo] = True
        self.own = np.zeros(len(numbers), dtype=bool)
        self.own[rows[handed.judge == judge]] = True
        self.ranked: Mask = np.isin(np.arange(count), handed.photo[handed.judge == judge])
        self.piece = _pieces(count, rows, handed.photo, allowed(count, pool.gone))

    def add(self, chosen: list[int]) -> None:
        listed = np.isin(np.arange(len(self.seen)), chosen)
        self.seen += listed
        self.ranked |= listed
        self.inside = np.concatenate([self.inside, listed[None]])
        self.own = np.append(self.own, True)
        joined = self.piece[listed]
        self.piece[np.isin(self.piece, joined)] = joined.min()

    def choose(self, mine: Mask, size: int, rng: np.random.Generator) -> list[int] | None:
        lot = rng.random(len(mine))
        starts = np.flatnonzero(mine & (self.seen < self.quorum))
        for start in starts[np.lexsort((lot[starts], self.ranked[starts], self.seen[starts]))]:
            chosen = self._grow(int(start), mine, size, lot)
            if len(chosen) > 1:
                return chosen
        return None

    def _grow(self, start: int, mine: Mask, size: int, lot: Numbers) -> list[int]:
        chosen, pick = [start], start
        able, together = mine.copy(), np.zeros(len(mine))
        while True:
            among = self.inside[:, pick]
            together += self.inside[among].sum(axis=0)
            able &= ~self.inside[among & self.own].any(axis=0)
            able[pick] = False
            following = self._following(np.flatnonzero(able), chosen, together, lot) if len(chosen) < size else None
            if following is None:
                return chosen
            pick = following
            chosen.append(pick)

    def _following(self, others: Indices, chosen: list[int], together: Numbers, lot: Numbers) -> int | None:
        apart = ~np.isin(self.piece[others], self.piece[chosen])
        needed = apart | (self.seen[others] < self.quorum) | (len(chosen) == 1)
        others, apart = others[needed], apart[needed]
        if not len(others):
            return None
        keys = (
            lot[others],
            np.abs(self.strength[others] - self.strength[chosen].mean()),
            together[others],
            self.ranked[others],
            self.seen[others],
            self.seen[others] >= self.quorum,
            ~apart,
        )
        return int(others[np.lexsort(keys)[0]])


def _pieces(photos: int, rows: Indices, photo: Indices, free: NDArray[np.bool_]) -> Indices:
    """The pieces of photos, joined by being in one list; photos that are gone join nothing."""
    rows, photo = rows[free[photo]], photo[free[photo]]
    # A list is one more node, after all photos.
    lists = int(rows.max(initial=-1)) + 1
    return pieces_of(photos + lists, photo, rows + photos)[:photos]
