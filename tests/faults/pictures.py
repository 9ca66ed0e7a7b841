"""Small photos in endless variety: no two look alike, so that none is taken for another's duplicate."""

from __future__ import annotations

import random
from io import BytesIO

from PIL import Image

GRID = (9, 8)


def small_jpeg(seed: int, size: tuple[int, int] = (96, 72)) -> bytes:
    """A JPEG of soft random patches, about 1 kB in its default size; the same for the same seed."""
    return encoded(patches(seed, size), "JPEG", quality=80)


def patches(seed: int, size: tuple[int, int]) -> Image.Image:
    """Soft random patches of colour, `size` in pixels."""
    grid = Image.frombytes("RGB", GRID, random.Random(seed).randbytes(GRID[0] * GRID[1] * 3))
    return grid.resize(size, Image.Resampling.BICUBIC)


def encoded(picture: Image.Image, kind: str, **options: object) -> bytes:
    """The picture as a file of this kind, in Pillow's name for it."""
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()
