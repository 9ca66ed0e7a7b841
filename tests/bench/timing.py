"""Measuring one thing against a reference on a shared machine: alternating, several times, told as a ratio."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

ROUNDS = 7


def compare(name: str, ours: Callable[[], object], reference: Callable[[], object], *, against: str) -> None:
    """Print ours : reference as the median of the ratios of neighbouring runs; below 1 is faster than the reference."""
    ours(), reference()  # one warm-up each
    pairs = [(_seconds(ours), _seconds(reference)) for _ in range(ROUNDS)]
    ratios = sorted(mine / theirs for mine, theirs in pairs)
    median = statistics.median(ratios)
    best = min(mine for mine, _ in pairs)
    print(  # noqa: T201 -- what `make bench` is for
        f"{name}: {median:.2f} × {against} (between {ratios[0]:.2f} and {ratios[-1]:.2f} in {ROUNDS} alternating runs; "
        f"best {best * 1000:.0f} ms)"
    )


def _seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began
