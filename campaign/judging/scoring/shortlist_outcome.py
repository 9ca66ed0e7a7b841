"""From a sheet of votes to its outcome: the Rasch model fitted, photos placed, judges told."""

from __future__ import annotations

import numpy as np

from campaign.judging.scoring.conclusion import Findings, conclude
from campaign.judging.scoring.latent import logistic
from campaign.judging.scoring.outcome import Outcome
from campaign.judging.scoring.pieces import judged_pieces
from campaign.judging.scoring.rasch import fit, posterior_of, severities, votes_of
from campaign.judging.scoring.sheet import Numbers, Sheet
from campaign.judging.scoring.wilson import wilson_bounds

HALF = 0.5


def score_shortlist(sheet: Sheet, *, seed: int, cut: int | None = None) -> Outcome:
    """The outcome. A score is the probability, 0 to 1, that a typical judge of this panel says yes to the photo.

    `raw` holds the counts of yes, maybe and no, the plain share of yes (a maybe is half of one) as `approval`, and
    its 90 % Wilson bounds, which are approximate where there are maybes.
    """
    photos, judges = len(sheet.photos), len(sheet.judges)
    ballots = np.bincount(sheet.photo, minlength=photos)
    score = low = high = np.full(photos, np.nan)
    severity, posterior = np.full(judges, np.nan), None
    if len(sheet.photo):
        votes, judged = votes_of(sheet)
        fitted = fit(votes)
        posterior = posterior_of(votes, fitted, photos, judged)
        score, (low, high) = posterior.scores(), posterior.interval()
        average = fitted.point.ease.mean()
        severity = logistic(average) - logistic(average - severities(fitted))
    findings = Findings(
        score=score,
        low=low,
        high=high,
        ballots=ballots,
        pieces=judged_pieces(sheet),
        posterior=posterior,
        raw=_raw(sheet),
        severity=severity,
        spread=spread_of(sheet),
    )
    return conclude(sheet, findings, seed=seed, cut=cut)


def spread_of(sheet: Sheet) -> Numbers:
    """The standard deviation of what each judge gave; nan for fewer than two."""
    assert sheet.value is not None
    judges, vote = len(sheet.judges), sheet.value[:, 0]
    count = np.bincount(sheet.judge, minlength=judges)
    mean = np.bincount(sheet.judge, vote, judges) / np.maximum(count, 1)
    squares = np.bincount(sheet.judge, (vote - mean[sheet.judge]) ** 2, judges)
    spread: Numbers = np.sqrt(squares / np.where(count > 1, count - 1, np.nan))
    return spread


def _raw(sheet: Sheet) -> dict[str, Numbers]:
    assert sheet.value is not None
    vote, photos = sheet.value[:, 0], len(sheet.photos)
    yes, maybe, no = (
        np.bincount(sheet.photo[said], minlength=photos).astype(np.float64)
        for said in (vote > HALF, vote == HALF, vote < HALF)
    )
    count = yes + maybe + no
    low, high = wilson_bounds(yes + maybe / 2, count)
    approval = (yes + maybe / 2) / np.where(count > 0, count, np.nan)
    return {"yes": yes, "maybe": maybe, "no": no, "approval": approval, "approval_low": low, "approval_high": high}
