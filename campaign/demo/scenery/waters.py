"""Water: the picture above it upside down, broken by waves that grow towards us; the sun's path; boats."""

import math
from random import Random

from PIL import Image, ImageChops, ImageFilter

from campaign.demo.scenery.canvas import Canvas, Layer
from campaign.demo.scenery.colour import Colour, ink, mix, ramp, times
from campaign.demo.scenery.noise import between, curve, fractal


def reflect(
    canvas: Canvas, line: float, *, chop: float = 1.0, tint: Colour | None = None, clarity: float = 0.8
) -> None:
    """Fill everything below `line` with water. `chop` is the waves' height, `clarity` (0..1) how much it mirrors."""
    top = int(line)
    deep = canvas.height - top
    mirror = _upside_down(canvas, top, deep)
    long = _drawn_out(mirror, deep, 0.05 + 0.07 * chop)
    mirror = Image.blend(mirror, long, min(1.0, 0.35 + 0.4 * chop))
    mirror = _waved(mirror, canvas.dice, canvas.unit * chop)
    body = tint or mix(times(canvas.light.sky[0][1], 0.55), canvas.light.sky[-2][1], 0.25)
    murk = ramp((canvas.width, deep), ((0.0, mix(body, canvas.air_at(canvas.width / 2), 0.3)), (1.0, times(body, 0.8))))
    depth = curve(Image.linear_gradient("L").resize((canvas.width, deep)), lambda v: clarity * (1 - 0.45 * v))
    water = Image.composite(mirror, murk, depth)
    water = _rippled(canvas, water, body, chop)
    canvas.image.paste(water, (0, top))


def _upside_down(canvas: Canvas, top: int, deep: int) -> Image.Image:
    reach = min(top, int(deep * 1.15))
    part = canvas.image.crop((0, top - reach, canvas.width, top))
    return part.transpose(Image.Transpose.FLIP_TOP_BOTTOM).resize((canvas.width, deep), Image.Resampling.BILINEAR)


def _drawn_out(mirror: Image.Image, deep: int, share: float) -> Image.Image:
    """The mirror smeared downwards, as lamps on a river; brightest parts keep their light."""
    rows = max(3, round(1 / share))
    half = mirror.resize((mirror.width // 2, mirror.height // 2), Image.Resampling.BOX)
    small = half.filter(ImageFilter.MaxFilter(3)).resize((mirror.width // 2, rows * 2), Image.Resampling.BOX)
    return small.resize((mirror.width, deep), Image.Resampling.BICUBIC)


def _waved(mirror: Image.Image, dice: Random, unit: float) -> Image.Image:
    """Move small quads sideways, more the nearer they are."""
    width, height = mirror.size
    across, down = 18, min(110, max(8, height // 4))
    rows = [height * (row / down) ** 1.5 for row in range(down + 1)]
    phase = [dice.uniform(0, 6.28) for _ in range(6)]

    def shift(column: int, row: int) -> float:
        near = 0.12 + row / down
        sway = math.sin(row * 1.9 + phase[0]) + 0.8 * math.sin(row * 0.83 + column * 0.9 + phase[1])
        sway += 0.9 * math.sin(row * 2.7 - column * 1.3 + phase[2])
        return unit * 5.5 * near * sway

    mesh = []
    for row in range(down):
        y0, y1 = rows[row], rows[row + 1]
        for column in range(across):
            x0, x1 = width * column / across, width * (column + 1) / across
            box = (int(x0), int(y0), int(x1), int(y1))
            if box[3] <= box[1]:
                continue
            nw, ne, sw, se = (
                shift(c, r) for c, r in ((column, row), (column + 1, row), (column, row + 1), (column + 1, row + 1))
            )
            left, right = (x0 + nw, x0 + sw), (x1 + ne, x1 + se)
            if column == 0:
                left = (max(0.0, left[0]), max(0.0, left[1]))
            if column == across - 1:
                right = (min(width - 1.0, right[0]), min(width - 1.0, right[1]))
            mesh.append((box, (left[0], y0, left[1], y1, right[1], y1, right[0], y0)))
    return mirror.transform(mirror.size, Image.Transform.MESH, mesh, Image.Resampling.BILINEAR, fillcolor=None)


def plane(texture: Image.Image, size: tuple[int, int], near: float = 0.16) -> Image.Image:
    """The texture laid on the ground, from the horizon at the top edge to our feet at the bottom."""
    width, height = size
    e = height * near
    k = texture.width / width * 0.98
    return texture.transform(
        size,
        Image.Transform.PERSPECTIVE,
        (k, 0.5 * texture.width / e, 0.5 * texture.width - 0.5 * width * k, 0, 0, texture.height * 0.98, 0, 1 / e),
        Image.Resampling.BICUBIC,
    )


def _rippled(canvas: Canvas, water: Image.Image, body: Colour, chop: float) -> Image.Image:
    texture = fractal(canvas.dice, (900, 900), (330, 130), 2)
    waves = plane(texture, water.size)
    dark = curve(waves, lambda v: between(0.55, 0.9)(v) * min(0.6, 0.26 * chop))
    water = Image.composite(Image.new("RGB", water.size, times(body, 0.45)), water, dark)
    light = curve(waves, lambda v: between(0.55, 0.9)(1 - v) * min(0.5, 0.22 * chop))
    return Image.composite(Image.new("RGB", water.size, canvas.light.sky[2][1]), water, light)


def sun_path(canvas: Canvas, line: float, strength: float = 1.0) -> None:
    """The glitter under the sun or moon, from the waterline to us."""
    top, deep = int(line), canvas.height - int(line)
    size = (canvas.width, deep)
    sparks = curve(plane(fractal(canvas.dice, (900, 900), (450, 170), 2), size), between(0.58, 0.8))
    reach = int(canvas.width * 0.2)
    column = curve(Image.radial_gradient("L"), lambda v: strength * max(0.0, 1 - v * 1.4) ** 1.3)
    column = column.resize((reach * 2, deep * 3), Image.Resampling.BICUBIC).crop(
        (0, deep + deep // 4, reach * 2, 2 * deep + deep // 4)
    )
    path = Image.new("L", size)
    path.paste(column, (int(canvas.sun[0]) - reach, 0))
    colour = mix(canvas.light.glow, ink("fff6e0"), 0.4)
    canvas.add_light(ImageChops.multiply(sparks, path), colour, (0, top, canvas.width, top + deep))
    canvas.add_light(curve(path, lambda v: v * 0.22), colour, (0, top, canvas.width, top + deep))


def sail_boat(layer: Layer, x: float, y: float, size: float, hull: Colour, sail: Colour) -> None:
    """A small boat under sail, its waterline at `y`, `size` pixels high."""
    layer.shape(
        [
            (x - size * 0.3, y - size * 0.1),
            (x + size * 0.34, y - size * 0.1),
            (x + size * 0.24, y),
            (x - size * 0.22, y),
        ],
        hull,
    )
    layer.line([(x, y - size * 0.1), (x, y - size)], size * 0.02, hull)
    layer.shape(
        [(x + size * 0.03, y - size * 0.96), (x + size * 0.32, y - size * 0.15), (x + size * 0.03, y - size * 0.15)],
        sail,
    )
    layer.shape(
        [(x - size * 0.03, y - size * 0.86), (x - size * 0.26, y - size * 0.16), (x - size * 0.03, y - size * 0.16)],
        times(sail, 0.86),
    )


def ferry(layer: Layer, x: float, y: float, size: float, hull: Colour, lamp: Colour) -> None:
    """A ferry with lit decks, its waterline at `y`, `size` pixels long."""
    layer.shape([(x, y - size * 0.1), (x + size, y - size * 0.1), (x + size * 0.93, y), (x + size * 0.06, y)], hull)
    layer.rect(x + size * 0.1, y - size * 0.19, x + size * 0.86, y - size * 0.1, mix(hull, ink("f4efe4"), 0.6))
    layer.rect(x + size * 0.2, y - size * 0.26, x + size * 0.7, y - size * 0.19, mix(hull, ink("f4efe4"), 0.5))
    layer.shape(
        [
            (x + size * 0.42, y - size * 0.26),
            (x + size * 0.44, y - size * 0.36),
            (x + size * 0.52, y - size * 0.36),
            (x + size * 0.52, y - size * 0.26),
        ],
        hull,
    )
    for spot in range(13):
        left = x + size * (0.13 + spot * 0.055)
        layer.rect(left, y - size * 0.165, left + size * 0.03, y - size * 0.125, lamp)
