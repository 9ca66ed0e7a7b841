"""What stands about in a city: lamps, people, cars, a tram, benches, bicycles, pots on a sill."""

import math
from random import Random

from campaign.demo.scenery.canvas import Canvas, Layer, Point
from campaign.demo.scenery.colour import Colour, ink, mix, times, vary


def lamp(canvas: Canvas, layer: Layer, spot: Point, size: float, colour: Colour) -> Point:
    """A street lamp `size` pixels high; answers where its light is."""
    x, y = spot
    layer.line([(x, y), (x, y - size)], max(0.8, size * 0.022), colour)
    layer.rect(x - size * 0.03, y - size * 0.08, x + size * 0.03, y, colour)
    glass = ink("fff0c4") if canvas.light.is_dark else mix(colour, canvas.light.sky[1][1], 0.5)
    layer.shape(
        [
            (x - size * 0.035, y - size),
            (x - size * 0.055, y - size * 1.09),
            (x + size * 0.055, y - size * 1.09),
            (x + size * 0.035, y - size),
        ],
        glass,
    )
    layer.shape([(x - size * 0.07, y - size * 1.09), (x, y - size * 1.15), (x + size * 0.07, y - size * 1.09)], colour)
    return x, y - size * 1.05


def shine(canvas: Canvas, lights: list[tuple[Point, float]], colour: Colour = (255, 206, 138)) -> None:
    """The soft light around lamps: (place, reach in pixels) each."""
    for place, reach in lights:
        canvas.glow(place, (reach, reach), colour, 0.5, 2.6)
        canvas.glow(place, (reach * 0.22, reach * 0.22), ink("fff4d8"), 0.9, 1.6)


_CLOTHES = ("b8433c", "2f4a6a", "d9a440", "3c3a40", "5a6b48", "7a4a5a", "c9bca6", "2a2c34", "3f6f78")


def clothes(canvas: Canvas) -> Colour:
    """What somebody wears today, in this light."""
    colour = canvas.light.on(vary(canvas.dice, ink(canvas.dice.choice(_CLOTHES)), 0.1), 0.35)
    return times(mix(colour, (30, 28, 32), 0.55), 0.8) if canvas.light.is_dark or canvas.light.disc else colour


def person(
    layer: Layer, dice: Random, spot: Point, size: float, colour: Colour, *, umbrella: Colour | None = None
) -> None:
    """Someone walking, `size` pixels high; under an umbrella of a colour when one is given."""
    x, y = spot
    stride = size * dice.uniform(0.03, 0.1)
    for leg in (-1, 1):
        foot = x + leg * stride
        layer.line(
            [(x + leg * size * 0.03, y - size * 0.46), (foot - size * 0.01, y - size * 0.2), (foot, y)],
            size * 0.055,
            times(colour, 0.55),
        )
        layer.oval(foot + size * 0.015, y - size * 0.01, size * 0.035, size * 0.018, times(colour, 0.35))
    hem, waist = size * dice.uniform(0.34, 0.46), size * dice.uniform(0.08, 0.1)
    coat = [(-0.11, 0.78), (-0.06, 0.83), (0.06, 0.83), (0.11, 0.78)]
    top = [(x + dx * size, y - dy * size) for dx, dy in coat]
    layer.shape(
        [
            *top,
            (x + waist, y - size * 0.6),
            (x + waist * 1.35, y - hem),
            (x - waist * 1.35, y - hem),
            (x - waist, y - size * 0.6),
        ],
        colour,
    )
    for arm in (-1, 1):
        layer.line(
            [
                (x + arm * size * 0.095, y - size * 0.78),
                (x + arm * size * 0.13, y - size * 0.6),
                (x + arm * size * 0.12, y - size * 0.46),
            ],
            size * 0.045,
            times(colour, 0.85),
        )
    layer.rect(x - size * 0.02, y - size * 0.87, x + size * 0.02, y - size * 0.82, mix(colour, ink("8a6a58"), 0.4))
    layer.oval(x, y - size * 0.915, size * 0.05, size * 0.062, mix(colour, ink("9a7a66"), 0.45))
    layer.pie(x, y - size * 0.915, size * 0.056, size * 0.07, times(colour, 0.4))
    if umbrella:
        layer.line(
            [(x + size * 0.1, y - size * 0.55), (x + size * 0.1, y - size * 1.05)],
            max(0.7, size * 0.018),
            times(colour, 0.7),
        )
        layer.pie(x + size * 0.08, y - size * 1.0, size * 0.36, size * 0.24, umbrella)


def car(layer: Layer, spot: Point, size: float, paint: Colour, *, coming: bool, lit: bool) -> list[Point]:
    """A car from the front or behind, `size` pixels wide; answers its lamps."""
    x, y = spot
    layer.shape(
        [
            (x - size * 0.36, y - size * 0.42),
            (x - size * 0.28, y - size * 0.7),
            (x + size * 0.28, y - size * 0.7),
            (x + size * 0.36, y - size * 0.42),
        ],
        times(paint, 0.5),
    )
    layer.shape(
        [
            (x - size * 0.5, y - size * 0.12),
            (x - size * 0.48, y - size * 0.4),
            (x + size * 0.48, y - size * 0.4),
            (x + size * 0.5, y - size * 0.12),
        ],
        paint,
    )
    for wheel in (-0.38, 0.38):
        layer.rect(x + (wheel - 0.09) * size, y - size * 0.14, x + (wheel + 0.09) * size, y, ink("0c0c10"))
    glass = ink("fff6dc") if coming else ink("ff2f24")
    lamps = [(x - size * 0.38, y - size * 0.3), (x + size * 0.38, y - size * 0.3)]
    for px, py in lamps:
        layer.oval(px, py, size * 0.075, size * 0.05, glass if lit else times(glass, 0.55))
    return lamps


def tram(canvas: Canvas, layer: Layer, spot: Point, size: float, paint: Colour) -> list[Point]:
    """A tram seen head on, `size` pixels wide; answers its lamps."""
    x, y = spot
    tall, lit = size * 1.32, canvas.light.is_dark
    cream = canvas.light.on(ink("f1e6cf"), 0.5)
    layer.rect(x - size * 0.44, y - size * 0.1, x + size * 0.44, y, ink("15151a"))
    layer.rect(x - size * 0.5, y - tall * 0.52, x + size * 0.5, y - size * 0.07, paint)
    layer.rect(x - size * 0.5, y - tall, x + size * 0.5, y - tall * 0.5, cream)
    layer.pie(x, y - tall * 0.99, size * 0.5, size * 0.12, times(cream, 0.8))
    pane = ink("ffe0a0") if lit else mix(canvas.light.sky[1][1], ink("1c2430"), 0.5)
    for left, right in ((-0.43, -0.17), (-0.14, 0.14), (0.17, 0.43)):
        layer.rect(x + left * size, y - tall * 0.88, x + right * size, y - tall * 0.55, pane)
    layer.rect(
        x - size * 0.2, y - tall * 0.98, x + size * 0.2, y - tall * 0.91, ink("fff1c0") if lit else ink("20242a")
    )
    layer.line(
        [(x - size * 0.2, y - tall * 1.06), (x, y - tall * 1.5), (x + size * 0.2, y - tall * 1.06)],
        max(0.8, size * 0.014),
        ink("1d1d22"),
    )
    lamp_at = (x, y - tall * 0.34)
    layer.oval(*lamp_at, size * 0.065, size * 0.065, ink("fff8e0") if lit else times(cream, 0.9))
    return [lamp_at]


def bench(layer: Layer, x: float, y: float, size: float, colour: Colour) -> None:
    """A park bench, `size` pixels long."""
    for plank in range(3):
        top = y - size * (0.5 - plank * 0.08)
        layer.rect(x, top, x + size, top + size * 0.05, colour)
    layer.rect(x - size * 0.03, y - size * 0.24, x + size * 1.03, y - size * 0.18, times(colour, 1.15))
    for leg in (0.08, 0.92):
        layer.rect(x + size * (leg - 0.02), y - size * 0.5, x + size * (leg + 0.02), y, times(colour, 0.5))


def bicycle(layer: Layer, x: float, y: float, size: float, colour: Colour) -> None:
    """A bicycle leaning on its stand, `size` pixels long."""
    radius, thick = size * 0.2, max(0.8, size * 0.018)
    hubs = ((x + radius, y - radius), (x + size - radius, y - radius))
    for hub in hubs:
        ring = [(hub[0] + radius * math.cos(a / 4), hub[1] + radius * math.sin(a / 4)) for a in range(27)]
        layer.line(ring, thick, colour)
    crank, seat, head = (
        (x + size * 0.45, y - radius),
        (x + size * 0.37, y - size * 0.45),
        (x + size * 0.72, y - size * 0.47),
    )
    layer.line([hubs[0], crank, head, seat, hubs[0]], thick * 1.4, colour)
    layer.line([crank, seat, (seat[0] - size * 0.02, seat[1] - size * 0.05)], thick * 1.4, colour)
    layer.line(
        [hubs[1], head, (head[0] - size * 0.02, head[1] - size * 0.08), (head[0] + size * 0.08, head[1] - size * 0.1)],
        thick * 1.4,
        colour,
    )
    layer.oval(seat[0], seat[1] - size * 0.06, size * 0.07, size * 0.02, colour)


def potted_plant(layer: Layer, dice: Random, spot: Point, size: float, pot: Colour, leaf: Colour) -> None:
    """A plant in a pot, `size` pixels high."""
    x, y = spot
    for _ in range(16):
        angle, length = dice.uniform(-2.7, -0.45), size * dice.uniform(0.35, 0.75)
        tip = (x + math.cos(angle) * length, y - size * 0.26 + math.sin(angle) * length)
        middle = (x + math.cos(angle) * length * 0.5, y - size * 0.3 + math.sin(angle) * length * 0.65)
        wide = size * 0.05
        tone = times(leaf, dice.uniform(0.7, 1.2))
        layer.shape(
            [(x, y - size * 0.25), (middle[0] - wide, middle[1]), tip, (middle[0] + wide, middle[1] + wide)], tone
        )
    layer.shape(
        [
            (x - size * 0.17, y - size * 0.3),
            (x + size * 0.17, y - size * 0.3),
            (x + size * 0.12, y),
            (x - size * 0.12, y),
        ],
        pot,
    )
    layer.rect(x - size * 0.19, y - size * 0.32, x + size * 0.19, y - size * 0.26, times(pot, 1.15))


def mug(layer: Layer, x: float, y: float, size: float, colour: Colour) -> None:
    """A cup of something hot."""
    layer.oval(x + size * 0.5, y - size * 0.42, size * 0.24, size * 0.24, colour)
    layer.oval(x + size * 0.5, y - size * 0.42, size * 0.14, size * 0.14, times(colour, 0.35))
    layer.rect(x - size * 0.38, y - size * 0.85, x + size * 0.46, y, colour)
    layer.oval(x + size * 0.04, y - size * 0.85, size * 0.42, size * 0.1, times(colour, 0.7))


def cat(layer: Layer, x: float, y: float, size: float, colour: Colour) -> None:
    """A cat that sits and looks out, seen from behind."""
    layer.oval(x, y - size * 0.28, size * 0.2, size * 0.3, colour)
    layer.oval(x, y - size * 0.66, size * 0.14, size * 0.13, colour)
    for ear in (-1, 1):
        layer.shape(
            [
                (x + ear * size * 0.13, y - size * 0.66),
                (x + ear * size * 0.11, y - size * 0.86),
                (x + ear * size * 0.02, y - size * 0.76),
            ],
            colour,
        )
    tail = [
        (x + size * 0.15, y - size * 0.04),
        (x + size * 0.34, y - size * 0.02),
        (x + size * 0.42, y + size * 0.12),
        (x + size * 0.38, y + size * 0.24),
    ]
    layer.line(tail, size * 0.06, colour)
