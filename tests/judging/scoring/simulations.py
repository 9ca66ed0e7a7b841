"""Panels with a known truth, scored: how often intervals hold it, and whether probabilities are what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple
from unittest.mock import patch

import numpy as np

from campaign.judging.methods.shape import Rule, Terms
from campaign.judging.scoring import certainty
from campaign.judging.scoring.outcome import Outcome
from campaign.judging.scoring.sheet import Numbers, Sheet

DRAWS = 400
BINS = (0.0, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 1.0)


class Panel(NamedTuple):
    """One simulated panel: what was given, and each photo's true score on the scale that the method reports."""

    sheet: Sheet
    truth: Numbers


class Tally(NamedTuple):
    """What came of many panels."""

    coverage: float
    """The share of photos whose true score lies within its interval."""
    low_misses: float
    """The share of photos whose true score lies below its interval."""
    bins: tuple[tuple[float, float, int], ...]
    """For each of `BINS`: the mean probability said to be above the cut, the share that was, and how many photos."""

    def told(self, name: str) -> str:
        said = " ".join(f"{said:.2f}→{was:.2f}" for said, was, photos in self.bins if photos)
        return f"{name}: 90 % intervals cover {self.coverage:.1%}; above the cut, said→was: {said}"

    @property
    def off(self) -> float:
        """How far said and was are apart, on average over photos."""
        photos = sum(number for *_, number in self.bins)
        return sum(abs(said - was) * number for said, was, number in self.bins) / photos


def simulate(
    method: Rule, terms: Terms, panel: Callable[[np.random.Generator], Panel], *, panels: int, cut: int, seed: int
) -> Tally:
    """Score `panels` panels, each from a generator of its own, and hold the outcomes against the truth.

    `DRAWS` for each panel are enough here, where thousands of probabilities are held against what was.
    """
    seen: list[tuple[bool, bool, float, bool]] = []
    with patch.object(certainty, "MOST_DRAWS", DRAWS), patch.object(certainty, "FEWEST_DRAWS", DRAWS):
        for generator in _generators(panels, seed):
            sheet, truth = panel(generator)
            seen += _held(method.score(sheet, terms, seed=int(generator.integers(2**31)), cut=cut), sheet, truth, cut)
    inside, below, said, was = (np.array(column) for column in zip(*seen, strict=True))
    return Tally(float(inside.mean()), float(below.mean()), tuple(_binned(said, was)))


def _held(outcome: Outcome, sheet: Sheet, truth: Numbers, cut: int) -> Iterator[tuple[bool, bool, float, bool]]:
    place = {name: at for at, name in enumerate(sheet.photos)}
    true_place = np.argsort(np.argsort(-truth, kind="stable"))
    for one in outcome.standings:
        if one.low is not None and one.high is not None and one.above is not None:
            at = place[one.submission]
            yield one.low <= truth[at] <= one.high, truth[at] < one.low, one.above, true_place[at] < cut


def _generators(panels: int, seed: int) -> Iterator[np.random.Generator]:
    yield from (np.random.default_rng([seed, number]) for number in range(panels))


def _binned(said: Numbers, was: Numbers) -> Iterator[tuple[float, float, int]]:
    for low, high in pairwise(BINS):
        inside = (said >= low) & ((said < high) | (high == BINS[-1]))
        if inside.any():
            yield float(said[inside].mean()), float(was[inside].mean()), int(inside.sum())


def names(prefix: str, number: int) -> list[str]:
    """As many names, in order."""
    return [f"{prefix}{at:04}" for at in range(number)]


def dealt(generator: np.random.Generator, photos: int, judges: int, quorum: int) -> tuple[Numbers, Numbers]:
    """Photo and judge of each ballot: each photo to `quorum` judges at random, all judges about equally often."""
    order = np.concatenate([generator.permutation(judges) for _ in range(photos)])
    ranks = np.argsort(order.reshape(photos, judges), axis=1)[:, :quorum]
    return np.repeat(np.arange(photos), quorum).astype(np.int32), ranks.ravel().astype(np.int32)
