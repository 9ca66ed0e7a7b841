"""Krippendorff's alpha: how far judges agree, 1 for wholly and 0 for as chance would have it.

Krippendorff, "Computing Krippendorff's Alpha-Reliability", University of Pennsylvania, 2011. Any number of judges,
any of them missing anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from campaign.judging.scoring.sheet import Numbers


class Metric(StrEnum):
    """What two different values differ by."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"


def alpha(unit: NDArray[np.integer], value: Numbers, metric: Metric) -> float | None:
    """Alpha over values given to units, one row each. None where no unit has two, or all values are the same."""
    values, kind = np.unique(value, return_inverse=True)
    _, place = np.unique(unit, return_inverse=True)
    counts = np.zeros((int(place.max(initial=-1)) + 1, len(values)))
    np.add.at(counts, (place.reshape(-1), kind.reshape(-1)), 1.0)
    given = counts.sum(axis=1)
    counts, given = counts[given > 1], given[given > 1]
    coincidence = (counts / (given - 1)[:, None]).T @ counts
    coincidence -= np.diag((counts / (given - 1)[:, None]).sum(axis=0))
    return alpha_of(coincidence, DIFFERENCES[metric](values, coincidence.sum(axis=0)))


def alpha_of(coincidence: Numbers, difference: Numbers) -> float | None:
    """Alpha from a matrix of coincidences and the squared differences between its values."""
    marginal = coincidence.sum(axis=0)
    total = float(marginal.sum())
    expected = float(marginal @ difference @ marginal)
    if not expected:
        return None
    return float(1 - (total - 1) * (coincidence * difference).sum() / expected)


def _nominal(values: Numbers, marginal: Numbers) -> Numbers:  # noqa: ARG001 -- every metric is asked alike
    return 1 - np.eye(len(values))


def _ordinal(values: Numbers, marginal: Numbers) -> Numbers:  # noqa: ARG001 -- as above
    """The number of values from the middle of one to the middle of the other."""
    middle = np.cumsum(marginal) - marginal / 2
    return np.asarray((middle[:, None] - middle) ** 2)


def _interval(values: Numbers, marginal: Numbers) -> Numbers:  # noqa: ARG001 -- as above
    return np.asarray((values[:, None] - values) ** 2)


def _ratio(values: Numbers, marginal: Numbers) -> Numbers:  # noqa: ARG001 -- as above
    total = values[:, None] + values
    return np.asarray(((values[:, None] - values) / np.where(total, total, 1.0)) ** 2)


DIFFERENCES: Mapping[Metric, Callable[[Numbers, Numbers], Numbers]] = {
    Metric.NOMINAL: _nominal,
    Metric.ORDINAL: _ordinal,
    Metric.INTERVAL: _interval,
    Metric.RATIO: _ratio,
}
