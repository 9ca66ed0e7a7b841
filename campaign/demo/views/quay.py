"""Tall coloured houses along a canal."""

from campaign.demo.scene import Scene, Weather
from campaign.demo.scenery.buildings import LAMPS
from campaign.demo.scenery.canvas import Canvas, Layer
from campaign.demo.scenery.colour import Colour, ink, mix, times, vary
from campaign.demo.scenery.furniture import bicycle, lamp, shine
from campaign.demo.scenery.landmarks import LANDMARKS
from campaign.demo.scenery.skies import birds, paint_sky
from campaign.demo.scenery.terrain import tree
from campaign.demo.scenery.waters import reflect
from campaign.demo.scenery.weather import mist, precipitation

_PAINT = {
    "bright": ("c8553d", "e0a43a", "3f7f93", "e3d4b8", "8fae7a", "d98a78", "5a7fa8", "efe3c8", "b8475a"),
    "brick": ("7a4638", "8f5543", "5d3c36", "a0684f", "4a3a3a", "b08968", "6c4a40"),
    "pastel": ("e8c7c0", "cfdcd8", "f0e2c0", "c7d4e4", "e6d3e0", "d6e2c4", "f2d8b8"),
}


def draw(canvas: Canvas, scene: Scene) -> None:
    """Sky, the row of houses, boats at the wall, their mirror image."""
    line = canvas.height * canvas.dice.uniform(0.64, 0.72)
    paint_sky(canvas, scene, line, canvas.dice.choice((0.15, 0.85)))
    back = Layer(canvas, 0, line)
    for name in scene.details:
        if name in LANDMARKS:
            LANDMARKS[name](canvas, back, canvas.width * canvas.dice.uniform(0.3, 0.7), line, canvas.height * 0.6)
    canvas.put(back, 0.3, 0.6)
    houses = Layer(canvas, 0, line)
    paints = _PAINT[(scene.kinds_of("paint") or ("bright",))[0]]
    size = canvas.height * (0.36 if canvas.width > canvas.height else 0.3)
    x, last = -size * 0.1, ""
    while x < canvas.width:
        code = canvas.dice.choice([paint for paint in paints if paint != last])
        wide = size * canvas.dice.uniform(0.34, 0.52)
        _house(canvas, houses, (x, line - canvas.unit * 14), (wide, size * canvas.dice.uniform(0.9, 1.25)), ink(code))
        x, last = x + wide, code
    if scene.weather is Weather.SNOW:
        houses.crown(canvas.light.on(ink("f4f7fb"), 0.6), canvas.unit * 4)
    canvas.put(houses, 0.05, 0.14)
    _wall_and_boats(canvas, scene, line, size)
    reflect(canvas, line, chop=0.45, clarity=0.82)
    _near(canvas, scene, line)


def _house(canvas: Canvas, layer: Layer, foot: tuple[float, float], size: tuple[float, float], paint: Colour) -> None:
    dice, light, (x, base), (wide, tall) = canvas.dice, canvas.light, foot, size
    wall = light.on(vary(dice, paint, 0.06), 0.6)
    trim = light.on(ink("f2ebdd"), 0.6)
    top = base - tall
    _gable(canvas, layer, (x, top, wide), wall, trim)
    layer.rect(x, top, x + wide, base, wall)
    layer.rect(x + wide - wide * 0.03, top, x + wide, base, times(wall, 0.78))
    layer.rect(x, top - canvas.unit * 1.5, x + wide, top + canvas.unit * 2.5, trim)
    columns, floors = dice.choice((2, 3, 3)), max(3, round(tall / (wide * 0.5)))
    for floor in range(floors):
        y = top + tall * (0.05 + 0.95 * floor / floors)
        high = tall * 0.95 / floors * 0.62
        for column in range(columns):
            left = x + wide * (0.1 + 0.8 * (column + 0.14) / columns)
            _window(
                canvas,
                layer,
                (left, y, wide * 0.58 / columns, high),
                wall,
                trim,
                door=floor == floors - 1 and column == 0,
            )


def _window(
    canvas: Canvas, layer: Layer, box: tuple[float, float, float, float], wall: Colour, trim: Colour, *, door: bool
) -> None:
    dice, light, (x, y, wide, high) = canvas.dice, canvas.light, box
    if door:
        layer.rect(
            x,
            y - high * 0.1,
            x + wide,
            y + high * 1.62,
            light.on(dice.choice((ink("2f5a4a"), ink("3a3030"), ink("7a2f2f"))), 0.4),
        )
        layer.rect(
            x + wide * 0.15,
            y,
            x + wide * 0.85,
            y + high * 0.3,
            dice.choice(LAMPS) if light.is_dark else times(wall, 0.4),
        )
        return
    edge = wide * 0.1
    layer.rect(x - edge, y - edge, x + wide + edge, y + high + edge, trim)
    lit = dice.random() < light.windows * 1.1
    pane = (
        times(dice.choice(LAMPS), dice.uniform(0.75, 1))
        if lit
        else mix(light.on(ink("33414d"), 0.2), light.sky[1][1], dice.uniform(0.15, 0.45))
    )
    layer.rect(x, y, x + wide, y + high, pane)
    if lit and dice.random() < 0.5:  # noqa: PLR2004 -- half have curtains
        layer.rect(x, y, x + wide * 0.24, y + high, times(pane, 0.7))
        layer.rect(x + wide * 0.76, y, x + wide, y + high, times(pane, 0.7))
    layer.rect(x + wide * 0.47, y, x + wide * 0.53, y + high, trim)
    layer.rect(x, y + high * 0.34, x + wide, y + high * 0.39, trim)
    if dice.random() < 0.18:  # noqa: PLR2004 -- some have flowers
        for _ in range(9):
            spot = (x + wide * dice.random(), y + high + edge - wide * dice.uniform(0, 0.2))
            layer.oval(
                *spot,
                wide * 0.09,
                wide * 0.09,
                light.on(dice.choice((ink("d8405a"), ink("5d8a48"), ink("6f9a52"), ink("e88aa0"))), 0.6),
            )


def _gable(canvas: Canvas, layer: Layer, box: tuple[float, float, float], wall: Colour, trim: Colour) -> None:
    dice, (x, top, wide) = canvas.dice, box
    tile = canvas.light.on(vary(dice, ink("9c5238"), 0.15), 0.5)
    kind = dice.choice(("steps", "bell", "roof", "roof", "point"))
    middle, rise = x + wide / 2, wide * dice.uniform(0.45, 0.65)
    if kind == "steps":
        for step in range(5):
            half = wide * (0.5 - step * 0.1)
            layer.rect(middle - half, top - rise * (step + 1) / 5, middle + half, top + 1, wall)
            layer.rect(
                middle - half,
                top - rise * (step + 1) / 5 - canvas.unit,
                middle + half,
                top - rise * (step + 1) / 5 + canvas.unit,
                trim,
            )
    elif kind == "bell":
        curve = [(0.5, 0), (0.42, -0.2), (0.28, -0.45), (0.22, -0.8), (0.12, -1.0)]
        points = [(middle - dx * wide, top + dy * rise) for dx, dy in curve] + [
            (middle + dx * wide, top + dy * rise) for dx, dy in reversed(curve)
        ]
        layer.shape(points, wall)
        layer.line(points, canvas.unit * 2.2, trim)
    elif kind == "point":
        layer.shape([(x, top), (middle, top - rise), (x + wide, top)], wall)
        layer.line([(x, top), (middle, top - rise), (x + wide, top)], canvas.unit * 3, trim)
    else:
        layer.shape(
            [(x, top), (x + wide * 0.08, top - rise * 0.7), (x + wide * 0.92, top - rise * 0.7), (x + wide, top)], tile
        )
        layer.rect(middle - wide * 0.1, top - rise * 0.5, middle + wide * 0.1, top - rise * 0.1, trim)
        layer.rect(
            middle - wide * 0.07,
            top - rise * 0.45,
            middle + wide * 0.07,
            top - rise * 0.12,
            dice.choice(LAMPS) if dice.random() < canvas.light.windows else times(tile, 0.4),
        )
        layer.rect(x + wide * 0.2, top - rise * 0.95, x + wide * 0.3, top - rise * 0.6, times(tile, 0.7))
        return
    layer.oval(middle, top - rise * 0.4, wide * 0.07, wide * 0.07, trim)
    layer.oval(middle, top - rise * 0.4, wide * 0.05, wide * 0.05, times(wall, 0.4))


def _wall_and_boats(canvas: Canvas, scene: Scene, line: float, size: float) -> None:
    dice, light, unit = canvas.dice, canvas.light, canvas.unit
    layer, lights = Layer(canvas, line - size), []
    stone = light.on(ink("e8ebf0") if scene.weather is Weather.SNOW else ink("8f8478"), 0.4)
    layer.rect(0, line - unit * 15, canvas.width, line - unit * 9, stone)
    layer.rect(0, line - unit * 9, canvas.width, line, times(light.on(ink("6e645c"), 0.3), 0.8))
    for spot in range(6):
        x = canvas.width * (spot + dice.uniform(0.2, 0.8)) / 6
        if spot % 2 == 0:
            tree(
                layer,
                dice,
                (x, line - unit * 12),
                size * 0.42,
                light.on(ink("6f7a3c"), 0.45),
                bare=scene.weather is Weather.SNOW,
            )
        lights.append(
            (
                lamp(
                    canvas,
                    layer,
                    (x + unit * 60, line - unit * 12),
                    size * 0.24,
                    times(light.on(ink("2a2c30"), 0.2), 0.8),
                ),
                size * 0.34,
            )
        )
        bicycle(
            layer,
            x - unit * 40,
            line - unit * 12,
            unit * 38,
            light.on(dice.choice((ink("20242a"), ink("7a3030"), ink("2f5a6a"))), 0.3),
        )
    for spot in range(3):
        x = canvas.width * (spot + dice.uniform(0.1, 0.7)) / 3
        _barge(
            layer,
            (x, line + unit * 3),
            size * dice.uniform(0.35, 0.55),
            light.on(dice.choice((ink("2c4a5a"), ink("8a3a30"), ink("3c5a40"), ink("e6dcc8"))), 0.4),
        )
    canvas.put(layer, 0.04)
    if light.is_dark:
        shine(canvas, lights)


def _barge(layer: Layer, spot: tuple[float, float], size: float, hull: Colour) -> None:
    x, y = spot
    layer.shape([(x, y - size * 0.1), (x + size, y - size * 0.12), (x + size * 0.92, y), (x + size * 0.06, y)], hull)
    layer.line([(x, y - size * 0.1), (x + size, y - size * 0.12)], size * 0.018, mix(hull, ink("ffffff"), 0.6))
    layer.rect(x + size * 0.2, y - size * 0.19, x + size * 0.66, y - size * 0.1, mix(hull, ink("e8d8b8"), 0.7))
    for pane in range(4):
        layer.oval(x + size * (0.27 + pane * 0.1), y - size * 0.145, size * 0.02, size * 0.02, ink("ffdc98"))


def _near(canvas: Canvas, scene: Scene, line: float) -> None:
    if scene.has("birds"):
        birds(canvas, 9, (canvas.width * 0.5, line * 0.2), canvas.unit * 90)
    if scene.weather is Weather.MIST:
        mist(canvas, line, canvas.height * 0.2, 0.75)
    precipitation(canvas, scene.weather, 0.8)
