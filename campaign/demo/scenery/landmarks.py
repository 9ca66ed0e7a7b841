"""Single things a city is known by. Each is drawn standing on (x, base), `size` pixels high."""

import math
from collections.abc import Callable

from campaign.demo.scenery.canvas import Canvas, Layer
from campaign.demo.scenery.colour import Colour, ink, mix, times

Draw = Callable[[Canvas, Layer, float, float, float], None]


def _tones(canvas: Canvas, x: float, code: str) -> tuple[Colour, Colour, bool]:
    """The front, the shaded side, and whether the light comes from the right."""
    albedo = ink(code)
    return canvas.light.on(albedo, 0.75), canvas.light.on(albedo, 0.1), canvas.sun[0] > x


def _shaft(layer: Layer, x: float, low: float, high: float, wide: tuple[float, float], tones: tuple[Colour, Colour, bool]) -> None:
    """A tapering shaft in two tones, from `low` up to `high`, `wide` at foot and top."""
    foot, head = wide[0] / 2, wide[1] / 2
    bright, dark, right = tones
    left_tone, right_tone = (dark, bright) if right else (bright, dark)
    layer.shape([(x - foot, low), (x - head, high), (x, high), (x, low)], left_tone)
    layer.shape([(x, low), (x, high), (x + head, high), (x + foot, low)], right_tone)


def tv_tower(canvas: Canvas, layer: Layer, x: float, base: float, size: float) -> None:
    """A concrete needle with a sphere and a striped mast."""
    tones = _tones(canvas, x, "b9b4ae")
    _shaft(layer, x, base, base - size * 0.66, (size * 0.06, size * 0.022), tones)
    layer.oval(x, base - size * 0.68, size * 0.058, size * 0.05, tones[1])
    layer.oval(x + (size * 0.012 if tones[2] else -size * 0.012), base - size * 0.688, size * 0.042, size * 0.036, tones[0])
    layer.rect(x - size * 0.056, base - size * 0.676, x + size * 0.056, base - size * 0.667, times(tones[1], 0.7))
    _shaft(layer, x, base - size * 0.72, base - size * 0.84, (size * 0.016, size * 0.01), tones)
    for band in range(6):
        top = base - size * (0.84 + band * 0.027)
        colour = canvas.light.on(ink("c8443a") if band % 2 == 0 else ink("efe9e2"), 0.5)
        layer.rect(x - size * 0.004, top - size * 0.027, x + size * 0.004, top, colour)
    if canvas.light.is_dark:
        layer.oval(x, base - size, size * 0.007, size * 0.007, ink("ff4a3a"))


def needle(canvas: Canvas, layer: Layer, x: float, base: float, size: float) -> None:
    """A slim observation tower with a saucer."""
    tones = _tones(canvas, x, "d6d2ca")
    for foot in (-0.09, 0.09):
        layer.line([(x + foot * size, base), (x + foot * size * 0.2, base - size * 0.45), (x + foot * size * 0.5, base - size * 0.74)], size * 0.016, tones[1])
    _shaft(layer, x, base, base - size * 0.75, (size * 0.03, size * 0.024), tones)
    layer.oval(x, base - size * 0.765, size * 0.14, size * 0.018, tones[0])
    layer.pie(x, base - size * 0.77, size * 0.09, size * 0.05, tones[1])
    _shaft(layer, x, base - size * 0.81, base - size, (size * 0.012, size * 0.002), tones)


def church(canvas: Canvas, layer: Layer, x: float, base: float, size: float) -> None:
    """A nave and one pointed tower."""
    bright, dark, right = tones = _tones(canvas, x, "c2ab8c")
    roof = canvas.light.on(ink("4f6b66"), 0.5)
    layer.shape([(x, base - size * 0.3), (x + size * 0.1, base - size * 0.42), (x + size * 0.46, base - size * 0.42), (x + size * 0.5, base - size * 0.3)], roof)
    layer.rect(x, base - size * 0.3, x + size * 0.5, base, bright if right else dark)
    _shaft(layer, x, base, base - size * 0.55, (size * 0.16, size * 0.16), tones)
    layer.rect(x - size * 0.09, base - size * 0.565, x + size * 0.09, base - size * 0.545, dark)
    _shaft(layer, x, base - size * 0.56, base - size, (size * 0.15, size * 0.004), (mix(roof, bright, 0.25), times(roof, 0.7), right))
    layer.line([(x, base - size), (x, base - size * 1.06)], max(0.8, size * 0.006), dark)
    window = ink("ffcf87") if canvas.light.is_dark else times(dark, 0.6)
    layer.rect(x - size * 0.018, base - size * 0.5, x + size * 0.018, base - size * 0.42, window)
    for spot in range(4):
        left = x + size * (0.13 + spot * 0.09)
        layer.rect(left, base - size * 0.24, left + size * 0.03, base - size * 0.1, window)


def twin_spires(canvas: Canvas, layer: Layer, x: float, base: float, size: float) -> None:
    """A gothic cathedral."""
    tones = _tones(canvas, x, "8d8378")
    bright, dark, _right = tones
    layer.shape([(x - size * 0.1, base), (x - size * 0.1, base - size * 0.42), (x, base - size * 0.54), (x + size * 0.1, base - size * 0.42), (x + size * 0.1, base)], dark)
    layer.shape([(x + size * 0.1, base), (x + size * 0.1, base - size * 0.36), (x + size * 0.14, base - size * 0.43), (x + size * 0.62, base - size * 0.43), (x + size * 0.66, base - size * 0.34), (x + size * 0.66, base)], mix(bright, dark, 0.5))
    for spot in range(6):
        left = x + size * (0.19 + spot * 0.08)
        layer.line([(left, base), (left, base - size * 0.42)], size * 0.01, dark)
        layer.shape([(left - size * 0.012, base - size * 0.4), (left, base - size * 0.48), (left + size * 0.012, base - size * 0.4)], dark)
    for place in (-0.13, 0.13):
        spot = x + place * size
        _shaft(layer, spot, base, base - size * 0.6, (size * 0.14, size * 0.125), tones)
        _shaft(layer, spot, base - size * 0.6, base - size, (size * 0.12, size * 0.003), tones)
        for corner in (-0.055, 0.055):
            layer.shape([(spot + (corner - 0.014) * size, base - size * 0.6), (spot + corner * size, base - size * 0.71), (spot + (corner + 0.014) * size, base - size * 0.6)], dark)
        layer.rect(spot - size * 0.015, base - size * 0.56, spot + size * 0.015, base - size * 0.4, times(dark, 0.6))
    layer.oval(x, base - size * 0.34, size * 0.04, size * 0.04, ink("ffc97d") if canvas.light.is_dark else times(dark, 0.6))


def dome(canvas: Canvas, layer: Layer, x: float, base: float, size: float) -> None:
    """A renaissance dome with a lantern."""
    tones = _tones(canvas, x, "d8c3a0")
    copper = "a65a3c" if int(x) % 2 else "6fa08f"
    shell, shade, right = _tones(canvas, x, copper)
    layer.rect(x - size * 0.42, base - size * 0.34, x + size * 0.42, base, tones[1])
    layer.rect(x - size * 0.3, base - size * 0.52, x + size * 0.3, base - size * 0.3, tones[0])
    for spot in range(7):
        left = x - size * 0.27 + spot * size * 0.083
        layer.rect(left, base - size * 0.49, left + size * 0.03, base - size * 0.37, times(tones[1], 0.75))
    layer.pie(x, base - size * 0.52, size * 0.29, size * 0.34, shade)
    layer.pie(x + (0.05 if right else -0.05) * size, base - size * 0.52, size * 0.22, size * 0.325, shell)
    for rib in (-0.17, 0.0, 0.17):
        layer.line([(x + rib * size, base - size * 0.52), (x + rib * size * 0.55, base - size * 0.76), (x, base - size * 0.86)], size * 0.008, mix(shell, tones[0], 0.5))
    _shaft(layer, x, base - size * 0.84, base - size * 0.94, (size * 0.07, size * 0.06), tones)
    layer.pie(x, base - size * 0.94, size * 0.04, size * 0.05, shell)
    layer.line([(x, base - size * 0.97), (x, base - size * 1.05)], max(0.8, size * 0.008), tones[1])


def mosque(canvas: Canvas, layer: Layer, x: float, base: float, size: float) -> None:
    """A great dome on smaller ones between four minarets."""
    tones = _tones(canvas, x, "c9bfae")
    lead = canvas.light.on(ink("8d99a3"), 0.7)
    for place, tall in ((-0.62, 0.9), (-0.44, 1.0), (0.44, 1.0), (0.62, 0.9)):
        spot = x + place * size
        _shaft(layer, spot, base, base - size * tall * 0.82, (size * 0.036, size * 0.03), tones)
        _shaft(layer, spot, base - size * tall * 0.82, base - size * tall, (size * 0.034, size * 0.002), (lead, tones[1], tones[2]))
        for ring in (0.5, 0.66):
            layer.rect(spot - size * 0.028, base - size * tall * ring - size * 0.014, spot + size * 0.028, base - size * tall * ring, tones[1])
    layer.rect(x - size * 0.36, base - size * 0.3, x + size * 0.36, base, tones[1])
    for place in (-0.26, 0.26):
        layer.pie(x + place * size, base - size * 0.29, size * 0.12, size * 0.13, mix(lead, tones[1], 0.3))
    layer.rect(x - size * 0.23, base - size * 0.42, x + size * 0.23, base - size * 0.28, tones[0])
    layer.pie(x, base - size * 0.41, size * 0.22, size * 0.24, times(lead, 0.72))
    layer.pie(x + (0.04 if tones[2] else -0.04) * size, base - size * 0.41, size * 0.17, size * 0.225, lead)
    layer.line([(x, base - size * 0.64), (x, base - size * 0.72)], size * 0.01, tones[1])


def onion_domes(canvas: Canvas, layer: Layer, x: float, base: float, size: float) -> None:
    """A cluster of onion domes, the middle one gilded."""
    for place, tall, code in ((-0.3, 0.66, "4f7d68"), (0.3, 0.66, "4f7d68"), (-0.15, 0.8, "3f6fa0"), (0.15, 0.8, "3f6fa0"), (0.0, 1.0, "d9a63c")):
        spot, high = x + place * size, base - size * tall * 0.66
        _shaft(layer, spot, base, high, (size * 0.14, size * 0.12), _tones(canvas, x, "e0d2bb"))
        shell, shade, right = _tones(canvas, x, code)
        fat, rise = size * 0.085, size * tall * 0.2
        curve = [(fat * 0.75, 0.0), (fat, -rise * 0.3), (fat * 0.78, -rise * 0.62), (fat * 0.2, -rise), (0.0, -rise * 1.35)]
        left = [(spot - dx, high + dy) for dx, dy in curve]
        layer.shape([*left, (spot, high)], shade if right else shell)
        layer.shape([*((spot + dx, high + dy) for dx, dy in curve), (spot, high)], shell if right else shade)
        layer.line([(spot, high - rise * 1.3), (spot, high - rise * 1.75)], max(0.7, size * 0.007), shade)


def pagoda(canvas: Canvas, layer: Layer, x: float, base: float, size: float) -> None:
    """Five roofs, each smaller than the one below."""
    wall, dark, _right = _tones(canvas, x, "a8483a")
    tile = canvas.light.on(ink("3d474d"), 0.4)
    lamp = ink("ffc46b") if canvas.light.is_dark else times(dark, 0.7)
    for floor in range(5):
        wide, y = size * (0.2 - floor * 0.023), base - size * 0.155 * floor
        layer.rect(x - wide * 0.62, y - size * 0.13, x + wide * 0.62, y, wall)
        layer.rect(x - wide * 0.4, y - size * 0.085, x + wide * 0.4, y - size * 0.03, lamp)
        eave, ridge = y - size * 0.1, y - size * 0.16
        layer.shape([(x - wide * 1.25, eave - size * 0.018), (x - wide * 0.8, eave - size * 0.012), (x - wide * 0.5, ridge), (x + wide * 0.5, ridge), (x + wide * 0.8, eave - size * 0.012), (x + wide * 1.25, eave - size * 0.018), (x + wide * 0.9, eave + size * 0.006), (x - wide * 0.9, eave + size * 0.006)], tile)
    _shaft(layer, x, base - size * 0.78, base - size, (size * 0.014, size * 0.006), (wall, dark, True))


def wheel(canvas: Canvas, layer: Layer, x: float, base: float, size: float) -> None:
    """A ferris wheel with its cabins, lit at night."""
    steel = canvas.light.on(ink("cfd4da"), 0.5)
    if canvas.light.is_dark:
        steel = mix(steel, ink("ff8fb0"), 0.6)
    hub, radius = base - size * 0.53, size * 0.46
    for foot in (-0.22, 0.22):
        layer.line([(x, hub), (x + foot * size, base)], size * 0.02, times(steel, 0.7))
    points = [(x + radius * math.cos(a * math.pi / 36), hub + radius * math.sin(a * math.pi / 36)) for a in range(73)]
    layer.line(points, size * 0.012, steel)
    layer.line([(x + (px - x) * 0.93, hub + (py - hub) * 0.93) for px, py in points], size * 0.006, steel)
    for px, py in points[:72:3]:
        layer.line([(x, hub), (px, py)], max(0.6, size * 0.003), times(steel, 0.85))
        layer.oval(x + (px - x) * 1.04, hub + (py - hub) * 1.04 + size * 0.01, size * 0.017, size * 0.02, ink("ffd9a0") if canvas.light.is_dark else times(steel, 0.6))
    layer.oval(x, hub, size * 0.025, size * 0.025, steel)


def crane(canvas: Canvas, layer: Layer, x: float, base: float, size: float) -> None:
    """A building crane, its arm into the wind."""
    colour = canvas.light.on(ink("d9a23a"), 0.3)
    side = 1 if canvas.dice.random() < 0.5 else -1  # noqa: PLR2004 -- left or right
    thick = max(0.8, size * 0.012)
    top = base - size
    for edge in (-0.018, 0.018):
        layer.line([(x + edge * size, base), (x + edge * size, top)], thick, colour)
    for step in range(16):
        y = base - size * step / 16
        layer.line([(x - size * 0.018, y), (x + size * 0.018, y - size / 16)], thick * 0.7, colour)
    arm = top + size * 0.1
    layer.line([(x - side * size * 0.24, arm), (x + side * size * 0.72, arm)], thick * 1.4, colour)
    layer.line([(x - side * size * 0.2, arm), (x, top), (x + side * size * 0.55, arm)], thick * 0.7, colour)
    layer.rect(x - side * size * 0.24 - size * 0.03, arm, x - side * size * 0.24 + size * 0.03, arm + size * 0.06, times(colour, 0.7))
    hook = x + side * size * 0.5
    layer.line([(hook, arm), (hook, arm + size * canvas.dice.uniform(0.2, 0.4))], thick * 0.5, colour)
    if canvas.light.is_dark:
        layer.oval(x, top - size * 0.01, size * 0.012, size * 0.012, ink("ff4a3a"))


def harbour_crane(canvas: Canvas, layer: Layer, x: float, base: float, size: float) -> None:
    """A container gantry with its arm raised over the ships."""
    colour = canvas.light.on(ink("3f6f9f") if int(size) % 2 else ink("b5483c"), 0.4)
    thick = max(1.0, size * 0.026)
    for foot in (-0.2, 0.16):
        layer.line([(x + foot * size, base), (x + foot * size, base - size * 0.62)], thick, colour)
    layer.line([(x - size * 0.2, base - size * 0.3), (x + size * 0.16, base - size * 0.3)], thick, colour)
    layer.line([(x - size * 0.5, base - size * 0.62), (x + size * 0.3, base - size * 0.62)], thick * 1.3, colour)
    layer.line([(x + size * 0.16, base - size * 0.62), (x + size * 0.02, base - size * 0.86), (x - size * 0.2, base - size * 0.62)], thick * 0.7, colour)
    layer.line([(x - size * 0.2, base - size * 0.62), (x - size * 0.5, base - size * 1.02)], thick, colour)
    layer.line([(x + size * 0.02, base - size * 0.86), (x - size * 0.5, base - size * 1.02)], thick * 0.4, colour)
    layer.rect(x - size * 0.06, base - size * 0.62, x + size * 0.08, base - size * 0.54, times(colour, 0.8))
    if canvas.light.is_dark:
        layer.oval(x - size * 0.5, base - size * 1.02, size * 0.014, size * 0.014, ink("ff5a3a"))


def lighthouse(canvas: Canvas, layer: Layer, x: float, base: float, size: float) -> None:
    """White and red, its lamp burning after sunset."""
    for band in range(5):
        tones = _tones(canvas, x, "c8453a" if band % 2 else "efe9df")
        wide = size * (0.2 - 0.018 * band)
        _shaft(layer, x, base - size * 0.16 * band, base - size * 0.16 * (band + 1), (wide, wide - size * 0.018), tones)
    dark = canvas.light.on(ink("33373d"), 0.3)
    layer.rect(x - size * 0.08, base - size * 0.83, x + size * 0.08, base - size * 0.8, dark)
    lamp = ink("fff0b8") if canvas.light.is_dark else canvas.light.on(ink("bcd0d8"), 0.6)
    layer.rect(x - size * 0.045, base - size * 0.92, x + size * 0.045, base - size * 0.83, lamp)
    layer.pie(x, base - size * 0.92, size * 0.055, size * 0.06, dark)


LANDMARKS: dict[str, Draw] = {
    "tv-tower": tv_tower,
    "needle": needle,
    "church": church,
    "cathedral": twin_spires,
    "dome": dome,
    "mosque": mosque,
    "onion": onion_domes,
    "pagoda": pagoda,
    "wheel": wheel,
    "crane": crane,
    "harbour-crane": harbour_crane,
    "lighthouse": lighthouse,
}
