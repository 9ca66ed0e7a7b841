"""Land: hills and mountains, trees, palms, reeds and branches near the lens."""

import math
from itertools import pairwise
from random import Random

from PIL import Image, ImageChops

from campaign.demo.scenery.canvas import FINE, Canvas, Layer, Point
from campaign.demo.scenery.colour import Colour, mix, times, vary
from campaign.demo.scenery.noise import along, between, curve, fractal, ridge


def hills(canvas: Canvas, layer: Layer, base: float, rise: float, colour: Colour, rough: float = 0.45) -> list[float]:
    """A line of hills `rise` pixels high, filled down to the layer's end; answers its y for each 1/200 of the width."""
    line = ridge(canvas.dice, 200, rough)
    ys = [base - rise * along(line, place / 200) for place in range(201)]
    points: list[Point] = [(canvas.width * place / 200, y) for place, y in enumerate(ys)]
    floor = layer.top + layer.image.height / FINE + 4
    layer.shape([(-4, floor), (-4, ys[0]), *points, (canvas.width + 4, ys[-1]), (canvas.width + 4, floor)], colour)
    return ys


def mountains(
    canvas: Canvas, base: float, rise: float, rock: Colour, snow: Colour, *, snowline: float, haze: float
) -> None:
    """A range with light on one flank of each ridge and snow above `snowline` (0..1 of its height)."""
    layer = Layer(canvas, base - rise * 1.05, base)
    _peaks(canvas, layer, base, rise, rock)
    shape = layer.image.reduce(FINE).getchannel("A")
    size = shape.size
    relief = fractal(canvas.dice, size, (9 * size[0] / canvas.height, 5), 6)
    relief = relief.transform(
        size, Image.Transform.AFFINE, (1, 0.5, -0.25 * size[1], 0, 1, 0), Image.Resampling.BILINEAR, fillcolor=128
    )
    step = 3 if canvas.sun[0] > canvas.width / 2 else -3
    lit = curve(ImageChops.subtract(relief, ImageChops.offset(relief, step, 2), 0.22, 118), between(0.15, 0.85))
    height = Image.linear_gradient("L").resize(size)
    cover = curve(ImageChops.add(ImageChops.invert(height), relief, 2.0), between(snowline - 0.06, snowline + 0.05))
    face = Image.composite(Image.new("RGB", size, snow), Image.new("RGB", size, rock), cover)
    shade = Image.composite(Image.new("RGB", size, times(snow, 0.62)), Image.new("RGB", size, times(rock, 0.55)), cover)
    face = Image.composite(face, shade, lit)
    air = canvas.air(size)
    thick = curve(height, lambda v: haze + (0.9 - haze) * v**2.2)
    canvas.cover(Image.composite(air, face, thick), shape, (0, layer.top))


def _peaks(canvas: Canvas, layer: Layer, base: float, rise: float, rock: Colour) -> None:
    dice, rugged = canvas.dice, ridge(canvas.dice, 400, 0.62)
    tops = [(dice.uniform(-0.05, 1.05), dice.uniform(0.45, 0.9), dice.uniform(0.5, 0.9)) for _ in range(5)]
    tops.append((dice.uniform(0.25, 0.75), 1.0, dice.uniform(0.6, 0.9)))
    points: list[Point] = [(-4.0, base + 4)]
    for step in range(401):
        x = canvas.width * step / 400
        slopes = [high - abs(x - place * canvas.width) / rise * steep * 0.9 for place, high, steep in tops]
        height = max(0.16, *slopes) + (along(rugged, step / 400) - 0.5) * 0.2
        points.append((x, base - rise * min(1.0, height * 0.92)))
    layer.shape([*points, (canvas.width + 4.0, base + 4)], rock)


def tree(layer: Layer, dice: Random, spot: Point, size: float, leaf: Colour, *, bare: bool = False) -> None:
    """A broad tree `size` pixels high; `bare` in winter."""
    wood = times(leaf, 0.5) if bare else mix(times(leaf, 0.4), (52, 42, 36), 0.6)
    tips: list[Point] = []
    _branch(
        layer,
        dice,
        spot,
        (-math.pi / 2 + dice.uniform(-0.08, 0.08), size * 0.29, size * 0.045),
        7 if bare else 5,
        (wood, tips),
    )
    if bare:
        return
    middle = spot[1] - size * 0.62
    for x, y in tips:
        for _ in range(20):
            px, py = x + dice.gauss(0, size * 0.055), y + dice.gauss(0, size * 0.042)
            tone = times(vary(dice, leaf, 0.14), min(1.2, max(0.55, 0.86 - (py - middle) / size * 0.8)))
            layer.oval(px, py, size * dice.uniform(0.006, 0.015), size * dice.uniform(0.005, 0.011), tone)


def _branch(
    layer: Layer,
    dice: Random,
    spot: Point,
    grow: tuple[float, float, float],
    depth: int,
    wood: tuple[Colour, list[Point]],
) -> None:
    angle, length, thick = grow
    end = (spot[0] + math.cos(angle) * length, spot[1] + math.sin(angle) * length)
    if thick < 3:  # noqa: PLR2004 -- a twig has no taper to see
        layer.line([spot, end], max(0.5, thick), wood[0])
    else:
        dx, dy = math.sin(angle) * thick / 2, -math.cos(angle) * thick / 2
        head = 0.66
        layer.shape(
            [
                (spot[0] + dx, spot[1] + dy),
                (end[0] + dx * head, end[1] + dy * head),
                (end[0] - dx * head, end[1] - dy * head),
                (spot[0] - dx, spot[1] - dy),
            ],
            wood[0],
        )
        layer.oval(*end, thick * head / 2, thick * head / 2, wood[0])
    if depth < 3:  # noqa: PLR2004 -- leaves grow on the outer twigs
        wood[1].append(end)
    if depth == 0:
        return
    for turn in (-1, 1) if depth % 3 else (-1, 0.1, 1):
        further = (angle + turn * dice.uniform(0.22, 0.6), length * dice.uniform(0.68, 0.86), thick * 0.66)
        _branch(layer, dice, end, further, depth - 1, wood)


def conifer(layer: Layer, dice: Random, spot: Point, size: float, leaf: Colour) -> None:
    """A spruce, ragged at the edges."""
    x, y = spot
    layer.rect(x - size * 0.02, y - size * 0.1, x + size * 0.02, y, times(leaf, 0.5))
    for tier in range(9):
        low, wide = y - size * (0.06 + tier * 0.1), size * 0.24 * (1 - tier / 9.6)
        tone = times(leaf, 0.8 + 0.05 * tier)
        left, right = wide * dice.uniform(0.8, 1.1), wide * dice.uniform(0.8, 1.1)
        layer.shape(
            [
                (x - left, low + size * 0.02),
                (x, low - size * 0.17),
                (x + right, low + size * 0.02),
                (x, low - size * 0.03),
            ],
            tone,
        )


def grove(canvas: Canvas, layer: Layer, base: float, size: tuple[float, float], leaf: Colour) -> None:
    """A band of treetops right across, between `size` low and high in pixels."""
    x = -size[1]
    while x < canvas.width + size[1]:
        tall = canvas.dice.uniform(*size)
        layer.rect(x - tall * 0.4, base - tall * 0.5, x + tall * 0.4, base, times(leaf, 0.7))
        for _ in range(14):
            cx, cy = x + canvas.dice.gauss(0, tall * 0.26), base - tall * canvas.dice.uniform(0.3, 0.95)
            tone = times(vary(canvas.dice, leaf, 0.1), 0.65 + 0.5 * (base - cy) / tall)
            layer.oval(cx, cy, tall * canvas.dice.uniform(0.08, 0.2), tall * canvas.dice.uniform(0.07, 0.14), tone)
        x += tall * canvas.dice.uniform(0.3, 0.6)


def palm(layer: Layer, dice: Random, spot: Point, size: float, colour: Colour) -> None:
    """A coconut palm leaning a little."""
    x, y = spot
    lean = dice.uniform(-0.16, 0.16) * size
    trunk = [(x + lean * (s / 10) ** 2, y - size * 0.8 * s / 10) for s in range(11)]
    for step, (one, two) in enumerate(pairwise(trunk)):
        layer.line([one, two], size * (0.045 - 0.002 * step), times(colour, 0.85))
    head = trunk[-1]
    for frond in range(13):
        angle = -math.pi * (frond + dice.uniform(-0.3, 0.3)) / 12
        _frond(layer, head, angle, size * dice.uniform(0.28, 0.4), colour)


def _frond(layer: Layer, head: Point, angle: float, length: float, colour: Colour) -> None:
    spine = []
    for step in range(15):
        s = step / 14
        x = head[0] + math.cos(angle) * length * s
        y = head[1] + math.sin(angle) * length * s * 0.8 + length * 0.55 * s * s
        spine.append((x, y))
    layer.line(spine, max(0.7, length * 0.02), colour)
    for step, (x, y) in enumerate(spine[2:], 2):
        leaf = length * 0.3 * math.sin(math.pi * step / 15) ** 0.6
        for side in (-1, 1):
            layer.line(
                [(x, y), (x + side * leaf * 0.35 + math.cos(angle) * leaf * 0.5, y + leaf * 0.85)],
                max(0.7, length * 0.016),
                colour,
            )


def grasses(canvas: Canvas, layer: Layer, base: float, size: float, colour: Colour, count: int) -> None:
    """Stalks and reeds along the foot of the picture."""
    for _ in range(count):
        x, tall = canvas.dice.uniform(0, canvas.width), size * canvas.dice.uniform(0.4, 1)
        bend = canvas.dice.uniform(-0.3, 0.5) * tall
        stalk = [(x + bend * (s / 6) ** 2, base - tall * s / 6) for s in range(7)]
        layer.line(stalk, canvas.unit * 1.4, vary(canvas.dice, colour, 0.2))
        layer.oval(stalk[-1][0], stalk[-1][1], canvas.unit * 2.2, canvas.unit * 6, colour)
