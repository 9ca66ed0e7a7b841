"""How far the panel agreed: for the marketer and the chair, after the closing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campaign.judging.scoring.alpha import Metric, alpha, alpha_of
from campaign.judging.scoring.outcome import DECIMALS
from campaign.judging.scoring.sheet import Indices, Numbers, Sheet
from campaign.judging.scoring.unusual import UnusualPair, unusual_choosers, unusual_scorers

RELIABLE, TENTATIVE = 0.8, 0.667
"""From where on Krippendorff takes data as reliable, and for tentative conclusions (Content Analysis, 2004, p. 241)."""


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """Alpha, and who agreed unusually."""

    alpha: float | None
    """1 for complete agreement, 0 for what chance gives, less for less; 6 decimals. None where nothing can be said."""
    metric: Metric
    units: int
    """How many photos (pairs of photos for duels and rankings) two judges or more gave a word on."""
    pairs: tuple[UnusualPair, ...]
    """The least probable first; none of rankings, where the places in one list hang together."""

    @property
    def sentence(self) -> str:
        """What alpha says, in words."""
        if self.alpha is None:
            return "Too little was judged by more than one judge to say how far they agreed."
        if self.alpha >= RELIABLE:
            return "The judges agreed: another panel of their kind would say much the same."
        if self.alpha >= TENTATIVE:
            return "The judges agreed for the most part: lean on the order, but not on small differences."
        if self.alpha > 0:
            return (
                "The judges differed in taste, as judges of photos do: look at the intervals, not at the order alone."
            )
        return "The judges agreed no more than chance would have it. Talk with them about what they looked for."


def agreement_on_scores(sheet: Sheet, weights: Sequence[float]) -> Agreement:
    """Of stars: alpha with interval differences over the weighted means of the criteria."""
    assert sheet.value is not None
    share = np.array(weights, dtype=np.float64)
    return _agreement(sheet, np.round(sheet.value @ share / share.sum(), 9), Metric.INTERVAL)


def agreement_on_votes(sheet: Sheet) -> Agreement:
    """Of a shortlist: alpha with ordinal differences, a maybe between no and yes."""
    assert sheet.value is not None
    return _agreement(sheet, sheet.value[:, 0], Metric.ORDINAL)


def agreement_on_pairs(sheet: Sheet) -> Agreement:
    """Of duels and rankings: alpha over the question which of two photos is better.

    The units are pairs of photos, the values the one and the other (ties say nothing). Which of them is called the
    first means nothing, so both answers are taken as equally frequent; alpha is then, but for small numbers, the mean
    of Kendall's τ between judges on what they compared in common.
    """
    judge, pair, first = compared_in(sheet)
    _, place = np.unique(pair, return_inverse=True)
    count = np.bincount(place.reshape(-1))
    ahead = np.bincount(place.reshape(-1), first)
    count, ahead = count[count > 1], ahead[count > 1]
    apart = float((ahead * (count - ahead) / (count - 1)).sum())
    same = (float(count.sum()) - 2 * apart) / 2
    found = alpha_of(np.array([[same, apart], [apart, same]]), 1 - np.eye(2))
    choosers = () if sheet.other is None else unusual_choosers(sheet.judges, judge, pair, first)
    return Agreement(alpha=_rounded(found), metric=Metric.NOMINAL, units=len(count), pairs=choosers)


def compared_in(sheet: Sheet) -> tuple[Indices, NDArray[np.int64], NDArray[np.bool_]]:
    """Each comparison of two photos: by whom, which pair, and whether the first by name was put before the other."""
    size = len(sheet.photos)
    if sheet.other is not None:
        low, high = np.minimum(sheet.photo, sheet.other), np.maximum(sheet.photo, sheet.other)
        return sheet.judge, low.astype(np.int64) * size + high, sheet.photo < sheet.other
    assert sheet.value is not None
    ballot = sheet.judge if sheet.ballot is None else sheet.ballot
    order = np.lexsort((sheet.photo, ballot))
    judges, pairs, firsts = [sheet.judge[:0]], [np.zeros(0, np.int64)], [np.zeros(0, np.bool_)]
    for rows in np.split(order, np.flatnonzero(np.diff(ballot[order])) + 1):
        one, other = np.triu_indices(len(rows), 1)
        place, photo = sheet.value[rows, 0], sheet.photo[rows].astype(np.int64)
        apart = place[one] != place[other]
        one, other = one[apart], other[apart]
        judges.append(sheet.judge[rows[one]])
        pairs.append(photo[one] * size + photo[other])
        firsts.append(place[one] < place[other])
    return np.concatenate(judges), np.concatenate(pairs), np.concatenate(firsts)


def _agreement(sheet: Sheet, value: Numbers, metric: Metric) -> Agreement:
    seen = np.bincount(sheet.photo, minlength=len(sheet.photos))
    return Agreement(
        alpha=_rounded(alpha(sheet.photo, value, metric)),
        metric=metric,
        units=int((seen > 1).sum()),
        pairs=unusual_scorers(sheet.judges, sheet.judge, sheet.photo, value),
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DECIMALS) + 0.0
