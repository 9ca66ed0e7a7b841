"""Rows of houses and towers: walls in light and shade, floors, windows that are lit or not, roofs."""

import math
from dataclasses import dataclass
from random import Random

from campaign.demo.scenery.canvas import Canvas, Layer
from campaign.demo.scenery.colour import Colour, ink, mix, times, vary
from campaign.demo.scenery.light import Light

WALLS = {
    "glass": (ink("8fa3b5"), ink("7c93a8"), ink("9fb0b8"), ink("6f8296")),
    "concrete": (ink("b9b2a8"), ink("a8a39c"), ink("c6beb0"), ink("98948e")),
    "brick": (ink("a3664c"), ink("8d5a48"), ink("b57f5e"), ink("94705c")),
    "sand": (ink("dcc59f"), ink("cfae83"), ink("e6d5b4"), ink("c99f76")),
    "white": (ink("ece6da"), ink("ddd6ca"), ink("f2ede4"), ink("d2c6b4")),
    "dark": (ink("5c6169"), ink("4f5560"), ink("6e6a6a"), ink("575058")),
}
LAMPS = (ink("ffcf87"), ink("ffdca6"), ink("ffb765"), ink("ffe8c4"), ink("ffc27a"), ink("dfeaff"), ink("ffd9a0"))


@dataclass(frozen=True)
class Row:
    """How a row looks: `height` and `wide` are ranges in pixels, `walls` and `roofs` are drawn from by chance."""

    height: tuple[float, float]
    wide: tuple[float, float]
    walls: tuple[str, ...] = ("concrete", "glass", "brick")
    roofs: tuple[str, ...] = ("flat",)
    cell: float = 5.0
    lit: float = 1.0
    gap: float = 0.0
    peaks: tuple[tuple[float, float, float], ...] = ()  # where the row rises: centre 0..1, reach 0..1, times as high
    jitter: float = 0.09
    sway: float = 0.0  # pixels by which the ground rises and falls along the row


def paint_row(canvas: Canvas, layer: Layer, base: float, row: Row) -> None:
    """Draw a row across the whole picture, standing on `base` (a pixel line)."""
    dice = canvas.dice
    x = -dice.uniform(0, row.wide[1])
    while x < canvas.width:
        wide = dice.uniform(*row.wide)
        tall = (row.height[0] + (row.height[1] - row.height[0]) * dice.random() ** 1.7) * _rise(
            row, (x + wide / 2) / canvas.width
        )
        tall = min(tall, wide * 7)
        lift = row.sway * (math.sin(9 * x / canvas.width + base) + 0.5 * math.sin(23 * x / canvas.width + base))
        building(canvas, layer, (x, base - lift), (wide, tall + max(0.0, lift)), row)
        x += wide * dice.uniform(0.8, 1.0) + dice.random() * row.gap


def _rise(row: Row, place: float) -> float:
    total = 1.0
    for centre, reach, factor in row.peaks:
        far = abs(place - centre) / reach
        total += (factor - 1) * max(0.0, 1 - far * far) ** 1.5
    return total


def building(canvas: Canvas, layer: Layer, foot: tuple[float, float], size: tuple[float, float], row: Row) -> None:
    """One building with its foot's left corner at `foot`, `size` wide and tall."""
    dice, light = canvas.dice, canvas.light
    x, base = foot
    wide, tall = size
    albedo = vary(dice, dice.choice(WALLS[dice.choice(row.walls)]), row.jitter)
    side = _side(canvas, x + wide / 2)
    front, flank = light.on(albedo, 0.42), light.on(albedo, 1.0 if side > 0 else 0.05)
    turn = wide * dice.uniform(0.16, 0.34)
    roof = dice.choice(row.roofs)
    top = base - tall
    if roof == "steps" and tall > wide * 1.5:
        top = _setbacks(layer, (x, base), size, front, flank, side, dice)
    layer.rect(x, top, x + wide, base, front)
    edge = x + wide - turn if side > 0 else x
    layer.rect(edge, top, edge + turn, base, flank)
    _paint_roof(layer, canvas, (x, top, wide), roof, albedo)
    _windows(layer, light, dice, (x, top, x + wide, base), albedo, row, (edge, turn))


def _side(canvas: Canvas, x: float) -> int:
    return 1 if canvas.sun[0] > x else -1


def _setbacks(
    layer: Layer,
    foot: tuple[float, float],
    size: tuple[float, float],
    front: Colour,
    flank: Colour,
    side: int,
    dice: Random,
) -> float:
    (x, base), (wide, tall) = foot, size
    inset, top = wide * dice.uniform(0.1, 0.18), base - tall
    body = base - tall * dice.uniform(0.72, 0.86)
    for step in range(1, 3):
        rise = body - (body - top) * step / 2
        layer.rect(x + inset * step, rise, x + wide - inset * step, body, front)
        part = (wide - 2 * inset * step) * 0.28
        left = x + wide - inset * step - part if side > 0 else x + inset * step
        layer.rect(left, rise, left + part, body, flank)
    if dice.random() < 0.6:  # noqa: PLR2004 -- more often than not
        layer.line([(x + wide / 2, top), (x + wide / 2, top - tall * 0.14)], max(0.8, wide * 0.025), flank)
    return body


def _paint_roof(layer: Layer, canvas: Canvas, box: tuple[float, float, float], roof: str, albedo: Colour) -> None:
    (x, top, wide), light, dice = box, canvas.light, canvas.dice
    tile = light.on(vary(dice, ink("b4603f"), 0.14), 0.6)
    slate = light.on(vary(dice, ink("565c68"), 0.12), 0.5)
    if canvas.snowy:
        tile = slate = mix(light.on(ink("f4f7fc"), 0.9), ink("a9bade"), 0.25)
    if roof == "gable":
        layer.shape(
            [(x - wide * 0.03, top), (x + wide / 2, top - wide * dice.uniform(0.4, 0.62)), (x + wide * 1.03, top)], tile
        )
    elif roof == "hip":
        rise, cut = wide * dice.uniform(0.2, 0.34), wide * 0.22
        layer.shape([(x - 1, top), (x + cut, top - rise), (x + wide - cut, top - rise), (x + wide + 1, top)], tile)
        _chimney(layer, (x + wide * dice.uniform(0.25, 0.7), top - rise), wide, light.on(albedo, 0.2))
    elif roof == "mansard":
        rise = wide * 0.24
        layer.shape([(x, top), (x + wide * 0.1, top - rise), (x + wide * 0.9, top - rise), (x + wide, top)], slate)
        _chimney(layer, (x + wide * dice.uniform(0.2, 0.8), top - rise), wide, light.on(albedo, 0.3))
    elif roof == "spire":
        layer.shape([(x + wide * 0.2, top), (x + wide / 2, top - wide * 1.3), (x + wide * 0.8, top)], slate)
    elif roof == "slant":
        layer.shape([(x, top), (x + wide, top - wide * dice.uniform(0.3, 0.7)), (x + wide, top)], light.on(albedo, 0.5))
    elif roof == "mast":
        layer.rect(x + wide * 0.3, top - wide * 0.18, x + wide * 0.7, top, slate)
        layer.line(
            [(x + wide / 2, top), (x + wide / 2, top - wide * dice.uniform(0.6, 1.3))], max(0.7, wide * 0.03), slate
        )
    elif roof == "flat" and dice.random() < 0.6:  # noqa: PLR2004 -- more often than not
        left = x + wide * dice.uniform(0.1, 0.5)
        layer.rect(left, top - wide * dice.uniform(0.06, 0.16), left + wide * dice.uniform(0.15, 0.35), top, slate)


def _chimney(layer: Layer, spot: tuple[float, float], wide: float, colour: Colour) -> None:
    x, y = spot
    layer.rect(x, y - wide * 0.14, x + wide * 0.09, y + wide * 0.06, colour)


def _windows(
    layer: Layer,
    light: Light,
    dice: Random,
    box: tuple[float, float, float, float],
    albedo: Colour,
    row: Row,
    flank: tuple[float, float],
) -> None:
    left, top, right, base = box
    cell = row.cell * dice.uniform(0.85, 1.2)
    across = int((right - left) / cell)
    floors = int((base - top) / (cell * 1.25))
    if across < 2 or floors < 2:  # noqa: PLR2004 -- too small for windows
        return
    pane = mix(times(light.on(albedo, 0.25), 0.62), light.sky[1][1], 0.3)
    step = (right - left) / across
    share = light.windows * row.lit * dice.uniform(0.25, 1.35)
    ribbon = dice.random() < 0.3  # noqa: PLR2004 -- some have ribbons of glass
    hide = 1.0 if ribbon else dice.uniform(0.5, 0.62)
    for floor in range(floors):
        y = top + cell * (0.45 + floor * 1.25)
        busy = share * dice.choice((0.3, 0.8, 1.0, 1.0, 1.6))
        if ribbon:
            layer.rect(left + step * 0.2, y, right - step * 0.2, y + cell * 0.5, pane)
        for spot in range(across):
            x = left + step * (spot + (1 - hide) / 2)
            if dice.random() < busy:
                lamp = times(dice.choice(LAMPS), dice.uniform(0.65, 1.1))
                layer.rect(x, y, x + step * hide, y + cell * 0.62, lamp)
            elif not ribbon:
                dim = 0.86 if flank[0] <= x < flank[0] + flank[1] else 1.0
                layer.rect(x, y, x + step * hide, y + cell * 0.62, times(pane, dim))
