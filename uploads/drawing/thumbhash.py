"""ThumbHash: a photo's gist in some 25 bytes, as by Evan Wallace (https://evanw.github.io/thumbhash/).

The package of the same name fails on pictures with transparency and decodes to a flat colour, so this is
the algorithm from its description; for opaque pictures the two agree byte for byte. Sums run over rows
first and columns second, which makes it fast enough without numpy.
"""

from dataclasses import dataclass
from math import cos, pi
from operator import mul

MAX_SIDE = 100  # pixels: what the format's description allows
_Plane = list[list[float]]


@dataclass(frozen=True, slots=True)
class _Channel:
    dc: float
    ac: list[float]
    scale: float


def encode(width: int, height: int, rgba: bytes) -> bytes:
    """The hash of `width` x `height` pixels of 4 bytes each, rows from the top, alpha not multiplied in.

    Raises `ValueError` above 100 pixels a side.
    """
    if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE):
        raise ValueError(f"{width} x {height} pixels; a side has 1 to {MAX_SIDE}")
    light, yellow_blue, red_green, alpha = _planes(width, height, rgba)
    has_alpha = any(value < 1 for row in alpha for value in row)
    most = 5 if has_alpha else 7
    nx = max(1, _round(most * width / max(width, height)))
    ny = max(1, _round(most * height / max(width, height)))
    colour = [
        _transform(light, max(3, nx), max(3, ny)),
        _transform(yellow_blue, 3, 3),
        _transform(red_green, 3, 3),
    ]
    opacity = _transform(alpha, 5, 5) if has_alpha else None
    is_landscape = width > height
    return _pack(colour, opacity, short_side=ny if is_landscape else nx, is_landscape=is_landscape)


def decode(thumbhash: bytes, *, long_side: int = 32) -> tuple[int, int, bytes]:
    """A picture from the hash: width, height and RGBA bytes. Raises `ValueError` when it is cut short."""
    try:
        return _decode(thumbhash, long_side)
    except IndexError:
        raise ValueError("the hash is cut short") from None


def _planes(width: int, height: int, rgba: bytes) -> tuple[_Plane, _Plane, _Plane, _Plane]:
    """Lightness, yellow against blue, red against green and alpha, on the picture's mean colour."""
    alphas = [value / 255 for value in rgba[3::4]]
    total = sum(alphas)
    flat = []
    for offset in range(3):
        weighted = list(map(mul, alphas, (value / 255 for value in rgba[offset::4])))
        mean = sum(weighted) / total if total else 0.0
        flat.append([mean * (1 - alpha) + value for alpha, value in zip(alphas, weighted, strict=True)])
    pixels = list(zip(*flat, strict=True))
    light = [(r + g + b) / 3 for r, g, b in pixels]
    yellow_blue = [(r + g) / 2 - b for r, g, b in pixels]
    red_green = [r - g for r, g, _ in pixels]
    rows = range(0, width * height, width)
    first, second, third, fourth = (
        [plane[i : i + width] for i in rows] for plane in (light, yellow_blue, red_green, alphas)
    )
    return first, second, third, fourth


def _transform(plane: _Plane, nx: int, ny: int) -> _Channel:
    """The low corner of the plane's discrete cosine transform, its AC part scaled to 0..1."""
    height, width = len(plane), len(plane[0])
    across = [_wave(width, cx) for cx in range(nx)]
    columns = [[sum(map(mul, row, wave)) for row in plane] for wave in across]
    found = [sum(map(mul, columns[cx], _wave(height, cy))) / (width * height) for cx, cy in _corner(nx, ny, first=0)]
    dc, ac = found[0], found[1:]
    scale = max(map(abs, ac), default=0.0)
    return _Channel(dc, [0.5 + 0.5 / scale * value for value in ac] if scale else ac, scale)


def _wave(length: int, frequency: int) -> list[float]:
    return [cos(pi / length * frequency * (i + 0.5)) for i in range(length)]


def _corner(nx: int, ny: int, *, first: int = 1) -> list[tuple[int, int]]:
    """The frequencies kept, in the format's order; `first=1` leaves out the constant one."""
    return [(cx, cy) for cy in range(ny) for cx in range(nx) if cx * ny < nx * (ny - cy)][first:]


def _pack(colour: list[_Channel], opacity: _Channel | None, *, short_side: int, is_landscape: bool) -> bytes:
    light, p, q = colour
    header = _round(63 * light.dc) | _round(31.5 + 31.5 * p.dc) << 6 | _round(31.5 + 31.5 * q.dc) << 12
    header |= _round(31 * light.scale) << 18 | (opacity is not None) << 23
    header |= (short_side | _round(63 * p.scale) << 3 | _round(63 * q.scale) << 9 | is_landscape << 15) << 24
    packed = bytearray(header.to_bytes(5, "little"))
    if opacity is not None:
        packed.append(_round(15 * opacity.dc) | _round(15 * opacity.scale) << 4)
    nibbles = [_round(15 * value) for channel in (*colour, opacity) if channel for value in channel.ac]
    nibbles += [0] * (len(nibbles) % 2)
    packed += bytes(low | high << 4 for low, high in zip(nibbles[::2], nibbles[1::2], strict=True))
    return bytes(packed)


def _decode(thumbhash: bytes, long_side: int) -> tuple[int, int, bytes]:
    header = int.from_bytes(thumbhash[:5], "little")
    has_alpha, is_landscape = bool(header >> 23 & 1), bool(header >> 39 & 1)
    most, least = 5 if has_alpha else 7, header >> 24 & 7
    nx, ny = (most, least) if is_landscape else (least, most)
    if not nx or not ny:
        raise ValueError("not a hash of a picture")
    width = max(1, _round(long_side * min(1, nx / ny)))
    height = max(1, _round(long_side * min(1, ny / nx)))
    nibbles = iter([half for byte in thumbhash[6 if has_alpha else 5 :] for half in (byte & 15, byte >> 4)])

    def plane(dc: float, scale: float, cx: int, cy: int) -> _Plane:
        kept = _corner(cx, cy)
        ac = [(value / 7.5 - 1) * scale for _, value in zip(kept, nibbles, strict=False)]
        if len(ac) < len(kept):
            raise IndexError
        return _restore(width, height, dc, dict(zip(kept, ac, strict=True)), cx)

    light = plane((header & 63) / 63, (header >> 18 & 31) / 31, max(3, nx), max(3, ny))
    # The chroma is exaggerated a little, because quantising takes some of it away.
    p = plane((header >> 6 & 63) / 31.5 - 1, (header >> 27 & 63) / 63 * 1.25, 3, 3)
    q = plane((header >> 12 & 63) / 31.5 - 1, (header >> 33 & 63) / 63 * 1.25, 3, 3)
    a = [[1.0] * width] * height
    if has_alpha:
        a = plane((thumbhash[5] & 15) / 15, (thumbhash[5] >> 4) / 15, 5, 5)
    return width, height, _colour(light, p, q, a)


def _restore(width: int, height: int, dc: float, ac: dict[tuple[int, int], float], nx: int) -> _Plane:
    down = {cy: _wave(height, cy) for _, cy in ac}
    across = list(zip(*(_wave(width, cx) for cx in range(nx)), strict=True))
    plane = []
    for y in range(height):
        weights = [dc] + [0.0] * (nx - 1)
        for (cx, cy), value in ac.items():
            weights[cx] += 2 * value * down[cy][y]
        plane.append([sum(map(mul, weights, waves)) for waves in across])
    return plane


def _colour(light: _Plane, p: _Plane, q: _Plane, a: _Plane) -> bytes:
    pixels = bytearray()
    for rows in zip(light, p, q, a, strict=True):
        for lightness, yellow_blue, red_green, alpha in zip(*rows, strict=True):
            blue = lightness - 2 / 3 * yellow_blue
            red = (3 * lightness - blue + red_green) / 2
            pixels += bytes(_byte(value) for value in (red, red - red_green, blue, alpha))
    return bytes(pixels)


def _byte(value: float) -> int:
    return max(0, min(255, _round(255 * value)))


def _round(value: float) -> int:
    """Half up, as JavaScript does."""
    return int(value + 0.5) if value >= 0 else -int(0.5 - value)
