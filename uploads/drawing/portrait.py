"""What is made of a photo: which renditions, of which size. No decoding here."""

from dataclasses import dataclass

from uploads.drawing.shapes import Shape
from uploads.metadata.facts import NO_FACTS, Facts

SIDES = Shape.PHOTO.sides
HALVINGS = (1, 2, 4, 8)
"""What libjpeg divides a photo's sides by while it decodes."""
_LEEWAY = 20  # a twentieth: phones' 4,000 to 4,208 pixels, and twice as many, halve into it


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendition:
    """One picture: its name ("320" … "2016") and its size in pixels, and in bytes once it is written."""

    name: str
    width: int
    height: int
    bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """All that is made of a photo. Width and height are the photo's own, after turning it upright.

    `thumbhash` is base64, `dominant` "#rrggbb", `dhash` 16 hex digits (see `uploads.likeness.dhash`).
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
    The largest is the photo halved, once or more, where that comes within a twentieth of its side, since a JPEG can be
    decoded at a half for less than it costs to decode it whole: 4000 x 3000 gets "2016" of 2000 x 1500.
    A square has every name, however small it is, so that its addresses are known without asking.
    """
    if shape is Shape.SQUARE:
        side = min(width, height)
        return tuple(_at_side(name, side, side) for name in shape.sides)
    long_side = max(width, height)
    reached = [side for side in shape.sides if side <= long_side]
    beyond = [side for side in shape.sides if side > long_side]
    *smaller, last = reached + (beyond[:1] if long_side not in shape.sides else [])
    largest = _halved(last, width, height) if last == shape.sides[-1] else None
    return (*(_at_side(side, width, height) for side in smaller), largest or _at_side(last, width, height))


def _at_side(side: int, width: int, height: int) -> Rendition:
    scale = min(1.0, side / max(width, height))
    return Rendition(name=str(side), width=max(1, round(width * scale)), height=max(1, round(height * scale)))


def _halved(side: int, width: int, height: int) -> Rendition | None:
    """The photo at 1, 1/2, 1/4 or 1/8, rounded up as libjpeg does, where its long side comes near enough."""
    for scale in HALVINGS:
        near = Rendition(name=str(side), width=-(-width // scale), height=-(-height // scale))
        if abs(max(near.width, near.height) - side) <= side // _LEEWAY:
            return near
    return None
