"""From a sheet of stars to its outcome: criteria weighted, the model fitted, photos placed, judges told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from campaign.judging.scoring.certainty import above_cut, even_chances, share_among_alike
from campaign.judging.scoring.mixed_model import fit
from campaign.judging.scoring.mixed_posterior import MixedPosterior
from campaign.judging.scoring.outcome import JudgeFigures, Outcome
from campaign.judging.scoring.pieces import judged_pieces
from campaign.judging.scoring.places import listed, place, round_off
from campaign.judging.scoring.sheet import Indices, Numbers, Sheet

FINE = 9
"""Decimals of a ballot's worth: beyond them is what adding up in another order may change."""
MEAN = "mean"
"""The name of the plain mean among a photo's raw figures; the criteria's means stand under their own."""


def score_stars(sheet: Sheet, weights: Mapping[str, float], *, seed: int, cut: int | None = None) -> Outcome:
    """The outcome by the mixed model. `weights`: each criterion of the sheet's columns, in order, above 0.

    A ballot is worth Σ weight × score / Σ weight. A cut is from 1 to the number of photos.
    """
    value = sheet.value if sheet.value is not None else np.empty((0, len(weights)))
    share = np.array(list(weights.values()), dtype=float) / sum(weights.values())
    worth = np.round(value @ share, FINE)
    pieces = judged_pieces(sheet)
    photos, judges = _Among.of(sheet.photo, len(sheet.photos)), _Among.of(sheet.judge, len(sheet.judges))
    posterior = None
    score = low = high = np.full(len(sheet.photos), np.nan)
    severity = np.full(len(sheet.judges), np.nan)
    if len(worth):
        model = fit(
            photos.number[sheet.photo], judges.number[sheet.judge], worth,
            photos=len(photos.at), judges=len(judges.at), rounding=_rounding(value, share),
        )  # fmt: skip
        posterior = MixedPosterior(fit=model, judged=photos.at, photos=len(sheet.photos))
        score, low, high = (photos.spread(one) for one in (model.score, *model.interval()))
        severity = judges.spread(model.severity)
    above = None if cut is None else _above(posterior, np.column_stack([score, low, high]), cut, seed)
    standings = place(
        sheet.photos, score=score, low=low, high=high, ballots=photos.ballots, pieces=pieces.photo, above=above,
        raw=_raw(photos.ballots, sheet.photo, worth, dict(zip(weights, value.T, strict=True))),
    )  # fmt: skip
    told = _judges(sheet, worth, judges.ballots, severity, pieces.judge)
    return Outcome(standings=standings, judges=told, pieces=pieces.count, posterior=posterior)


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


def _above(posterior: MixedPosterior | None, known: Numbers, cut: int, seed: int) -> Numbers:
    photos = len(known)
    if posterior is None:
        return even_chances(photos, cut)
    return share_among_alike(above_cut(posterior, photos, cut, seed), np.nan_to_num(round_off(known), nan=-np.inf))


def _raw(
    ballots: NDArray[np.int64], photo: Indices, worth: Numbers, criteria: Mapping[str, Numbers]
) -> dict[str, Numbers]:
    """Plain means; those of the criteria only where there are several."""
    columns = {**(criteria if len(criteria) > 1 else {}), MEAN: worth}
    counts = np.where(ballots > 0, ballots, np.nan)
    return {
        name: np.bincount(photo, weights=column, minlength=len(ballots)) / counts for name, column in columns.items()
    }


def _judges(
    sheet: Sheet, worth: Numbers, ballots: NDArray[np.int64], severity: Numbers, pieces: Indices
) -> tuple[JudgeFigures, ...]:
    counts = np.where(ballots > 1, ballots, np.nan)
    means = np.bincount(sheet.judge, weights=worth, minlength=len(ballots)) / np.maximum(ballots, 1)
    squares = np.bincount(sheet.judge, weights=(worth - means[sheet.judge]) ** 2, minlength=len(ballots))
    columns = (ballots.tolist(), listed(severity), listed(np.sqrt(squares / (counts - 1))), pieces.tolist())
    return tuple(
        JudgeFigures(judge=name, ballots=number, severity=severe, spread=spread, piece=piece)
        for name, number, severe, spread, piece in zip(sheet.judges, *columns, strict=True)
    )
