"""Every fault of `make faults` in a few seconds: fewer times, and with the job runner's pauses cut down."""

from __future__ import annotations

import pytest

from tests.faults.catalogue import FAULTS
from tests.faults.ground import Ground
from tests.faults.outcome import Scale


@pytest.mark.parametrize("name", FAULTS)
def test_nothing_is_lost(ground: Ground, name: str) -> None:
    outcome = FAULTS[name](ground, Scale.SHORT)

    print(name, outcome)  # noqa: T201 -- the figures
    assert outcome.complaints == ()
    assert outcome.times > 0
