"""What a photo's file says of itself, read out of EXIF, XMP and C2PA. Only the decoder's process reads these."""

from collections.abc import Iterator, Mapping
from math import isfinite
from typing import Any

from PIL import ExifTags, Image

from uploads.metadata.credentials import manifest_of
from uploads.metadata.facts import LONGEST_MAKE, NO_FACTS, Facts
from uploads.metadata.instants import exif_instant, xmp_instant
from uploads.metadata.provenance import provenance_of
from uploads.metadata.xmp import xmp_values

_MOST_EXIF = 1024 * 1024
_TEXTS = (
    ExifTags.Base.Software,
    ExifTags.Base.ImageDescription,
    ExifTags.Base.Artist,
    ExifTags.Base.Make,
    ExifTags.Base.Model,
)
_XMP_TEXTS = ("xmp:CreatorTool", "tiff:Software", "photoshop:Credit", "Iptc4xmpExt:AISystemUsed")
_TAKEN = (
    (ExifTags.Base.DateTimeOriginal, ExifTags.Base.OffsetTimeOriginal),
    (ExifTags.Base.DateTimeDigitized, ExifTags.Base.OffsetTimeDigitized),
)
_TAKEN_BY_XMP = ("exif:DateTimeOriginal", "photoshop:DateCreated", "exif:DateTimeDigitized", "xmp:CreateDate")

Tags = Mapping[int, Any]


def read_facts(info: Mapping[Any, Any], data: bytes) -> Facts:
    """The facts in an opened picture's `info` (as Pillow fills it; once loaded, with what follows the pixels) and file.

    `taken_at` is EXIF's DateTimeOriginal, or DateTimeDigitized, or else XMP's exif:DateTimeOriginal,
    photoshop:DateCreated, exif:DateTimeDigitized or xmp:CreateDate; never when the file was changed last. A part that
    is broken says nothing; no file is refused for what it says here.
    """
    try:
        return _read(info, data)
    except Exception:  # noqa: BLE001 - as above, whatever strangers may think of
        return NO_FACTS


def _read(info: Mapping[Any, Any], data: bytes) -> Facts:
    base, details, position = _exif(info)
    xmp = info.get("xmp", b"")
    packet = xmp if isinstance(xmp, bytes) else str(xmp).encode(errors="replace")
    comment = details.get(ExifTags.Base.UserComment, base.get(ExifTags.Base.UserComment, b""))
    texts = [*(base.get(tag) for tag in _TEXTS), *(text for name in _XMP_TEXTS for text in xmp_values(packet, name))]
    return Facts(
        taken_at=_taken_at({**base, **details}, packet),
        camera_make=_make(base.get(ExifTags.Base.Make)) or _make(next(xmp_values(packet, "tiff:Make"), None)),
        has_location=_has_position(position, packet),
        provenance=provenance_of(info, texts=texts, comment=comment, packet=packet, manifest=manifest_of(data)),
    )


def _exif(info: Mapping[Any, Any]) -> tuple[Tags, Tags, Tags]:
    """The tags of the picture, those of its taking, and those of its place."""
    try:
        exif = Image.Exif()
        exif.load(_exif_bytes(info))
        return dict(exif), dict(exif.get_ifd(ExifTags.IFD.Exif)), dict(exif.get_ifd(ExifTags.IFD.GPSInfo))
    except Exception:  # noqa: BLE001 - broken EXIF raises anything
        return {}, {}, {}


def _exif_bytes(info: Mapping[Any, Any]) -> bytes:
    found = info.get("exif", b"")
    if not found and isinstance(raw := info.get("Raw profile type exif"), str):  # as ImageMagick writes it into PNG
        found = bytes.fromhex("".join(raw[: 2 * _MOST_EXIF].split("\n")[3:]))
    return found if isinstance(found, bytes) and len(found) <= _MOST_EXIF else b""


def _taken_at(tags: Tags, packet: bytes) -> str | None:
    told: Iterator[str | None] = (exif_instant(tags.get(moment), tags.get(offset)) for moment, offset in _TAKEN)
    by_xmp = (xmp_instant(value) for name in _TAKEN_BY_XMP for value in xmp_values(packet, name))
    return next(filter(None, told), None) or next(filter(None, by_xmp), None)


def _make(given: object) -> str | None:
    """The make on one line of printable characters, cut to a decent length."""
    if not isinstance(given, str):
        return None
    plain = "".join(letter if letter.isprintable() else " " for letter in given.partition("\0")[0][: 4 * LONGEST_MAKE])
    return " ".join(plain.split())[:LONGEST_MAKE].strip() or None


def _has_position(position: Tags, packet: bytes) -> bool:
    """Whether there are coordinates; cameras without a fix leave empty ones."""
    by_exif = all(_is_angle(position.get(tag)) for tag in (ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLongitude))
    return by_exif or all(next(xmp_values(packet, f"exif:GPS{axis}"), "") for axis in ("Latitude", "Longitude"))


def _is_angle(value: object) -> bool:
    try:
        return isinstance(value, tuple) and bool(value) and all(isfinite(part) for part in value)
    except TypeError:
        return False
