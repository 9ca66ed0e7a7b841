"""Houses of prayer, each standing on (x, base), `size` pixels high."""

from campaign.demo.scenery.canvas import Canvas, Layer
from campaign.demo.scenery.colour import ink, mix, times
from campaign.demo.scenery.masonry import shaft, tones_of


def church(canvas: Canvas, layer: Layer, x: float, base: float, size: float) -> None:
    """A nave and one pointed tower."""
    bright, dark, right = tones = tones_of(canvas, x, "c2ab8c")
    roof = canvas.light.on(ink("4f6b66"), 0.5)
    layer.shape(
        [
            (x, base - size * 0.3),
            (x + size * 0.1, base - size * 0.42),
            (x + size * 0.46, base - size * 0.42),
            (x + size * 0.5, base - size * 0.3),
        ],
        roof,
    )
    layer.rect(x, base - size * 0.3, x + size * 0.5, base, bright if right else dark)
    shaft(layer, x, base, base - size * 0.55, (size * 0.16, size * 0.16), tones)
    layer.rect(x - size * 0.09, base - size * 0.565, x + size * 0.09, base - size * 0.545, dark)
    shaft(
        layer,
        x,
        base - size * 0.56,
        base - size,
        (size * 0.15, size * 0.004),
        (mix(roof, bright, 0.25), times(roof, 0.7), right),
    )
    layer.line([(x, base - size), (x, base - size * 1.06)], max(0.8, size * 0.006), dark)
    window = ink("ffcf87") if canvas.light.is_dark else times(dark, 0.6)
    layer.rect(x - size * 0.018, base - size * 0.5, x + size * 0.018, base - size * 0.42, window)
    for spot in range(4):
        left = x + size * (0.13 + spot * 0.09)
        layer.rect(left, base - size * 0.24, left + size * 0.03, base - size * 0.1, window)


def twin_spires(canvas: Canvas, layer: Layer, x: float, base: float, size: float) -> None:
    """A gothic cathedral."""
    tones = tones_of(canvas, x, "8d8378")
    bright, dark, _right = tones
    layer.shape(
        [
            (x - size * 0.1, base),
            (x - size * 0.1, base - size * 0.42),
            (x, base - size * 0.54),
            (x + size * 0.1, base - size * 0.42),
            (x + size * 0.1, base),
        ],
        dark,
    )
    layer.shape(
        [
            (x + size * 0.1, base),
            (x + size * 0.1, base - size * 0.36),
            (x + size * 0.14, base - size * 0.43),
            (x + size * 0.62, base - size * 0.43),
            (x + size * 0.66, base - size * 0.34),
            (x + size * 0.66, base),
        ],
        mix(bright, dark, 0.5),
    )
    for spot in range(6):
        left = x + size * (0.19 + spot * 0.08)
        layer.line([(left, base), (left, base - size * 0.42)], size * 0.01, dark)
        layer.shape(
            [
                (left - size * 0.012, base - size * 0.4),
                (left, base - size * 0.48),
                (left + size * 0.012, base - size * 0.4),
            ],
            dark,
        )
    for place in (-0.13, 0.13):
        foot = x + place * size
        shaft(layer, foot, base, base - size * 0.6, (size * 0.14, size * 0.125), tones)
        shaft(layer, foot, base - size * 0.6, base - size, (size * 0.12, size * 0.003), tones)
        for corner in (-0.055, 0.055):
            layer.shape(
                [
                    (foot + (corner - 0.014) * size, base - size * 0.6),
                    (foot + corner * size, base - size * 0.71),
                    (foot + (corner + 0.014) * size, base - size * 0.6),
                ],
                dark,
            )
        layer.rect(foot - size * 0.015, base - size * 0.56, foot + size * 0.015, base - size * 0.4, times(dark, 0.6))
    layer.oval(
        x, base - size * 0.34, size * 0.04, size * 0.04, ink("ffc97d") if canvas.light.is_dark else times(dark, 0.6)
    )


def dome(canvas: Canvas, layer: Layer, x: float, base: float, size: float) -> None:
    """A renaissance dome with a lantern."""
    tones = tones_of(canvas, x, "d8c3a0")
    copper = "a65a3c" if int(x) % 2 else "6fa08f"
    shell, shade, right = tones_of(canvas, x, copper)
    layer.rect(x - size * 0.42, base - size * 0.34, x + size * 0.42, base, tones[1])
    layer.rect(x - size * 0.3, base - size * 0.52, x + size * 0.3, base - size * 0.3, tones[0])
    for spot in range(7):
        left = x - size * 0.27 + spot * size * 0.083
        layer.rect(left, base - size * 0.49, left + size * 0.03, base - size * 0.37, times(tones[1], 0.75))
    layer.pie(x, base - size * 0.52, size * 0.29, size * 0.34, shade)
    layer.pie(x + (0.05 if right else -0.05) * size, base - size * 0.52, size * 0.22, size * 0.325, shell)
    for rib in (-0.17, 0.0, 0.17):
        layer.line(
            [
                (x + rib * size, base - size * 0.52),
                (x + rib * size * 0.55, base - size * 0.76),
                (x, base - size * 0.86),
            ],
            size * 0.008,
            mix(shell, tones[0], 0.5),
        )
    shaft(layer, x, base - size * 0.84, base - size * 0.94, (size * 0.07, size * 0.06), tones)
    layer.pie(x, base - size * 0.94, size * 0.04, size * 0.05, shell)
    layer.line([(x, base - size * 0.97), (x, base - size * 1.05)], max(0.8, size * 0.008), tones[1])


def mosque(canvas: Canvas, layer: Layer, x: float, base: float, size: float) -> None:
    """A great dome on smaller ones between four minarets."""
    tones = tones_of(canvas, x, "c9bfae")
    lead = canvas.light.on(ink("8d99a3"), 0.7)
    for place, tall in ((-0.62, 0.9), (-0.44, 1.0), (0.44, 1.0), (0.62, 0.9)):
        spot = x + place * size
        shaft(layer, spot, base, base - size * tall * 0.82, (size * 0.036, size * 0.03), tones)
        shaft(
            layer,
            spot,
            base - size * tall * 0.82,
            base - size * tall,
            (size * 0.034, size * 0.002),
            (lead, tones[1], tones[2]),
        )
        for ring in (0.5, 0.66):
            layer.rect(
                spot - size * 0.028,
                base - size * tall * ring - size * 0.014,
                spot + size * 0.028,
                base - size * tall * ring,
                tones[1],
            )
    layer.rect(x - size * 0.36, base - size * 0.3, x + size * 0.36, base, tones[1])
    for place in (-0.26, 0.26):
        layer.pie(x + place * size, base - size * 0.29, size * 0.12, size * 0.13, mix(lead, tones[1], 0.3))
    layer.rect(x - size * 0.23, base - size * 0.42, x + size * 0.23, base - size * 0.28, tones[0])
    layer.pie(x, base - size * 0.41, size * 0.22, size * 0.24, times(lead, 0.72))
    layer.pie(x + (0.04 if tones[2] else -0.04) * size, base - size * 0.41, size * 0.17, size * 0.225, lead)
    layer.line([(x, base - size * 0.64), (x, base - size * 0.72)], size * 0.01, tones[1])


def onion_domes(canvas: Canvas, layer: Layer, x: float, base: float, size: float) -> None:
    """A cluster of onion domes, the middle one gilded."""
    for place, tall, code in (
        (-0.3, 0.66, "4f7d68"),
        (0.3, 0.66, "4f7d68"),
        (-0.15, 0.8, "3f6fa0"),
        (0.15, 0.8, "3f6fa0"),
        (0.0, 1.0, "d9a63c"),
    ):
        spot, high = x + place * size, base - size * tall * 0.66
        shaft(layer, spot, base, high, (size * 0.14, size * 0.12), tones_of(canvas, x, "e0d2bb"))
        shell, shade, right = tones_of(canvas, x, code)
        fat, rise = size * 0.085, size * tall * 0.2
        curve = [
            (fat * 0.75, 0.0),
            (fat, -rise * 0.3),
            (fat * 0.78, -rise * 0.62),
            (fat * 0.2, -rise),
            (0.0, -rise * 1.35),
        ]
        left = [(spot - dx, high + dy) for dx, dy in curve]
        layer.shape([*left, (spot, high)], shade if right else shell)
        layer.shape([*((spot + dx, high + dy) for dx, dy in curve), (spot, high)], shell if right else shade)
        layer.line([(spot, high - rise * 1.3), (spot, high - rise * 1.75)], max(0.7, size * 0.007), shade)


def pagoda(canvas: Canvas, layer: Layer, x: float, base: float, size: float) -> None:
    """Five roofs, each smaller than the one below."""
    wall, dark, _right = tones_of(canvas, x, "a8483a")
    tile = canvas.light.on(ink("3d474d"), 0.4)
    lamp = ink("ffc46b") if canvas.light.is_dark else times(dark, 0.7)
    for floor in range(5):
        wide, y = size * (0.2 - floor * 0.023), base - size * 0.155 * floor
        layer.rect(x - wide * 0.62, y - size * 0.13, x + wide * 0.62, y, wall)
        layer.rect(x - wide * 0.4, y - size * 0.085, x + wide * 0.4, y - size * 0.03, lamp)
        eave, ridge = y - size * 0.1, y - size * 0.16
        layer.shape(
            [
                (x - wide * 1.25, eave - size * 0.018),
                (x - wide * 0.8, eave - size * 0.012),
                (x - wide * 0.5, ridge),
                (x + wide * 0.5, ridge),
                (x + wide * 0.8, eave - size * 0.012),
                (x + wide * 1.25, eave - size * 0.018),
                (x + wide * 0.9, eave + size * 0.006),
                (x - wide * 0.9, eave + size * 0.006),
            ],
            tile,
        )
    shaft(layer, x, base - size * 0.78, base - size, (size * 0.014, size * 0.006), (wall, dark, True))
