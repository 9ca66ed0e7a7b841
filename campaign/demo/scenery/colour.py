"""Colours as three bytes, and the gradients made of them."""

from random import Random

from PIL import Image

Colour = tuple[int, int, int]
Stops = tuple[tuple[float, Colour], ...]

BLACK: Colour = (0, 0, 0)
WHITE: Colour = (255, 255, 255)


def ink(code: str) -> Colour:
    """The colour written as six hexadecimal digits."""
    return int(code[0:2], 16), int(code[2:4], 16), int(code[4:6], 16)


def _byte(value: float) -> int:
    return 0 if value < 0 else 255 if value > 255 else int(value + 0.5)  # noqa: PLR2004 -- a byte's end


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """`one` with `share` (0..1) of `other` in it."""
    keep = 1 - share
    return (
        _byte(one[0] * keep + other[0] * share),
        _byte(one[1] * keep + other[1] * share),
        _byte(one[2] * keep + other[2] * share),
    )


def times(colour: Colour, factor: float) -> Colour:
    """The colour made brighter or darker by a factor."""
    return _byte(colour[0] * factor), _byte(colour[1] * factor), _byte(colour[2] * factor)


def under(albedo: Colour, light: Colour) -> Colour:
    """What a surface looks like in a light."""
    return _byte(albedo[0] * light[0] / 255), _byte(albedo[1] * light[1] / 255), _byte(albedo[2] * light[2] / 255)


def plus(one: Colour, other: Colour, share: float = 1.0) -> Colour:
    """Two lights together."""
    return (
        _byte(one[0] + other[0] * share),
        _byte(one[1] + other[1] * share),
        _byte(one[2] + other[2] * share),
    )


def vary(dice: Random, colour: Colour, amount: float) -> Colour:
    """A neighbour of the colour: brightness and warmth move by up to `amount` (0..1)."""
    light = 1 + dice.uniform(-amount, amount)
    warmth = dice.uniform(-amount, amount) * 0.4
    return _byte(colour[0] * light * (1 + warmth)), _byte(colour[1] * light), _byte(colour[2] * light * (1 - warmth))


def at(stops: Stops, place: float) -> Colour:
    """The colour of a gradient at `place` (0..1), eased between its stops."""
    previous = stops[0]
    for stop in stops:
        if place <= stop[0]:
            span = stop[0] - previous[0]
            share = (place - previous[0]) / span if span else 1.0
            return mix(previous[1], stop[1], share * 0.4 + 0.6 * share * share * (3 - 2 * share))
        previous = stop
    return previous[1]


def ramp(size: tuple[int, int], stops: Stops) -> Image.Image:
    """A vertical gradient as an RGB image of `size`."""
    width, height = size
    column = Image.new("RGB", (1, height))
    last = max(1, height - 1)
    column.putdata([at(stops, y / last) for y in range(height)])
    return column.resize((width, height), Image.Resampling.NEAREST)
