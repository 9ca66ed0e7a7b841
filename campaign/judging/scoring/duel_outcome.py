"""From a sheet of duels to its outcome: strengths fitted, photos placed, judges told."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from campaign.judging.scoring.bradley_terry import RIGHT, WRONG, fit
from campaign.judging.scoring.conclusion import Findings, conclude
from campaign.judging.scoring.duels import Duels, duels_of
from campaign.judging.scoring.many_duels import fit_alone, posterior_alone
from campaign.judging.scoring.outcome import Outcome
from campaign.judging.scoring.pieces import compared_pieces
from campaign.judging.scoring.sheet import Numbers, Sheet
from campaign.judging.scoring.strengths import posterior_of

TOGETHER = 800
"""Up to so many photos what is known of all is held together, photos × photos; of more, of each alone."""
LEAST_SHARE = 0.05
ALIKE = 0.5
"""The correlation that judges of one panel are taken to have in their reliability."""


def score_duels(sheet: Sheet, *, seed: int, cut: int | None = None) -> Outcome:
    """The outcome. A score is the probability, 0 to 1, that a judge of this panel prefers the photo to another.

    The judge is any who gave a ballot, and the other photo any that it can be compared with, by way of others if need
    be; both are taken at random. `raw` holds how many duels it won and lost. A judge's `severity` is the reliability.
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
        share, doubt = share_of(duels, reliability)
        posterior = replace(posterior, share=share, doubt=doubt)
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


def share_of(duels: Duels, reliability: Numbers) -> tuple[float, float]:
    """How far a judge of the panel follows the strengths, 2 × the mean reliability − 1, and its standard error.

    What strengths and reliabilities come to together is well known from the ballots, and is what a judge of this panel
    would say; how it is divided between them is hardly known, nor is therefore what a wholly reliable judge would say.
    The error is what the prior leaves open, `ALIKE` of it shared by all, since a panel may be better or worse than the
    prior has it. However contrary a panel is, the share is a little above 0, so that the order stays.
    """
    present = reliability[np.bincount(duels.judge, minlength=duels.judges) > 0]
    error = (present * (1 - present)).mean() / (RIGHT + WRONG + 1) * (ALIKE + (1 - ALIKE) / len(present))
    return max(2 * float(present.mean()) - 1, LEAST_SHARE), 2 * float(np.sqrt(error))
