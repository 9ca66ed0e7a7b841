"""How sure: the convention of 90 % intervals, and the probability of each photo to belong above a cut."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np

from campaign.judging.scoring.outcome import Posterior
from campaign.judging.scoring.sheet import Numbers

LEVEL = 0.9
"""Intervals hold the true score with this probability, and leave as much out below as above."""
TAIL = (1 + LEVEL) / 2
NORMAL = NormalDist()
MILLION = 10**6
NUMBERS = 25_000_000
"""As many are drawn for a cut at most, of all photos together,"""
FEWEST_DRAWS, MOST_DRAWS = 1_000, 10_000
"""but never fewer draws than these (a probability is then within 0.03) and not more."""
BATCH = 1_000_000
"""Numbers held at once."""


def t_quantile(free: float) -> float:
    """The upper end of `LEVEL` of Student's t with `free` ≥ 1 degrees of freedom, to 4 figures.

    Exact for 1 and 2; else the expansion of Abramowitz and Stegun, Handbook of Mathematical Functions, 1964, 26.7.5,
    page 949.
    """
    if free < 2:  # noqa: PLR2004 -- where the expansion is no good
        return math.tan(math.pi * LEVEL / 2)
    if free < 3:  # noqa: PLR2004 -- as above
        return LEVEL * math.sqrt(2 / (1 - LEVEL**2))
    z = NORMAL.inv_cdf(TAIL)
    terms = (
        z,
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return sum(term / free**power for power, term in enumerate(terms))


def normal_quantile() -> float:
    """The upper end of `LEVEL` of a Gaussian: 1.645."""
    return NORMAL.inv_cdf(TAIL)


def above_cut(posterior: Posterior, photos: int, cut: int, seed: int) -> Numbers:
    """Of each of the `photos`: the probability that it belongs to the `cut` best. Sums to `cut` exactly.

    The share of joint draws in which it is among them. Those that tie at the cut share its places evenly, and so do
    photos without a ballot what is left when all others are above. In whole millionths, by largest remainders, so
    that rounding neither makes nor loses a place. The cut is 1 to `photos`.
    """
    if not 1 <= cut <= photos:
        raise ValueError(f"a cut at {cut} among {photos}")
    generator = np.random.default_rng(seed)
    draws = min(max(NUMBERS // photos, FEWEST_DRAWS), MOST_DRAWS)
    batch = max(1, BATCH // photos)
    within = np.zeros(photos)
    for start in range(0, draws, batch):
        within += _places_above(posterior.draw(generator, min(batch, draws - start)), cut)
    return _in_millionths(within / draws, cut)


def even_chances(photos: int, cut: int) -> Numbers:
    """What `above_cut` says where nothing is known of any photo."""
    return _in_millionths(np.full(photos, cut / photos), cut)


def share_among_alike(above: Numbers, alike: Numbers) -> Numbers:
    """The same probability for photos of which the same is known (equal rows of `alike`), still with the same sum."""
    _, group = np.unique(alike, axis=0, return_inverse=True)
    group = group.reshape(-1)
    even = (np.bincount(group, weights=above) / np.bincount(group))[group]
    return _in_millionths(even, round(float(above.sum())))


def _places_above(drawn: Numbers, cut: int) -> Numbers:
    """Of each photo the places above the cut it gets, summed over draws: 1, 0, or a share of those tied at the cut."""
    scores = np.where(np.isnan(drawn), -np.inf, drawn)
    last = np.partition(scores, scores.shape[1] - cut, axis=1)[:, scores.shape[1] - cut, None]
    over, level = scores > last, scores == last
    share = (cut - over.sum(axis=1)) / level.sum(axis=1)
    return np.asarray(over.sum(axis=0) + share @ level, dtype=np.float64)


def _in_millionths(values: Numbers, total: int) -> Numbers:
    """Values of sum `total`, each rounded to 6 decimals so that the sum stays (Hamilton's largest remainders)."""
    exact = values * MILLION
    whole = np.floor(exact)
    missing = round(total * MILLION - float(whole.sum()))
    # The remainders are rounded, so that equal ones are served in the order of names on every machine.
    order = np.argsort(-np.round(exact - whole, 6), kind="stable")
    whole[order[:missing]] += 1
    return whole / MILLION
