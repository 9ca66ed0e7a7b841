"""One front of windows, straight across the street: who is at home, and what they do."""

from random import Random

from PIL import Image, ImageChops

from campaign.demo.scene import Scene, Weather
from campaign.demo.scenery.buildings import LAMPS
from campaign.demo.scenery.canvas import Canvas, Layer
from campaign.demo.scenery.colour import Colour, ink, mix, times, vary
from campaign.demo.scenery.furniture import cat, potted_plant
from campaign.demo.scenery.noise import curve, fractal
from campaign.demo.scenery.skies import paint_sky
from campaign.demo.scenery.weather import precipitation

Box = tuple[float, float, float, float]
_WALL = {
    "brick": "8a5242",
    "plaster": "c9b48e",
    "concrete": "a9a59e",
    "tile": "7f9aa0",
    "pink": "d39a92",
    "dark": "4a4c58",
}


def draw(canvas: Canvas, scene: Scene) -> None:
    """The wall, floor by floor; a strip of sky when the view is wide."""
    kind = (scene.kinds_of("wall") or ("brick",))[0]
    paint_sky(canvas, scene, canvas.height * 0.5, 0.5)
    layer = Layer(canvas)
    top = canvas.height * (0.1 if scene.has("sky") else -0.05)
    wall = canvas.light.on(ink(_WALL[kind]), 0.45)
    if canvas.light.is_dark:
        wall = mix(wall, times(ink(_WALL[kind]), 0.62), 0.4)
    layer.rect(0, top, canvas.width, canvas.height, wall)
    if scene.has("sky"):
        layer.rect(0, top - canvas.unit * 10, canvas.width, top + canvas.unit * 8, times(wall, 0.7))
    columns = int((scene.kinds_of("columns") or ("5",))[0])
    cell = canvas.width / columns
    if kind == "brick":
        _bricks(canvas, layer, wall, top)
    _windows(canvas, scene, layer, (top, cell), wall)
    if scene.weather is Weather.SNOW:
        layer.crown(ink("f4f6fa"), canvas.unit * 5)
    canvas.put(layer)
    _stains(canvas)
    if canvas.light.is_dark:
        reach = (canvas.width * 0.7, canvas.height * 0.75)
        canvas.glow(
            (canvas.width * canvas.dice.uniform(0.1, 0.9), canvas.height * 1.05), reach, ink("ff9d4d"), 0.26, 1.4
        )
    if scene.has("escape"):
        _fire_escape(canvas, cell, top)
    precipitation(canvas, scene.weather, 1.0)


def _windows(canvas: Canvas, scene: Scene, layer: Layer, grid: tuple[float, float], wall: Colour) -> None:
    top, cell = grid
    columns, floors = round(canvas.width / cell), int((canvas.height - top) / (cell * 1.15)) + 1
    only = (floors // 2, columns // 2) if scene.has("one") else None
    for floor in range(floors):
        y = top + (floor + 0.12) * cell * 1.15
        for column in range(columns):
            lit = (floor, column) == only if only else canvas.dice.random() < canvas.light.windows * 1.05
            _cell(canvas, scene, layer, (column * cell, y, cell, cell * 1.15), wall, lit=lit)
        if scene.has("balconies"):
            _balcony(canvas, layer, y, cell, wall)


def _bricks(canvas: Canvas, layer: Layer, wall: Colour, top: float) -> None:
    high = canvas.unit * 8
    for course in range(int((canvas.height - top) / high) + 1):
        y = top + course * high
        layer.line([(0, y), (canvas.width, y)], max(0.6, canvas.unit * 0.8), times(wall, 0.84))
        for _ in range(int(canvas.width / canvas.unit / 60)):
            x = canvas.dice.random() * canvas.width
            layer.rect(x, y + 1, x + high * 2.2, y + high - 1, vary(canvas.dice, wall, 0.13))


def _stains(canvas: Canvas) -> None:
    soot = fractal(canvas.dice, (canvas.width // 4, canvas.height // 4), (3, 3), 5).resize(
        canvas.image.size, Image.Resampling.BICUBIC
    )
    dark = curve(soot, lambda v: 0.8 + 0.28 * v)
    canvas.image = ImageChops.multiply(canvas.image, Image.merge("RGB", (dark, dark, dark)))


def _cell(canvas: Canvas, scene: Scene, layer: Layer, box: Box, wall: Colour, *, lit: bool) -> None:
    dice, (x, y, wide, tall) = canvas.dice, box
    left, right = x + wide * 0.22, x + wide * 0.78
    top, base = y + tall * 0.14, y + tall * 0.76
    trim = mix(wall, canvas.light.on(ink("efe6d4"), 0.4), 0.55)
    layer.rect(left - wide * 0.045, top - wide * 0.05, right + wide * 0.045, base + wide * 0.045, trim)
    layer.rect(left - wide * 0.07, base + wide * 0.03, right + wide * 0.07, base + wide * 0.075, times(trim, 0.85))
    if lit:
        _room(layer, dice, (left, top, right, base))
    else:
        pane = mix(times(wall, 0.3), canvas.light.sky[1][1], dice.uniform(0.2, 0.5))
        layer.rect(left, top, right, base, pane)
        layer.shape(
            [(left, base), (left, top), (left + (right - left) * dice.uniform(0.3, 0.9), top)], times(pane, 1.22)
        )
        if dice.random() < 0.3:  # noqa: PLR2004 -- a blind half down
            layer.rect(left, top, right, top + (base - top) * dice.uniform(0.2, 0.8), times(trim, 0.6))
    if scene.has("shutters"):
        shade = canvas.light.on(ink("47695c"), 0.4)
        for edge in (left - wide * 0.19, right + wide * 0.05):
            layer.rect(edge, top - wide * 0.02, edge + wide * 0.14, base + wide * 0.02, shade)
            for slat in range(9):
                level = top + (base - top) * (slat + 0.5) / 9
                layer.line(
                    [(edge + wide * 0.02, level), (edge + wide * 0.12, level)],
                    max(0.7, wide * 0.008),
                    times(shade, 0.75),
                )
    middle, bar = (left + right) / 2, wide * 0.012
    layer.rect(middle - bar, top, middle + bar, base, trim)
    layer.rect(left, top + (base - top) * 0.34, right, top + (base - top) * 0.34 + bar * 2, trim)


def _room(layer: Layer, dice: Random, box: Box) -> None:
    left, top, right, base = box
    wide, tall = right - left, base - top
    tone = dice.choice((*LAMPS, ink("ff9a5a"), ink("f2b8c8"), ink("8fc4ff"), ink("ffd070")))
    back = times(tone, dice.uniform(0.72, 0.95))
    for band in range(12):
        level = top + tall * band / 12
        layer.rect(left, level, right, level + tall / 12 + 0.5, times(back, 1.05 - 0.035 * band))
    dark = times(back, 0.28)
    story = dice.choice(("plant", "cat", "person", "lamp", "shelf", "shelf", "curtain", "curtain", "lamp", "pictures"))
    if story == "plant":
        potted_plant(
            layer,
            dice,
            (left + wide * dice.uniform(0.25, 0.75), base),
            tall * 0.6,
            times(back, 0.5),
            times(mix(back, ink("3f6a3a"), 0.8), 0.7),
        )
    elif story == "cat":
        cat(layer, left + wide * dice.uniform(0.3, 0.7), base, tall * 0.4, times(dark, 0.6))
    elif story == "person":
        _someone(layer, left + wide * dice.uniform(0.3, 0.7), base, tall * dice.uniform(0.6, 0.72), dark)
    elif story == "lamp":
        _hanging_lamp(layer, (left + wide * dice.uniform(0.35, 0.65), top), tall, dark)
    elif story == "shelf":
        _shelves(layer, dice, box, back)
    elif story == "pictures":
        for spot in (0.18, 0.58):
            layer.rect(
                left + wide * spot, top + tall * 0.25, left + wide * (spot + 0.24), top + tall * 0.55, times(back, 0.5)
            )
            layer.rect(
                left + wide * (spot + 0.03),
                top + tall * 0.29,
                left + wide * (spot + 0.21),
                top + tall * 0.51,
                times(back, 0.85),
            )
    if story == "curtain" or dice.random() < 0.35:  # noqa: PLR2004 -- many have curtains
        _curtains(layer, dice, box, mix(back, ink("f6ead2"), 0.3))


def _someone(layer: Layer, x: float, base: float, size: float, dark: Colour) -> None:
    layer.oval(x, base - size * 0.78, size * 0.15, size * 0.19, dark)
    layer.rect(x - size * 0.06, base - size * 0.66, x + size * 0.06, base - size * 0.5, dark)
    layer.shape(
        [
            (x - size * 0.34, base),
            (x - size * 0.3, base - size * 0.42),
            (x - size * 0.12, base - size * 0.54),
            (x + size * 0.12, base - size * 0.54),
            (x + size * 0.3, base - size * 0.42),
            (x + size * 0.34, base),
        ],
        dark,
    )


def _hanging_lamp(layer: Layer, spot: tuple[float, float], tall: float, dark: Colour) -> None:
    x, y = spot
    layer.line([(x, y), (x, y + tall * 0.3)], max(0.7, tall * 0.012), dark)
    layer.shape(
        [
            (x - tall * 0.05, y + tall * 0.3),
            (x + tall * 0.05, y + tall * 0.3),
            (x + tall * 0.16, y + tall * 0.44),
            (x - tall * 0.16, y + tall * 0.44),
        ],
        dark,
    )
    layer.oval(x, y + tall * 0.45, tall * 0.08, tall * 0.035, ink("fffbe6"))


def _shelves(layer: Layer, dice: Random, box: Box, back: Colour) -> None:
    left, top, right, base = box
    for level in (0.3, 0.58, 0.86):
        y, x = top + (base - top) * level, left + (right - left) * 0.1
        while x < right - (right - left) * 0.16:
            thick, high = (right - left) * dice.uniform(0.025, 0.06), (base - top) * dice.uniform(0.12, 0.2)
            layer.rect(
                x,
                y - high,
                x + thick,
                y,
                vary(dice, times(mix(back, dice.choice((ink("8a3a30"), ink("2f5a6a"), ink("6a5a2f"))), 0.5), 0.6), 0.3),
            )
            x += thick * dice.choice((1.05, 1.1, 2.2))
        layer.rect(
            left + (right - left) * 0.06, y, right - (right - left) * 0.06, y + (base - top) * 0.02, times(back, 0.35)
        )


def _curtains(layer: Layer, dice: Random, box: Box, cloth: Colour) -> None:
    left, top, right, base = box
    wide = (right - left) * dice.uniform(0.16, 0.34)
    for side in (0, 1):
        for fold in range(6):
            x = left + wide * fold / 6 if side == 0 else right - wide * (fold + 1) / 6
            layer.rect(x, top, x + wide / 6 + 0.5, base, times(cloth, 0.78 if fold % 2 else 0.9))


def _balcony(canvas: Canvas, layer: Layer, y: float, cell: float, wall: Colour) -> None:
    base, rail = y + cell * 0.92, times(canvas.light.on(ink("24262c"), 0.2), 0.8)
    layer.rect(0, base, canvas.width, base + cell * 0.05, times(wall, 0.8))
    layer.rect(0, base + cell * 0.05, canvas.width, base + cell * 0.09, times(wall, 0.5))
    layer.rect(0, base - cell * 0.27, canvas.width, base - cell * 0.25, rail)
    x = 0.0
    while x < canvas.width:
        layer.line([(x, base - cell * 0.26), (x, base)], max(0.8, cell * 0.008), rail)
        x += cell * 0.05
    for _ in range(4):
        spot = (canvas.dice.random() * canvas.width, base)
        potted_plant(
            layer,
            canvas.dice,
            spot,
            cell * 0.34,
            canvas.light.on(ink("a8603f"), 0.4),
            canvas.light.on(ink("4d7a3f"), 0.5),
        )


def _fire_escape(canvas: Canvas, cell: float, top: float) -> None:
    layer, iron = Layer(canvas), times(canvas.light.on(ink("1d1f24"), 0.2), 0.8)
    left, right = canvas.width * 0.3, canvas.width * 0.3 + cell * 2.1
    thick = max(1.2, canvas.unit * 2)
    floors = int((canvas.height - top) / (cell * 1.15)) + 1
    for floor in range(floors):
        y = top + (floor + 0.97) * cell * 1.15
        layer.rect(left, y, right, y + thick * 2, iron)
        layer.rect(left, y - cell * 0.3, right, y - cell * 0.3 + thick, iron)
        for bar in range(22):
            x = left + (right - left) * bar / 21
            layer.line([(x, y - cell * 0.3), (x, y)], thick * 0.5, iron)
        foot, head = (left + cell * 0.3, y), (right - cell * 0.5, y - cell * 1.15)
        start, end = (foot, head) if floor % 2 else ((right - cell * 0.3, y), (left + cell * 0.5, y - cell * 1.15))
        for shift in (0.0, cell * 0.14):
            layer.line([(start[0] + shift, start[1]), (end[0] + shift, end[1])], thick, iron)
        for step in range(12):
            s = step / 12
            x, level = start[0] + (end[0] - start[0]) * s, start[1] + (end[1] - start[1]) * s
            layer.line([(x, level), (x + cell * 0.14, level)], thick * 0.8, iron)
    canvas.put(layer)
