"""What `make faults` says: a table for whoever waits for it, and build/faults.json for whoever reads it afterwards."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.faults.outcome import PROMISED_SECONDS, Outcome

FIGURES = Path(__file__).parents[2] / "build" / "faults.json"
COLUMNS = (("fault", 19), ("promise", 8), ("times", 7), ("lost", 5), ("recovered", 10), ("what was tried", 0))


@dataclass(frozen=True)
class Entry:
    """One fault's end in the report; `outcome` is None where it broke off, and `problem` says why."""

    name: str
    seconds: float
    outcome: Outcome | None
    problem: str = ""

    @property
    def complaints(self) -> tuple[str, ...]:
        return (self.problem,) if self.outcome is None else self.outcome.complaints


def table(entries: list[Entry]) -> str:
    """The figures for people, and below them whatever does not hold."""
    lines = ["".join(name.ljust(width) for name, width in COLUMNS)]
    for entry in entries:
        lines.append(_row(entry))
        lines += [f"    does not hold: {words}" for words in entry.complaints]
    lost = sum(entry.outcome.lost for entry in entries if entry.outcome)
    times = sum(entry.outcome.times for entry in entries if entry.outcome)
    lines.append(
        f"\nTried {times:,} times, lost {lost}. Promised: 0 lost, done {PROMISED_SECONDS:.0f} s after a fault."
    )
    return "\n".join(lines)


def record(entries: list[Entry]) -> None:
    """Merge into build/faults.json by "fault.figure"; other faults' figures stay. Written whole or not at all."""
    FIGURES.parent.mkdir(exist_ok=True)
    kept = json.loads(FIGURES.read_text()) if FIGURES.exists() else {}
    for entry in entries:
        kept = {key: figure for key, figure in kept.items() if not key.startswith(f"{entry.name}.")}
        kept |= {f"{entry.name}.{key}": figure for key, figure in _figures(entry).items()}
    fresh = FIGURES.with_suffix(".new")
    fresh.write_text(json.dumps(dict(sorted(kept.items())), indent=2) + "\n")
    os.replace(fresh, FIGURES)  # noqa: PTH105 -- its name says that it is atomic


def _figures(entry: Entry) -> Mapping[str, object]:
    told: dict[str, object] = {"seconds": round(entry.seconds, 1), "kept": not entry.complaints}
    if entry.outcome is None:
        return told
    outcome = entry.outcome
    told |= {"promises": list(outcome.promises), "times": outcome.times, "lost": outcome.lost, **outcome.figures}
    if outcome.recovered is not None:
        told["recovered_seconds"] = round(outcome.recovered, 1)
    return told


def _row(entry: Entry) -> str:
    outcome = entry.outcome
    if outcome is None:
        return f"{entry.name:<19}broke off after {entry.seconds:.0f} s"
    recovered = "–" if outcome.recovered is None else f"{outcome.recovered:.1f} s"
    promises = ", ".join(str(number) for number in outcome.promises)
    cells = (entry.name, promises, f"{outcome.times:,}", str(outcome.lost), recovered, outcome.tried)
    return "".join(cell.ljust(width) for cell, (_, width) in zip(cells, COLUMNS, strict=True))
