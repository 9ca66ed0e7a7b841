"""Every fault by its name, in the order in which they are tried."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.faults import disk_full, mutants, poison, redis_lost, store_lies, submissions_killed
from tests.faults.ground import Ground
from tests.faults.outcome import Outcome, Scale

Fault = Callable[[Ground, Scale], Outcome]

FAULTS: Mapping[str, Fault] = {
    "submissions_killed": submissions_killed.run,
    "redis_lost": redis_lost.run,
    "poison": poison.run,
    "store_lies": store_lies.run,
    "disk_full": disk_full.run,
    "mutants": mutants.run,
}
