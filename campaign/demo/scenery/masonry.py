"""Walls in two tones, lit and shaded, of which towers are made."""

from campaign.demo.scenery.canvas import Canvas, Layer
from campaign.demo.scenery.colour import Colour, ink

Tones = tuple[Colour, Colour, bool]


def tones_of(canvas: Canvas, x: float, code: str) -> Tones:
    """The front, the shaded side, and whether the light comes from the right."""
    albedo = ink(code)
    return canvas.light.on(albedo, 0.75), canvas.light.on(albedo, 0.1), canvas.sun[0] > x


def shaft(layer: Layer, x: float, low: float, high: float, wide: tuple[float, float], tones: Tones) -> None:
    """A tapering shaft in two tones, from `low` up to `high`, `wide` at foot and top."""
    foot, head = wide[0] / 2, wide[1] / 2
    bright, dark, right = tones
    left_tone, right_tone = (dark, bright) if right else (bright, dark)
    layer.shape([(x - foot, low), (x - head, high), (x, high), (x, low)], left_tone)
    layer.shape([(x, low), (x, high), (x + head, high), (x + foot, low)], right_tone)
