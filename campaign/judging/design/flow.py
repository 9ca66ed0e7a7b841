"""Level the judges' loads as far as conflicts allow, by moving seats along paths from judge to judge."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Numbers = NDArray[np.float64]

SLICE = 65_536
"""Photos multiplied at once."""


@dataclass(eq=False)
class Bench:
    """All photos and who sits before them. `seats`, `movable`, `barred` are N × J; `loads` and `pace` J.

    A seat may move if it is movable; a judge may take a seat of a photo they have not and are not barred from. `loads`
    is what is levelled (in photos), `pace` how much of it each judge should have relative to others, > 0.
    """

    seats: Mask
    movable: Mask
    barred: Mask
    loads: Numbers
    pace: Numbers

    def ways(self, photos: NDArray[np.intp] | slice = slice(None)) -> Numbers:
        """J × J: in how many of the photos the first judge can give way to the second."""
        movable, seats, barred = self.movable[photos], self.seats[photos], self.barred[photos]
        ways = np.zeros((seats.shape[1], seats.shape[1]))
        for start in range(0, len(seats), SLICE):
            rows = slice(start, start + SLICE)
            free = ~(seats[rows] | barred[rows])
            ways += movable[rows].astype(np.float32).T @ free.astype(np.float32)
        return ways


def level(bench: Bench, rng: np.random.Generator) -> None:
    """Move seats until the loads are as level as they can be: the largest load per pace is the smallest feasible.

    Optimal semi-matchings by cost-reducing paths: N. J. A. Harvey, R. E. Ladner, L. Lovász and T. Tamir,
    “Semi-matchings for bipartite graphs and load balancing”, Journal of Algorithms 59 (2006), 53–78: a matching is
    optimal, for the largest load and for every convex cost of the loads, exactly when no path of moves leads from a
    judge to one whose load is lower by two or more. Here photos need several judges each and the paths are sought in
    the graph of judges, in which an arc is a photo that one may hand to the other; several are moved at once.
    """
    ways = bench.ways()
    while True:
        path = _reducing_path(bench, ways)
        if path is None:
            return
        first, last = path[0], path[-1]
        level_at = (bench.loads[first] * bench.pace[last] - bench.loads[last] * bench.pace[first]) / (
            bench.pace[first] + bench.pace[last]
        )
        narrowest = min(ways[a, b] for a, b in pairwise(path))
        count = int(max(1, min(np.floor(level_at), narrowest)))
        for judge, successor in pairwise(path):
            _shift(bench, ways, judge, successor, count, rng)
        bench.loads[first] -= count
        bench.loads[last] += count


def _shift(bench: Bench, ways: Numbers, judge: int, successor: int, count: int, rng: np.random.Generator) -> None:
    free = bench.movable[:, judge] & ~bench.seats[:, successor] & ~bench.barred[:, successor]
    photos = np.sort(rng.choice(np.flatnonzero(free), count, replace=False))
    ways -= bench.ways(photos)
    bench.seats[photos, judge] = bench.movable[photos, judge] = False
    bench.seats[photos, successor] = bench.movable[photos, successor] = True
    ways += bench.ways(photos)


def _reducing_path(bench: Bench, ways: Numbers) -> list[int] | None:
    """A shortest path of moves from the most loaded judge from whom one leads to a load worth moving to."""
    last, following = bench.loads / bench.pace, (bench.loads + 1) / bench.pace
    for judge in np.argsort(-last, kind="stable"):
        if last[judge] <= following.min() + 1e-9:
            return None
        before = _reach(ways, int(judge))
        reached = np.flatnonzero(before >= 0)
        target = int(reached[np.argmin(following[reached])])
        if following[target] < last[judge] - 1e-9:
            path = [target]
            while path[-1] != judge:
                path.append(int(before[path[-1]]))
            return path[::-1]
    return None


def _reach(ways: Numbers, judge: int) -> NDArray[np.int64]:
    """For each judge that moves can reach, the judge before on a shortest path; −1 for others."""
    before = np.full(len(ways), -1, dtype=np.int64)
    before[judge] = judge
    edge = [judge]
    while edge:
        following = []
        for one in edge:
            fresh = np.flatnonzero((ways[one] > 0) & (before < 0))
            before[fresh] = one
            following += [int(other) for other in fresh]
        edge = following
    return before
