"""Colour profiles made in code, and what they mean by the standards' own formulas: a reference without LittleCMS."""

import struct
from itertools import product

Colour = tuple[float, ...]
_Matrix = tuple[tuple[float, float, float], ...]

# From linear RGB to XYZ on D65, and back for sRGB: http://www.brucelindbloom.com/Eqn_RGB_XYZ_Matrix.html and, for
# Display P3, SMPTE RP 431-2 with D65.
ADOBE_RGB: _Matrix = (
    (0.5767309, 0.1855540, 0.1881852),
    (0.2973769, 0.6273491, 0.0752741),
    (0.0270343, 0.0706872, 0.9911085),
)
DISPLAY_P3: _Matrix = (
    (0.4865709, 0.2656677, 0.1982173),
    (0.2289746, 0.6917385, 0.0792869),
    (0.0, 0.0451134, 1.0439444),
)
REC_2020: _Matrix = (
    (0.6369580, 0.1446169, 0.1688810),
    (0.2627002, 0.6779981, 0.0593017),
    (0.0, 0.0280727, 1.0609851),
)
_TO_SRGB: _Matrix = (
    (3.2404542, -1.5371385, -0.4985314),
    (-0.9692660, 1.8760108, 0.0415560),
    (0.0556434, -0.2040259, 1.0572252),
)
_D50, _D65 = (0.9642, 1.0, 0.8249), (0.95047, 1.0, 1.08883)
_BRADFORD_D50_TO_D65: _Matrix = (
    (0.9555766, -0.0230393, 0.0631636),
    (-0.0282895, 1.0099416, 0.0210077),
    (0.0122982, -0.0204830, 1.3299098),
)
INKS: dict[tuple[int, ...], tuple[int, int, int]] = {
    inks: (
        (0, 0, 0) if inks[3] else (100 - 30 * sum(inks[:3]), 40 * inks[1] - 36 * inks[0], 60 * inks[2] - 44 * inks[0])
    )
    for inks in product((0, 1), repeat=4)
}
"""What each full print of cyan, magenta, yellow and black looks like, as L*, a*, b*, in `cmyk_profile`."""


def seen_as_srgb(colour: Colour, matrix: _Matrix, gamma: float | None) -> Colour:
    """A colour (0..255) of an RGB space as sRGB (0..255), each channel cut to what a screen shows.

    `gamma` None is sRGB's own curve.
    """
    linear = tuple((c / 255) ** gamma if gamma else _linear(c / 255) for c in colour)
    return _as_srgb(_times(matrix, linear))


def lab_as_srgb(lab: Colour) -> Colour:
    """A colour of CIE L*a*b* on D50 as sRGB (0..255)."""
    fy = (lab[0] + 16) / 116
    steps = (fy + lab[1] / 500, fy, fy - lab[2] / 200)
    xyz = tuple(w * (f**3 if f > 6 / 29 else (f - 4 / 29) * 108 / 841) for w, f in zip(_D50, steps, strict=True))
    return _as_srgb(_times(_BRADFORD_D50_TO_D65, xyz))


def _as_srgb(xyz: Colour) -> Colour:
    return tuple(255 * as_signal(min(1.0, max(0.0, level))) for level in _times(_TO_SRGB, xyz))


def _times(matrix: _Matrix, colour: Colour) -> Colour:
    return tuple(sum(a * b for a, b in zip(row, colour, strict=True)) for row in matrix)


def _linear(level: float) -> float:
    return level / 12.92 if level <= 0.04045 else ((level + 0.055) / 1.055) ** 2.4


def as_signal(level: float) -> float:
    return 12.92 * level if level <= 0.0031308 else 1.055 * level ** (1 / 2.4) - 0.055


def cmyk_profile() -> bytes:
    """A printer's profile of `INKS`, as a table of 8 bits (ICC.1:2001, lut8Type)."""
    nodes = b"".join(bytes((round(L * 2.55), a + 128, b + 128)) for L, a, b in INKS.values())
    straight = bytes(range(256))
    unit = struct.pack(">9i", *(65536 if i % 4 == 0 else 0 for i in range(9)))
    table = b"mft1\0\0\0\0" + bytes((4, 3, 2, 0)) + unit + straight * 4 + nodes + straight * 3
    return _profile(b"prtr", b"CMYK", b"Lab ", {b"A2B0": table})


def grey_profile(gamma: float) -> bytes:
    return _profile(b"mntr", b"GRAY", b"XYZ ", {b"kTRC": b"curv" + struct.pack(">4xIHxx", 1, round(gamma * 256))})


def _profile(device: bytes, space: bytes, connection: bytes, tags: dict[bytes, bytes]) -> bytes:
    white = b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(65536 * level) for level in _D50))
    tags = {b"wtpt": white} | tags
    table, body = struct.pack(">I", len(tags)), b""
    for tag, data in tags.items():
        table += tag + struct.pack(">II", 132 + 12 * len(tags) + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    header = struct.pack(">I4xI", 132 + 12 * len(tags) + len(body), 0x02400000) + device + space + connection
    return header + bytes(12) + b"acsp" + bytes(28) + white[8:] + bytes(48) + table + body
