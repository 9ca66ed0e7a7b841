"""A square after the rain: the old front, its lamps, and all of it again in the puddle."""

from PIL import Image, ImageChops, ImageFilter

from campaign.demo.scene import Scene, Weather
from campaign.demo.scenery.buildings import Row, paint_row
from campaign.demo.scenery.canvas import Canvas, Layer, Point
from campaign.demo.scenery.colour import ink, mix, ramp, times
from campaign.demo.scenery.furniture import clothes, lamp, person, shine, tram
from campaign.demo.scenery.landmarks import LANDMARKS
from campaign.demo.scenery.noise import between, curve, fractal
from campaign.demo.scenery.skies import birds, paint_sky
from campaign.demo.scenery.waters import plane
from campaign.demo.scenery.weather import precipitation


def draw(canvas: Canvas, scene: Scene) -> None:
    """Sky, houses, the great building, people and lamps, then the ground with its mirror."""
    line = canvas.height * canvas.dice.uniform(0.56, 0.62)
    paint_sky(canvas, scene, line, canvas.dice.choice((0.2, 0.8)))
    _fronts(canvas, scene, line)
    _stones(canvas, scene, line)
    lights = _life(canvas, scene, line)
    if canvas.light.is_dark:
        shine(canvas, lights)
    if scene.weather is not Weather.SNOW:
        _puddles(canvas, line)
    if scene.has("birds"):
        birds(canvas, 16, (canvas.width * 0.4, line * 0.45), canvas.unit * 90)
    precipitation(canvas, scene.weather, 0.9)


def _fronts(canvas: Canvas, scene: Scene, line: float) -> None:
    unit, snowy = canvas.unit, scene.weather is Weather.SNOW
    names = [name for name in scene.details if name in LANDMARKS]
    for step, (high, haze) in enumerate(((150, 0.4), (118, 0.1))):
        layer = Layer(canvas, 0, line)
        row = Row(
            (unit * high * 0.8, unit * high * 1.15),
            (unit * 66, unit * 120),
            ("sand", "white", "brick", "sand"),
            ("mansard", "hip", "gable"),
            unit * 12,
            1.1,
            0.0,
        )
        if step == 1:
            for place, name in enumerate(names):
                LANDMARKS[name](canvas, layer, canvas.width * ((place + 0.5) / len(names)), line, canvas.height * 0.5)
            row = Row(row.height, row.wide, row.walls, row.roofs, row.cell, row.lit)
        if step == 0 or not names:
            paint_row(canvas, layer, line, row)
        else:
            _wings(canvas, layer, line, row, 0.24 if canvas.width > canvas.height else 0.3)
        if snowy:
            layer.crown(mix(canvas.light.on(ink("f6f8fc"), 0.7), ink("c0cee8"), 0.2), unit * 4)
        canvas.put(layer, haze, haze)


def _wings(canvas: Canvas, layer: Layer, line: float, row: Row, open_half: float) -> None:
    """Houses left and right, the middle left open for what stands there."""
    side = Layer(canvas, 0, line)
    paint_row(canvas, side, line, row)
    gap = (int(canvas.width * (0.5 - open_half)) * 2, int(canvas.width * (0.5 + open_half)) * 2)
    for left, right in ((0, gap[0]), (gap[1], side.image.width)):
        part = side.image.crop((left, 0, right, side.image.height))
        layer.image.paste(part, (left, 0), part.getchannel("A"))


def _stones(canvas: Canvas, scene: Scene, line: float) -> None:
    snowy, size = scene.weather is Weather.SNOW, (canvas.width, canvas.height - int(line))
    stone = canvas.light.on(ink("f3f6fb") if snowy else ink("7c756d"), 0.6 if snowy else 0.3)
    far = mix(stone, canvas.air_at(canvas.width / 2), 0.25)
    base = ramp(size, ((0.0, far), (1.0, times(stone, 0.75))))
    slabs = Image.new("L", (900, 900), 140)
    for row in range(0, 900, 12):
        slabs.paste(96, (0, row, 900, row + 2))
        for spot in range((row % 24) // 2, 900, 16):
            slabs.paste(104 + canvas.dice.randrange(50), (spot, row + 2, spot + 14, row + 12))
    rough = curve(
        plane(slabs.filter(ImageFilter.GaussianBlur(0.8)), size, 0.12),
        lambda v: 0.5 + (v - 0.5) * (0.2 if snowy else 0.7),
    )
    canvas.image.paste(ImageChops.overlay(base, Image.merge("RGB", (rough, rough, rough))), (0, int(line)))


def _life(canvas: Canvas, scene: Scene, line: float) -> list[tuple[Point, float]]:
    dice, light, unit = canvas.dice, canvas.light, canvas.unit
    layer, deep = Layer(canvas), canvas.height - line
    dark = times(light.on(ink("26262c"), 0.2), 0.9)
    lights: list[tuple[Point, float]] = []
    for place in (0.08, 0.3, 0.7, 0.92):
        head = lamp(canvas, layer, (canvas.width * place, line + deep * 0.07), unit * 120, dark)
        lights.append((head, unit * 110))
    if scene.has("tram"):
        spot = (canvas.width * dice.choice((0.24, 0.74)), line + deep * 0.12)
        heads = tram(canvas, layer, spot, unit * 120, light.on(ink("b8343a"), 0.5))
        lights += [(head, unit * 70) for head in heads]
    for _ in range(9 if scene.has("people") else 3):
        near = dice.uniform(0.03, 0.3)
        cover = (
            light.on(dice.choice((ink("c8423f"), ink("e0a840"), ink("2f3f58"), ink("3f8078"))), 0.5)
            if scene.weather is Weather.RAIN
            else None
        )
        person(
            layer,
            dice,
            (canvas.width * dice.uniform(0.06, 0.94), line + deep * near),
            unit * (38 + 110 * near),
            clothes(canvas),
            umbrella=cover,
        )
    canvas.put(layer)
    return lights


def _puddles(canvas: Canvas, line: float) -> None:
    foot = int(line + (canvas.height - line) * 0.1)
    deep = canvas.height - foot
    reach = min(foot, int(deep * 1.55))
    mirror = canvas.image.crop((0, foot - reach, canvas.width, foot)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    mirror = mirror.resize((canvas.width, deep), Image.Resampling.BILINEAR).filter(
        ImageFilter.GaussianBlur(canvas.unit * 0.8)
    )
    pools = curve(plane(fractal(canvas.dice, (500, 500), (26, 22), 4), mirror.size, 0.2), between(0.44, 0.52))
    middle = curve(Image.radial_gradient("L").resize(mirror.size), lambda v: 1.25 - v)
    wet = curve(ImageChops.add(pools, middle, 2.0), between(0.56, 0.62))
    fade = curve(Image.linear_gradient("L").resize(mirror.size), lambda v: min(0.94, v * 9))
    canvas.cover(times_image(mirror, 0.9), ImageChops.multiply(curve(wet, lambda v: 0.16 + 0.84 * v), fade), (0, foot))


def times_image(image: Image.Image, factor: float) -> Image.Image:
    """The whole picture made brighter or darker."""
    return image.point([min(255, round(v * factor)) for v in range(256)] * 3)
