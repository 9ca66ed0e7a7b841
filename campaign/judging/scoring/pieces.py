"""Into which pieces the data falls: photos of different pieces were never compared, not even by way of others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campaign.judging.scoring.sheet import Indices, Sheet

UNJUDGED = 0
"""The piece of a photo without a ballot, and of a judge who gave none: neither belongs to any."""


@dataclass(frozen=True, kw_only=True)
class Pieces:
    """Numbered from 1: the piece with the most photos first, of equal ones that with the first name first."""

    count: int
    photo: Indices
    """For each photo of the sheet its piece, `UNJUDGED` without a ballot."""
    judge: Indices
    """For each judge of the sheet the first piece he or she judged in, `UNJUDGED` without a ballot."""


def judged_pieces(sheet: Sheet) -> Pieces:
    """The pieces where scores are compared by way of judges (stars, shortlist).

    Two photos hang together where a judge saw both, or where a chain of such pairs leads from one to the other.
    """
    photos = len(sheet.photos)
    roots = connect(photos + len(sheet.judges), sheet.photo, sheet.judge + photos)
    return _number(sheet, roots[:photos])


def compared_pieces(sheet: Sheet) -> Pieces:
    """The pieces where photos are compared with each other (duel, ranking).

    Two photos hang together where they met in a duel or in one judge's list, or by a chain of such meetings. That
    one judge saw both in different duels or lists compares nothing.
    """
    photos = len(sheet.photos)
    if sheet.other is not None:
        return _number(sheet, connect(photos, sheet.photo, sheet.other))
    ballot = sheet.ballot if sheet.ballot is not None else sheet.judge
    ballots = int(ballot.max(initial=-1)) + 1
    return _number(sheet, connect(photos + ballots, sheet.photo, ballot + photos)[:photos])


def connect(nodes: int, one: NDArray[np.integer], other: NDArray[np.integer]) -> Indices:
    """The connected components of a graph: for each of `nodes` the least node of its component.

    The edges run between `one[i]` and `other[i]`. Hooking and pointer jumping (Shiloach and Vishkin, "An O(log n)
    parallel connectivity algorithm", Journal of Algorithms 3, 1982, 57–67), so a long chain costs few rounds.
    """
    root = np.arange(nodes, dtype=np.int32)
    while True:
        mine, theirs = root[one], root[other]
        apart = mine != theirs
        if not apart.any():
            return root
        one, other = one[apart], other[apart]
        mine, theirs = mine[apart], theirs[apart]
        np.minimum.at(root, np.maximum(mine, theirs), np.minimum(mine, theirs))
        while not np.array_equal(root, above := root[root]):
            root = above


def _number(sheet: Sheet, roots: Indices) -> Pieces:
    photos = len(sheet.photos)
    judged = np.zeros(photos, dtype=bool)
    judged[sheet.photo] = True
    if sheet.other is not None:
        judged[sheet.other] = True
    found, first, sizes = np.unique(roots[judged], return_index=True, return_counts=True)
    number = np.zeros(photos + len(sheet.judges) + 1, dtype=np.int32)
    number[found[np.lexsort((first, -sizes))]] = np.arange(1, len(found) + 1)
    photo = np.where(judged, number[roots], UNJUDGED).astype(np.int32)
    judge = np.full(len(sheet.judges), len(found) + 1, dtype=np.int32)
    np.minimum.at(judge, sheet.judge, photo[sheet.photo])
    judge[judge > len(found)] = UNJUDGED
    return Pieces(count=len(found), photo=photo, judge=judge)
