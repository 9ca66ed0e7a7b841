"""From a sheet of duels to its outcome: strengths fitted, photos placed, judges told."""

from __future__ import annotations

import numpy as np

from campaign.judging.scoring.bradley_terry import fit
from campaign.judging.scoring.conclusion import Findings, conclude
from campaign.judging.scoring.duels import duels_of
from campaign.judging.scoring.many_duels import fit_alone, posterior_alone
from campaign.judging.scoring.outcome import Outcome
from campaign.judging.scoring.pieces import compared_pieces
from campaign.judging.scoring.sheet import Sheet
from campaign.judging.scoring.strengths import posterior_of

TOGETHER = 800
"""Up to so many photos what is known of all is held together, photos × photos; of more, of each alone."""


def score_duels(sheet: Sheet, *, seed: int, cut: int | None = None) -> Outcome:
    """The outcome. A score is the probability, 0 to 1, that a reliable judge prefers the photo to another of the round.

    The other is any that it can be compared with, by way of others if need be, taken at random. `raw` holds how many
    duels it won and lost. A judge's `severity` is the reliability.
    """
    assert sheet.other is not None
    photos, judges = len(sheet.photos), len(sheet.judges)
    won, lost = (np.bincount(column, minlength=photos) for column in (sheet.photo, sheet.other))
    pieces = compared_pieces(sheet)
    score = low = high = np.full(photos, np.nan)
    reliability, posterior = np.full(judges, np.nan), None
    if len(sheet.photo):
        duels, judged = duels_of(sheet)
        if len(judged) <= TOGETHER:
            fitted = fit(duels)
            posterior = posterior_of(duels, fitted, photos, judged, pieces.photo[judged])
            reliability = fitted.reliability
        else:
            alone = fit_alone(duels)
            posterior = posterior_alone(alone, photos, judged, pieces.photo[judged])
            reliability = alone.reliability
        score, (low, high) = posterior.scores(), posterior.interval()
    findings = Findings(
        score=score,
        low=low,
        high=high,
        ballots=won + lost,
        pieces=pieces,
        posterior=posterior,
        raw={"wins": won.astype(np.float64), "losses": lost.astype(np.float64)},
        severity=reliability,
    )
    return conclude(sheet, findings, seed=seed, cut=cut)
