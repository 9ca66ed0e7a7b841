"""Finding hashes within a few bits of another without looking at all of them.

A dHash is cut into four bands of 16 bits, and each band has an index. Of two hashes that differ in at most `NEAR` = 10
bits, the first bands differ in at most one bit or some other bands in at most two: otherwise it would be at least
2 + 3 + 3 + 3 = 11. So it is enough to look up, in each index, the band itself and its neighbours within that radius.
The first band is the top of the picture, where skies are alike and values are crowded: its radius is the small one.

The indexes hold the whole hash, too, so the distance is known before any row is read. The method is multi-index hashing
(Norouzi, Punjani and Fleet, "Fast Search in Hamming Space with Multi-Index Hashing", CVPR 2012).
"""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

from uploads.likeness.dhash import NEAR

WIDTH = 16
RADII = (1, 2, 2, 2)
assert sum(radius + 1 for radius in RADII) > NEAR


class Probe(NamedTuple):
    """For each band, the values that are looked up."""

    first: list[int]
    second: list[int]
    third: list[int]
    fourth: list[int]


def band(number: int) -> str:
    """The SQL of a band of `photo.dhash`, 0 for the top of the picture; written alike in the index and in queries."""
    return f"((dhash >> {48 - WIDTH * number}) & 65535)::integer"


def probe_of(dhash: str) -> Probe:
    """What to look up for a hash of 16 hex digits: 428 values in all."""
    values = [int(dhash[start : start + WIDTH // 4], 16) for start in range(0, 16, WIDTH // 4)]
    return Probe(*([value ^ mask for mask in _masks(radius)] for value, radius in zip(values, RADII, strict=True)))


def _masks(radius: int) -> list[int]:
    """Every way to change at most `radius` bits of a band."""
    bits = [1 << bit for bit in range(WIDTH)]
    return [sum(chosen) for count in range(radius + 1) for chosen in combinations(bits, count)]
