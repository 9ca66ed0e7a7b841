"""Sheets for the tests of scoring, from names or at random."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from campaign.judging.scoring.sheet import Sheet


def stars_sheet(rows: Iterable[tuple[str, str, float]], photos: Sequence[str] = ()) -> Sheet:
    """From (judge, photo, score); `photos` are more that took part."""
    rows = list(rows)
    names = sorted({photo for _, photo, _ in rows} | set(photos))
    judges = sorted({judge for judge, _, _ in rows})
    return Sheet(
        photos=names,
        judges=judges,
        judge=np.array([judges.index(judge) for judge, _, _ in rows], dtype=np.int32),
        photo=np.array([names.index(photo) for _, photo, _ in rows], dtype=np.int32),
        value=np.array([[score] for *_, score in rows], dtype=float).reshape(len(rows), 1),
    )


def duel_sheet(rows: Iterable[tuple[str, str, str]], photos: Sequence[str] = ()) -> Sheet:
    """From (judge, winner, loser)."""
    rows = list(rows)
    names = sorted({one for _, *pair in rows for one in pair} | set(photos))
    judges = sorted({judge for judge, *_ in rows})
    return Sheet(
        photos=names,
        judges=judges,
        judge=np.array([judges.index(judge) for judge, *_ in rows], dtype=np.int32),
        photo=np.array([names.index(winner) for _, winner, _ in rows], dtype=np.int32),
        other=np.array([names.index(loser) for *_, loser in rows], dtype=np.int32),
    )
