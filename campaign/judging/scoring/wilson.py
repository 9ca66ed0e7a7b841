"""Bounds for a share of few votes."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np

from campaign.judging.scoring.sheet import Numbers


def wilson_bounds(successes: Numbers, trials: Numbers, *, level: float = 0.9) -> tuple[Numbers, Numbers]:
    """The score interval for a binomial share, both ends within 0 and 1; nan without a trial.

    Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American
    Statistical Association 22 (1927), 209–212. Halves of successes are taken as they come, which is approximate.
    """
    z = NormalDist().inv_cdf((1 + level) / 2)
    n = np.where(trials > 0, trials, np.nan)
    share = successes / n
    middle = share + z * z / (2 * n)
    reach = z * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    return np.clip((middle - reach) / scale, 0, 1), np.clip((middle + reach) / scale, 0, 1)
