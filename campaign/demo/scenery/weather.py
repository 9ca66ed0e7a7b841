"""What falls and drifts: mist, fog, rain, snow, fireworks, drops on a pane."""

import math
from itertools import pairwise

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from campaign.demo.scene import Weather
from campaign.demo.scenery.canvas import Canvas
from campaign.demo.scenery.colour import Colour, ink, mix
from campaign.demo.scenery.noise import between, curve, fractal


def mist(canvas: Canvas, middle: float, reach: float, strength: float, colour: Colour | None = None) -> None:
    """A bank of mist around the pixel line `middle`, thinning out over `reach` pixels; `strength` 0..1."""
    top, bottom = max(0, int(middle - reach)), min(canvas.height, int(middle + reach))
    if bottom <= top:
        return
    size = (canvas.width, bottom - top)
    small = (max(32, size[0] // 4), max(8, size[1] // 4))
    drift = curve(fractal(canvas.dice, small, (3, 5), 5), between(0.05, 0.95))
    half = Image.linear_gradient("L").resize(small)

    def fade(v: float) -> float:
        place = top + v * (bottom - top)
        return strength * math.pow(max(0.0, math.cos(min(1.0, abs(place - middle) / reach) * math.pi / 2)), 1.2)

    mask = ImageChops.multiply(curve(half, fade), curve(drift, lambda v: 0.45 + 0.75 * v))
    full = mask.resize(size, Image.Resampling.BICUBIC)
    canvas.cover(colour or canvas.air(size), full, (0, top))


def precipitation(canvas: Canvas, weather: Weather, amount: float = 0.8) -> None:
    """Whatever falls in this weather, `amount` about 0..1.5 of it."""
    if weather is Weather.RAIN:
        rain(canvas, amount)
    if weather is Weather.SNOW:
        snowfall(canvas, amount)


def rain(canvas: Canvas, amount: float, slant: float = 0.12) -> None:
    """Falling rain in two depths; `amount` is about 0..1.5."""
    colour = mix(canvas.light.sky[-1][1], ink("dfe8f2"), 0.55)
    for depth, (count, length, thick, bright) in enumerate(((900, 22, 0.8, 46), (200, 58, 1.4, 60))):
        pen = Image.new("L", canvas.image.size)
        draw = ImageDraw.Draw(pen)
        for _ in range(int(count * amount)):
            x, y = canvas.dice.uniform(-0.1, 1.1) * canvas.width, canvas.dice.uniform(-0.1, 1) * canvas.height
            fall = length * canvas.unit * canvas.dice.uniform(0.6, 1.4)
            draw.line(
                (x, y, x - slant * fall, y + fall),
                int(bright * canvas.dice.uniform(0.4, 1)),
                max(1, round(thick * canvas.unit)),
            )
        canvas.add_light(pen.filter(ImageFilter.GaussianBlur(canvas.unit * (0.5 + 0.5 * depth))), colour)


def snowfall(canvas: Canvas, amount: float) -> None:
    """Flakes near and far: small and many, large and out of focus."""
    for count, size, blur, bright in ((2600, 1.1, 0.5, 190), (520, 2.5, 1.2, 180), (60, 7.5, 3.4, 120)):
        part = 1 if blur < 1 else 2  # soft flakes need no fine picture
        pen = Image.new("L", (canvas.width // part, canvas.height // part))
        draw = ImageDraw.Draw(pen)
        for _ in range(int(count * amount)):
            x, y = canvas.dice.random() * pen.width, canvas.dice.random() * pen.height
            radius = size * canvas.unit / part * canvas.dice.uniform(0.5, 1.3)
            draw.ellipse(
                (x - radius, y - radius * 1.15, x + radius, y + radius * 1.15),
                int(bright * canvas.dice.uniform(0.35, 1)),
            )
        soft = pen.filter(ImageFilter.GaussianBlur(canvas.unit * blur / part)).resize(
            canvas.image.size, Image.Resampling.BILINEAR
        )
        canvas.cover(mix(canvas.light.cloud_lit, (255, 255, 255), 0.6), soft)


def fireworks(canvas: Canvas, count: int, low: float) -> None:
    """Bursts above the pixel line `low`."""
    colours = (ink("ffd27a"), ink("ff7a8a"), ink("8fd0ff"), ink("c9a0ff"), ink("a8ffb8"))
    for burst in range(count):
        centre = (
            canvas.width * (0.18 + 0.64 * (burst + canvas.dice.random()) / count),
            low * canvas.dice.uniform(0.2, 0.62),
        )
        reach = canvas.unit * canvas.dice.uniform(60, 150)
        colour = colours[burst % len(colours)]
        pen = Image.new("L", canvas.image.size)
        draw = ImageDraw.Draw(pen)
        for _ in range(90):
            angle, far = canvas.dice.uniform(0, 6.28), reach * canvas.dice.uniform(0.55, 1)
            trail = [_spark(centre, angle, far * (0.35 + 0.65 * s / 7), reach) for s in range(8)]
            for step, (one, two) in enumerate(pairwise(trail)):
                draw.line((*one, *two), 40 + step * 30, max(1, round(canvas.unit * (0.7 + step * 0.16))))
        canvas.glow(centre, (reach * 2.4, reach * 2.4), colour, 0.3)
        canvas.add_light(curve(pen.filter(ImageFilter.GaussianBlur(canvas.unit * 3)), lambda v: v * 2.2), colour)
        canvas.add_light(pen, mix(colour, (255, 255, 255), 0.55))


def _spark(centre: tuple[float, float], angle: float, far: float, reach: float) -> tuple[float, float]:
    return centre[0] + math.cos(angle) * far, centre[1] + math.sin(angle) * far + (far / reach) ** 2 * reach * 0.22


def pane_drops(canvas: Canvas, count: int, sharp: Image.Image) -> None:
    """Rain drops on the window before the lens; each shows the world behind it upside down, as `sharp` has it."""
    turned = sharp.transpose(Image.Transpose.ROTATE_180)
    half = [min(255, round(v * 0.45)) for v in range(256)]
    for _ in range(count):
        radius = canvas.unit * (2.2 + 15 * canvas.dice.random() ** 5)
        x, y = canvas.dice.random() * canvas.width, canvas.dice.random() * canvas.height
        _drop(canvas, turned, (x, y), radius, half)


def _drop(canvas: Canvas, turned: Image.Image, centre: tuple[float, float], radius: float, half: list[int]) -> None:
    side = max(4, round(radius * 2))
    tall = max(4, round(side * canvas.dice.uniform(1.0, 1.35)))
    shape = Image.new("L", (side * 3, tall * 3))
    ImageDraw.Draw(shape).ellipse((0, 0, side * 3 - 1, tall * 3 - 1), 255)
    shape = shape.reduce(3)
    reach = side * 5
    x = min(max(0, int(canvas.width - centre[0] - reach / 2)), max(0, turned.width - reach))
    y = min(max(0, int(canvas.height - centre[1] - reach / 2)), max(0, turned.height - reach))
    view = turned.resize(
        (side, tall), Image.Resampling.BILINEAR, (x, y, min(turned.width, x + reach), min(turned.height, y + reach))
    )
    shade = Image.linear_gradient("L").resize((side, tall)).point([min(255, round(90 + v * 0.85)) for v in range(256)])
    lens = ImageChops.multiply(view, Image.merge("RGB", (shade, shade, shade)))
    at = (round(centre[0] - side / 2), round(centre[1] - tall / 2))
    canvas.image.paste((6, 8, 14), (at[0], at[1] - 1), shape.point(half))
    canvas.image.paste(lens, at, shape)
    spark = max(1, side // 6)
    canvas.image.paste(
        (236, 240, 250),
        (at[0] + side // 4, at[1] + tall // 5),
        shape.resize((spark, spark)).point([v * 7 // 10 for v in range(256)]),
    )
