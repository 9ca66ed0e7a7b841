"""Quantiles, and the probability to belong above a cut: shared places, whole sums, the same for the same."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from campaign.judging.scoring.certainty import above_cut, even_chances, share_among_alike, t_quantile
from campaign.judging.scoring.sheet import Numbers


@dataclass(frozen=True)
class Gaussians:
    """Independent scores with these means and spreads."""

    means: Numbers
    spread: float = 1.0
    step: float = 0.0

    def draw(self, generator: np.random.Generator, times: int) -> Numbers:
        drawn = self.means + self.spread * generator.standard_normal((times, len(self.means)))
        return np.round(drawn / self.step) * self.step if self.step else drawn

    def difference(self, one: int, other: int) -> tuple[float, float]:
        return float(self.means[one] - self.means[other]), self.spread * 2**0.5

    def noise(self, photo: int) -> float:  # noqa: ARG002 -- the same for all
        return 1.0


@pytest.mark.parametrize(
    ("free", "quantile"),
    [(1, 6.314), (2, 2.920), (3, 2.353), (4, 2.132), (5, 2.015), (10, 1.812), (30, 1.697), (10**6, 1.645)],
)
def test_quantiles_are_those_of_the_table(free: int, quantile: float) -> None:
    """Student, "The probable error of a mean", Biometrika 6, 1908; as in Abramowitz and Stegun, table 26.10, p. 990."""
    assert t_quantile(free) == pytest.approx(quantile, abs=0.0012)


def test_of_two_the_probability_is_that_of_their_difference() -> None:
    above = above_cut(Gaussians(np.array([1.0, 0.0])), 2, 1, seed=3)
    assert above == pytest.approx([0.760, 0.240], abs=0.015)  # Φ(1/√2)


def test_the_seed_decides_and_nothing_else() -> None:
    scores = Gaussians(np.linspace(0, 2, 9))
    assert above_cut(scores, 9, 4, seed=1).tolist() == above_cut(scores, 9, 4, seed=1).tolist()
    assert above_cut(scores, 9, 4, seed=1).tolist() != above_cut(scores, 9, 4, seed=2).tolist()


def test_those_that_tie_share_the_places() -> None:
    always_tied = Gaussians(np.array([2.0, 1.0, 1.0, 1.0, 0.0]), spread=0.0)
    assert above_cut(always_tied, 5, 3, seed=1).tolist() == [1.0, 0.666667, 0.666667, 0.666666, 0.0]


def test_photos_without_a_ballot_share_what_is_left() -> None:
    unjudged = Gaussians(np.array([np.nan, 1.0, np.nan]))
    assert above_cut(unjudged, 3, 1, seed=1).tolist() == [0.0, 1.0, 0.0]
    assert above_cut(unjudged, 3, 2, seed=1).tolist() == [0.5, 1.0, 0.5]


def test_where_nothing_is_known_all_have_the_same_chance() -> None:
    assert even_chances(3, 1).tolist() == [0.333334, 0.333333, 0.333333]


def test_of_whom_the_same_is_known_the_same_is_said() -> None:
    above = np.array([0.51, 0.49, 0.7, 0.3])
    assert share_among_alike(above, np.array([[1.0], [1.0], [2.0], [0.0]])).tolist() == [0.5, 0.5, 0.7, 0.3]


@pytest.mark.parametrize("cut", [0, 4, -1])
def test_a_cut_beyond_the_photos_is_none(cut: int) -> None:
    with pytest.raises(ValueError, match=f"a cut at {cut} among 3"):
        above_cut(Gaussians(np.zeros(3)), 3, cut, seed=1)


@settings(max_examples=25, deadline=None)
@given(some.lists(some.sampled_from([0.0, 0.5, 1.0, 3.0, np.nan]), min_size=1, max_size=9), some.data())
def test_probabilities_sum_to_the_cut_in_whole_millionths(means: list[float], data: some.DataObject) -> None:
    cut = data.draw(some.integers(1, len(means)))
    above = above_cut(Gaussians(np.array(means), step=0.5), len(means), cut, seed=1)
    millionths = [round(one * 10**6) for one in above.tolist()]
    assert sum(millionths) == cut * 10**6
    assert above.tolist() == [one / 10**6 for one in millionths]
    assert all(0 <= one <= 10**6 for one in millionths)
