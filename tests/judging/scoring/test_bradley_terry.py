"""Bradley and Terry's model against published estimates, and judges who cannot be relied on."""

from __future__ import annotations

import numpy as np
import pytest

from campaign.judging.scoring import duel_outcome
from campaign.judging.scoring.bradley_terry import fit, likeliest
from campaign.judging.scoring.duel_outcome import score_duels
from campaign.judging.scoring.duels import Duels, duels_of
from campaign.judging.scoring.outcome import Outcome
from tests.judging.scoring.sheets import duel_sheet

TEAMS = ("Milwaukee", "Detroit", "Toronto", "New York", "Boston", "Cleveland", "Baltimore")
WINS = np.array(
    [
        [0, 7, 9, 7, 7, 9, 11],
        [6, 0, 7, 5, 11, 9, 9],
        [4, 6, 0, 7, 7, 8, 12],
        [6, 8, 6, 0, 6, 7, 10],
        [6, 2, 6, 7, 0, 7, 12],
        [4, 4, 5, 6, 6, 0, 6],
        [2, 4, 1, 3, 1, 7, 0],
    ]
)
"""Of the row's team over the column's, 1987 season of the American League's Eastern Division."""


def test_the_baseball_season_comes_out_as_published() -> None:
    # Agresti, Categorical Data Analysis, 2nd edition, Wiley 2002, section 10.6.1, table 10.10, pages 437 and 438.
    winner, loser = np.nonzero(WINS)
    season = Duels(
        photos=7, judges=1, judge=np.zeros(len(winner), dtype=np.int32), winner=winner.astype(np.int32),
        loser=loser.astype(np.int32), count=WINS[winner, loser].astype(np.float64),
    )  # fmt: skip

    strength = likeliest(season)

    assert dict(zip(TEAMS, (strength - strength[-1]).round(2).tolist(), strict=True)) == {
        "Milwaukee": 1.58, "Detroit": 1.44, "Toronto": 1.29, "New York": 1.25, "Boston": 1.11, "Cleveland": 0.68,
        "Baltimore": 0.0,
    }  # fmt: skip
    assert strength.sum() == pytest.approx(0, abs=1e-9)


def test_the_posterior_comes_to_the_likelihood_where_there_is_much_data() -> None:
    winner, loser = np.nonzero(WINS)
    many = Duels(
        photos=7, judges=1, judge=np.zeros(len(winner), dtype=np.int32), winner=winner.astype(np.int32),
        loser=loser.astype(np.int32), count=WINS[winner, loser] * 1000.0,
    )  # fmt: skip

    found = fit(many)

    # The one judge's reliability was never 1 a priori, and after 273,000 duels it is nearly so.
    assert found.reliability[0] > 0.97
    assert np.corrcoef(found.mean, likeliest(many))[0, 1] > 0.999


def _round_robin(photos: str, judge: str, *, upright: bool = True) -> list[tuple[str, str, str]]:
    pairs = [(one, other) for at, one in enumerate(photos) for other in photos[at + 1 :]]
    return [(judge, one, other) if upright else (judge, other, one) for one, other in pairs]


def _scores(outcome: Outcome) -> dict[str, float]:
    return {one.submission: one.score or 0.0 for one in outcome.standings}


def test_one_who_always_votes_against_everybody_is_found_out_and_changes_nothing() -> None:
    honest = [row for judge in "xyz" for row in _round_robin("abcdefgh", judge)]
    contrary = _round_robin("abcdefgh", "w", upright=False)

    outcome = score_duels(duel_sheet([*honest, *contrary]), seed=1)

    assert [one.submission for one in outcome.standings] == list("abcdefgh")
    reliability = {one.judge: one.severity or 0 for one in outcome.judges}
    assert reliability["w"] < 0.3
    assert min(reliability[judge] for judge in "xyz") > 0.9
    assert all(0 < one < 1 for one in reliability.values())


def test_one_that_never_lost_has_a_finite_score() -> None:
    standings = score_duels(duel_sheet(_round_robin("abc", "x") * 3), seed=1).standings

    assert [one.submission for one in standings] == ["a", "b", "c"]
    assert [dict(one.raw) for one in standings] == [
        {"wins": 6.0, "losses": 0.0}, {"wins": 3.0, "losses": 3.0}, {"wins": 0.0, "losses": 6.0},
    ]  # fmt: skip
    assert all(0 < (one.low or 0) < (one.score or 0) < (one.high or 0) < 1 for one in standings)


def test_pieces_that_never_met_have_each_their_own_average() -> None:
    outcome = score_duels(duel_sheet([*_round_robin("abc", "x"), *_round_robin("uvw", "x")]), seed=1)

    assert outcome.pieces == 2
    score = _scores(outcome)
    assert [score[one] for one in "abc"] == [score[one] for one in "uvw"]
    assert score["b"] == 0.5


def test_more_duels_make_it_surer() -> None:
    few, many = (score_duels(duel_sheet(_round_robin("abcde", "x") * times), seed=1).standings[2] for times in (1, 8))
    assert (many.high or 0) - (many.low or 0) < (few.high or 0) - (few.low or 0)


def test_duels_with_the_same_outcome_are_counted_together() -> None:
    duels, judged = duels_of(duel_sheet([("x", "a", "b"), ("x", "a", "b"), ("x", "b", "a")], photos="abz"))
    assert (duels.count.tolist(), duels.winner.tolist(), judged.tolist()) == ([2.0, 1.0], [0, 1], [0, 1])


def test_of_many_photos_each_alone_is_known_nearly_as_of_all_together(monkeypatch: pytest.MonkeyPatch) -> None:
    generator = np.random.default_rng(3)
    names = [f"p{at:02}" for at in range(40)]
    pairs = [(at, (at + by) % 40) for at in range(40) for by in (1, 3, 7)]
    wins = [(one, other) if generator.random() < 0.5 + 0.01 * (other - one) else (other, one) for one, other in pairs]
    sheet = duel_sheet([(f"j{at % 5}", names[one], names[other]) for at, (one, other) in enumerate(wins)])

    together = score_duels(sheet, seed=1, cut=5)
    monkeypatch.setattr(duel_outcome, "TOGETHER", 10)
    alone = score_duels(sheet, seed=1, cut=5)

    def known(outcome: Outcome) -> list[tuple[float | None, ...]]:
        return [(one.score, one.low, one.high) for one in sorted(outcome.standings, key=lambda one: one.submission)]

    # So few photos are held together with several variances: the ends lie a little further apart.
    assert np.array(known(alone)) == pytest.approx(np.array(known(together)), abs=0.04)
    assert sum(one.above or 0 for one in alone.standings) == pytest.approx(5)
    reliable = [[one.severity or 0 for one in outcome.judges] for outcome in (alone, together)]
    assert reliable[0] == pytest.approx(reliable[1], abs=0.01)
