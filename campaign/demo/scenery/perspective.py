"""A street in one-point perspective. Lengths are metres; x to the right, height up, depth away from us."""

import math
from dataclasses import dataclass
from random import Random

from campaign.demo.scenery.buildings import LAMPS, WALLS
from campaign.demo.scenery.canvas import Canvas, Layer, Point
from campaign.demo.scenery.colour import Colour, ink, mix, times, vary


@dataclass(frozen=True)
class Eye:
    """Where we stand: the vanishing point in pixels, the focal length in pixels, our eyes' height in metres."""

    x: float
    y: float
    focal: float
    height: float = 1.7

    def see(self, x: float, height: float, depth: float) -> Point:
        """The pixel of a place in the street."""
        scale = self.focal / depth
        return self.x + x * scale, self.y + (self.height - height) * scale


@dataclass(frozen=True)
class Front:
    """One house of a street: from `near` to `far` metres away, on the side `x`, `tall` metres high."""

    x: float
    near: float
    far: float
    tall: float
    wall: Colour
    facing: float
    floor: float = 3.3


def air_share(depth: float, thick: float) -> float:
    """How much air hides what is `depth` metres away; `thick` is the distance at which two thirds are hidden."""
    return 1 - math.exp(-depth / thick)


def fronts(
    canvas: Canvas, eye: Eye, side: float, *, walls: tuple[str, ...], tall: tuple[float, float], reach: float = 230
) -> list[Front]:
    """The houses of one side, far to near. `side` is the walls' x in metres."""
    dice = canvas.dice
    depth, row = 2.2, []
    lit = (canvas.sun[0] < eye.x) == (side > 0)
    while depth < reach:
        length = dice.uniform(9, 17)
        wall = vary(dice, dice.choice(WALLS[dice.choice(walls)]), 0.12)
        row.append(
            Front(side, depth, depth + length, dice.uniform(*tall), wall, 0.75 if lit else 0.1, dice.uniform(3.0, 3.7))
        )
        depth += length
    return row[::-1]


def paint_front(canvas: Canvas, layer: Layer, eye: Eye, front: Front, thick: float) -> None:
    """Wall, cornice, windows and shop of one house, seen along the street."""
    light, dice = canvas.light, canvas.dice
    middle = (front.near + front.far) / 2
    hide = air_share(middle, thick)
    air = canvas.air_at(eye.x)
    wall = mix(light.on(front.wall, front.facing), air, hide)
    _quad(layer, eye, front, (front.near, front.far), (0, front.tall), wall)
    end = times(mix(light.on(front.wall, 0.3), air, hide), 0.92)
    corner = [eye.see(front.x, h, front.far) for h in (0, front.tall)]
    layer.line(corner, max(0.6, canvas.unit * 0.8), times(wall, 0.8))
    out = front.x - (0.45 if front.x > 0 else -0.45)
    low, high = front.tall - 0.5, front.tall
    layer.shape(
        [
            eye.see(out, high, front.near),
            eye.see(out, high, front.far),
            eye.see(front.x, low, front.far),
            eye.see(front.x, low, front.near),
        ],
        times(end, 0.85),
    )
    _panes(canvas, layer, eye, front, wall, hide)
    _shop(canvas, layer, eye, front, hide)
    if dice.random() < 0.5 and front.far < 70:  # noqa: PLR2004 -- near enough to see a ledge
        ledge = front.floor + 1.2
        _quad(layer, eye, front, (front.near, front.far), (ledge - 0.12, ledge + 0.1), times(wall, 0.75))


def _quad(
    layer: Layer, eye: Eye, front: Front, depths: tuple[float, float], heights: tuple[float, float], colour: Colour
) -> None:
    near, far = depths
    low, high = heights
    layer.shape(
        [
            eye.see(front.x, low, near),
            eye.see(front.x, high, near),
            eye.see(front.x, high, far),
            eye.see(front.x, low, far),
        ],
        colour,
    )


def _panes(canvas: Canvas, layer: Layer, eye: Eye, front: Front, wall: Colour, hide: float) -> None:
    light, dice = canvas.light, canvas.dice
    glass = mix(mix(times(wall, 0.5), light.sky[1][1], 0.35), canvas.air_at(eye.x), hide * 0.6)
    step = dice.uniform(1.9, 2.7)
    count = int((front.far - front.near - 0.8) / step)
    for floor in range(1, int((front.tall - 1.0) / front.floor)):
        low = floor * front.floor + 1.4
        for spot in range(count):
            near = front.near + 0.8 + spot * step
            colour = _lamp(dice, hide) if dice.random() < light.windows * 0.75 else glass
            _quad(layer, eye, front, (near - 0.1, near + step * 0.5 + 0.1), (low - 0.14, low + 1.95), times(wall, 1.12))
            _quad(layer, eye, front, (near, near + step * 0.5), (low, low + 1.85), colour)
            if front.near < 26:  # noqa: PLR2004 -- near enough for a window bar
                middle = near + step * 0.25
                layer.line(
                    [eye.see(front.x, low, middle), eye.see(front.x, low + 1.85, middle)],
                    max(0.6, eye.focal / middle * 0.05),
                    times(wall, 1.1),
                )


def _lamp(dice: Random, hide: float) -> Colour:
    return times(dice.choice(LAMPS), dice.uniform(0.65, 1.0) * (1 - hide * 0.3))


def _shop(canvas: Canvas, layer: Layer, eye: Eye, front: Front, hide: float) -> None:
    dice, light = canvas.dice, canvas.light
    step = dice.uniform(2.8, 4.2)
    awning = mix(
        light.on(dice.choice((ink("b03a3a"), ink("2f6b55"), ink("c78f2f"), ink("35507a"))), 0.5),
        canvas.air_at(eye.x),
        hide,
    )
    inner = (
        _lamp(dice, hide) if light.shops_lit else mix(times(light.on(front.wall, 0.1), 0.5), canvas.air_at(eye.x), hide)
    )
    near = front.near + 0.6
    while near + step * 0.8 < front.far:
        _quad(layer, eye, front, (near, near + step * 0.8), (0.3, 2.7), inner)
        _quad(layer, eye, front, (near, near + step * 0.8), (0.3, 0.75), times(inner, 0.55))
        _quad(layer, eye, front, (near, near + step * 0.8), (2.3, 2.7), times(inner, 0.8))
        for bar in (0.0, 0.27, 0.53, 0.8):
            _quad(layer, eye, front, (near + step * bar, near + step * bar + 0.09), (0.3, 2.7), times(inner, 0.4))
        for _ in range(3):
            low, goods = dice.uniform(0.75, 1.2), near + step * dice.uniform(0.05, 0.7)
            _quad(layer, eye, front, (goods, goods + 0.22), (0.7, low + 0.3), times(inner, dice.uniform(0.5, 0.75)))
        out = front.x - (1.1 if front.x > 0 else -1.1)
        far = near + step * 0.8
        if dice.random() < 0.55:  # noqa: PLR2004 -- about half have an awning
            layer.shape(
                [
                    eye.see(front.x, 3.3, near),
                    eye.see(front.x, 3.3, far),
                    eye.see(out, 2.6, far),
                    eye.see(out, 2.6, near),
                ],
                awning,
            )
        near += step


def sign(canvas: Canvas, layer: Layer, eye: Eye, x: float, depth: float, height: float) -> None:
    """A lit shop sign hung across the pavement, with strokes for letters."""
    dice = canvas.dice
    colour = dice.choice(
        (ink("ff4d6d"), ink("36d6e7"), ink("ffb12e"), ink("7dff8a"), ink("ff7ae0"), ink("fff0c2"), ink("ff5a36"))
    )
    wide, tall = dice.uniform(0.8, 1.3), dice.uniform(2.2, 4.5)
    inner = x - (wide if x > 0 else -wide)
    (a, top), (b, bottom) = eye.see(x, height + tall, depth), eye.see(inner, height, depth)
    left, right = min(a, b), max(a, b)
    solid = dice.random() < 0.4  # noqa: PLR2004 -- some boxes glow as a whole
    back = colour if solid else mix(ink("120c1a"), colour, 0.2)
    layer.rect(left, top, right, bottom, back)
    letter = ink("1a1020") if solid else colour
    count = max(2, int(tall / wide))
    for row in range(count):
        y = top + (bottom - top) * (row + 0.5) / count
        size = (right - left) * 0.3
        for _ in range(4):
            dx, dy = dice.uniform(-1, 1) * size, dice.uniform(-1, 1) * size
            end = (dx * 0.2, dy) if dice.random() < 0.5 else (dx, dy * 0.2)  # noqa: PLR2004 -- upright or level
            layer.line(
                [((left + right) / 2 + dx, y + dy), ((left + right) / 2 + end[0] - dx * 0.4, y + end[1] - dy * 0.4)],
                max(0.8, size * 0.2),
                letter,
            )
    layer.line([(left, top), (right, top), (right, bottom), (left, bottom), (left, top)], max(0.8, canvas.unit), colour)
