"""Ballots in columns: what every method's scoring reads, from a file, from the tables or from a dossier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.int32]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The ballots that stand, in no particular order. `m` rows, indices from 0 into `photos` and `judges`.

    | method    | one row is              | photo      | other     | value            | ballot            |
    | stars     | a ballot                | the photo  | None      | m × criteria     | None              |
    | shortlist | a ballot                | the photo  | None      | m × 1: 1, ½ or 0 | None              |
    | duel      | a ballot                | the winner | the loser | None             | None              |
    | ranking   | one photo of a ballot   | the photo  | None      | m × 1: its rank  | the ballot's number |

    Of a ranking only the photos that the judge ranked have a row; equal ranks are ties, 1 is best.
    """

    photos: Sequence[str]
    """The names of all photos that took part, judged or not, sorted, each once."""
    judges: Sequence[str]
    """The names of all judges, sorted, each once."""
    judge: Indices
    photo: Indices
    other: Indices | None = None
    value: Numbers | None = None
    ballot: Indices | None = None
