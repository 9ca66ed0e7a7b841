"""Measuring one thing against a reference on a shared machine: alternating, several times, told as a ratio."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.bench.tables import tell

ROUNDS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Ours : reference, below 1 is faster than the reference; and the seconds of our best run."""

    median: float
    lowest: float
    highest: float
    best: float


def compare(name: str, ours: Callable[[], object], reference: Callable[[], object], *, against: str) -> Comparison:
    """Print and give ours : reference, the median of the ratios of neighbouring runs."""
    ours(), reference()  # one warm-up each
    pairs = [(seconds_of(ours), seconds_of(reference)) for _ in range(ROUNDS)]
    ratios = sorted(mine / theirs for mine, theirs in pairs)
    found = Comparison(
        median=statistics.median(ratios), lowest=ratios[0], highest=ratios[-1], best=min(mine for mine, _ in pairs)
    )
    tell(
        f"{name}: {found.median:.2f} × {against} (between {found.lowest:.2f} and {found.highest:.2f} in {ROUNDS} "
        f"alternating runs; best {found.best * 1000:.0f} ms)"
    )
    return found


def seconds_of(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


@contextmanager
def one_core() -> Iterator[None]:
    """Holds this process to one core, where the system can: what starts threads of its own gains nothing by them."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(allowed)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)
