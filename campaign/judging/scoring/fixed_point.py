"""Where a step that is taken again and again comes to rest, in fewer steps."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from campaign.judging.scoring.sheet import Numbers

MEMORY = 8
MOST_STEPS = 200
CLOSE = 1e-9


def come_to_rest(step: Callable[[Numbers], Numbers], start: Numbers) -> Numbers:
    """The x with step(x) = x, within `CLOSE` in every part, or what `MOST_STEPS` steps came to.

    Anderson's acceleration: Walker and Ni, "Anderson acceleration for fixed-point iterations", SIAM Journal on
    Numerical Analysis 49 (2011), 1715–1735. Where it leads further away, it begins anew with a plain step.
    """
    at = start
    befores: list[Numbers] = []
    moves: list[Numbers] = []
    best = np.inf
    for _ in range(MOST_STEPS):
        to = step(at)
        move = to - at
        far = float(np.abs(move).max())
        if far < CLOSE:
            return to
        if far > 2 * best:
            befores, moves = [], []
        best = min(best, far)
        befores, moves = [*befores[-MEMORY:], to], [*moves[-MEMORY:], move]
        at = to
        if len(moves) > 1:
            change = np.diff(np.array(moves), axis=0).T
            share = np.linalg.lstsq(change, move, rcond=1e-10)[0]
            at = to - np.diff(np.array(befores), axis=0).T @ share
    return at
