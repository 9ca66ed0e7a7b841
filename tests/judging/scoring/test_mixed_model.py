"""The stars' model: published examples, a dense reference written out, and what must hold of any data."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.extra import numpy as arrays

from campaign.judging.scoring.mixed_model import Fit, fit
from campaign.judging.scoring.mixed_posterior import MixedPosterior
from campaign.judging.scoring.reml import Ratios, solve
from campaign.judging.scoring.sheet import Numbers
from campaign.judging.scoring.sums import add_up
from campaign.judging.scoring.variances import estimate_ratios
from tests.judging.scoring.dense import Ballots, dense, unbalanced
from tests.judging.scoring.published import DYESTUFF, PENICILLIN


def test_penicillin_comes_out_as_published() -> None:
    """D. M. Bates, lme4: Mixed-effects modeling with R, 2010, section 2.1.1; the fit by REML as lme4 prints it.

    Plate 0.8467, sample 1.9316, residual 0.5499; 22.9722 with standard error 0.8086; criterion 330.8606.
    """
    fitted = Ballots.of_table(PENICILLIN).fit()
    sigma = np.sqrt(fitted.best.residual / 143)
    spreads = sigma * np.sqrt([*fitted.best.ratios, 1.0])
    error = sigma * np.linalg.norm(fitted.best.root[0])
    assert np.round(spreads, 4).tolist() == [0.8467, 1.9316, 0.5499]
    assert (round(fitted.sums.middle + fitted.best.effects[0], 4), round(error, 4)) == (22.9722, 0.8086)
    assert round(fitted.best.criterion(), 4) == 330.8606


def test_dyestuff_of_one_judge_comes_out_as_published() -> None:
    """Bates 2010, section 1.3.1: batches 1764.05, residual 2451.25; 1527.5 with error 19.383; criterion 319.654."""
    sums = add_up(np.repeat(np.arange(6), 5), np.zeros(30, int), DYESTUFF.ravel(), photos=6, judges=1)
    found = solve(sums, estimate_ratios(sums))
    variance = found.residual / 29
    assert (round(variance, 2), round(variance * found.ratios.photo, 2)) == (2451.25, 1764.05)
    assert round(float(np.sqrt(variance)) * abs(found.root[0, 0]), 3) == 19.383
    assert round(found.criterion(), 3) == 319.654


@pytest.mark.parametrize("ratios", [Ratios(1.3, 0.4), Ratios(0.0, 0.4), Ratios(0.7, 0.0), Ratios(50.0, 9.0)])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_scores_and_errors_are_those_of_the_dense_equations(seed: int, ratios: Ratios) -> None:
    ballots = unbalanced(seed)
    sums, reference = ballots.sums(), dense(ballots, ratios)
    at = solve(sums, ratios)
    ours = Fit(sums=sums, best=at, nodes=((1.0, at),), rounding=0.0)
    assert at.criterion() == pytest.approx(reference.criterion, abs=1e-9)
    assert ours.score == pytest.approx(reference.scores, abs=1e-9)
    variance = reference.residual / (len(ballots.score) - 1)
    assert ours.variance(at) == pytest.approx(variance * np.diag(reference.covariance), abs=1e-9)


@pytest.mark.parametrize("seed", [4, 5, 6])
def test_two_photos_differ_with_the_error_of_the_dense_equations(seed: int) -> None:
    ballots, ratios = unbalanced(seed), Ratios(1.3, 0.4)
    sums, reference = ballots.sums(), dense(ballots, ratios)
    at = solve(sums, ratios)
    ours = Fit(sums=sums, best=at, nodes=((1.0, at),), rounding=0.0)
    posterior = MixedPosterior(fit=ours, judged=np.arange(len(sums.sizes), dtype=np.int32), photos=len(sums.sizes))
    contrast = np.zeros(len(sums.sizes))
    contrast[[1, 4]] = 1, -1
    free = len(ballots.score) - 1
    variance = reference.residual / (free - 2) * contrast @ reference.covariance @ contrast
    expected = (reference.scores[1] - reference.scores[4], np.sqrt(variance))
    assert posterior.difference(1, 4) == pytest.approx(expected, abs=1e-9)
    assert posterior.difference(2, 2) == (0.0, 0.0)


@pytest.mark.parametrize("seed", range(6))
def test_no_other_variances_are_likelier(seed: int) -> None:
    ballots = unbalanced(seed, photos=14)
    sums = ballots.sums()
    best = dense(ballots, estimate_ratios(sums)).criterion
    others = [Ratios(photo, judge) for photo in (0.0, *np.geomspace(0.01, 50, 12)) for judge in (0.0, 0.1, 0.3, 1, 4)]
    assert best <= min(dense(ballots, other).criterion for other in others) + 1e-9


@pytest.mark.parametrize("seed", [1, 2])
def test_joint_draws_have_the_scores_and_covariances_of_the_dense_equations(seed: int) -> None:
    ballots, ratios = unbalanced(seed), Ratios(1.3, 0.4)
    sums, reference = ballots.sums(), dense(ballots, ratios)
    at = solve(sums, ratios)
    ours = Fit(sums=sums, best=at, nodes=((1.0, at),), rounding=0.0)
    judged = np.arange(len(sums.sizes), dtype=np.int32)
    drawn = MixedPosterior(fit=ours, judged=judged, photos=len(sums.sizes)).draw(np.random.default_rng(1), 40_000)
    variance = reference.residual / (len(ballots.score) - 3)
    assert drawn.mean(axis=0) == pytest.approx(reference.scores, abs=0.02)
    assert np.cov(drawn.T) == pytest.approx(variance * reference.covariance, abs=0.02)


def test_a_lenient_judge_does_not_lift_the_photos_he_got() -> None:
    """Of two photos with the same mean, the one that the harsh judge saw is the better."""
    random = np.random.default_rng(3)
    table = np.full((40, 4), np.nan)
    severity = np.array([-1.5, 0.0, 0.0, 1.5])
    for photo in range(40):
        seen = [0, 1, 2] if photo % 2 else [1, 2, 3]
        table[photo, seen] = 3 + random.normal(0, 0.5) - severity[seen] + random.normal(0, 0.2, 3)
    table[0], table[1] = [np.nan, 3, 3, 2], [4, 3, 2, np.nan]
    fitted = Ballots.of_table(table).fit()
    assert fitted.score[0] > fitted.score[1] + 0.5
    assert fitted.severity == pytest.approx(severity, abs=0.3)


TABLES = arrays.arrays(
    float, some.tuples(some.integers(1, 7), some.integers(1, 5)), elements=some.sampled_from([1, 2, 3, 4, 5, np.nan])
)


def _judged(table: Numbers) -> Numbers:
    seen = ~np.isnan(table)
    return table[seen.any(axis=1)][:, seen.any(axis=0)]


@settings(max_examples=60, deadline=None)
@given(TABLES)
def test_any_panel_has_finite_scores_within_their_intervals(table: Numbers) -> None:
    table = _judged(table)
    if not table.size:
        return
    fitted = Ballots.of_table(table).fit()
    low, high = fitted.interval()
    assert np.isfinite([low, fitted.score, high]).all()
    assert ((low <= fitted.score) & (fitted.score <= high)).all()


@settings(max_examples=40, deadline=None)
@given(TABLES)
def test_neither_the_order_of_ballots_nor_of_names_changes_a_score(table: Numbers) -> None:
    table = _judged(table)
    if not table.size:
        return
    ballots = Ballots.of_table(table)
    order = np.random.default_rng(7).permutation(len(ballots.score))
    assert Ballots(*(column[order] for column in ballots)).fit().score.tolist() == ballots.fit().score.tolist()
    rows, columns = (
        np.random.default_rng(8).permutation(len(table)),
        np.random.default_rng(9).permutation(table.shape[1]),
    )
    renamed = Ballots.of_table(table[rows][:, columns]).fit()
    assert renamed.score == pytest.approx(ballots.fit().score[rows], abs=1e-6)


def test_what_the_ballots_do_not_tell_is_not_left_to_rounding() -> None:
    """Here only one thing of the two ratios is known: likelihood is the same along a whole ridge of them."""
    table = np.array([[5, 4, 2, 5], [np.nan, 1, np.nan, np.nan]])
    plain, moved = Ballots.of_table(table).fit(), Ballots.of_table(10 + 2 * table).fit()
    assert moved.best.ratios == pytest.approx(plain.best.ratios, rel=1e-7)


@settings(max_examples=40, deadline=None)
@given(TABLES)
def test_scores_move_with_the_scale(table: Numbers) -> None:
    table = _judged(table)
    if not table.size:
        return
    plain, moved = Ballots.of_table(table).fit(), Ballots.of_table(10 + 2 * table).fit()
    assert moved.score == pytest.approx(10 + 2 * plain.score, abs=1e-5)
    assert moved.error == pytest.approx(2 * plain.error, abs=1e-4)


@settings(max_examples=30, deadline=None)
@given(arrays.arrays(float, (6, 3), elements=some.integers(1, 5).map(float)))
def test_where_all_judge_all_a_harsh_judge_changes_no_place(table: Numbers) -> None:
    shifted = table - np.array([0.0, 1.0, 0.0])
    means = table.mean(axis=1)
    for scores in (Ballots.of_table(table).fit().score, Ballots.of_table(shifted).fit().score):
        assert all(
            (scores[one] > scores[other] - 1e-9) for one in range(6) for other in range(6) if means[one] >= means[other]
        )


@pytest.mark.parametrize(
    ("table", "scores"),
    [
        pytest.param([[4.0]], [4.0], id="one-ballot"),
        pytest.param([[4.0, 4.0], [4.0, 4.0]], [4.0, 4.0], id="all-equal"),
        pytest.param([[3.0, 4.0, 5.0]], [4.0], id="one-photo"),
        pytest.param([[5.0, 4.0], [3.0, 2.0], [1.0, 0.0]], [4.5, 2.5, 0.5], id="no-noise-at-all"),
    ],
)
def test_where_little_can_be_told_scores_are_the_means(table: list[list[float]], scores: list[float]) -> None:
    fitted = Ballots.of_table(np.array(table)).fit()
    assert np.round(fitted.score, 6).tolist() == scores


def test_where_photos_do_not_differ_by_more_than_noise_they_keep_the_order_of_their_means() -> None:
    table = np.array([[1.0, 5.0], [5.0, 1.0], [3.0, 4.0], [4.0, 3.0], [2.0, 4.0]])
    scores = Ballots.of_table(table).fit().score
    assert scores[0] == pytest.approx(scores[1])
    assert scores[2] > scores[0] > 2.9


def test_a_ballot_is_known_no_better_than_its_rounding() -> None:
    column = (np.zeros(1, int), np.zeros(1, int), np.array([4.0]))
    low, high = fit(*column, photos=1, judges=1, rounding=1 / 12).interval()
    assert (round(float(low[0]), 2), round(float(high[0]), 2)) == (2.18, 5.82)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_many_judges_of_few_photos_are_turned_and_come_out_the_same(seed: int) -> None:
    photo, judge, score = unbalanced(seed, photos=4, judges=12, share=0.8)
    photos, judges = photo.max() + 1, judge.max() + 1
    assert judges > photos
    straight = estimate_ratios(add_up(photo, judge, score, photos=photos, judges=judges))
    turned = estimate_ratios(add_up(judge, photo, score, photos=judges, judges=photos), turned=True)
    assert turned == pytest.approx(straight, rel=1e-6)
