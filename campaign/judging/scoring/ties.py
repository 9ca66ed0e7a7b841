"""Ties, told and broken: only by the rule that was chosen before the round opened, and never by anything else."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from campaign.judging.scoring.outcome import Standing
from campaign.judging.scoring.sheet import Numbers, Sheet

BLOCK = 500


class TieRule(StrEnum):
    """What breaks a tie."""

    SHARED = "shared"
    """Nothing does: equals share their place."""
    MORE_BALLOTS = "more_ballots"
    """The one with more ballots."""
    HEAD_TO_HEAD = "head_to_head"
    """The one that beats more of the others, compared two by two by the judges who had both before them."""
    CHAIR = "chair"
    """The chair's vote, once the tie is known."""
    DRAW = "draw"
    """The order of the SHA-256 of `seed:id`, with the seed that was published when the round opened."""


@dataclass(frozen=True, kw_only=True)
class Decision:
    """The rule, and what it needs beside the ballots."""

    rule: str = TieRule.SHARED
    seed: int = 0
    votes: Mapping[int, Sequence[str]] = field(default_factory=dict)
    """The chair's: for a rank that is shared, all who share it, best first."""
    weights: Sequence[float] = ()
    """Of the criteria, for stars."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a photo came after the rule for ties."""

    submission: str
    place: int
    """1 + the number of photos before it; those that are still tied share it."""
    tied: bool
    """Whether it shares this place."""
    broken_by: str | None
    """The rule, where it set the photo apart from some of those it was tied with."""


def break_ties(standings: Sequence[Standing], sheet: Sheet, decision: Decision) -> tuple[Place, ...]:
    """Everybody's place, best first; those that share one by name. `standings` as they were scored, best first.

    What the rule cannot break stays tied: equal numbers of ballots, nobody who compared two, no vote of the chair (or
    one that does not name exactly those who are tied). Photos without a ballot share the last place, by any rule.
    """
    places: list[Place] = []
    for rank, group in groupby(standings, key=lambda one: one.rank):
        tied = list(group)
        keys = _keys(tied, rank, sheet, decision)
        apart = len(set(keys.values())) > 1
        before = len(places)
        for _, equal in groupby(sorted(keys, key=lambda one: (keys[one], one)), key=keys.__getitem__):
            names = list(equal)
            place = len(places) + 1 if apart else before + 1
            places += [
                Place(submission=one, place=place, tied=len(names) > 1, broken_by=decision.rule if apart else None)
                for one in names
            ]
    return tuple(places)


def lot(seed: int, submission: str) -> str:
    """The lot that a photo draws: SHA-256 of the seed in decimals, a colon and the id, as 64 hexadecimal digits."""
    return hashlib.sha256(f"{seed}:{submission}".encode()).hexdigest()


Key = int | str


def _keys(tied: Sequence[Standing], rank: int, sheet: Sheet, decision: Decision) -> dict[str, Key]:
    """By name what orders those that share a rank, least first; the same for all where the rule says nothing."""
    names = [one.submission for one in tied]
    rules: Mapping[str, Callable[[], dict[str, Key]]] = {
        TieRule.MORE_BALLOTS: lambda: {one.submission: -one.ballots for one in tied},
        TieRule.HEAD_TO_HEAD: lambda: _head_to_head(names, sheet, decision.weights),
        TieRule.CHAIR: lambda: _by_vote(names, decision.votes.get(rank, ())),
        TieRule.DRAW: lambda: {name: lot(decision.seed, name) for name in names},
    }
    if len(tied) == 1 or tied[0].score is None or decision.rule not in rules:
        return dict.fromkeys(names, 0)
    return rules[decision.rule]()


def _by_vote(names: Sequence[str], order: Sequence[str]) -> dict[str, Key]:
    if sorted(order) != sorted(names):
        return dict.fromkeys(names, 0)
    return {name: place for place, name in enumerate(order)}


def _head_to_head(names: Sequence[str], sheet: Sheet, weights: Sequence[float]) -> dict[str, Key]:
    """Those that lose to more of the others than they beat come later (Copeland's score)."""
    members = np.searchsorted(np.array(sheet.photos), np.array(names))
    number = np.full(len(sheet.photos), -1)
    number[members] = np.arange(len(names))
    score = np.zeros(len(names), dtype=np.int64)
    for start in range(0, len(names), BLOCK):
        rows = slice(start, min(start + BLOCK, len(names)))
        ahead = np.zeros((rows.stop - rows.start, len(names)), dtype=np.int64)
        for better, worse in _comparisons(sheet, number, rows, weights):
            ahead += better
            ahead -= worse
        score[rows] = np.sign(ahead).sum(axis=1)
    return dict(zip(names, (-score).tolist(), strict=True))


def _comparisons(
    sheet: Sheet, number: NDArray[np.int64], rows: slice, weights: Sequence[float]
) -> Iterator[tuple[NDArray[np.integer], NDArray[np.integer]]]:
    """Who was put before whom, a ballot or judge at a time: of the photos of `rows` against all that are tied."""
    size = int(number.max()) + 1
    if sheet.value is None:
        assert sheet.other is not None
        winner, loser = number[sheet.photo], number[sheet.other]
        both = (winner >= 0) & (loser >= 0)
        met = np.bincount(winner[both] * size + loser[both], minlength=size**2).reshape(size, size)
        yield met[rows], met.T[rows]
        return
    worth = _worth(sheet.value, weights) if sheet.ballot is None else -sheet.value[:, 0]
    unit = sheet.judge if sheet.ballot is None else sheet.ballot
    among = np.flatnonzero(number[sheet.photo] >= 0)
    among = among[np.argsort(unit[among], kind="stable")]
    for one in np.split(among, np.flatnonzero(np.diff(unit[among])) + 1):
        given = np.full(size, np.nan)
        given[number[sheet.photo[one]]] = worth[one]
        yield (given[rows, None] > given).astype(np.int8), (given[rows, None] < given).astype(np.int8)


def _worth(value: Numbers, weights: Sequence[float]) -> Numbers:
    share = np.array(weights) if len(weights) else np.ones(value.shape[1])
    return np.round(value @ share, 6)
