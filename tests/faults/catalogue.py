"""Every fault by its name, in the order in which they are tried."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.faults import (
    delivered_again,
    disk_full,
    locations,
    mutants,
    poison,
    redis_lost,
    second_put,
    store_lies,
    submissions_killed,
    too_much,
)
from tests.faults.ground import Ground
from tests.faults.outcome import Outcome, Scale

Fault = Callable[[Ground, Scale], Outcome]

FAULTS: Mapping[str, Fault] = {
    "submissions_killed": submissions_killed.run,
    "redis_lost": redis_lost.run,
    "delivered_again": delivered_again.run,
    "poison": poison.run,
    "store_lies": store_lies.run,
    "disk_full": disk_full.run,
    "second_put": second_put.run,
    "locations": locations.run,
    "too_much": too_much.run,
    "mutants": mutants.run,
}
