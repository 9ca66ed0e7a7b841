"""What is made of a photo: which renditions, of which size. No decoding here."""

from dataclasses import dataclass

from uploads.facts import NO_FACTS, Facts
from uploads.shapes import Shape

SIDES = Shape.PHOTO.sides


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendition:
    """One picture: its name ("320" … "1920") and its size in pixels, and in bytes once it is written."""

    name: str
    width: int
    height: int
    bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """All that is made of a photo. Width and height are the photo's own, after turning it upright.

    `thumbhash` is base64, `dominant` "#rrggbb", `dhash` 16 hex digits (see `uploads.dhash`).
    """

    width: int
    height: int
    thumbhash: str
    dominant: str
    dhash: str
    renditions: tuple[Rendition, ...]
    facts: Facts = NO_FACTS


def plan_renditions(width: int, height: int, shape: Shape = Shape.PHOTO) -> tuple[Rendition, ...]:
    """Which renditions a photo of this size gets, smallest first.

    One for each side it reaches; and when it is smaller than the largest, one at its own size under the next
    name, so that the best we have is always there. 900 x 600 gets "320", "640", and "1280" of 900 x 600.
    A square has every name, however small it is, so that its addresses are known without asking.
    """
    if shape is Shape.SQUARE:
        side = min(width, height)
        return tuple(_at_side(name, side, side) for name in shape.sides)
    long_side = max(width, height)
    reached = [side for side in shape.sides if side <= long_side]
    beyond = [side for side in shape.sides if side > long_side]
    names = reached + (beyond[:1] if long_side not in shape.sides else [])
    return tuple(_at_side(name, width, height) for name in names)


def _at_side(side: int, width: int, height: int) -> Rendition:
    scale = min(1.0, side / max(width, height))
    return Rendition(name=str(side), width=max(1, round(width * scale)), height=max(1, round(height * scale)))
