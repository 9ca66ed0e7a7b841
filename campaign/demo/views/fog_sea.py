"""Above a sea of fog: only the tallest look out."""

from PIL import Image

from campaign.demo.scene import Scene
from campaign.demo.scenery.bridges import BRIDGES
from campaign.demo.scenery.buildings import Row, building
from campaign.demo.scenery.canvas import Canvas, Layer
from campaign.demo.scenery.colour import ink, mix
from campaign.demo.scenery.landmarks import LANDMARKS
from campaign.demo.scenery.noise import between, curve, fractal
from campaign.demo.scenery.skies import birds, paint_sky


def draw(canvas: Canvas, scene: Scene) -> None:
    """Sky, then towers and banks of fog in turns, each bank nearer and lower."""
    line = canvas.height * 0.56
    paint_sky(canvas, scene, line, canvas.dice.choice((0.22, 0.5, 0.76)))
    names = [name for name in scene.details if name in LANDMARKS]
    banks = 5
    for bank in range(banks):
        near = bank / (banks - 1)
        base = line + (canvas.height - line) * (0.1 + 0.95 * near)
        if near < 0.9:  # noqa: PLR2004 -- the last bank is bare
            layer = Layer(canvas, 0, base + canvas.unit * 40)
            _towers(canvas, layer, base + canvas.unit * 40, near)
            if bank == 1:
                _sights(canvas, scene, layer, base, names)
            canvas.put(layer, 0.62 - 0.5 * near, 0.9 - 0.2 * near)
        _bank(canvas, base, near)
    if scene.has("birds"):
        birds(canvas, 7, (canvas.width * 0.4, canvas.height * 0.2), canvas.unit * 70)


def _towers(canvas: Canvas, layer: Layer, base: float, near: float) -> None:
    dice, unit = canvas.dice, canvas.unit
    centre = dice.uniform(0.2, 0.8)
    for _ in range(int(10 - 5 * near)):
        x = canvas.width * (centre + dice.gauss(0, 0.22))
        wide = unit * dice.uniform(26, 44) * (1 + near * 0.8)
        tall = unit * dice.uniform(90, 330) * (0.8 + 0.45 * near)
        roof = dice.choice((("steps",), ("mast",), ("slant",), ("spire",), ("flat",)))
        row = Row((1, 1), (1, 1), ("glass", "concrete", "dark"), roof, unit * (4 + 3 * near))
        building(canvas, layer, (x, base), (wide, min(tall, wide * 7)), row)


def _sights(canvas: Canvas, scene: Scene, layer: Layer, base: float, names: list[str]) -> None:
    for kind in scene.kinds_of("bridge"):
        BRIDGES[kind](
            canvas, layer, (-canvas.width * 0.05, canvas.width * 1.1), base + canvas.unit * 40, canvas.unit * 90
        )
    for place, name in enumerate(names):
        LANDMARKS[name](
            canvas,
            layer,
            canvas.width * (place + 0.6) / (len(names) + 0.3),
            base + canvas.unit * 30,
            canvas.height * 0.42,
        )


def _bank(canvas: Canvas, base: float, near: float) -> None:
    top = int(base - canvas.unit * 110)
    size = (canvas.width, canvas.height - max(0, top))
    if size[1] < 4:  # noqa: PLR2004 -- nothing to paint
        return
    small = (max(32, size[0] // 3), max(16, size[1] // 3))
    billow = fractal(canvas.dice, small, (5 - 2 * near, 3), 6)
    rise = curve(Image.linear_gradient("L").resize(small), lambda v: min(1.0, v * size[1] / (canvas.unit * 150)))
    mask = curve(Image.blend(billow, rise, 0.68), between(0.36, 0.62))
    light = canvas.light
    white = mix(mix(light.cloud_lit, light.sky[-1][1], 0.35 - 0.2 * near), light.ambient, 0.1 + 0.25 * near)
    shade = mix(mix(light.cloud_shade, light.ambient, 0.4), white, 0.35)
    texture = curve(billow, between(0.25, 0.75))
    fog = Image.composite(Image.new("RGB", small, white), Image.new("RGB", small, shade), texture)
    fog = Image.composite(
        Image.new("RGB", small, mix(white, ink("ffffff"), 0.12)), fog, curve(rise, lambda v: 0.7 * max(0.0, 1 - 2 * v))
    )
    canvas.cover(
        fog.resize(size, Image.Resampling.BICUBIC), mask.resize(size, Image.Resampling.BICUBIC), (0, max(0, top))
    )
