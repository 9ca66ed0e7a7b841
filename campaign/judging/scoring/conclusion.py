"""From what a method found out to its outcome: the cut's probabilities, the places, and each judge's figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campaign.judging.scoring.certainty import above_cut, even_chances, share_among_alike
from campaign.judging.scoring.outcome import JudgeFigures, Outcome, Posterior
from campaign.judging.scoring.pieces import Pieces
from campaign.judging.scoring.places import listed, place, round_off
from campaign.judging.scoring.sheet import Numbers, Sheet


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What a method has to tell of the photos of a sheet, in their order; nan for what a photo has not."""

    score: Numbers
    low: Numbers
    high: Numbers
    ballots: NDArray[np.integer]
    pieces: Pieces
    posterior: Posterior | None
    raw: Mapping[str, Numbers]
    rank: NDArray[np.integer] | None = None
    """Where it does not follow from the score."""
    severity: Numbers | None = None
    """Of each judge, in their order."""
    spread: Numbers | None = None


def conclude(sheet: Sheet, found: Findings, *, seed: int, cut: int | None) -> Outcome:
    """The outcome. A cut is 1 or more; where there are no more photos than that, all of them are above it."""
    known = np.column_stack([found.score, found.low, found.high])
    return Outcome(
        standings=place(
            sheet.photos,
            score=found.score,
            low=found.low,
            high=found.high,
            ballots=found.ballots,
            pieces=found.pieces.photo,
            above=None if cut is None else _above(found.posterior, known, cut, seed),
            raw=found.raw,
            ranks=found.rank,
        ),
        judges=_judges(sheet, found),
        pieces=found.pieces.count,
        posterior=found.posterior,
    )


def ballots_of(sheet: Sheet) -> NDArray[np.int64]:
    """How many ballots each judge gave."""
    if sheet.ballot is None:
        return np.bincount(sheet.judge, minlength=len(sheet.judges))
    _, first = np.unique(sheet.ballot, return_index=True)
    return np.bincount(sheet.judge[first], minlength=len(sheet.judges))


def _above(posterior: Posterior | None, known: Numbers, cut: int, seed: int) -> Numbers:
    photos = len(known)
    if cut >= photos:
        return np.ones(photos)
    if posterior is None:
        return even_chances(photos, cut)
    return share_among_alike(above_cut(posterior, photos, cut, seed), np.nan_to_num(round_off(known), nan=-np.inf))


def _judges(sheet: Sheet, found: Findings) -> tuple[JudgeFigures, ...]:
    ballots = ballots_of(sheet)
    nothing = np.full(len(sheet.judges), np.nan)
    columns = (
        ballots.tolist(),
        listed(np.where(ballots > 0, nothing if found.severity is None else found.severity, np.nan)),
        listed(nothing if found.spread is None else found.spread),
        found.pieces.judge.tolist(),
    )
    return tuple(
        JudgeFigures(judge=name, ballots=number, severity=severity, spread=spread, piece=piece)
        for name, number, severity, spread, piece in zip(sheet.judges, *columns, strict=True)
    )
