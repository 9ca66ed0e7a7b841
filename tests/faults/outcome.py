"""What a fault's run found: what was tried, how often, and what was lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

PROMISED_SECONDS = 60.0
"""Within which everything is done, counted from the last fault."""


class Scale(Enum):
    """`SHORT` is for `make test`: seconds, with the job runner's pauses cut down. `FULL` is `make faults`."""

    SHORT = "short"
    FULL = "full"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One fault's end. `lost` must be 0; `broken` says in words which other part of a promise did not hold.

    `times` counts what `tried` names. `recovered` is in seconds after the last fault, where there is such a moment.
    """

    promises: tuple[int, ...]
    tried: str
    times: int
    lost: int
    recovered: float | None = None
    figures: Mapping[str, float] = field(default_factory=dict)
    broken: tuple[str, ...] = ()

    @property
    def complaints(self) -> tuple[str, ...]:
        """Everything that does not hold, a sentence each; empty when the promises were kept."""
        lost = (f"{self.lost} lost",) if self.lost else ()
        late = self.recovered is not None and self.recovered > PROMISED_SECONDS
        slow = (f"done only {self.recovered:.0f} s after the last fault",) if late else ()
        return (*lost, *slow, *self.broken)
