"""Colour profiles for photos that tell their colours without one: by numbers (nclx, cICP, gAMA), or by their EXIF.

Phones that write HEIC and AVIF from Android, cameras that write HDR as HEIC, and DCF cameras set to Adobe RGB do so.
A film's HDR curves (PQ, HLG) are brought to a screen's range: as they are up to half of white, softly bent above.
"""

import struct
from collections.abc import Callable, Mapping
from functools import cache
from math import exp
from typing import Any

from uploads.content.containers import is_boxes, is_png, layout_of
from uploads.content.items import primary_properties

# Red, green and blue as X, Y, Z, adapted to D50: what ICC profiles of these spaces hold.
_Matrix = tuple[tuple[float, float, float], ...]
_SRGB: _Matrix = ((0.43607, 0.22249, 0.01392), (0.38515, 0.71687, 0.09708), (0.14307, 0.06061, 0.71410))
_DISPLAY_P3: _Matrix = ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407))
_REC_2020: _Matrix = ((0.67349, 0.27904, -0.00194), (0.16566, 0.67535, 0.02998), (0.12505, 0.04561, 0.79686))
_ADOBE_RGB: _Matrix = ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457))
_D50 = (0.9642, 1.0, 0.8249)

# Numbers of ITU-T H.273. Where they are not listed, as 1 and 2 are not, they mean what everybody takes them for: sRGB.
_PRIMARIES = {9: _REC_2020, 11: _DISPLAY_P3, 12: _DISPLAY_P3}
# The same by the x and y of red, green and blue, in hundredths.
_BY_PRIMARIES = {
    (64, 33, 21, 71, 15, 6): _ADOBE_RGB,
    (68, 32, 26, 69, 15, 6): _DISPLAY_P3,
    (68, 32, 27, 69, 15, 6): _DISPLAY_P3,
    (71, 29, 17, 80, 13, 5): _REC_2020,
}
_USUAL, _NEARLY, _LEAST_GAMMA = 1 / 2.2, 0.005, 0.1
_GAMMAS = {4: 2.2, 5: 2.8, 8: 1.0}
_PQ, _HLG = 16, 18
_SDR_WHITE = 203.0  # candela a square metre, ITU-R BT.2408
_KNEE = 0.5  # of white, in light
_STEPS = 1024

_COLOUR_SPACE, _INTEROPERABILITY, _UNCALIBRATED = 0xA001, 0xA005, 0xFFFF
_EXIF_IFD = 0x8769


def implied_profile(photo: Any, data: bytes) -> bytes | None:
    """An ICC profile for an opened photo that has none, or None where its colours are sRGB anyway.

    `data` is the whole file. A PNG's cICP goes before the profile that it may have, too.
    """
    if is_png(data) and (numbers := _cicp(data)):
        return _by_numbers(*numbers)
    if "icc_profile" in photo.info:
        return None
    if is_boxes(data):
        numbers = _nclx(data)
        return _by_numbers(*numbers) if numbers else None
    if is_png(data):
        return None if "srgb" in photo.info else _by_chunks(photo.info)
    return _adobe_rgb() if _is_adobe_by_exif(photo) else None


def _cicp(data: bytes) -> tuple[int, int] | None:
    chunks = (data[start:end] for start, end in layout_of(data).asides if data[start + 4 : start + 8] == b"cICP")
    chunk = next(chunks, b"")
    return (chunk[8], chunk[9]) if len(chunk) == 16 else None  # noqa: PLR2004 - length, kind, four numbers, checksum


def _by_chunks(info: Mapping[str, Any]) -> bytes | None:
    """By gAMA and cHRM, which say what PNGs said before there were profiles; primaries nobody uses are passed over."""
    gamma, primaries = info.get("gamma") or _USUAL, info.get("chromaticity", ())
    matrix = _BY_PRIMARIES.get(tuple(round(100 * level) for level in primaries[2:]), _SRGB)
    if abs(gamma - _USUAL) > _NEARLY:
        return rgb_profile(matrix, _gamma_curve(1 / gamma)) if _LEAST_GAMMA < gamma < 1 / _LEAST_GAMMA else None
    return None if matrix is _SRGB else rgb_profile(matrix, _gamma_curve(1 / _USUAL))


def _nclx(data: bytes) -> tuple[int, int] | None:
    for kind, at, end in primary_properties(data):
        if kind == b"colr" and data[at : at + 4] == b"nclx" and end - at >= 10:  # noqa: PLR2004 - kind and three numbers
            return struct.unpack_from(">HH", data, at + 4)
    return None


def _is_adobe_by_exif(photo: Any) -> bool:
    """DCF's optional colour space: the interoperability index is R03, and the colour space is not said to be sRGB."""
    try:
        exif = photo.getexif()
        told = exif.get_ifd(_EXIF_IFD).get(_COLOUR_SPACE, _UNCALIBRATED), exif.get_ifd(_INTEROPERABILITY).get(1)
    except Exception:  # noqa: BLE001 - broken EXIF raises anything, and is no reason to refuse a photo
        return False
    return told == (_UNCALIBRATED, "R03")


@cache
def _adobe_rgb() -> bytes:
    return rgb_profile(_ADOBE_RGB, _gamma_curve(563 / 256))


@cache
def _by_numbers(primaries: int, transfer: int) -> bytes | None:
    matrix = _PRIMARIES.get(primaries, _SRGB)
    if transfer in {_PQ, _HLG}:
        return rgb_profile(matrix, _table_curve(_light_of_pq if transfer == _PQ else _light_of_hlg))
    if transfer in _GAMMAS:
        return rgb_profile(matrix, _gamma_curve(_GAMMAS[transfer]))
    return None if matrix is _SRGB else rgb_profile(matrix, _srgb_curve())


def _light_of_pq(signal: float) -> float:
    """SMPTE ST 2084, with SDR's white as 1."""
    root = signal ** (32 / 2523)
    share = max(root - 107 / 128, 0) / (2413 / 128 - 2392 / 128 * root)
    return float(10_000 / _SDR_WHITE * share ** (8192 / 1305))


def _light_of_hlg(signal: float) -> float:
    """ITU-R BT.2100, shown at 1,000 candela a square metre, with SDR's white as 1."""
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    scene = signal**2 / 3 if signal <= 0.5 else (exp((signal - c) / a) + b) / 12  # noqa: PLR2004 - the standard's own
    return 1000 / _SDR_WHITE * float(scene**1.2)


def _table_curve(light: Callable[[float], float]) -> bytes:
    levels = [_bent(light(i / (_STEPS - 1))) for i in range(_STEPS)]
    return b"curv" + struct.pack(f">4xI{_STEPS}H", _STEPS, *(round(65535 * level) for level in levels))


def _bent(light: float) -> float:
    return light if light <= _KNEE else _KNEE + (1 - _KNEE) * (1 - exp((_KNEE - light) / (1 - _KNEE)))


def _gamma_curve(gamma: float) -> bytes:
    return b"para" + struct.pack(">4xHxxi", 0, round(gamma * 65536))


def _srgb_curve() -> bytes:
    figures = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
    return b"para" + struct.pack(">4xHxx5i", 3, *(round(figure * 65536) for figure in figures))


def rgb_profile(matrix: _Matrix, curve: bytes) -> bytes:
    """A display profile of ICC.1:2004 from the primaries (X, Y, Z on D50) and the tag of one curve for all three."""
    tags = {b"wtpt": _xyz(_D50), b"rTRC": curve, b"gTRC": curve, b"bTRC": curve}
    tags |= {kind: _xyz(colour) for kind, colour in zip((b"rXYZ", b"gXYZ", b"bXYZ"), matrix, strict=True)}
    table, body = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for kind, content in tags.items():
        table += kind + struct.pack(">II", start + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    header = struct.pack(">I4xI", start + len(body), 0x04200000) + b"mntrRGB XYZ " + bytes(12) + b"acsp"
    return header + bytes(28) + _fixed(_D50) + bytes(48) + table + body


def _xyz(values: tuple[float, ...]) -> bytes:
    return b"XYZ \0\0\0\0" + _fixed(values)


def _fixed(values: tuple[float, ...]) -> bytes:
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)
