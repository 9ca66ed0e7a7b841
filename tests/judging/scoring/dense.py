"""The stars' model by the textbook: every matrix written out, for tables small enough to do so."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from campaign.judging.scoring.mixed_model import Fit, fit
from campaign.judging.scoring.reml import Ratios
from campaign.judging.scoring.sheet import Numbers
from campaign.judging.scoring.sums import Sums, add_up


class Ballots(NamedTuple):
    """photo, judge, score."""

    photo: np.ndarray
    judge: np.ndarray
    score: np.ndarray

    @classmethod
    def of_table(cls, table: Numbers) -> Ballots:
        """Rows are photos, columns judges; nan is no ballot."""
        photo, judge = np.nonzero(~np.isnan(table))
        return cls(photo, judge, table[photo, judge])

    def sums(self) -> Sums:
        return add_up(*self, photos=self.photo.max() + 1, judges=self.judge.max() + 1)

    def fit(self) -> Fit:
        return fit(*self, photos=self.photo.max() + 1, judges=self.judge.max() + 1)


class Dense(NamedTuple):
    """Everything of the model by the textbook, with all ballots' covariance written out (Searle et al. 1992, 6.6)."""

    criterion: float
    scores: np.ndarray
    covariance: np.ndarray
    """Of the scores' errors, with σ² = 1."""
    residual: float


def dense(ballots: Ballots, ratios: Ratios) -> Dense:
    photo, judge = np.eye(ballots.photo.max() + 1)[ballots.photo], np.eye(ballots.judge.max() + 1)[ballots.judge]
    both = np.hstack([photo, judge])
    spread = np.diag([ratios.photo] * photo.shape[1] + [ratios.judge] * judge.shape[1])
    inverse = np.linalg.inv(np.eye(len(both)) + both @ spread @ both.T)
    one = np.ones(len(both))
    information = one @ inverse @ one
    middle = one @ inverse @ ballots.score / information
    projected = inverse - np.outer(inverse @ one, one @ inverse) / information
    effects = spread @ both.T @ projected @ ballots.score
    panel = np.hstack([np.eye(photo.shape[1]), np.full((photo.shape[1], judge.shape[1]), 1 / judge.shape[1])])
    lost = 1 - panel @ spread @ both.T @ inverse @ one
    covariance = panel @ (spread - spread @ both.T @ inverse @ both @ spread) @ panel.T
    free, residual = len(both) - 1, ballots.score @ projected @ ballots.score
    criterion = free * (np.log(2 * np.pi * residual / free) + 1) - np.linalg.slogdet(inverse)[1] + np.log(information)
    return Dense(criterion, middle + panel @ effects, covariance + np.outer(lost, lost) / information, residual)


def unbalanced(seed: int, photos: int = 9, judges: int = 5, share: float = 0.6) -> Ballots:
    random = np.random.default_rng(seed)
    table = 3 + random.normal(0, 0.8, (photos, 1)) + random.normal(0, 0.5, judges)
    table = table + random.normal(0, 0.6, (photos, judges))
    table[random.random((photos, judges)) > share] = np.nan
    table[:, 0] = np.where(np.isnan(table).all(axis=1), 3.0, table[:, 0])
    return Ballots.of_table(table[:, ~np.isnan(table).all(axis=0)])
