"""Skies: the gradient of the hour, sun, moon, stars, clouds, aurora, a storm's lightning, birds."""

import math
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from campaign.demo.scene import Scene, Weather
from campaign.demo.scenery.canvas import Canvas, Layer
from campaign.demo.scenery.colour import WHITE, Colour, at, ink, mix, ramp
from campaign.demo.scenery.noise import between, curve, fractal, static

_COVER = {
    Weather.CLEAR: 0.0,
    Weather.FAIR: 0.42,
    Weather.OVERCAST: 0.85,
    Weather.STORM: 0.8,
    Weather.MIST: 0.0,
    Weather.RAIN: 0.8,
    Weather.SNOW: 0.7,
}


def paint_sky(canvas: Canvas, scene: Scene, horizon: float, sun_x: float = 0.5, *, wisps: bool = False) -> None:
    """Fill the picture with the sky down to `horizon` (pixels); `sun_x` is where the sun stands, 0..1 across."""
    light = canvas.light
    canvas.horizon = horizon
    depth = max(8, int(horizon))
    canvas.image.paste(ramp((canvas.width, depth), light.sky), (0, 0))
    canvas.image.paste(light.sky[-1][1], (0, depth, canvas.width, canvas.height))
    canvas.sun = (sun_x * canvas.width, horizon * (1 - light.sun_height))
    if light.stars:
        _stars(canvas, light.stars)
    if scene.has("milky-way"):
        _milky_way(canvas)
    if scene.has("aurora"):
        _aurora(canvas)
    _sun(canvas, scene)
    if scene.has("moon"):
        moon(canvas, (canvas.width * (0.8 - 0.5 * sun_x), horizon * 0.28), 22 * canvas.unit)
    cover = _COVER[scene.weather]
    if cover:
        clouds(canvas, cover, scene.weather)
    if wisps or scene.has("wisps"):
        _wisps(canvas)
    if scene.has("lightning"):
        _lightning(canvas)
    canvas.breathe()


def _sun(canvas: Canvas, scene: Scene) -> None:
    light, (x, y) = canvas.light, canvas.sun
    reach = max(canvas.width, canvas.height)
    canvas.glow((x, canvas.horizon), (reach * 0.95, canvas.horizon * 0.55), light.glow, light.glow_strength * 0.42, 1.6)
    canvas.glow((x, y), (reach * 0.42, reach * 0.42), light.glow, light.glow_strength * 0.5)
    if light.disc and not scene.has("no-disc"):
        size = 15 * canvas.unit
        canvas.glow((x, y), (size * 9, size * 9), mix(light.glow, WHITE, 0.3), 0.9, 3.2)
        canvas.glow((x, y), (size * 2.2, size * 2.2), mix(light.glow, WHITE, 0.75), 1.0, 0.9)


def _stars(canvas: Canvas, amount: float) -> None:
    dice, pen = canvas.dice, Image.new("L", canvas.image.size)
    draw = ImageDraw.Draw(pen)
    for _ in range(int(amount * 520 * canvas.width / canvas.height**0.5 / 30)):
        x, height = dice.random() * canvas.width, dice.random() ** 1.4
        bright = (dice.random() ** 4 * 215 + 40) * (1 - height * 0.8)
        size = canvas.unit * (0.5 + bright / 255 * 0.8)
        y = height * canvas.horizon
        draw.ellipse((x - size, y - size, x + size, y + size), int(bright))
    canvas.add_light(pen.filter(ImageFilter.GaussianBlur(canvas.unit * 0.45)), ink("e8eeff"))


def _milky_way(canvas: Canvas) -> None:
    size = (canvas.width // 3, canvas.height // 3)
    band = Image.new("L", size)
    slope = canvas.dice.choice((-1, 1))
    for step in range(60):
        share = step / 59
        x, y = (share if slope > 0 else 1 - share) * size[0], share * size[1] * 0.9
        reach = size[1] * (0.10 + 0.05 * math.sin(step))
        ImageDraw.Draw(band).ellipse((x - reach, y - reach, x + reach, y + reach), 90)
    band = band.filter(ImageFilter.GaussianBlur(size[1] * 0.09))
    dust = curve(fractal(canvas.dice, size, (9, 9), 6), between(0.25, 0.85))
    glow = ImageChops.multiply(band, dust).resize(canvas.image.size, Image.Resampling.BICUBIC)
    canvas.add_light(curve(glow, lambda v: v * 1.5), ink("b9bce0"))
    grains = curve(static(canvas.dice, canvas.image.size), between(0.972, 1.0))
    canvas.add_light(ImageChops.multiply(grains, curve(glow, lambda v: v * 6)), ink("fff2dd"))


def _aurora(canvas: Canvas) -> None:
    width, height = canvas.width // 4, int(canvas.horizon) // 4
    for colour, base, strength in ((ink("3dffa0"), 0.72, 0.85), (ink("7dffcf"), 0.55, 0.5), (ink("b46bff"), 0.42, 0.5)):
        curtain = Image.new("L", (width, height))
        draw = ImageDraw.Draw(curtain)
        phase, bend = canvas.dice.random() * 6, canvas.dice.uniform(1.2, 2.2)
        for x in range(width):
            turn = phase + bend * 6.28 * x / width
            foot = height * (base + 0.13 * math.sin(turn) + 0.04 * math.sin(turn * 2.7 + 1))
            bright = int(190 * (0.45 + 0.55 * math.sin(turn * 0.7 + 2) ** 2) * (0.75 + 0.25 * canvas.dice.random()))
            draw.line((x, foot, x, foot - height * 0.07), bright)
        trail = curtain.resize((width, max(1, height // 14)), Image.Resampling.BOX).resize((width, height))
        veil = ImageChops.add(_upwards(curtain, height * 0.45), trail.filter(ImageFilter.GaussianBlur(3)))
        veil = curve(veil.filter(ImageFilter.GaussianBlur(1.2)), lambda v, s=strength: v * s)  # type: ignore[misc]  # mypy cannot infer a default in a lambda
        big = veil.resize((canvas.width, int(canvas.horizon)), Image.Resampling.BICUBIC)
        canvas.add_light(big, colour, (0, 0, big.width, big.height))


def _upwards(image: Image.Image, reach: float) -> Image.Image:
    """The image with its light drawn out upwards, as the rays of an aurora."""
    total, step = image, 1.0
    while step < reach:
        moved = ImageChops.offset(total, 0, -round(step))
        moved.paste(0, (0, image.height - round(step), image.width, image.height))
        total = ImageChops.lighter(total, curve(moved, lambda v: v * 0.86))
        step *= 1.7
    return total


def moon(canvas: Canvas, centre: tuple[float, float], size: float, colour: Colour = (255, 246, 224)) -> None:
    """A full moon of radius `size` pixels, with its seas and its ring of light."""
    x, y = centre
    canvas.glow(centre, (size * 7, size * 7), colour, 0.34, 2.4)
    side = max(8, round(size * 2))
    disc = Image.new("L", (side * 4, side * 4))
    ImageDraw.Draw(disc).ellipse((2, 2, side * 4 - 3, side * 4 - 3), 255)
    disc = disc.reduce(4)
    seas = curve(fractal(canvas.dice, (side, side), (2.2, 2.2), 5), between(0.3, 0.75))
    low = mix(colour, ink("9a8f88"), 0.45)
    face = Image.composite(Image.new("RGB", disc.size, colour), Image.new("RGB", disc.size, low), seas)
    canvas.cover(face, disc, (round(x - side / 2), round(y - side / 2)))


def clouds(canvas: Canvas, cover: float, weather: Weather) -> None:
    """Clouds on a ceiling that runs to the horizon: lit on the side of the sun, `cover` 0..1 of the sky."""
    size = (canvas.width, max(8, int(canvas.horizon)))
    small = (max(64, size[0] // 2), max(32, size[1] // 2))
    heap = weather is Weather.FAIR
    field = _ceiling(fractal(canvas.dice, (640, 640), (13, 16) if heap else (7, 12), 7), small)
    low = 0.78 - cover * 0.55
    density = curve(field, between(low, low + (0.2 if heap else 0.4)))
    lit = _lit_side(field, canvas, small)
    light = canvas.light
    tops, bottoms = light.cloud_lit, light.cloud_shade
    colours = Image.composite(Image.new("RGB", small, tops), Image.new("RGB", small, bottoms), lit)
    thin = Image.linear_gradient("L").resize(small)
    density = ImageChops.multiply(density, curve(thin, lambda v: min(0.95, max(0.0, 3.04 - v * 2.9))))
    canvas.cover(colours.resize(size, Image.Resampling.BICUBIC), density.resize(size, Image.Resampling.BICUBIC))


def _ceiling(texture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The texture seen as a ceiling: wide overhead, pressed together towards the horizon."""
    width, height = size
    far = height * 0.34
    k = texture.width / width * 0.98
    total = height + far
    # Output y counts from the top; depth is 1/(total - y), written as the projective map that Pillow expects.
    a, b, c = k * far / total, -0.5 * texture.width / total, 0.5 * texture.width - 0.5 * width * k * far / total
    v = texture.height * 0.94 * far / total
    return texture.transform(
        size, Image.Transform.PERSPECTIVE, (a, b, c, 0, 0, v, 0, -1 / total), Image.Resampling.BICUBIC
    )


def _lit_side(field: Image.Image, canvas: Canvas, size: tuple[int, int]) -> Image.Image:
    scale = size[0] / canvas.width
    dx, dy = canvas.sun[0] * scale - size[0] / 2, canvas.sun[1] * scale - size[1] * 0.5
    norm = math.hypot(dx, dy) or 1
    soft = field.filter(ImageFilter.GaussianBlur(canvas.unit * 1.6))
    reach = canvas.unit * 9
    towards = _slid(soft, round(-dx / norm * reach), round(-dy / norm * reach))
    return curve(ImageChops.subtract(soft, towards, 0.33, 120), between(0.12, 0.88))


def _slid(image: Image.Image, right: int, down: int) -> Image.Image:
    """The image moved by so many pixels; its edge is stretched over what is left free, so that no seam shows."""
    width, height = image.size
    slid = image.copy()
    slid.paste(image, (right, down))
    if right > 0:
        slid.paste(slid.crop((right, 0, right + 1, height)).resize((right, height)), (0, 0))
    elif right < 0:
        slid.paste(
            slid.crop((width + right - 1, 0, width + right, height)).resize((-right, height)), (width + right, 0)
        )
    if down > 0:
        slid.paste(slid.crop((0, down, width, down + 1)).resize((width, down)), (0, 0))
    elif down < 0:
        slid.paste(slid.crop((0, height + down - 1, width, height + down)).resize((width, -down)), (0, height + down))
    return slid


def _wisps(canvas: Canvas) -> None:
    """High ice clouds: long, thin, brushed across."""
    size = (canvas.width, max(8, int(canvas.horizon)))
    veil = fractal(canvas.dice, (max(64, size[0] // 3), max(64, size[1] // 3)), (3, 11), 5)
    veil = veil.rotate(canvas.dice.uniform(-9, 9), Image.Resampling.BICUBIC, fillcolor=0)
    veil = curve(veil, lambda v: between(0.5, 0.95)(v) * 0.75)
    fade = curve(Image.linear_gradient("L").resize(veil.size), lambda v: min(1.0, 3 * v) * min(1.0, 4 * (1 - v)))
    canvas.cover(canvas.light.cloud_lit, ImageChops.multiply(veil, fade).resize(size, Image.Resampling.BICUBIC))


def _lightning(canvas: Canvas) -> None:
    dice, pen = canvas.dice, Layer(canvas, 0, canvas.horizon)
    start = (canvas.width * dice.uniform(0.55, 0.75), canvas.horizon * 0.1)
    _bolt(pen, dice, start, canvas.horizon * 0.97, canvas.unit * 1.6, 3)
    canvas.glow(start, (canvas.width * 0.5, canvas.horizon * 0.9), ink("b9b4ff"), 0.5, 1.8)
    mask = pen.image.reduce(2).getchannel("A")
    box = (0, 0, mask.width, mask.height)
    canvas.add_light(curve(mask.filter(ImageFilter.GaussianBlur(canvas.unit * 9)), lambda v: v * 3), ink("8f8cff"), box)
    canvas.add_light(mask, ink("f4f2ff"), box)


def _bolt(pen: Layer, dice: Random, start: tuple[float, float], end: float, thick: float, forks: int) -> None:
    x, y = start
    step = (end - y) / 26
    while y < end:
        further = (x + dice.uniform(-1, 1) * step * 0.9, y + step * dice.uniform(0.5, 1.3))
        pen.line([(x, y), further], thick, WHITE)
        x, y = further
        if forks and dice.random() < 0.14:  # noqa: PLR2004 -- chance of a fork
            _bolt(pen, dice, (x, y), min(end, y + step * dice.uniform(5, 10)), thick * 0.55, 0)
            forks -= 1


def birds(canvas: Canvas, count: int, centre: tuple[float, float], spread: float) -> None:
    """A loose flock: each bird two strokes."""
    dice = canvas.dice
    layer = Layer(canvas, 0, canvas.height)
    colour = mix(at(canvas.light.sky, 0.6), (20, 20, 30), 0.75)
    for _ in range(count):
        x, y = centre[0] + dice.gauss(0, spread), centre[1] + dice.gauss(0, spread * 0.35)
        wing = canvas.unit * dice.uniform(4, 8)
        lift, tip = wing * dice.uniform(0.2, 0.6), wing * dice.uniform(-0.1, 0.3)
        left = [(x - wing, y - tip), (x - wing * 0.45, y - lift), (x, y)]
        right = [(x, y), (x + wing * 0.45, y - lift), (x + wing, y - tip)]
        layer.line(left, canvas.unit * 1.0, colour)
        layer.line(right, canvas.unit * 1.0, colour)
    canvas.put(layer)
