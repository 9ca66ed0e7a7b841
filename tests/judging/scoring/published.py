"""Data that others published with what their programs made of it."""

from __future__ import annotations

import numpy as np

PENICILLIN = np.array(
    [
        [int(diameter) for diameter in plate.split()]
        for plate in (
            "27 23 26 23 23 21", "27 23 26 23 23 21", "25 21 25 24 24 20", "26 23 25 23 23 20",
            "25 22 26 22 23 20", "24 22 25 23 22 19", "24 20 23 21 22 19", "26 22 26 24 24 21",
            "24 21 24 22 22 20", "24 21 24 23 22 19", "26 23 26 24 24 21", "25 22 26 24 24 20",
            "26 24 26 24 25 22", "26 23 26 23 23 20", "26 23 25 24 24 22", "25 22 25 23 23 20",
            "25 21 24 23 23 20", "25 22 24 23 23 19", "24 21 23 21 21 19", "26 23 26 24 24 21",
            "25 21 24 22 22 18", "25 22 25 22 22 20", "24 21 24 22 24 19", "24 21 24 22 21 18",
        )
    ],
    dtype=float,
)  # fmt: skip
"""Diameters (mm) of 24 plates × 6 samples, crossed. O. L. Davies and P. L. Goldsmith (editors), Statistical Methods in
Research and Production, 4th edition, Oliver and Boyd 1972, table 6.6, page 144."""

DYESTUFF = np.array(
    [
        [1545, 1440, 1440, 1520, 1580],
        [1540, 1555, 1490, 1560, 1495],
        [1595, 1550, 1605, 1510, 1560],
        [1445, 1440, 1595, 1465, 1545],
        [1595, 1630, 1515, 1635, 1625],
        [1520, 1455, 1450, 1480, 1445],
    ],
    dtype=float,
)
"""Yields (grams) of 6 batches × 5 preparations. The same, table 6.3, page 131."""
