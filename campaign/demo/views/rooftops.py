"""Over the roofs, from a top window: rows of tiled roofs that grow towards us."""

from random import Random

from campaign.demo.scene import Scene, Weather
from campaign.demo.scenery.buildings import LAMPS, Row, paint_row
from campaign.demo.scenery.canvas import Canvas, Layer
from campaign.demo.scenery.colour import Colour, ink, mix, times, vary
from campaign.demo.scenery.furniture import cat
from campaign.demo.scenery.landmarks import LANDMARKS
from campaign.demo.scenery.skies import birds, paint_sky
from campaign.demo.scenery.terrain import hills
from campaign.demo.scenery.weather import mist, precipitation

_TILES = {
    "slate": (ink("5f6672"), ink("707782"), ink("525a66")),
    "clay": (ink("b5613f"), ink("c27450"), ink("a4553a"), ink("9c6148")),
}


def draw(canvas: Canvas, scene: Scene) -> None:
    """Sky, hills, the far town with its towers, then roof after roof."""
    line = canvas.height * canvas.dice.uniform(0.4, 0.5)
    paint_sky(canvas, scene, line, 0.5 if scene.has("sun-middle") else canvas.dice.choice((0.18, 0.8)))
    layer = Layer(canvas, line * 0.6, line + 2)
    hills(canvas, layer, line, line * 0.2, canvas.light.on(ink("69776a"), 0.4))
    canvas.put(layer, 0.7, 0.9)
    _far_town(canvas, scene, line)
    ground = mix(canvas.light.on(ink("8d8176"), 0.1), canvas.air_at(canvas.width / 2), 0.35)
    canvas.image.paste(ground, (0, int(line + canvas.unit * 20), canvas.width, canvas.height))
    rows = 7
    for step in range(rows):
        near = (step + 1) / rows
        base = line + (canvas.height - line) * (0.04 + 1.18 * near**1.5)
        _row(canvas, scene, base, canvas.unit * (26 + 215 * near**1.7), near)
        if scene.weather is Weather.MIST and step < rows - 2:
            mist(canvas, base - canvas.unit * 14, canvas.unit * 70, 0.55)
    _last(canvas, scene, line)


def _far_town(canvas: Canvas, scene: Scene, line: float) -> None:
    unit = canvas.unit
    layer = Layer(canvas, 0, line + unit * 20)
    names = [name for name in scene.details if name in LANDMARKS]
    for place, name in enumerate(names):
        x = canvas.width * ((place + 0.5) / len(names) * 0.7 + 0.15 + canvas.dice.uniform(-0.08, 0.08))
        LANDMARKS[name](canvas, layer, x, line + unit * 14, canvas.height * (0.34 if name == "tv-tower" else 0.23))
    canvas.put(layer, 0.4, 0.75)
    layer = Layer(canvas, line - unit * 60, line + unit * 20)
    row = Row(
        (unit * 18, unit * 42),
        (unit * 14, unit * 34),
        ("sand", "white", "brick"),
        ("hip", "gable", "mansard"),
        unit * 4.0,
    )
    paint_row(canvas, layer, line + unit * 20, row)
    if scene.weather is Weather.SNOW:
        layer.crown(canvas.light.on(ink("f4f6fa"), 0.6), unit * 2)
    canvas.put(layer, 0.5, 0.7)


def _row(canvas: Canvas, scene: Scene, base: float, size: float, near: float) -> None:
    dice = canvas.dice
    layer = Layer(canvas, base - size * 1.35, base + size)
    x = -size * dice.random()
    while x < canvas.width:
        wide = size * dice.uniform(0.8, 1.7)
        lift = base - size * dice.uniform(0, 0.2)
        (_gable if dice.random() < 0.35 else _eaves)(canvas, scene, layer, (x, lift), (wide, size))  # noqa: PLR2004 -- one in three
        x += wide * 0.98
    haze = 0.52 * (1 - near) ** 1.4
    canvas.put(layer, haze, haze * 0.8)


def _roof_tone(canvas: Canvas, scene: Scene, facing: float) -> Colour:
    if scene.weather is Weather.SNOW:
        return (
            canvas.light.on(vary(canvas.dice, ink("f4f7fc"), 0.03), 0.55 + facing)
            if not canvas.light.is_dark
            else mix(canvas.light.on(ink("f4f7fc"), 0.6 + facing), ink("8fa4cc"), 0.32)
        )
    tiles = _TILES["slate" if scene.has("slate") else "clay"]
    return canvas.light.on(vary(canvas.dice, canvas.dice.choice(tiles), 0.1), facing)


def _eaves(canvas: Canvas, scene: Scene, layer: Layer, spot: tuple[float, float], size: tuple[float, float]) -> None:
    """A house whose roof slopes towards us."""
    dice, (x, base), (wide, tall) = canvas.dice, spot, size
    facing = dice.choice((0.15, 0.35, 0.75))
    tone = _roof_tone(canvas, scene, facing)
    top, eave = base - tall * dice.uniform(0.8, 0.95), base - tall * 0.28
    inset = wide * 0.06
    _chimneys(canvas, scene, layer, (x + wide * dice.uniform(0.12, 0.8), top), tall)
    layer.shape([(x + inset, top), (x + wide - inset, top), (x + wide, eave), (x, eave)], tone)
    courses = int(min(26, tall / canvas.unit / 7))
    for course in range(1, courses):
        share = course / courses
        edge = inset * (1 - share)
        y = top + (eave - top) * share
        layer.line(
            [(x + edge, y), (x + wide - edge, y)], max(0.6, tall * 0.006), times(tone, 0.86 if course % 2 else 0.93)
        )
    layer.line([(x + inset, top), (x + wide - inset, top)], max(0.8, tall * 0.02), times(tone, 1.18))
    if tall > canvas.unit * 60:
        _dormers(canvas, scene, layer, (x, top, wide, eave), tone)
    wall = canvas.light.on(
        vary(dice, dice.choice((ink("e3d3b4"), ink("d9c0a0"), ink("ece4d4"), ink("cfa27e"))), 0.08), 0.3
    )
    _wall(canvas, layer, (x, eave, x + wide, base + tall * 0.6), wall, tall)
    layer.rect(x - 1, eave, x + wide + 1, eave + tall * 0.025, times(tone, 0.55))


def _gable(canvas: Canvas, scene: Scene, layer: Layer, spot: tuple[float, float], size: tuple[float, float]) -> None:
    """A house whose gable looks at us."""
    dice, (x, base), (wide, tall) = canvas.dice, spot, size
    wide *= 0.75
    top, eave, middle = base - tall, base - tall * 0.4, x + wide / 2
    wall = canvas.light.on(vary(dice, dice.choice((ink("e6d6b8"), ink("d8b894"), ink("ece4d4"))), 0.08), 0.35)
    right = canvas.sun[0] > canvas.width / 2
    layer.shape([(x, eave), (middle, top), (x + wide, eave), (x + wide, base + tall), (x, base + tall)], wall)
    _wall(canvas, layer, (x, eave, x + wide, base + tall * 0.6), wall, tall)
    pane = dice.choice(LAMPS) if dice.random() < canvas.light.windows else times(wall, 0.45)
    layer.oval(middle, eave - tall * 0.2, tall * 0.05, tall * 0.05, pane)
    thick = tall * 0.07
    for side, facing in ((-1, 0.1 if right else 0.8), (1, 0.8 if right else 0.1)):
        tone = _roof_tone(canvas, scene, facing)
        foot = middle + side * wide * 0.56
        layer.shape(
            [(middle, top - thick), (middle, top), (foot, eave + thick * 0.8), (foot, eave - thick * 0.3)], tone
        )


def _wall(canvas: Canvas, layer: Layer, box: tuple[float, float, float, float], wall: Colour, tall: float) -> None:
    dice, (left, top, right, bottom) = canvas.dice, box
    layer.rect(left, top, right, bottom, wall)
    layer.rect(left, top, right, top + tall * 0.07, times(wall, 0.72))
    step = tall * 0.24
    count = max(1, int((right - left) / step))
    for floor in range(3):
        y = top + tall * (0.13 + floor * 0.34)
        for spot in range(count):
            x = left + (right - left) * (spot + 0.5) / count
            pane = (
                times(dice.choice(LAMPS), dice.uniform(0.7, 1))
                if dice.random() < canvas.light.windows
                else mix(times(wall, 0.42), canvas.light.sky[1][1], 0.25)
            )
            layer.rect(x - tall * 0.058, y - tall * 0.012, x + tall * 0.058, y + tall * 0.172, times(wall, 1.12))
            layer.rect(x - tall * 0.045, y, x + tall * 0.045, y + tall * 0.16, pane)
            layer.rect(x - tall * 0.004, y, x + tall * 0.004, y + tall * 0.16, times(wall, 0.9))


def _dormers(canvas: Canvas, scene: Scene, layer: Layer, box: tuple[float, float, float, float], tone: Colour) -> None:
    x, top, wide, eave = box
    dice, high = canvas.dice, eave - top
    for _ in range(dice.choice((0, 1, 1, 2))):
        left, wing = x + wide * dice.uniform(0.12, 0.72), high * 0.32
        foot = top + high * 0.72
        layer.rect(left, foot - wing, left + wing, foot, times(canvas.light.on(ink("d8cbb4"), 0.3), 1.0))
        pane = (
            dice.choice(LAMPS)
            if dice.random() < canvas.light.windows * 1.2
            else mix(times(tone, 0.4), canvas.light.sky[1][1], 0.4)
        )
        layer.rect(left + wing * 0.18, foot - wing * 0.82, left + wing * 0.82, foot - wing * 0.1, pane)
        layer.rect(left + wing * 0.48, foot - wing * 0.82, left + wing * 0.52, foot - wing * 0.1, times(tone, 0.8))
        cap = times(_roof_tone(canvas, scene, 0.5), 0.95)
        layer.shape(
            [
                (left - wing * 0.15, foot - wing * 0.95),
                (left + wing / 2, foot - wing * 1.5),
                (left + wing * 1.15, foot - wing * 0.95),
            ],
            cap,
        )


def _chimneys(canvas: Canvas, scene: Scene, layer: Layer, spot: tuple[float, float], tall: float) -> None:
    dice, (x, y) = canvas.dice, spot
    brick = canvas.light.on(vary(dice, ink("9a6450"), 0.1), 0.4)
    wide = tall * dice.uniform(0.1, 0.17)
    layer.rect(x, y - tall * 0.2, x + wide, y + tall * 0.1, brick)
    layer.rect(x + wide * 0.66, y - tall * 0.2, x + wide, y + tall * 0.1, times(brick, 0.7))
    layer.rect(x - wide * 0.1, y - tall * 0.22, x + wide * 1.1, y - tall * 0.19, times(brick, 1.15))
    for pot in range(2):
        left = x + wide * (0.15 + 0.42 * pot)
        layer.rect(left, y - tall * 0.29, left + wide * 0.25, y - tall * 0.22, times(brick, 0.85))
    if dice.random() < 0.3:  # noqa: PLR2004 -- some have an aerial
        _aerial(layer, dice, (x - tall * 0.2, y), tall, times(brick, 0.4))
    if scene.has("smoke") and dice.random() < 0.4:  # noqa: PLR2004 -- some have a fire
        for puff in range(9):
            reach = tall * (0.05 + puff * 0.022)
            canvas.glow(
                (x + wide / 2 + puff * puff * tall * 0.012, y - tall * (0.3 + puff * 0.09)),
                (reach, reach * 0.8),
                canvas.light.cloud_lit,
                0.2 * (1 - puff / 10),
                1.2,
            )


def _aerial(layer: Layer, dice: Random, spot: tuple[float, float], tall: float, colour: Colour) -> None:
    x, y = spot
    high = tall * dice.uniform(0.35, 0.55)
    layer.line([(x, y + tall * 0.05), (x, y - high)], max(0.7, tall * 0.008), colour)
    for bar in range(4):
        reach, level = tall * (0.1 - bar * 0.016), y - high + tall * 0.05 * bar
        layer.line([(x - reach, level), (x + reach, level)], max(0.6, tall * 0.006), colour)


def _last(canvas: Canvas, scene: Scene, line: float) -> None:
    if scene.has("cat"):
        layer = Layer(canvas, canvas.height * 0.5)
        size = canvas.height * 0.26
        dark = times(canvas.light.on(ink("2a2626"), 0.2), 0.7)
        layer.rect(
            0, canvas.height - size * 0.22, canvas.width, canvas.height, times(canvas.light.on(ink("8d8378"), 0.1), 0.7)
        )
        cat(layer, canvas.width * 0.3, canvas.height - size * 0.2, size, dark)
        layer.rim(
            mix(canvas.light.glow, canvas.light.sun, 0.3),
            canvas.unit * (2 if canvas.sun[0] > canvas.width / 2 else -2),
            0.7,
        )
        canvas.put(layer)
    if scene.has("birds"):
        birds(canvas, 16, (canvas.width * 0.55, line * 0.5), canvas.unit * 80)
    precipitation(canvas, scene.weather, 0.7)
