"""From a sheet of stars to its outcome: criteria weighted, the model fitted, photos placed, judges told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from campaign.judging.scoring.conclusion import Findings, conclude
from campaign.judging.scoring.mixed_model import Fit, fit
from campaign.judging.scoring.mixed_posterior import MixedPosterior
from campaign.judging.scoring.outcome import Outcome
from campaign.judging.scoring.pieces import judged_pieces
from campaign.judging.scoring.sheet import Indices, Numbers, Sheet

FINE = 9
"""Decimals of a ballot's worth: beyond them is what adding up in another order may change."""
MEAN = "mean"
"""The name of the plain mean among a photo's raw figures; the criteria's means stand under their own."""


def score_stars(sheet: Sheet, weights: Mapping[str, float], *, seed: int, cut: int | None = None) -> Outcome:
    """The outcome by the mixed model. `weights`: each criterion of the sheet's columns, in order, above 0.

    A ballot is worth Σ weight × score / Σ weight.
    """
    value = sheet.value if sheet.value is not None else np.empty((0, len(weights)))
    share = np.array(list(weights.values()), dtype=float) / sum(weights.values())
    worth = np.round(value @ share, FINE)
    photos, judges = _Among.of(sheet.photo, len(sheet.photos)), _Among.of(sheet.judge, len(sheet.judges))
    unknown = np.full(len(sheet.photos), np.nan)
    found = Findings(
        score=unknown,
        low=unknown,
        high=unknown,
        ballots=photos.ballots,
        pieces=judged_pieces(sheet),
        posterior=None,
        raw=_raw(photos.ballots, sheet.photo, worth, dict(zip(weights, value.T, strict=True))),
        spread=_spread(judges.ballots, sheet.judge, worth),
    )
    if len(worth):
        numbers = (photos.number[sheet.photo], judges.number[sheet.judge], worth)
        model = fit(*numbers, photos=len(photos.at), judges=len(judges.at), rounding=_rounding(value, share))
        found = _filled(found, model, photos, judges)
    return conclude(sheet, found, seed=seed, cut=cut)


def _filled(found: Findings, model: Fit, photos: _Among, judges: _Among) -> Findings:
    low, high = model.interval()
    return replace(
        found,
        score=photos.spread(model.score),
        low=photos.spread(low),
        high=photos.spread(high),
        severity=judges.spread(model.severity),
        posterior=MixedPosterior(fit=model, judged=photos.at, photos=len(photos.ballots)),
    )


class _Among(NamedTuple):
    """Those with a ballot among all of the sheet."""

    ballots: NDArray[np.int64]
    at: Indices
    number: Indices

    @classmethod
    def of(cls, column: Indices, all_of_them: int) -> _Among:
        ballots = np.bincount(column, minlength=all_of_them)
        return cls(ballots, np.flatnonzero(ballots).astype(np.int32), (np.cumsum(ballots > 0) - 1).astype(np.int32))

    def spread(self, figures: Numbers) -> Numbers:
        """Their figures where they stand in the sheet; nan for the others."""
        spread = np.full(len(self.ballots), np.nan)
        spread[self.at] = figures
        return spread


def _rounding(value: Numbers, share: Numbers) -> float:
    """The variance of a ballot for being given in steps: 1/12 of a step's square (Sheppard).

    A step is the least difference between two scores that were given to a criterion, 1 where all are the same.
    """
    steps = [np.diff(np.unique(column)).min() if np.ptp(column) else 1.0 for column in value.T]
    return float(np.sum((share * steps) ** 2)) / 12


def _raw(
    ballots: NDArray[np.int64], photo: Indices, worth: Numbers, criteria: Mapping[str, Numbers]
) -> dict[str, Numbers]:
    """Plain means; those of the criteria only where there are several."""
    columns = {**(criteria if len(criteria) > 1 else {}), MEAN: worth}
    counts = np.where(ballots > 0, ballots, np.nan)
    return {
        name: np.bincount(photo, weights=column, minlength=len(ballots)) / counts for name, column in columns.items()
    }


def _spread(ballots: NDArray[np.int64], judge: Indices, worth: Numbers) -> Numbers:
    """The standard deviation of what each judge gave; nan of a single ballot."""
    means = np.bincount(judge, weights=worth, minlength=len(ballots)) / np.maximum(ballots, 1)
    squares = np.bincount(judge, weights=(worth - means[judge]) ** 2, minlength=len(ballots))
    return np.asarray(np.sqrt(squares / np.where(ballots > 1, ballots - 1, np.nan)))
