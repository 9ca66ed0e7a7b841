"""Even out how often two judges meet, by exchanging seats: loads, quorums and conflicts stay as they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Weights = NDArray[np.int64]
Indices = NDArray[np.intp]

TOO_MUCH = 1 << 40
WIDEST = 50
"""Of two judges' photos no more than so many are compared with each other at once."""


class Exchange(NamedTuple):
    """In photo `one` the partner takes the judge's seat, in photo `other` the judge takes the partner's."""

    one: int
    other: int
    judge: int
    partner: int

    @property
    def undone(self) -> Exchange:
        """The exchange that takes this one back."""
        return Exchange(self.one, self.other, self.partner, self.judge)


@dataclass(eq=False)
class Seating:
    """Some photos, who sits before them, and the whole panel's meetings (these photos' and all others').

    `seats` is B × J, 1.0 where a judge has a photo; `movable` says which of these seats may change hands; `barred`
    where a judge may not sit. `weights` is J × J with a zero diagonal, kept up to date. `loads` (J) are given when a
    seat may also pass to a judge with one photo less, which leaves the loads as they are but for the names.
    """

    seats: NDArray[np.float32]
    movable: Mask
    barred: Mask
    weights: Weights
    loads: Weights | None = None

    def give(self, photo: int, judge: int, partner: int) -> None:
        """The partner takes the judge's seat."""
        self._replace(photo, judge, partner)
        if self.loads is not None:
            self.loads[[judge, partner]] += [-1, 1]

    def exchange(self, one: int, other: int, judge: int, partner: int) -> None:
        """In photo `one` the partner takes the judge's seat, in photo `other` the judge takes the partner's."""
        self._replace(one, judge, partner)
        self._replace(other, partner, judge)

    def _replace(self, photo: int, judge: int, partner: int) -> None:
        row = self.seats[photo]
        row[judge] = 0
        company = np.flatnonzero(row)
        row[partner] = 1
        self.weights[judge, company] -= 1
        self.weights[company, judge] -= 1
        self.weights[partner, company] += 1
        self.weights[company, partner] += 1
        self.movable[photo, judge], self.movable[photo, partner] = False, True

    def partners(self, judge: int, partner: int) -> tuple[Indices, Indices]:
        """Photos in which `judge` may give way to `partner`, and those for the reverse."""
        return self._yielding(judge, partner), self._yielding(partner, judge)

    def _yielding(self, judge: int, partner: int) -> Indices:
        return np.flatnonzero(self.movable[:, judge] & (self.seats[:, partner] == 0) & ~self.barred[:, partner])

    def costs(self, ones: Indices, others: Indices, judge: int, partner: int) -> NDArray[np.int64]:
        """Half of what each exchange adds to the sum of squared weights, |ones| × |others|.

        Exchanges that only swap two photos' panels change nothing and cost `TOO_MUCH`.
        """
        gap = (self.weights[:, partner] - self.weights[:, judge]).astype(np.float32)
        first, second = self.seats[ones], self.seats[others]
        size, other_size = first.sum(axis=1), second.sum(axis=1)
        shared = first @ second.T
        give = first @ gap + size - 1
        take = other_size - 1 - second @ gap
        # gap holds W[judge, partner] at the judge's own place and its negative at the partner's; both must go.
        meets = 2 * float(self.weights[judge, partner])
        cost: NDArray[np.int64] = np.rint(give[:, None] + take[None, :] - 2 * shared - meets).astype(np.int64)
        alike = (shared == size[:, None] - 1) & (size[:, None] == other_size[None, :])
        cost[alike] = TOO_MUCH
        return cost


def spread_of(weights: Weights) -> int:
    """The largest difference between two pair counts, 0 for fewer than three judges."""
    pairs = weights[np.triu_indices(len(weights), 1)]
    return int(pairs.max() - pairs.min()) if len(pairs) else 0


def even_out(seating: Seating, rng: np.random.Generator, *, steps: int, within: int = 1, heat: float = 0.07) -> None:
    """Exchange seats until pair counts are `within` so much of each other, or `steps` exchanges were tried.

    Pairs of judges who both have seats that may move are looked at.
    Simulated annealing at one low temperature on the sum of squared pair counts, which is least exactly when all
    differ by at most one, aimed at the pairs that stick out; the best seating met is what stays. The idea of
    exchanging along pairs that sit too often is D. R. Stinson's hill climbing for designs (Annals of Discrete
    Mathematics 26, 1985, 321–334).
    """
    active = np.flatnonzero(seating.movable.any(axis=0))
    rows, columns = (active[some] for some in np.triu_indices(len(active), 1))
    flat = rows * len(seating.weights) + columns
    best = now = 0
    since: list[Exchange] = []
    for _ in range(steps if len(active) > 2 else 0):  # noqa: PLR2004 -- a couple has no third to exchange with
        counts = seating.weights.take(flat)
        if counts.max() - counts.min() <= within:
            return
        pick, is_high = _outlier(counts, rng)
        couple = rng.permutation([rows[pick], columns[pick]])
        aim = int(couple[0]), _successor(seating.weights, couple, active, rng, is_high=is_high)
        cost, exchange = _try(seating, aim, rng, heat)
        if exchange is None:
            continue
        now += cost
        since.append(exchange)
        if now < best:
            best, since = now, []
    for exchange in reversed(since if now > best else []):
        seating.exchange(*exchange.undone)


def _outlier(counts: Weights, rng: np.random.Generator) -> tuple[int, bool]:
    """One of the pairs that meet most, or of those that meet least, and whether it is of the former."""
    is_high = bool(rng.random() < 0.5)  # noqa: PLR2004 -- as often from above as from below
    worst = np.flatnonzero(counts == (counts.max() if is_high else counts.min()))
    return int(worst[rng.integers(len(worst))]), is_high


def _successor(weights: Weights, couple: Indices, active: Indices, rng: np.random.Generator, *, is_high: bool) -> int:
    """With whom the first of a couple should exchange seats, to bring the couple's count nearer to the others'."""
    others = active[~np.isin(active, couple)]
    counts = weights[couple[1], others] + rng.random(len(others))
    return int(others[np.argmin(counts) if is_high else np.argmax(counts)])


def _try(seating: Seating, aim: tuple[int, int], rng: np.random.Generator, heat: float) -> tuple[int, Exchange | None]:
    """Try the best exchange between two judges; returns half of what it added to the sum of squares, and itself."""
    judge, partner = aim
    ones, others = seating.partners(judge, partner)
    if not len(ones) or not len(others):
        return 0, None
    ones, others = _some(ones, rng), _some(others, rng)
    cost = seating.costs(ones, others, judge, partner)
    least = int(cost.min())
    if least > 0 and (least >= TOO_MUCH or rng.random() >= np.exp(-least / heat)):
        return 0, None
    ties = np.flatnonzero(cost == least)
    one, other = divmod(int(ties[rng.integers(len(ties))]), len(others))
    exchange = Exchange(int(ones[one]), int(others[other]), judge, partner)
    seating.exchange(*exchange)
    return least, exchange


def _some(photos: Indices, rng: np.random.Generator) -> Indices:
    return photos if len(photos) <= WIDEST else rng.choice(photos, WIDEST, replace=False)
