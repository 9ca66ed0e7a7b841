"""dHash: 64 bits by which near-duplicates are found.

The row difference hash of Neal Krawetz ("Kind of Like That", The Hacker Factor Blog, 2013): the picture as 9 x 8 greys,
and a bit set where one is darker than its right neighbour. Rows from the top, the first bit is the highest.
"""

from itertools import pairwise

WIDTH, HEIGHT = 9, 8
"""Of the greys that are compared."""
_SIGN = 1 << 63


def dhash_of(greys: bytes) -> str:
    """The hash of 9 x 8 greys, row by row, as 16 hex digits in lowercase."""
    bits = 0
    for row in range(0, WIDTH * HEIGHT, WIDTH):
        line = greys[row : row + WIDTH]
        for left, right in pairwise(line):
            bits = bits << 1 | (left < right)
    return f"{bits:016x}"


def distance(one: str, other: str) -> int:
    """In how many of the 64 bits two hashes differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def to_signed(dhash: str) -> int:
    """The same 64 bits as a signed number, as databases keep them."""
    bits = int(dhash, 16)
    return bits - (bits & _SIGN) * 2


def from_signed(number: int) -> str:
    """The hash behind `to_signed`."""
    return f"{number & (2 * _SIGN - 1):016x}"
