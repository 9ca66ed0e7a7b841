"""Towers, wheels and cranes, each standing on (x, base), `size` pixels high."""

import math

from campaign.demo.scenery.canvas import Canvas, Layer
from campaign.demo.scenery.colour import ink, mix, times
from campaign.demo.scenery.masonry import shaft, tones_of


def tv_tower(canvas: Canvas, layer: Layer, x: float, base: float, size: float) -> None:
    """A concrete needle with a sphere and a striped mast."""
    tones = tones_of(canvas, x, "b9b4ae")
    shaft(layer, x, base, base - size * 0.66, (size * 0.06, size * 0.022), tones)
    layer.oval(x, base - size * 0.68, size * 0.058, size * 0.05, tones[1])
    layer.oval(
        x + (size * 0.012 if tones[2] else -size * 0.012), base - size * 0.688, size * 0.042, size * 0.036, tones[0]
    )
    layer.rect(x - size * 0.056, base - size * 0.676, x + size * 0.056, base - size * 0.667, times(tones[1], 0.7))
    shaft(layer, x, base - size * 0.72, base - size * 0.84, (size * 0.016, size * 0.01), tones)
    for band in range(6):
        top = base - size * (0.84 + band * 0.027)
        colour = canvas.light.on(ink("c8443a") if band % 2 == 0 else ink("efe9e2"), 0.5)
        layer.rect(x - size * 0.004, top - size * 0.027, x + size * 0.004, top, colour)
    if canvas.light.is_dark:
        layer.oval(x, base - size, size * 0.007, size * 0.007, ink("ff4a3a"))


def needle(canvas: Canvas, layer: Layer, x: float, base: float, size: float) -> None:
    """A slim observation tower with a saucer."""
    tones = tones_of(canvas, x, "d6d2ca")
    for foot in (-0.09, 0.09):
        layer.line(
            [
                (x + foot * size, base),
                (x + foot * size * 0.2, base - size * 0.45),
                (x + foot * size * 0.5, base - size * 0.74),
            ],
            size * 0.016,
            tones[1],
        )
    shaft(layer, x, base, base - size * 0.75, (size * 0.03, size * 0.024), tones)
    layer.oval(x, base - size * 0.765, size * 0.14, size * 0.018, tones[0])
    layer.pie(x, base - size * 0.77, size * 0.09, size * 0.05, tones[1])
    shaft(layer, x, base - size * 0.81, base - size, (size * 0.012, size * 0.002), tones)


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
        layer.oval(
            x + (px - x) * 1.04,
            hub + (py - hub) * 1.04 + size * 0.01,
            size * 0.017,
            size * 0.02,
            ink("ffd9a0") if canvas.light.is_dark else times(steel, 0.6),
        )
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
    layer.rect(
        x - side * size * 0.24 - size * 0.03,
        arm,
        x - side * size * 0.24 + size * 0.03,
        arm + size * 0.06,
        times(colour, 0.7),
    )
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
    layer.line(
        [
            (x + size * 0.16, base - size * 0.62),
            (x + size * 0.02, base - size * 0.86),
            (x - size * 0.2, base - size * 0.62),
        ],
        thick * 0.7,
        colour,
    )
    layer.line([(x - size * 0.2, base - size * 0.62), (x - size * 0.5, base - size * 1.02)], thick, colour)
    layer.line([(x + size * 0.02, base - size * 0.86), (x - size * 0.5, base - size * 1.02)], thick * 0.4, colour)
    layer.rect(x - size * 0.06, base - size * 0.62, x + size * 0.08, base - size * 0.54, times(colour, 0.8))
    if canvas.light.is_dark:
        layer.oval(x - size * 0.5, base - size * 1.02, size * 0.014, size * 0.014, ink("ff5a3a"))


def lighthouse(canvas: Canvas, layer: Layer, x: float, base: float, size: float) -> None:
    """White and red, its lamp burning after sunset."""
    for band in range(5):
        tones = tones_of(canvas, x, "c8453a" if band % 2 else "efe9df")
        wide = size * (0.2 - 0.018 * band)
        shaft(layer, x, base - size * 0.16 * band, base - size * 0.16 * (band + 1), (wide, wide - size * 0.018), tones)
    dark = canvas.light.on(ink("33373d"), 0.3)
    layer.rect(x - size * 0.08, base - size * 0.83, x + size * 0.08, base - size * 0.8, dark)
    lamp = ink("fff0b8") if canvas.light.is_dark else canvas.light.on(ink("bcd0d8"), 0.6)
    layer.rect(x - size * 0.045, base - size * 0.92, x + size * 0.045, base - size * 0.83, lamp)
    layer.pie(x, base - size * 0.92, size * 0.055, size * 0.06, dark)
