"""Whether two photos are the same picture: by their dHash first, and by shape and tone where that leaves doubt.

Measured: of 10,000 pairs of different drawn scenes 15 have hashes within `NEAR`, and none is taken for one picture; of
180 copies (cut by 3 % on one side or 2 % on all, or brighter) 173 have hashes within `NEAR`, and all of these are.
"""

from base64 import b64decode
from dataclasses import dataclass

from uploads.likeness.dhash import NEAR, distance

SURE = 5
"""Bits: up to here the hash alone decides."""
PLAIN_BITS = 10
"""A picture with fewer bits set, or fewer not set, is plain: a clear sky, a blank page. Many share such a hash."""

_SHAPE = 1.15  # how much longer or flatter a small crop makes a picture
_TONE = (8, 4, 4)  # steps of 63: lightness, yellow to blue, red to green
_SAME_TONE = (2, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What is compared of a photo: the dHash (16 hex digits), the ThumbHash (base64), the upright size in pixels."""

    dhash: str
    thumbhash: str
    width: int
    height: int

    @property
    def is_plain(self) -> bool:
        """Whether the hash says too little for telling pictures apart."""
        return is_plain(self.dhash)


def is_plain(dhash: str) -> bool:
    """Whether a picture of this hash is too plain to be found by it."""
    return not PLAIN_BITS <= int(dhash, 16).bit_count() <= 64 - PLAIN_BITS


def look_alike(one: Look, other: Look) -> bool:
    """Whether the two are, as far as can be told without looking, the same picture.

    Within `SURE` bits they are, whatever their colours: a copy in black and white is a copy. Up to `NEAR` their
    shape and their mean colour have to agree; plain pictures have to agree in these closely, however near they are.
    """
    apart = distance(one.dhash, other.dhash)
    if apart > NEAR:
        return False
    if one.is_plain or other.is_plain:
        return apart <= SURE and _agree(one, other, _SAME_TONE)
    return apart <= SURE or _agree(one, other, _TONE)


def _agree(one: Look, other: Look, tolerance: tuple[int, int, int]) -> bool:
    shape = one.width * other.height / (one.height * other.width)
    if not 1 / _SHAPE <= shape <= _SHAPE:
        return False
    tones = zip(_tone(one.thumbhash), _tone(other.thumbhash), tolerance, strict=True)
    return all(abs(mine - theirs) <= most for mine, theirs, most in tones)


def _tone(thumbhash: str) -> tuple[int, int, int]:
    """The mean colour at the head of a ThumbHash: three numbers of six bits."""
    header = int.from_bytes(b64decode(thumbhash)[:3], "little")
    return header & 63, header >> 6 & 63, header >> 12 & 63
