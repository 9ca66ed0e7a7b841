"""Which two photos a judge is asked about next."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from campaign.judging.design.photos import Handed, Indices, Numbers, Pool, allowed, gain_of, pieces_of, strengths_of
from campaign.judging.design.shape import Mask, Whole


def next_pairs(
    pool: Pool,
    judge: int,
    handed: Handed,
    *,
    barred: NDArray[np.integer] | None = None,
    wanted: int = 1,
    seed: int = 0,
) -> Whole:
    """Up to `wanted` duels for the judge, k × 2 photos; no rows when nothing is left for them.

    `handed` are all duels of the round that were handed out, decided or not. `barred` are photos that this judge may
    not see. The same arguments give the same pairs.

    The rule: a photo under its quorum, seen least, first. As long as the graph over photos is in pieces, its partner
    is of another piece, so that n − 1 duels make it one. Among partners those under their quorum come first, then
    those seen least (up to one more than the least), then the one from whom most is to be learnt (`photos.gain_of`),
    ties by lot. A judge never gets the same two photos twice. A partner at its quorum is taken only when no other is
    left, and then one of those seen least.
    """
    mine = allowed(pool.photos, pool.gone, barred)
    state = _State(pool, judge, handed)
    rng = np.random.default_rng([seed, judge, len(handed.first)])
    found = []
    for _ in range(wanted):
        pair = state.choose(mine, rng)
        if pair is None:
            break
        state.add(*pair)
        found.append(sorted(pair))
    return np.array(found, dtype=np.int32).reshape(-1, 2)


class _State:
    """What is known before a choice: how often each photo is out, the pieces, the judge's pairs, the strengths."""

    def __init__(self, pool: Pool, judge: int, handed: Handed) -> None:
        count = pool.photos
        self.quorum, self.free = pool.quorum, allowed(count, pool.gone)
        self.seen = np.bincount(handed.first, minlength=count) + np.bincount(handed.second, minlength=count)
        own = handed.judge == judge
        self.met = np.zeros((count, count), dtype=bool)
        self.met[handed.first[own], handed.second[own]] = True
        self.met |= self.met.T
        stands = self.free[handed.first] & self.free[handed.second]
        self.piece = pieces_of(count, handed.first[stands], handed.second[stands])
        estimate, self.spread = strengths_of(count, handed)
        self.strength = estimate if pool.strengths is None else pool.strengths

    def add(self, one: int, other: int) -> None:
        self.seen[[one, other]] += 1
        self.met[one, other] = self.met[other, one] = True
        keep, lose = sorted((int(self.piece[one]), int(self.piece[other])))
        self.piece[self.piece == lose] = keep

    def choose(self, mine: Mask, rng: np.random.Generator) -> tuple[int, int] | None:
        lot = rng.random(len(mine))
        wanting = np.flatnonzero(mine & (self.seen < self.quorum))
        ordered = wanting[np.lexsort((lot[wanting], self.seen[wanting]))]
        in_pieces = len(np.unique(self.piece[self.free])) > 1
        for apart in (True, False) if in_pieces else (False,):
            for photo in ordered:
                partner = self._partner(int(photo), mine, lot, apart=apart)
                if partner is not None:
                    return int(photo), partner
        return None

    def _partner(self, photo: int, mine: Mask, lot: Numbers, *, apart: bool) -> int | None:
        able = mine & ~self.met[photo]
        able[photo] = False
        if apart:
            able &= self.piece != self.piece[photo]
        others: Indices = np.flatnonzero(able)
        if not len(others):
            return None
        seen = self.seen[others]
        most = min(seen.min() + 1, self.quorum - 1) if seen.min() < self.quorum else seen.min()
        others = others[seen <= most]
        gain = gain_of(self.strength, self.spread, photo, others)
        return int(others[np.lexsort((lot[others], -np.round(gain, 9)))[0]])
