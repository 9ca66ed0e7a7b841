"""A town under its mountains, perhaps with a lake."""

from campaign.demo.scene import Scene, Weather
from campaign.demo.scenery.buildings import Row, paint_row
from campaign.demo.scenery.canvas import Canvas, Layer
from campaign.demo.scenery.colour import ink, mix, times
from campaign.demo.scenery.landmarks import LANDMARKS
from campaign.demo.scenery.skies import birds, moon, paint_sky
from campaign.demo.scenery.terrain import conifer, grove, hills, mountains
from campaign.demo.scenery.waters import reflect
from campaign.demo.scenery.weather import mist, snowfall


def draw(canvas: Canvas, scene: Scene) -> None:
    """Peaks behind peaks, forest, the town, a lake or a meadow, trees near by."""
    lake = scene.has("lake")
    line = canvas.height * (0.62 if lake else 0.74)
    paint_sky(canvas, scene, line, canvas.dice.choice((0.15, 0.85)))
    if scene.has("big-moon"):
        moon(canvas, (canvas.width * 0.66, line * 0.2), canvas.unit * 30)
    rock, snow = canvas.light.on(ink("6c6f7c"), 0.8), canvas.light.on(ink("fbfbff"), 1.0)
    low = 0.2 if scene.weather is Weather.SNOW else 0.42
    mountains(canvas, line, line * 0.66, rock, snow, snowline=low, haze=0.5)
    mountains(canvas, line, line * 0.48, times(rock, 0.85), snow, snowline=low + 0.12, haze=0.22)
    forest = canvas.light.on(ink("42564a"), 0.3)
    layer = Layer(canvas, line * 0.6, line)
    ys = hills(canvas, layer, line, line * 0.19, forest, 0.5)
    for spot in range(240):
        x = canvas.width * spot / 239
        conifer(
            layer,
            canvas.dice,
            (x, ys[int(spot / 239 * 200)] + canvas.unit * 4),
            canvas.unit * canvas.dice.uniform(9, 20),
            forest,
        )
    if scene.weather is Weather.SNOW:
        layer.crown(mix(snow, forest, 0.3), canvas.unit * 1.5)
    canvas.put(layer, 0.3, 0.7)
    mist(canvas, line * 0.93, canvas.height * 0.07, 0.75)
    _town(canvas, scene, line)
    if lake:
        reflect(canvas, line, chop=0.3, clarity=0.9)
    else:
        _meadow(canvas, scene, line)
    _near(canvas, scene)


def _town(canvas: Canvas, scene: Scene, line: float) -> None:
    unit = canvas.unit
    names = [name for name in scene.details if name in LANDMARKS]
    for step, haze in enumerate((0.4, 0.24, 0.1)):
        layer = Layer(canvas, line * 0.5, line + 2)
        base = line - unit * (24 - 12 * step)
        high = unit * (22 + 9 * step)
        grove(canvas, layer, base, (high * 0.5, high), canvas.light.on(ink("55694c"), 0.3))
        if step == 1:
            for place, name in enumerate(names):
                LANDMARKS[name](
                    canvas, layer, canvas.width * ((place + 0.5) / len(names) * 0.6 + 0.2), base, unit * 165
                )
        row = Row(
            (high * 0.7, high * 1.2),
            (high * 0.6, high * 1.3),
            ("white", "sand", "white"),
            ("gable", "hip", "gable"),
            unit * (4.2 + step),
            1.0,
            high * 0.5,
        )
        paint_row(canvas, layer, base, row)
        layer.rect(0, base, canvas.width, line + 2, times(canvas.light.on(ink("6f7460"), 0.1), 0.8))
        if scene.weather is Weather.SNOW:
            layer.crown(mix(canvas.light.on(ink("f6f8fc"), 0.8), ink("a9bede"), 0.15), unit * 2.6)
        canvas.put(layer, haze, haze + 0.1)


def _meadow(canvas: Canvas, scene: Scene, line: float) -> None:
    snowy = scene.weather is Weather.SNOW
    field = canvas.light.on(ink("f4f7fc") if snowy else ink("86945a"), 0.7)
    canvas.image.paste(mix(field, canvas.air_at(canvas.width / 2), 0.2), (0, int(line), canvas.width, canvas.height))
    for step, code in enumerate(("7c8a4e", "66783f", "526434")):
        layer = Layer(canvas, line - canvas.unit * 20, canvas.height)
        tone = canvas.light.on(ink("f4f7fc") if snowy else ink(code), 0.7 - 0.12 * step)
        hills(canvas, layer, line + (canvas.height - line) * (0.12 + 0.3 * step), canvas.unit * 30, tone, 0.35)
        canvas.put(layer, 0.2 - 0.06 * step, 0.0)


def _near(canvas: Canvas, scene: Scene) -> None:
    layer, snowy = Layer(canvas), scene.weather is Weather.SNOW
    leaf = times(canvas.light.on(ink("35493c"), 0.2), 0.75)
    side = canvas.dice.choice((0.08, 0.92))
    for step in range(7):
        x = canvas.width * (side + (step - 3) * 0.05)
        conifer(layer, canvas.dice, (x, canvas.height * 1.02), canvas.height * canvas.dice.uniform(0.22, 0.5), leaf)
    if snowy:
        layer.crown(mix(canvas.light.on(ink("f6f8fc"), 0.7), ink("c9d6ec"), 0.2), canvas.unit * 3)
    canvas.put(layer, 0.05, blur=canvas.unit * 0.6)
    if scene.has("birds"):
        birds(canvas, 8, (canvas.width * 0.5, canvas.height * 0.2), canvas.unit * 80)
    if snowy:
        snowfall(canvas, 0.8)
