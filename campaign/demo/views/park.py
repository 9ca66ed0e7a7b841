"""A park path under trees, lamps along it, the city behind."""

import math

from PIL import Image

from campaign.demo.scene import Scene, Weather
from campaign.demo.scenery.buildings import Row, paint_row
from campaign.demo.scenery.canvas import Canvas, Layer, Point
from campaign.demo.scenery.colour import Colour, ink, mix, ramp, times, vary
from campaign.demo.scenery.furniture import bench, clothes, lamp, person, shine
from campaign.demo.scenery.landmarks import LANDMARKS
from campaign.demo.scenery.noise import curve, fractal
from campaign.demo.scenery.skies import birds, paint_sky
from campaign.demo.scenery.terrain import grove, tree
from campaign.demo.scenery.waters import plane
from campaign.demo.scenery.weather import mist, snowfall

_LEAF = {
    "autumn": ("c8742a", "d99a2f", "b5502a", "c9a23a"),
    "spring": ("e8a8b8", "f0bcc8", "e090a8"),
    "summer": ("5f7f3a", "6f8f42", "4f7038"),
}


def draw(canvas: Canvas, scene: Scene) -> None:
    """City, groves, ground, path, trees from far to near with lamps, benches and walkers between."""
    line = canvas.height * 0.58
    paint_sky(canvas, scene, line, canvas.dice.choice((0.25, 0.75)))
    _behind(canvas, scene, line)
    _ground(canvas, scene, line)
    _path(canvas, scene, line)
    lights: list[tuple[Point, float]] = []
    for step, depth in enumerate((0.04, 0.1, 0.2, 0.36, 0.62)):
        lights += _rank(canvas, scene, line, depth, 0.5 - 0.11 * step)
    if canvas.light.is_dark:
        for (x, y), reach in lights:
            canvas.glow((x, y + reach * 0.9), (reach * 0.9, reach * 0.24), ink("ffcf94"), 0.4, 1.5)
        shine(canvas, lights)
    if scene.weather is Weather.MIST:
        mist(canvas, line, canvas.height * 0.26, 0.7)
    if scene.has("birds"):
        birds(canvas, 9, (canvas.width * 0.5, line * 0.3), canvas.unit * 70)
    if scene.weather is Weather.SNOW:
        snowfall(canvas, 1.0)


def _behind(canvas: Canvas, scene: Scene, line: float) -> None:
    unit = canvas.unit
    layer = Layer(canvas, 0, line)
    row = Row(
        (unit * 90, unit * 250),
        (unit * 34, unit * 74),
        ("glass", "concrete", "brick", "sand"),
        ("flat", "steps", "mast", "slant"),
        unit * 5.5,
        1.0,
        unit * 6,
        ((0.4, 0.4, 1.5),),
    )
    for name in scene.details:
        if name in LANDMARKS:
            LANDMARKS[name](canvas, layer, canvas.width * 0.56, line, canvas.height * 0.36)
    if not scene.has("no-city"):
        paint_row(canvas, layer, line, row)
    canvas.put(layer, 0.5, 0.75)
    layer = Layer(canvas, line - unit * 110, line)
    leaf = canvas.light.on(ink("b9c0cc") if scene.weather is Weather.SNOW else ink(_leaf(scene)[0]), 0.35)
    grove(canvas, layer, line + unit * 4, (unit * 44, unit * 100), leaf)
    canvas.put(layer, 0.42, 0.55)


def _leaf(scene: Scene) -> tuple[str, ...]:
    return _LEAF[(scene.kinds_of("season") or ("summer",))[0]]


def _ground(canvas: Canvas, scene: Scene, line: float) -> None:
    snowy = scene.weather is Weather.SNOW
    size = (canvas.width, canvas.height - int(line))
    grass = canvas.light.on(ink("f6f9fd") if snowy else ink("6a7a44"), 0.65)
    if snowy and canvas.light.is_dark:
        grass = mix(grass, ink("8fa2cc"), 0.3)
    far = mix(grass, canvas.air_at(canvas.width / 2), 0.5)
    rough = curve(plane(fractal(canvas.dice, (700, 700), (120, 120), 4), size), lambda v: 0.4 + 0.6 * v)
    bright = ramp(size, ((0.0, far), (0.3, grass), (1.0, times(grass, 0.8))))
    dark = ramp(size, ((0.0, far), (0.3, times(grass, 0.72)), (1.0, times(grass, 0.5))))
    canvas.image.paste(Image.composite(bright, dark, rough), (0, int(line)))


def _path(canvas: Canvas, scene: Scene, line: float) -> None:
    layer = Layer(canvas, line)
    snowy = scene.weather is Weather.SNOW
    tone = canvas.light.on(ink("dfe5ee") if snowy else ink("b8a88c"), 0.4)
    left, right = [], []
    for step in range(41):
        near = (step / 40) ** 1.6
        middle = _bend(canvas, near)
        half = canvas.width * (0.006 + 0.2 * near)
        y = line + (canvas.height - line) * near
        left.append((middle - half, y))
        right.append((middle + half, y))
    layer.shape([*left, *reversed(right)], tone)
    layer.line(left, canvas.unit * 2, times(tone, 0.8))
    layer.line(right, canvas.unit * 2, times(tone, 0.8))
    if scene.has("season:autumn") or scene.has("season:spring"):
        for _ in range(1300):
            near = canvas.dice.random() ** 1.3
            spot = (canvas.dice.random() * canvas.width, line + (canvas.height - line) * (0.04 + 0.96 * near))
            size = canvas.unit * (0.8 + 4.2 * near)
            layer.oval(
                *spot,
                size,
                size * 0.4,
                canvas.light.on(vary(canvas.dice, ink(canvas.dice.choice(_leaf(scene))), 0.15), 0.7),
            )
    canvas.put(layer, 0.35, 0.0)


def _bend(canvas: Canvas, near: float) -> float:
    return canvas.width * (0.5 + 0.1 * math.sin(4.2 * near**0.7) * (1 - near * 0.6))


def _rank(canvas: Canvas, scene: Scene, line: float, near: float, haze: float) -> list[tuple[Point, float]]:
    dice, light = canvas.dice, canvas.light
    y = line + (canvas.height - line) * near
    size = canvas.height * (0.1 + 0.95 * near**0.8)
    layer = Layer(canvas)
    snowy = scene.weather is Weather.SNOW
    middle, half = _bend(canvas, near), canvas.width * (0.02 + 0.27 * near)
    dark = times(light.on(ink("26282c"), 0.2), 0.9)
    heads: list[tuple[Point, float]] = []
    for side in (-1, 1):
        leaf: Colour = light.on(
            vary(dice, ink(dice.choice(_leaf(scene))), 0.08), 0.75 if side * (canvas.sun[0] - middle) < 0 else 0.4
        )
        tree(
            layer,
            dice,
            (middle + side * half * dice.uniform(1.5, 1.8), y),
            size * dice.uniform(0.85, 1.1),
            light.on(ink("5a5048"), 0.3) if snowy else leaf,
            bare=snowy,
        )
        head = lamp(canvas, layer, (middle + side * half * 1.12, y), size * 0.36, dark)
        heads.append((head, size * 0.26))
    far = near < 0.3  # noqa: PLR2004 -- too far for colours
    if near > 0.15:  # noqa: PLR2004 -- nearer than the first ranks
        bench(layer, middle + half * 0.98, y + size * 0.05, size * 0.24, times(light.on(ink("6d4c34"), 0.3), 0.9))
        person(
            layer,
            dice,
            (middle + dice.uniform(-0.4, 0.4) * half, y),
            size * 0.2,
            clothes(canvas),
            umbrella=light.on(ink("c8423f"), 0.6) if scene.has("umbrella") and not far else None,
        )
    if snowy:
        layer.crown(mix(light.on(ink("f6f8fc"), 0.8), ink("c4d0e8"), 0.3), canvas.unit * (0.5 + 2 * near))
    canvas.put(layer, max(0.0, haze), max(0.0, haze))
    return heads
