"""Bridges across the picture, standing in the water at `base` with their deck `rise` pixels above it."""

import math
from collections.abc import Callable

from campaign.demo.scenery.canvas import Canvas, Layer
from campaign.demo.scenery.colour import Colour, ink, mix, times

Draw = Callable[[Canvas, Layer, tuple[float, float], float, float], None]


def _steel(canvas: Canvas, code: str) -> tuple[Colour, Colour]:
    return canvas.light.on(ink(code), 0.55), canvas.light.on(ink(code), 0.05)


def _lamps(canvas: Canvas, layer: Layer, ends: tuple[float, float], y: float, step: float) -> None:
    if not canvas.light.is_dark:
        return
    x = ends[0]
    while x < ends[1]:
        layer.oval(x, y, canvas.unit * 1.7, canvas.unit * 1.7, ink("ffdf9f"))
        x += step


def suspension(canvas: Canvas, layer: Layer, ends: tuple[float, float], base: float, rise: float) -> None:
    """Two towers, two cables, many hangers."""
    bright, dark = _steel(canvas, "b5452f")
    left, right = ends
    span, deck = right - left, base - rise
    towers = (left + span * 0.22, left + span * 0.78)
    top, thick = deck - span * 0.15, max(1.2, span * 0.0035)
    for tower in towers:
        for leg in (-0.008, 0.008):
            layer.line(
                [(tower + leg * span, base), (tower + leg * span * 0.7, top)], thick * 2.2, bright if leg > 0 else dark
            )
        for bar in range(5):
            y = deck - (deck - top) * bar / 4.4
            layer.rect(tower - span * 0.009, y - thick * 1.5, tower + span * 0.009, y + thick, bright)
    for start, end, foot, far in ((left, towers[0], deck, top), (towers[1], right, top, deck)):
        layer.line([(start, foot), (end, far)], thick, dark)
    cable = [_hang(towers, top, deck, s / 48) for s in range(49)]
    layer.line(cable, thick, dark)
    for x, y in cable[1:-1]:
        layer.line([(x, y), (x, deck)], max(0.6, thick * 0.35), dark)
    layer.rect(left, deck - thick * 1.6, right, deck + thick * 2.2, dark)
    layer.rect(left, deck - thick * 1.6, right, deck - thick * 0.4, bright)
    _lamps(canvas, layer, ends, deck - thick * 4, span / 34)


def _hang(towers: tuple[float, float], top: float, deck: float, place: float) -> tuple[float, float]:
    sag = (2 * place - 1) ** 2
    return towers[0] + (towers[1] - towers[0]) * place, deck - (deck - top) * (0.06 + 0.94 * sag)


def cable_stayed(canvas: Canvas, layer: Layer, ends: tuple[float, float], base: float, rise: float) -> None:
    """One slim pylon and two fans of cables."""
    bright, dark = _steel(canvas, "d9dde0")
    left, right = ends
    span, deck = right - left, base - rise
    x, top = left + span * 0.42, deck - span * 0.3
    thick = max(1.0, span * 0.003)
    layer.shape(
        [(x - span * 0.012, base), (x - span * 0.003, top), (x + span * 0.003, top), (x + span * 0.012, base)], bright
    )
    for stay in range(1, 17):
        foot = span * 0.4 * stay / 16
        y = top + (deck - top) * 0.62 * (1 - stay / 16)
        for side in (-1, 1):
            layer.line([(x, y), (x + side * foot, deck)], max(0.6, thick * 0.3), mix(bright, dark, 0.3))
    layer.rect(left, deck - thick, right, deck + thick * 2, dark)
    layer.rect(left, deck - thick, right, deck, bright)
    _lamps(canvas, layer, ends, deck - thick * 4, span / 40)


def steel_arch(canvas: Canvas, layer: Layer, ends: tuple[float, float], base: float, rise: float) -> None:
    """A truss arch that carries two decks, as over the Douro."""
    bright, dark = _steel(canvas, "7f8a90")
    left, right = ends
    span, deck = right - left, base - rise
    a, b = left + span * 0.2, right - span * 0.2
    thick = max(1.0, span * 0.003)
    arch = [(a + (b - a) * s / 40, base - math.sin(math.pi * s / 40) * (rise - thick * 4)) for s in range(41)]
    inner = [(x, y + span * 0.018 + span * 0.03 * abs(s / 20 - 1) ** 2) for s, (x, y) in enumerate(arch)]
    layer.line(arch, thick * 1.3, dark)
    layer.line(inner, thick * 1.3, dark)
    for s in range(40):
        layer.line([arch[s], inner[s + 1]] if s % 2 else [inner[s], arch[s + 1]], thick * 0.6, dark)
    for x, y in arch[2:-2:2]:
        layer.line([(x, y), (x, deck)], thick * 0.6, dark)
    for y in (deck, base - rise * 0.16):
        layer.rect(left, y - thick * 2, right, y + thick * 1.5, dark)
        layer.rect(left, y - thick * 2, right, y - thick * 0.8, bright)
    for place in (0.06, 0.14, 0.86, 0.94):
        layer.rect(left + span * (place - 0.006), deck, left + span * (place + 0.006), base, dark)
    _lamps(canvas, layer, ends, deck - thick * 4, span / 36)
    _lamps(canvas, layer, ends, base - rise * 0.16 - thick * 4, span / 30)


def stone_arches(canvas: Canvas, layer: Layer, ends: tuple[float, float], base: float, rise: float) -> None:
    """An old bridge of many arches, lamps along it."""
    bright, dark = _steel(canvas, "b79c7a")
    left, right = ends
    deck, count = base - rise, 7
    step = (right - left) / count
    for arch in range(count):
        x = left + arch * step
        mouth = [
            (x + step * 0.1 + step * 0.8 * s / 16, base - math.sin(math.pi * s / 16) * rise * 0.66) for s in range(17)
        ]
        layer.shape([(x, base), (x, deck), (x + step, deck), (x + step, base), *reversed(mouth)], bright)
        layer.line(mouth, rise * 0.06, times(dark, 0.85))
        layer.shape(
            [
                (x - step * 0.09, base),
                (x - step * 0.06, base - rise * 0.45),
                (x + step * 0.06, base - rise * 0.45),
                (x + step * 0.09, base),
            ],
            dark,
        )
    layer.rect(left, deck - rise * 0.09, right, deck + rise * 0.02, times(bright, 0.85))
    for lamp in range(count + 1):
        x = left + lamp * step
        layer.line([(x, deck - rise * 0.5), (x, deck)], max(1.0, rise * 0.02), times(dark, 0.6))
        layer.oval(x, deck - rise * 0.53, rise * 0.04, rise * 0.05, ink("ffe2a6") if canvas.light.is_dark else dark)


BRIDGES: dict[str, Draw] = {
    "suspension": suspension,
    "cable-stayed": cable_stayed,
    "steel-arch": steel_arch,
    "stone": stone_arches,
}
