"""Duels in columns, those with the same outcome counted together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from campaign.judging.scoring.sheet import Indices, Numbers, Sheet


@dataclass(frozen=True, kw_only=True)
class Duels:
    """`count` times the judge chose `winner` over `loser`: indices from 0, of photos that were in a duel only."""

    photos: int
    judges: int
    judge: Indices
    winner: Indices
    loser: Indices
    count: Numbers

    def by_photo(self, won: Numbers, lost: Numbers) -> Numbers:
        """The sums for each photo: of `won` over the duels it won, and of `lost` over those it lost."""
        return np.asarray(
            np.bincount(self.winner, won, self.photos) + np.bincount(self.loser, lost, self.photos), float
        )

    def laplacian(self, weight: Numbers) -> Numbers:
        """Photos × photos: Σ weight · x · xᵀ, where a duel's x is 1 at its winner and −1 at its loser."""
        cell = self.winner.astype(np.int64) * self.photos + self.loser
        pairs = np.bincount(cell, weight, self.photos**2).reshape(self.photos, self.photos)
        pairs = pairs + pairs.T
        result: Numbers = np.diag(pairs.sum(axis=1)) - pairs
        return result


def duels_of(sheet: Sheet) -> tuple[Duels, Indices]:
    """The sheet's duels, and the places in the sheet of the photos that were in one."""
    assert sheet.other is not None
    judged, ends = np.unique(np.concatenate([sheet.photo, sheet.other]), return_inverse=True)
    winner, loser = np.split(ends.reshape(-1).astype(np.int64), 2)
    size = max(len(judged), 1)
    found, count = np.unique((sheet.judge * size + winner) * size + loser, return_counts=True)
    judge, pair = np.divmod(found, size**2)
    duels = Duels(
        photos=len(judged),
        judges=len(sheet.judges),
        judge=judge.astype(np.int32),
        winner=(pair // size).astype(np.int32),
        loser=(pair % size).astype(np.int32),
        count=count.astype(np.float64),
    )
    return duels, judged.astype(np.int32)
