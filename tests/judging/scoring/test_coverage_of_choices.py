"""Simulations with known truth for shortlists, duels and rankings: intervals and probabilities are what they say."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from campaign.judging.methods import duel, ranking, shortlist
from campaign.judging.methods.shape import Rule, Terms
from campaign.judging.scoring import bootstrap
from campaign.judging.scoring.latent import logistic
from campaign.judging.scoring.sheet import Sheet
from tests.judging.scoring.simulations import Panel, dealt, names, simulate

TERMS = Terms(3)
Draw = Callable[[np.random.Generator], Panel]


def _votes(photos: int, judges: int, quorum: int, *, quality: float, severity: float, maybe: float = 0) -> Draw:
    """Yes by a Rasch model. A judge who is in two minds (with probability `maybe`) votes twice and gives the mean."""

    def draw(generator: np.random.Generator) -> Panel:
        photo, judge = dealt(generator, photos, judges, quorum)
        good, strict = generator.normal(0.3, quality, photos), generator.normal(0, severity, judges)
        chance = logistic(good[photo] - strict[judge])
        first, second = generator.random((2, len(photo))) < chance
        vote = np.where(generator.random(len(photo)) < maybe, (first + 1.0 * second) / 2, first)
        sheet = Sheet(
            photos=names("p", photos), judges=names("j", judges), judge=judge.astype(np.int32),
            photo=photo.astype(np.int32), value=vote[:, None],
        )  # fmt: skip
        return Panel(sheet, logistic(good - strict.mean()))

    return draw


def _duels(photos: int, judges: int, each: int, *, quality: float, reliable: tuple[float, ...] | None = None) -> Draw:
    """Bradley and Terry's choices by judges who are as reliable as the prior has it, or `reliable` in turn."""

    def draw(generator: np.random.Generator) -> Panel:
        strong = generator.normal(0, quality, photos)
        trust = generator.beta(10, 1, judges) if reliable is None else np.resize(reliable, judges)
        order = generator.permutation(photos)
        one, other = (
            np.concatenate([np.roll(order, by) for by in span]) for span in ([0] * (each // 2), range(1, each // 2 + 1))
        )
        judge = (generator.permutation(len(one)) % judges).astype(np.int32)
        better = logistic(strong[one] - strong[other])
        wins = generator.random(len(one)) < trust[judge] * better + (1 - trust[judge]) * (1 - better)
        winner, loser = np.where(wins, one, other), np.where(wins, other, one)
        sheet = Sheet(
            photos=names("p", photos), judges=names("j", judges), judge=judge,
            photo=winner.astype(np.int32), other=loser.astype(np.int32),
        )  # fmt: skip
        beaten = (logistic(strong[:, None] - strong).sum(axis=1) - 0.5) / (photos - 1)
        return Panel(sheet, trust.mean() * beaten + (1 - trust.mean()) * (1 - beaten))

    return draw


def _rankings(photos: int, judges: int, size: int, lists: int, *, quality: float) -> Draw:
    """Judges order lists by what each photo is to them, Gaussian around what it is to all."""

    def draw(generator: np.random.Generator) -> Panel:
        good = generator.normal(0, quality, photos)
        shown = np.argsort(generator.random((judges, photos)), axis=1)[:, : size * lists].reshape(-1, size)
        judge = np.repeat(np.arange(judges), lists)
        felt = good + generator.standard_normal((judges, photos))
        place = np.argsort(np.argsort(-felt[judge[:, None], shown], axis=1), axis=1) + 1.0
        sheet = Sheet(
            photos=names("p", photos), judges=names("j", judges), judge=np.repeat(judge, size).astype(np.int32),
            photo=shown.ravel().astype(np.int32), value=place.reshape(-1, 1).astype(np.float64),
            ballot=np.repeat(np.arange(len(judge)), size).astype(np.int32),
        )  # fmt: skip
        return Panel(sheet, (good[:, None] > good).sum(axis=1) / (photos - 1))

    return draw


@pytest.mark.parametrize(
    ("name", "method", "panel", "panels"),
    [
        ("shortlist, 5 judges, 20 photos", shortlist, _votes(20, 5, 3, quality=1, severity=0.7), 500),
        ("shortlist, 8 judges, 40 photos, maybes", shortlist, _votes(40, 8, 4, quality=1, severity=0.7, maybe=0.5), 60),
        ("shortlist, 10 judges, 100 photos", shortlist, _votes(100, 10, 5, quality=1.5, severity=1), 40),
        ("duel, 4 judges, 10 photos", duel, _duels(10, 4, 6, quality=1), 500),
        ("duel, 5 reliable judges, 20 photos", duel, _duels(20, 5, 12, quality=1.5, reliable=(1,)), 40),
        ("duel, 5 judges of 0.8, 20 photos", duel, _duels(20, 5, 12, quality=1.5, reliable=(0.8,)), 40),
        ("duel, 5 judges of 0.95 and 0.6", duel, _duels(20, 5, 12, quality=1.5, reliable=(0.95, 0.6)), 40),
        ("ranking, 6 judges, 10 photos", ranking, _rankings(10, 6, 10, 1, quality=1), 500),
        ("ranking, 3 judges, 8 photos", ranking, _rankings(8, 3, 8, 1, quality=1), 500),
        ("ranking, 20 judges, 10 photos", ranking, _rankings(10, 20, 10, 1, quality=1), 100),
        ("ranking, 8 judges, lists of 6 of 18 photos", ranking, _rankings(18, 8, 6, 2, quality=1), 100),
    ],
)
def test_intervals_hold_the_truth_and_probabilities_are_what_they_say(
    name: str,
    method: Rule,
    panel: Draw,
    panels: int,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Fewer resamples than a round has: here their errors are many and small, as those of the panels are.
    monkeypatch.setattr(bootstrap, "MOST", 200)
    tally = simulate(method, TERMS, panel, panels=panels, cut=5, seed=2026)
    with capsys.disabled():
        print(f"\n{tally.told(name)} ({panels} panels)")  # noqa: T201 -- the figures are the point
    assert 0.85 <= tally.coverage <= 0.95
    assert tally.off < 0.06
