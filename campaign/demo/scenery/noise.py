"""Seeded randomness as numbers, lines and pictures (Pillow's own noise cannot be seeded)."""

from collections.abc import Callable
from itertools import pairwise
from random import Random

from PIL import Image


def dice_for(seed: int, *names: str) -> Random:
    """Dice that fall the same way for the same seed and names."""
    return Random(f"{seed}/{'/'.join(names)}")  # noqa: S311 -- pictures, not secrets


def static(dice: Random, size: tuple[int, int]) -> Image.Image:
    """White noise, mode L."""
    return Image.frombytes("L", size, dice.randbytes(size[0] * size[1]))


def curve(image: Image.Image, shape: Callable[[float], float]) -> Image.Image:
    """The L image with each value (0..1) sent through `shape` and cut to 0..1."""
    return image.point([round(255 * min(1.0, max(0.0, shape(v / 255)))) for v in range(256)])


def between(low: float, high: float) -> Callable[[float], float]:
    """A smooth step: 0 below `low`, 1 above `high`."""

    def step(value: float) -> float:
        share = min(1.0, max(0.0, (value - low) / (high - low)))
        return share * share * (3 - 2 * share)

    return step


def fractal(dice: Random, size: tuple[int, int], cells: tuple[float, float], octaves: int = 5) -> Image.Image:
    """Soft noise, mode L, mean near 128: `cells` across and down, each octave twice as fine and half as strong."""
    width, height = size
    total: Image.Image | None = None
    weight = whole = 1.0
    for octave in range(octaves):
        across = min(width, max(2, round(cells[0] * 2**octave) + 3))
        down = min(height, max(2, round(cells[1] * 2**octave) + 3))
        part = static(dice, (across, down)).resize(size, Image.Resampling.BICUBIC)
        total = part if total is None else Image.blend(total, part, weight / whole)
        weight *= 0.55
        whole += weight
    assert total is not None
    return curve(total, lambda v: 0.5 + (v - 0.5) * 1.55)


def ridge(dice: Random, points: int, rough: float = 0.55) -> list[float]:
    """A line of at least `points` heights in 0..1, by midpoint displacement (Fournier, Fussell, Carpenter 1982)."""
    line = [dice.random(), dice.random(), dice.random()]
    reach = 0.5
    while len(line) < points:
        reach *= rough
        finer = [line[0]]
        for left, right in pairwise(line):
            finer += [(left + right) / 2 + dice.uniform(-reach, reach), right]
        line = finer
    low, high = min(line), max(line)
    return [(value - low) / (high - low) for value in line]


def along(line: list[float], place: float) -> float:
    """The height of a line at `place` (0..1), read between its points."""
    spot = min(1.0, max(0.0, place)) * (len(line) - 1)
    left = min(int(spot), len(line) - 2)
    return line[left] + (line[left + 1] - line[left]) * (spot - left)
