"""In which order each judge sees their photos, so that stopping early leaves the work spread and in one piece."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from campaign.judging.design.cuts import labels_of

Pairs = NDArray[np.int32]
Weights = NDArray[np.int64]

SAMPLE = 4_000
"""Among so many photos drawn by lot the links of the panel are sought."""


def positions_of(pairs: Pairs, weights: Weights, rng: np.random.Generator) -> NDArray[np.int32]:
    """For each pair (sorted by submission) its place in its judge's own order, from 0.

    First come the *links*: as few photos as join the judges into one piece, each before all of its judges. Then come
    passes: every photo's first judge, then every photo's second, and so on; within a pass each judge has an order of
    their own, drawn by lot, so that it tells nothing about the photos. If everybody works at the same pace, photos
    differ by about one ballot at any time, the links aside.
    """
    if not len(pairs):
        return np.empty(0, dtype=np.int32)
    turn = _turns(pairs, rng).astype(np.uint64) + 1
    turn[np.isin(pairs[:, 0], _links(pairs, weights, rng))] = 0
    judge = pairs[:, 1].astype(np.uint64)
    lot = rng.integers(1 << 40, size=len(pairs), dtype=np.uint64)
    order = np.argsort(judge << np.uint64(50) | turn << np.uint64(40) | lot)
    loads = np.bincount(pairs[:, 1], minlength=len(weights))
    position = np.empty(len(pairs), dtype=np.int32)
    position[order] = np.arange(len(pairs)) - np.repeat(np.cumsum(loads) - loads, loads)
    return position


def _turns(pairs: Pairs, rng: np.random.Generator) -> NDArray[np.int64]:
    """Which of its photo's judges each pair is, from 0, drawn by lot."""
    counts = np.bincount(pairs[:, 0])
    lot = rng.integers(1 << 32, size=len(pairs), dtype=np.uint64)
    order = np.argsort(pairs[:, 0].astype(np.uint64) << np.uint64(32) | lot)
    turn = np.empty(len(pairs), dtype=np.int64)
    turn[order] = np.arange(len(pairs)) - np.repeat(np.cumsum(counts) - counts, counts)
    return turn


def _links(pairs: Pairs, weights: Weights, rng: np.random.Generator) -> list[int]:
    """A few photos whose judges together make as few pieces as all photos do; drawn from a sample if that will do."""
    label = np.arange(len(weights))
    wanted = len(set(labels_of(weights).tolist()))
    photos = np.flatnonzero(np.bincount(pairs[:, 0]))
    links: list[int] = []
    for sample in (np.sort(rng.choice(photos, min(SAMPLE, len(photos)), replace=False)), photos):
        if len(set(label.tolist())) > wanted:
            links += _linking(sample, pairs, label, rng)
    return links


def _linking(sample: NDArray[np.int64], pairs: Pairs, label: NDArray[np.int64], rng: np.random.Generator) -> list[int]:
    """Photos of the sample (sorted) that join judges whose labels differ; their labels become one, in place."""
    judges = len(label)
    rows = np.minimum(np.searchsorted(sample, pairs[:, 0]), len(sample) - 1)
    known = sample[rows] == pairs[:, 0]
    seats = np.zeros((len(sample), judges), dtype=bool)
    seats[rows[known], pairs[known, 1]] = True
    links: list[int] = []
    while True:
        joins = np.flatnonzero(np.where(seats, label, -1).max(axis=1) > np.where(seats, label, judges).min(axis=1))
        if not len(joins):
            return links
        row = int(rng.choice(joins))
        links.append(int(sample[row]))
        joined = label[seats[row]]
        label[np.isin(label, joined)] = joined.min()
