"""Rankings: who beats whom by the strongest path of pairwise wins.

Schulze, "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner election
method", Social Choice and Welfare 36 (2011), 267–303, with the strength of a link measured by winning votes. Only
photos that a judge ranked in one ballot are compared by it: one that was left out, or never seen, is not worst.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from campaign.judging.scoring.sheet import Numbers, Sheet

Votes = NDArray[np.int16]


def preferences_of(sheet: Sheet) -> Votes:
    """Judges × photos × photos: in how many ballots of the judge the first was put before the second."""
    assert sheet.value is not None
    size = len(sheet.photos)
    votes = np.zeros((len(sheet.judges), size, size), dtype=np.int16)
    ballot = sheet.judge if sheet.ballot is None else sheet.ballot
    order = np.argsort(ballot, kind="stable")
    starts = np.flatnonzero(np.diff(ballot[order], prepend=-1))
    for rows in np.split(order, starts[1:]):
        if len(rows):
            photo, place = sheet.photo[rows], sheet.value[rows, 0]
            votes[sheet.judge[rows[0]], photo[:, None], photo] += place[:, None] < place
    return votes


def beats(votes: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Whom each photo beats by the strongest paths: … × photos × photos from as many votes of first over second.

    The paths by Floyd and Warshall's algorithm, as in section 2.3.1 of the paper; any number of elections at once.
    """
    back = np.swapaxes(votes, -1, -2)
    path = np.where(votes > back, votes, 0)
    through = np.empty_like(path)
    for middle in range(path.shape[-1]):
        np.minimum(path[..., :, middle, None], path[..., None, middle, :], out=through)
        np.maximum(path, through, out=path)
    result: NDArray[np.bool_] = path > np.swapaxes(path, -1, -2)
    return result


def shares(beaten: NDArray[np.bool_], judged: int) -> Numbers:
    """The share of the other judged photos that each beats, 0 to 1; with nobody else, 0."""
    result: Numbers = beaten.sum(axis=-1) / max(judged - 1, 1)
    return result
