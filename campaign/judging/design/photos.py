"""The graph over photos: which have been set beside which, and how strong and how sure each stands so far."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.int64]
Numbers = NDArray[np.float64]

PRIOR = 1.5
"""Standard deviation of strengths before anything is known, in logits, for choosing only; scoring has its own."""
ROUNDS = 12
"""Steps of the quick estimate."""


@dataclass(frozen=True, eq=False)
class Pool:
    """The photos of a round (numbers from 0), and in how many duels or lists each should be."""

    photos: int
    quorum: int
    gone: NDArray[np.integer] | None = None
    """Photos that nobody sees any more. What they were set beside they no longer join."""
    strengths: Numbers | None = None
    """What is known of each photo so far (n, logits). None: a quick estimate from the duels, or nothing at all."""


@dataclass(frozen=True, eq=False)
class Handed:
    """The duels handed out so far, m each: two photos, the judge, and the winner's photo or −1 while there is none."""

    first: Indices
    second: Indices
    judge: Indices
    winner: Indices

    @classmethod
    def nothing(cls) -> Handed:
        """No duel yet."""
        none = np.empty(0, dtype=np.int64)
        return cls(none, none, none, none)


def pieces_of(count: int, first: Indices, second: Indices) -> Indices:
    """For each of `count` photos the smallest photo of its connected piece.

    Labels hook onto smaller ones and paths are halved, as in Y. Shiloach and U. Vishkin, “An O(log n) parallel
    connectivity algorithm”, Journal of Algorithms 3 (1982), 57–67.
    """
    label = np.arange(count)
    while True:
        low = np.minimum(label[first], label[second])
        high = np.maximum(label[first], label[second])
        if (low == high).all():
            return label
        np.minimum.at(label, high, low)
        while True:
            shorter = label[label]
            if (shorter == label).all():
                break
            label = shorter


def strengths_of(count: int, handed: Handed) -> tuple[Numbers, Numbers]:
    """A quick estimate of Bradley–Terry strengths and their variances (logits), for choosing what to ask next.

    Damped steps towards the posterior mode under a normal prior; the variance is that of each photo alone, the others
    taken as known. Both are n.
    """
    decided = handed.winner >= 0
    winner = handed.winner[decided]
    loser = handed.first[decided] + handed.second[decided] - winner
    strength = np.zeros(count)
    spread = np.full(count, PRIOR**2)
    for _ in range(ROUNDS if len(winner) else 0):
        surprise = 1 / (1 + np.exp(strength[winner] - strength[loser]))
        curve = surprise * (1 - surprise)
        slope = np.bincount(winner, surprise, count) - np.bincount(loser, surprise, count) - strength / PRIOR**2
        bend = np.bincount(winner, curve, count) + np.bincount(loser, curve, count) + 1 / PRIOR**2
        spread = 1 / bend
        strength += 0.7 * slope * spread
    return strength, spread


def gain_of(strength: Numbers, spread: Numbers, photo: int, others: Indices) -> Numbers:
    """What is to be learnt from setting the photo beside each of the others, in nats.

    ½ ln(1 + p (1 − p) (v + w)): the expected drop of entropy of the difference of two strengths with variances v and w
    when one more duel with chance p is decided, in the normal approximation. It is largest where the result is open
    and the strengths are unsure: M. E. Glickman and S. T. Jensen, “Adaptive paired comparison design”, Journal of
    Statistical Planning and Inference 127 (2005), 279–293; T. Pfeiffer, X. A. Gao, Y. Chen, A. Mao and D. G. Rand,
    “Adaptive polling for information aggregation”, AAAI 2012; X. Chen, P. N. Bennett, K. Collins-Thompson and
    E. Horvitz, “Pairwise ranking aggregation in a crowdsourced setting”, WSDM 2013, 193–202, section 4.
    """
    chance = 1 / (1 + np.exp(strength[others] - strength[photo]))
    gain: Numbers = 0.5 * np.log1p(chance * (1 - chance) * (spread[photo] + spread[others]))
    return gain


def allowed(count: int, *excluded: NDArray[np.integer] | None) -> NDArray[np.bool_]:
    """Which photos are in none of the lists."""
    free = np.ones(count, dtype=bool)
    for some in excluded:
        if some is not None:
            free[np.asarray(some, dtype=np.int64)] = False
    return free
