"""What scoring comes to: a place for each photo with how sure it is, and what is known of each judge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

DECIMALS = 6
"""Values are rounded to this many decimals before anything is ranked, so every machine ranks alike."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One photo's place. `score`, `low` and `high` have 6 decimals and are None without a ballot."""

    submission: str
    rank: int
    """Standard competition ranking (1, 2, 2, 4). Photos without a ballot share the last rank."""
    tied: bool
    score: float | None
    low: float | None
    high: float | None
    """The ends of the 90 % interval around the score."""
    ballots: int
    piece: int = 1
    """Photos of different pieces were never compared, not even by way of others. 1 where all hangs together."""
    above: float | None = None
    """With a cut at N: the probability of belonging to the N best. Over all photos these sum to N."""
    raw: Mapping[str, float] = field(default_factory=dict)
    """Plain figures beside the score: the mean and each criterion's, the counts of yes, maybe and no, wins, losses."""


@dataclass(frozen=True, kw_only=True)
class JudgeFigures:
    """What is seen of one judge, after the closing only."""

    judge: str
    ballots: int
    severity: float | None
    """How much lower than the panel this judge scores, on the score's scale; for a duel the reliability, 0 to 1."""
    spread: float | None
    """The standard deviation of what this judge gave; None where the method has none."""
    piece: int = 1


class Posterior(Protocol):
    """What is known of the scores of all photos together, after the ballots."""

    def draw(self, generator: np.random.Generator, times: int) -> NDArray[np.float64]:
        """`times` × photos: plausible scores, in the order of the sheet's photos; nan for a photo without a ballot."""
        ...

    def difference(self, one: int, other: int) -> tuple[float, float]:
        """Mean and standard deviation of score(one) − score(other)."""
        ...

    def noise(self, photo: int) -> float:
        """The variance that one more ballot on this photo would have around its score, on the score's scale."""
        ...


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """The result of one round, a pure function of terms, ballots and seed."""

    standings: tuple[Standing, ...]
    """Best first; those that share a rank in the order of their names."""
    judges: tuple[JudgeFigures, ...]
    """In the order of their names."""
    pieces: int
    """Into how many pieces that were never compared the data falls; 1 is as it should be."""
    posterior: Posterior | None
    """None where no ballot was given."""
