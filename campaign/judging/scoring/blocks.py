"""Products with a row for each photo, in blocks that one core works out at once.

A matrix library splits large products among threads. On a busy machine these wait for each other, up to a hundred
times as long as the work takes; below this size it does not split.
"""

from __future__ import annotations

import numpy as np

from campaign.judging.scoring.sheet import Numbers

UNSPLIT = 2**18
"""Multiplications in a block."""
LEAST = 16
"""Rows in a block, however wide."""


def multiply(tall: Numbers, small: Numbers) -> Numbers:
    """`tall` (many × k) times `small` (k × m, or k numbers)."""
    wide = small.reshape(len(small), -1)
    step = max(LEAST, UNSPLIT // max(wide.size, 1))
    whole = len(tall) // step * step
    first = np.matmul(tall[:whole].reshape(whole // step, step, tall.shape[1]), wide).reshape(whole, wide.shape[1])
    product = np.concatenate([first, tall[whole:] @ wide])
    return product.reshape(len(tall), *small.shape[1:])


def multiply_with_itself(tall: Numbers) -> Numbers:
    """`tall`′ `tall`, k × k."""
    step = max(LEAST, UNSPLIT // max(tall.shape[1] ** 2, 1))
    whole = len(tall) // step * step
    stack = tall[:whole].reshape(whole // step, step, tall.shape[1])
    rest = tall[whole:]
    product: Numbers = np.matmul(stack.transpose(0, 2, 1), stack).sum(axis=0) + rest.T @ rest
    return product
