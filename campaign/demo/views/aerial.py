"""The city by night from a plane: streets as strings of light, and the wing."""

import math

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from campaign.demo.scene import Scene
from campaign.demo.scenery.canvas import Canvas, Layer
from campaign.demo.scenery.colour import Colour, ink, mix, times
from campaign.demo.scenery.noise import between, curve, fractal
from campaign.demo.scenery.perspective import Eye
from campaign.demo.scenery.skies import paint_sky
from campaign.demo.scenery.waters import plane

_LIGHTS = (ink("ffb35a"), ink("ffc98a"), ink("ff9a45"), ink("ffe3b8"), ink("ffb35a"), ink("dbe8ff"))


def draw(canvas: Canvas, scene: Scene) -> None:
    """Sky, dark land, a grid of streets, avenues, a river, the wing or the window."""
    line = canvas.height * 0.27
    paint_sky(canvas, scene, line, 0.5)
    _land(canvas, line)
    eye = Eye(canvas.width * canvas.dice.uniform(0.35, 0.65), line, canvas.height * 0.9, 100.0)
    pen = Image.new("RGB", canvas.image.size)
    _grid(canvas, ImageDraw.Draw(pen), eye)
    _avenues(canvas, ImageDraw.Draw(pen), eye)
    water = _river(canvas, line)
    pen.paste((0, 0, 0), (0, int(line)), water)
    far = pen.filter(ImageFilter.GaussianBlur(canvas.unit * 5)).point([min(255, int(v * 1.9)) for v in range(256)] * 3)
    canvas.image = ImageChops.screen(ImageChops.screen(canvas.image, far), pen)
    canvas.glow((eye.x, line + canvas.unit * 16), (canvas.width * 0.8, canvas.unit * 70), ink("ffb070"), 0.42, 1.5)
    if scene.has("wing"):
        _wing(canvas)
    if scene.has("porthole"):
        _porthole(canvas)


def _land(canvas: Canvas, line: float) -> None:
    top = int(line)
    size = (canvas.width, canvas.height - top)
    patches = curve(plane(fractal(canvas.dice, (600, 600), (40, 40), 4), size), between(0.3, 0.75))
    dark, glow = times(canvas.light.ambient, 0.2), mix(times(canvas.light.ambient, 0.3), ink("5a3320"), 0.35)
    canvas.image.paste(Image.composite(Image.new("RGB", size, glow), Image.new("RGB", size, dark), patches), (0, top))


def _dot(pen: ImageDraw.ImageDraw, place: tuple[float, float], size: float, colour: Colour) -> None:
    x, y = place
    pen.ellipse((x - size, y - size * 0.8, x + size, y + size * 0.8), colour)


def _grid(canvas: Canvas, pen: ImageDraw.ImageDraw, eye: Eye) -> None:
    dice, turn = canvas.dice, canvas.dice.uniform(0.15, 0.6)
    cosine, sine = math.cos(turn), math.sin(turn)
    density = fractal(dice, (64, 64), (4, 4), 4).load()
    assert density is not None
    for _ in range(26000):
        depth = eye.height * eye.focal / (canvas.height * (0.008 + 0.76 * dice.random() ** 1.5))
        place = (dice.uniform(-0.05, 1.05) * canvas.width - eye.x) * depth / eye.focal
        u, v = place * cosine + depth * sine, depth * cosine - place * sine
        if density[int(u / 30) % 64, int(v / 30) % 64] < dice.uniform(40, 170):  # type: ignore[operator]  # one band, so a number
            continue
        if dice.random() < 0.5:  # noqa: PLR2004 -- half of the streets run the other way
            u = round(u / 18) * 18 + dice.gauss(0, 0.4)
        else:
            v = round(v / 26) * 26 + dice.gauss(0, 0.4)
        x, far = u * cosine - v * sine, max(90.0, u * sine + v * cosine)
        size = canvas.unit * min(1.9, 0.5 + 150 / far)
        _dot(pen, eye.see(x, 0, far), size, times(dice.choice(_LIGHTS), dice.uniform(0.35, 0.95)))


def _avenues(canvas: Canvas, pen: ImageDraw.ImageDraw, eye: Eye) -> None:
    dice = canvas.dice
    for road in range(7):
        x, slope = dice.uniform(-500, 500), dice.uniform(-0.7, 0.7)
        bend, tone = dice.uniform(-120, 120), dice.choice((ink("ffd9a0"), ink("ff8a4a"), ink("fff0d8")))
        for step in range(300):
            depth = 125 + step * 5.6
            place = x + slope * (depth - 400) + bend * math.sin(depth / 210 + road)
            _dot(pen, eye.see(place, 0, depth), canvas.unit * min(2.2, 420 / depth), tone)


def _river(canvas: Canvas, line: float) -> Image.Image:
    size = (canvas.width, canvas.height - int(line))
    mask = Image.new("L", size)
    draw = ImageDraw.Draw(mask)
    start, phase = canvas.dice.uniform(0.2, 0.8), canvas.dice.uniform(0, 6)
    for row in range(0, size[1], 2):
        near = row / size[1]
        x = size[0] * (start + 0.3 * math.sin(phase + 5 * near**0.5) * (0.25 + near))
        half = size[0] * (0.006 + 0.055 * near)
        draw.rectangle((x - half, row, x + half, row + 2), 235)
    return mask.filter(ImageFilter.GaussianBlur(canvas.unit))


def _wing(canvas: Canvas) -> None:
    layer, w, h = Layer(canvas), canvas.width, canvas.height
    metal = mix(canvas.light.on(ink("aeb6c2"), 0.3), ink("39445a"), 0.4)
    layer.shape(
        [
            (w * 1.02, h * 0.62),
            (w * 0.42, h * 0.43),
            (w * 0.37, h * 0.35),
            (w * 0.385, h * 0.345),
            (w * 0.45, h * 0.415),
            (w * 1.02, h * 0.5),
        ],
        metal,
    )
    layer.shape(
        [(w * 1.02, h * 0.62), (w * 0.42, h * 0.43), (w * 0.45, h * 0.425), (w * 1.02, h * 0.585)], times(metal, 0.6)
    )
    for flap in (0.55, 0.68, 0.8):
        layer.line(
            [(w * flap, h * (0.43 + (flap - 0.42) * 0.3)), (w * (flap + 0.02), h * (0.43 + (flap - 0.42) * 0.24))],
            canvas.unit * 1.4,
            times(metal, 0.5),
        )
    canvas.put(layer, blur=canvas.unit * 0.5)
    canvas.glow((w * 0.375, h * 0.352), (canvas.unit * 60, canvas.unit * 60), ink("7dff9a"), 0.8, 3)


def _porthole(canvas: Canvas) -> None:
    big = (canvas.width * 2, canvas.height * 2)
    hole = Image.new("L", big, 255)
    edge, radius = min(big) * 0.07, min(big) * 0.36
    ImageDraw.Draw(hole).rounded_rectangle((edge, edge * 0.8, big[0] - edge, big[1] - edge * 0.8), radius, 0)
    hole = hole.reduce(2)
    canvas.cover(ink("0d0e13"), hole.filter(ImageFilter.GaussianBlur(canvas.unit * 2)))
    rim = ImageChops.subtract(hole.filter(ImageFilter.GaussianBlur(canvas.unit * 9)), hole)
    canvas.add_light(curve(rim, lambda v: v * 0.25), ink("8fa0c0"))
