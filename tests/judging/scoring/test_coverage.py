"""Simulations with known truth for the stars: 90 % intervals and cut probabilities are what they say."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from campaign.judging.methods import stars
from campaign.judging.methods.shape import Criterion, Terms
from campaign.judging.scoring.sheet import Sheet
from tests.judging.scoring.simulations import Panel, dealt, names, simulate

TERMS = Terms(3, (Criterion("Overall"),))


def _panel(
    photos: int, judges: int, quorum: int, *, quality: float, severity: float, noise: float, whole: bool = False
) -> Callable[[np.random.Generator], Panel]:
    """Photos, judges and noise Gaussian with these spreads; with `whole`, stars are whole numbers from 1 to 5."""

    def draw(generator: np.random.Generator) -> Panel:
        photo, judge = dealt(generator, photos, judges, quorum)
        held = 3 + generator.normal(0, quality, (photos, 1)) + generator.normal(0, severity, judges)
        given = held[photo, judge] + generator.normal(0, noise, len(photo))
        truth = held.mean(axis=1)
        if whole:
            given = np.clip(np.rint(given), 1, 5)
            sample = held[:, :, None] + noise * np.linspace(-2.5, 2.5, 21)
            weights = np.exp(-(np.linspace(-2.5, 2.5, 21) ** 2) / 2)
            truth = (np.clip(np.rint(sample), 1, 5) @ weights / weights.sum()).mean(axis=1)
        columns = {"judge": judge, "photo": photo, "value": given[:, None]}
        return Panel(Sheet(photos=names("p", photos), judges=names("j", judges), **columns), truth)

    return draw


SMALL = _panel(20, 5, 3, quality=0.7, severity=0.5, noise=0.8)
WHOLE = _panel(20, 5, 3, quality=0.7, severity=0.5, noise=0.8, whole=True)
UNLIKE = _panel(12, 5, 2, quality=0.5, severity=1.0, noise=0.5)
LARGER = _panel(100, 10, 3, quality=0.6, severity=0.3, noise=0.9)
LARGE = _panel(200, 30, 5, quality=0.6, severity=0.4, noise=0.8)


@pytest.mark.parametrize(
    ("name", "panel", "panels", "off"),
    [
        pytest.param("5 judges, 20 photos", SMALL, 500, 0.02, id="small"),
        pytest.param("5 judges, 20 photos, whole stars", WHOLE, 100, 0.03, id="whole"),
        # With two ballots each, of judges so unlike, probabilities lean towards not knowing.
        pytest.param("5 very unlike judges, 12 photos", UNLIKE, 100, 0.07, id="unlike"),
        pytest.param("10 judges, 100 photos", LARGER, 50, 0.02, id="larger"),
        pytest.param("30 judges, 200 photos", LARGE, 20, 0.02, id="large"),
    ],
)
def test_intervals_hold_the_truth_and_probabilities_are_what_they_say(
    name: str,
    panel: Callable[[np.random.Generator], Panel],
    panels: int,
    off: float,
    capsys: pytest.CaptureFixture[str],
) -> None:
    tally = simulate(stars, TERMS, panel, panels=panels, cut=5, seed=2026)
    with capsys.disabled():
        print(f"\n{tally.told(name)} ({panels} panels)")  # noqa: T201 -- the figures are the point
    assert 0.85 <= tally.coverage <= 0.95
    assert tally.low_misses == pytest.approx((1 - tally.coverage) / 2, abs=0.02)
    assert tally.off < off
