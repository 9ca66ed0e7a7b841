"""What the bench measured, kept in build/bench.json for whoever reads it after the run."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Mapping
from pathlib import Path

FIGURES = Path(__file__).parents[2] / "build" / "bench.json"


def record(part: str, figures: Mapping[str, float]) -> None:
    """Merge the figures as "part.figure" into build/bench.json; what other parts wrote stays.

    Written whole or not at all, also when two parts end at once.
    """
    FIGURES.parent.mkdir(exist_ok=True)
    with FIGURES.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        kept = recorded() | {f"{part}.{name}": round(float(figure), 6) for name, figure in figures.items()}
        fresh = FIGURES.with_suffix(".new")
        fresh.write_text(json.dumps(dict(sorted(kept.items())), indent=2) + "\n")
        os.replace(fresh, FIGURES)  # noqa: PTH105 -- its name says that it is atomic


def recorded() -> dict[str, float]:
    """Every figure recorded so far, by "part.figure"; none before the first run."""
    try:
        return dict(json.loads(FIGURES.read_text()))
    except FileNotFoundError:
        return {}
