"""From a sheet of rankings to its outcome: strongest paths, photos placed, and how sure by other panels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from campaign.judging.scoring.bootstrap import resample
from campaign.judging.scoring.conclusion import Findings, conclude
from campaign.judging.scoring.outcome import Outcome
from campaign.judging.scoring.pieces import compared_pieces
from campaign.judging.scoring.schulze import beats, preferences_of, shares
from campaign.judging.scoring.sheet import Sheet


def score_rankings(sheet: Sheet, *, seed: int, cut: int | None = None) -> Outcome:
    """The outcome. A rank is 1 + the number of photos that beat it; a score the share, 0 to 1, of the others it beats.

    The others are all that somebody ranked. `raw` holds how many it beats (`beats`), how many beat it (`beaten_by`)
    and how many are neither (`level`).
    """
    photos, judges = len(sheet.photos), len(sheet.judges)
    counted = np.bincount(sheet.judge.astype(np.int64) * photos + sheet.photo, minlength=judges * photos)
    ballots = counted.reshape(judges, photos)
    judged: NDArray[np.bool_] = ballots.sum(axis=0) > 0
    others = int(judged.sum()) - 1
    votes = preferences_of(sheet)
    beaten = beats(votes.sum(axis=0))
    score = np.where(judged, shares(beaten, others + 1), np.nan)
    posterior = resample(votes, judged, score, seed=seed) if judged.any() else None
    low, high = posterior.interval() if posterior else (score, score)
    better, worse = beaten.sum(axis=0), beaten.sum(axis=1)
    level = np.where(judged, others - better - worse, 0)
    findings = Findings(
        score=score,
        low=low,
        high=high,
        ballots=ballots.sum(axis=0),
        pieces=compared_pieces(sheet),
        posterior=posterior,
        raw={name: one.astype(np.float64) for name, one in (("beats", worse), ("beaten_by", better), ("level", level))},
        rank=np.where(judged, better, others + 1) + 1,
    )
    return conclude(sheet, findings, seed=seed, cut=cut)
