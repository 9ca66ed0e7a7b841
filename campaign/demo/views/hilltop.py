"""From a hill: the whole town below, a river in it, hills behind."""

import math

from campaign.demo.scene import Scene, Weather
from campaign.demo.scenery.buildings import Row, paint_row
from campaign.demo.scenery.canvas import Canvas, Layer
from campaign.demo.scenery.colour import ink, mix, times
from campaign.demo.scenery.furniture import bench, person
from campaign.demo.scenery.landmarks import LANDMARKS
from campaign.demo.scenery.skies import birds, paint_sky
from campaign.demo.scenery.terrain import conifer, grasses, grove, hills, palm, tree
from campaign.demo.scenery.weather import mist, precipitation


def draw(canvas: Canvas, scene: Scene) -> None:
    """Ridges, then the town in bands that come nearer, then the slope we stand on."""
    line = canvas.height * canvas.dice.uniform(0.42, 0.5)
    paint_sky(canvas, scene, line, 0.5 if scene.has("sun-middle") else canvas.dice.choice((0.2, 0.78)))
    for step in range(4):
        layer = Layer(canvas, line * 0.45, line + canvas.unit * 30)
        rise = line * (0.34 - 0.075 * step)
        hills(canvas, layer, line + canvas.unit * 8, rise, canvas.light.on(ink("5f6f62"), 0.35), 0.5)
        canvas.put(layer, 0.84 - 0.13 * step, 0.97 - 0.06 * step)
    floor = mix(canvas.light.on(ink("7a776c"), 0.1), canvas.air_at(canvas.width / 2), 0.6)
    canvas.image.paste(floor, (0, int(line + canvas.unit * 18), canvas.width, canvas.height))
    _town(canvas, scene, line)
    _slope(canvas, scene)
    if scene.has("birds"):
        birds(canvas, 18, (canvas.width * canvas.dice.uniform(0.3, 0.7), line * 0.45), canvas.unit * 100)
    precipitation(canvas, scene.weather, 0.7)


def _town(canvas: Canvas, scene: Scene, line: float) -> None:
    unit, bands = canvas.unit, 9
    new = scene.has("towers")
    names = [name for name in scene.details if name in LANDMARKS]
    for band in range(bands):
        near = band / (bands - 1)
        base = line + unit * 14 + (canvas.height * 0.93 - line) * near**1.35
        high = unit * (16 + 36 * near)
        layer = Layer(canvas, base - high * 9, base + high * 1.4)
        walls = ("glass", "concrete", "white") if new else ("sand", "white", "brick", "white")
        roofs = ("flat", "flat", "steps", "mast") if new else ("hip", "gable", "hip", "flat")
        peaks = ((0.3 + 0.3 * (scene.seed % 2), 0.34, 3.6),) if new and band in {1, 2, 3} else ()
        row = Row(
            (high * 0.6, high * 1.25),
            (high * 0.5, high * 1.2),
            walls,
            roofs,
            unit * (3.4 + 3.2 * near),
            1.0,
            high * 0.25,
            peaks,
            0.13,
            high * 0.5,
        )
        if canvas.dice.random() < 0.75:  # noqa: PLR2004 -- green between the streets
            grove(canvas, layer, base - high * 0.1, (high * 0.5, high * 0.95), canvas.light.on(ink("5f7046"), 0.3))
        if names and band == 2:  # noqa: PLR2004 -- the sights stand in the old town's middle
            for place, name in enumerate(names):
                x = canvas.width * ((place + 0.5) / len(names) * 0.7 + 0.15)
                LANDMARKS[name](canvas, layer, x, base, canvas.height * (0.36 if name == "tv-tower" else 0.2))
        paint_row(canvas, layer, base, row)
        layer.rect(0, base, canvas.width, base + high * 1.4, times(canvas.light.on(ink("7d776b"), 0.1), 0.8))
        if scene.weather is Weather.SNOW:
            layer.crown(mix(canvas.light.on(ink("f4f7fc"), 0.6), ink("9fb4d8"), 0.2), unit * (1.5 + 3 * near))
        haze = 0.74 * (1 - near) ** 1.1 * (0.45 if canvas.light.is_dark else 1.0)
        canvas.put(layer, haze, min(1.0, haze + 0.12))
        if scene.weather is Weather.MIST and band % 2 == 1 and near < 0.8:  # noqa: PLR2004 -- the near is clear
            mist(canvas, base, unit * 60, 0.75)


def _slope(canvas: Canvas, scene: Scene) -> None:
    unit, dice, light = canvas.unit, canvas.dice, canvas.light
    layer = Layer(canvas, 0)
    snowy = scene.weather is Weather.SNOW
    grass = light.on(ink("eef2f8") if snowy else ink("5a6540"), 0.3)
    top = canvas.height * 0.92
    lean = dice.choice((-1, 1)) * canvas.height * 0.07
    points = [(canvas.width * s / 30, top + lean * (s / 15 - 1) + unit * 5 * math.sin(s * 0.9)) for s in range(31)]
    dark = times(grass, 0.62)
    layer.shape([(-2.0, canvas.height + 4.0), *points, (canvas.width + 2.0, canvas.height + 4.0)], dark)
    if not snowy:
        grasses(canvas, layer, canvas.height, canvas.height * 0.1, times(dark, 0.9), 160)
    shade = times(light.on(ink("38372f"), 0.15), 0.75)
    spot = 6 if lean > 0 else 22
    x, y = points[spot]
    if scene.has("bench"):
        bench(layer, x, y + unit * 10, unit * 120, shade)
    if scene.has("people"):
        for step in range(2):
            person(layer, dice, (x + unit * 50 * step, y + unit * 6), unit * 88, times(shade, 0.9))
    side = canvas.width * (0.9 if lean > 0 else 0.1)
    _plants(canvas, scene, layer, side)
    layer.rim(light.glow, unit * (1.4 if canvas.sun[0] > side else -1.4), 0.5 * light.glow_strength)
    if snowy:
        layer.crown(mix(light.on(ink("f4f7fc"), 0.6), ink("c4d2ea"), 0.3), unit * 3)
    canvas.put(layer, blur=unit * 0.5)


def _plants(canvas: Canvas, scene: Scene, layer: Layer, side: float) -> None:
    dice, light = canvas.dice, canvas.light
    if scene.has("tree"):
        tree(
            layer,
            dice,
            (side, canvas.height * 1.02),
            canvas.height * 0.72,
            times(light.on(ink("55603a"), 0.2), 0.75),
            bare=scene.weather is Weather.SNOW,
        )
    if scene.has("conifers"):
        for step in range(6):
            spot_x = side + (step - 2.5) * canvas.width * 0.055
            conifer(
                layer,
                dice,
                (spot_x, canvas.height * 1.01),
                canvas.height * dice.uniform(0.3, 0.55),
                times(light.on(ink("3c5240"), 0.15), 0.7),
            )
    if scene.has("palms"):
        for step in range(3):
            palm(
                layer,
                dice,
                (side + (step - 1) * canvas.width * 0.08, canvas.height * 1.02),
                canvas.height * dice.uniform(0.45, 0.66),
                times(light.on(ink("38372f"), 0.15), 0.75),
            )
