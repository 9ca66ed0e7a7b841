"""The city's beach: sea, wet sand, palms, whoever is still there."""

import math

from campaign.demo.scene import Scene, Weather
from campaign.demo.scenery.buildings import Row, paint_row
from campaign.demo.scenery.canvas import Canvas, Layer
from campaign.demo.scenery.colour import ink, mix, times
from campaign.demo.scenery.furniture import clothes, person
from campaign.demo.scenery.landmarks import LANDMARKS
from campaign.demo.scenery.skies import birds, paint_sky
from campaign.demo.scenery.terrain import hills, palm
from campaign.demo.scenery.waters import reflect, sail_boat, sun_path


def draw(canvas: Canvas, scene: Scene) -> None:
    """Sky, headland, towers along the shore, the sea with its foam, sand, palms."""
    line = canvas.height * canvas.dice.uniform(0.5, 0.58)
    paint_sky(canvas, scene, line, 0.5 if scene.has("sun-middle") else 0.3)
    _coast(canvas, scene, line)
    reflect(canvas, line, chop=0.7, clarity=0.8)
    if canvas.light.disc:
        sun_path(canvas, line, 1.0)
    _shore(canvas, line)
    _people(canvas, scene, line)
    if scene.has("palms"):
        layer = Layer(canvas)
        dark = times(canvas.light.on(ink("3c3a2c"), 0.15), 0.7)
        for place in (0.86, 0.97, 0.06):
            palm(
                layer,
                canvas.dice,
                (canvas.width * place, canvas.height * 1.03),
                canvas.height * canvas.dice.uniform(0.6, 0.9),
                dark,
            )
        layer.rim(canvas.light.glow, -canvas.unit * 1.6, 0.5)
        canvas.put(layer)
    if scene.has("birds"):
        birds(canvas, 10, (canvas.width * 0.45, line * 0.4), canvas.unit * 80)
    if scene.weather is Weather.FAIR:
        canvas.glow(canvas.sun, (canvas.width * 0.3, canvas.width * 0.2), canvas.light.glow, 0.3)


def _coast(canvas: Canvas, scene: Scene, line: float) -> None:
    unit = canvas.unit
    for step in range(3):
        layer = Layer(canvas, line * 0.4, line + 2)
        hills(canvas, layer, line + unit * 8, line * (0.3 - 0.07 * step), canvas.light.on(ink("55684f"), 0.35), 0.5)
        canvas.put(layer, 0.74 - 0.17 * step, 0.9 - 0.12 * step)
    layer = Layer(canvas, 0, line + 2)
    row = Row(
        (unit * 20, unit * 70),
        (unit * 16, unit * 40),
        ("white", "glass", "sand", "concrete"),
        ("flat", "flat", "mast"),
        unit * 4,
        1.0,
        unit * 4,
        ((0.8, 0.4, 1.9),),
    )
    for name in scene.details:
        if name in LANDMARKS:
            LANDMARKS[name](canvas, layer, canvas.width * 0.2, line - unit * 3, canvas.height * 0.2)
    paint_row(canvas, layer, line, row)
    canvas.put(layer, 0.3, 0.5)


def _shore(canvas: Canvas, line: float) -> None:
    light, w, h = canvas.light, canvas.width, canvas.height
    layer = Layer(canvas, line)
    sand = light.on(ink("d9bf94"), 0.45)
    deep = h - line
    for step, (start, tone) in enumerate(((0.62, mix(times(sand, 0.62), light.sky[-2][1], 0.35)), (0.78, sand))):
        edge = [
            (w * s / 60, line + deep * (start + 0.07 * math.sin(s * 0.16 + 1.5 * step) + 0.018 * math.sin(s * 0.63)))
            for s in range(61)
        ]
        layer.shape([(-2, h + 4), *edge, (w + 2, h + 4)], tone)
        if step == 0:
            layer.line(edge, canvas.unit * 5, mix(light.cloud_lit, ink("ffffff"), 0.5))
    for wave in range(5):
        y = line + deep * (0.12 + 0.095 * wave)
        crest = [(w * s / 60, y + canvas.unit * (2 + wave) * math.sin(s * 0.21 + wave * 2.1)) for s in range(61)]
        start = canvas.dice.randrange(0, 24)
        layer.line(
            crest[start : start + 34], canvas.unit * (0.7 + 0.6 * wave), mix(light.cloud_lit, ink("ffffff"), 0.35)
        )
    canvas.put(layer, blur=canvas.unit * 0.4)


def _people(canvas: Canvas, scene: Scene, line: float) -> None:
    dice, light = canvas.dice, canvas.light
    layer = Layer(canvas, line - canvas.unit * 60)
    dark = times(light.on(ink("3a302c"), 0.25), 0.8)
    if scene.has("boats"):
        for _ in range(3):
            sail_boat(
                layer,
                canvas.width * dice.uniform(0.1, 0.7),
                line + canvas.unit * dice.uniform(3, 22),
                canvas.unit * dice.uniform(22, 46),
                dark,
                light.on(ink("f5eee2"), 0.6),
            )
    deep = canvas.height - line
    for _ in range(7 if scene.has("people") else 0):
        near = dice.uniform(0.62, 0.92)
        person(
            layer,
            dice,
            (canvas.width * dice.uniform(0.1, 0.85), line + deep * near),
            canvas.height * 0.11 * near,
            clothes(canvas),
        )
    for _ in range(5 if scene.has("umbrellas") else 0):
        near = dice.uniform(0.8, 0.95)
        x, y, size = canvas.width * dice.uniform(0.1, 0.9), line + deep * near, canvas.height * 0.12 * near
        colours = (
            light.on(dice.choice((ink("d8483f"), ink("2f7fa0"), ink("e8b040"))), 0.7),
            light.on(ink("f4ecdc"), 0.7),
        )
        layer.line([(x, y), (x + size * 0.1, y - size)], max(1, size * 0.03), dark)
        for rib in range(6):
            a, b = x + size * (0.1 - 0.7 + 0.233 * rib), x + size * (0.1 - 0.7 + 0.233 * (rib + 1))
            layer.shape(
                [(a, y - size * 0.72), (x + size * 0.1, y - size * 1.06), (b, y - size * 0.72)], colours[rib % 2]
            )
    canvas.put(layer)
