"""What a file says of when and with what it was taken, and of a place; believed as far as it makes sense."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import ExifTags, Image
from PIL.PngImagePlugin import PngInfo

from tests.uploads.sample_photos import camera_exif, quarters
from uploads.limits import Limits
from uploads.metadata.facts import NO_FACTS, Facts, check_facts
from uploads.metadata.instants import exif_instant, xmp_instant
from uploads.metadata.reading import read_facts
from uploads.sandbox.apart import decode_apart

XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF><rdf:Description {attributes}>{elements}</rdf:Description></rdf:RDF></x:xmpmeta>"""


def xmp(attributes: str = "", elements: str = "") -> bytes:
    return XMP.format(attributes=attributes, elements=elements).encode()


def facts_of(data: bytes) -> Facts:
    with Image.open(io.BytesIO(data)) as image:
        image.load()
        return read_facts(image.info, data)


def saved(kind: str = "JPEG", **options: Any) -> bytes:
    out = io.BytesIO()
    quarters(64, 48).save(out, kind, **options)
    return out.getvalue()


def exif_with(**tags: object) -> Image.Exif:
    """EXIF with these tags, those of the taking in their own folder."""
    exif = Image.Exif()
    for name, value in tags.items():
        tag = ExifTags.Base[name]
        (exif if name in {"Make", "Software", "DateTime"} else exif.get_ifd(ExifTags.IFD.Exif))[tag] = value
    return exif


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
def test_facts_come_through_the_decoder_from_every_format(kind: str, tmp_path: Path) -> None:
    exif = camera_exif()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.OffsetTimeOriginal] = "+02:00"
    photo = tmp_path / "photo"
    photo.write_bytes(saved(kind, exif=exif.tobytes()))

    facts = decode_apart(photo, tmp_path, Limits()).portrait.facts

    assert facts == Facts(taken_at="2026-11-20T18:04:05+02:00", camera_make="Lumen", has_location=True)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
def test_xmp_speaks_where_exif_is_silent(kind: str) -> None:
    told = xmp(
        'exif:DateTimeOriginal="2024-05-01T17:30:00.25+01:00" exif:GPSLatitudeRef="N"',
        "<tiff:Make>Lumen</tiff:Make><exif:GPSLatitude>52,31.2N</exif:GPSLatitude>"
        "<exif:GPSLongitude>13,24.6E</exif:GPSLongitude>",
    )
    data = saved(kind, **({"pnginfo": _itxt(told)} if kind == "PNG" else {"xmp": told}))

    assert facts_of(data) == Facts(taken_at="2024-05-01T17:30:00+01:00", camera_make="Lumen", has_location=True)


def test_photo_without_metadata_says_nothing() -> None:
    assert facts_of(saved()) == NO_FACTS


def test_when_it_was_changed_is_not_when_it_was_taken() -> None:
    assert facts_of(saved(exif=exif_with(DateTime="2024:05:01 17:30:00"))).taken_at is None


def test_digitized_speaks_where_the_original_is_nonsense() -> None:
    exif = exif_with(
        DateTimeOriginal="0000:00:00 00:00:00", DateTimeDigitized="1965:05:01 17:30:00", OffsetTimeOriginal="+01:00"
    )

    assert facts_of(saved(exif=exif)).taken_at == "1965-05-01T17:30:00"


@pytest.mark.parametrize(
    ("moment", "offset", "instant"),
    [
        ("2024:05:01 17:30:00", None, "2024-05-01T17:30:00"),
        ("2024:05:01 17:30:00", "-03:30", "2024-05-01T17:30:00-03:30"),
        ("2024:05:01 17:30:00", "Z", "2024-05-01T17:30:00+00:00"),
        ("2024:05:01 17:30:00\0", "   :  ", "2024-05-01T17:30:00"),
        ("2024:05:01 17:30:00", "+99:00", "2024-05-01T17:30:00"),
        ("2024-05-01T17:30:00", None, "2024-05-01T17:30:00"),
        ("2000:01:02 00:00:00", None, "2000-01-02T00:00:00"),
        ("2024:02:30 17:30:00", None, None),
        ("0000:00:00 00:00:00", None, None),
        ("    :  :     :  :  ", None, None),
        ("1970:01:01 00:00:12", None, None),
        ("2000:01:01 04:00:00", None, None),
        ("2999:05:01 17:30:00", None, None),
        ("9999:12:31 23:59:59", "-12:00", None),
        (b"2024:05:01 17:30:00", None, None),
        (20240501, 3, None),
    ],
)
def test_instants_of_exif(moment: object, offset: object, instant: str | None) -> None:
    assert exif_instant(moment, offset) == instant


@pytest.mark.parametrize(
    ("moment", "instant"),
    [
        ("2024-05-01T17:30:00.999Z", "2024-05-01T17:30:00+00:00"),
        ("2024-05-01T17:30", "2024-05-01T17:30:00"),
        ("2024-05-01", None),
        ("Tomorrow", None),
    ],
)
def test_instants_of_xmp(moment: str, instant: str | None) -> None:
    assert xmp_instant(moment) == instant


@pytest.mark.parametrize(
    ("make", "kept"),
    [
        ("  NIKON\tCORPORATION \0\0 rest", "NIKON CORPORATION"),
        ("A" * 500, "A" * 40),
        ("\x1b[31mred\x7f", "[31mred"),
        (" \0", None),
    ],
)
def test_make_is_one_short_line(make: str, kept: str | None) -> None:
    assert read_facts({"exif": exif_with(Make=make).tobytes()}, b"").camera_make == kept


def test_empty_coordinates_are_no_place() -> None:
    exif = Image.Exif()
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSDateStamp] = "2024:05:01"
    assert facts_of(saved(exif=exif)).has_location is False


@pytest.mark.parametrize(
    "junk", [b"", b"Exif\0\0", b"Exif\0\0MM\0*\xff\xff\xff\xff", b"Exif\0\0II*\0\x08\0\0\0\xff\xff" * 9]
)
def test_broken_exif_says_nothing(junk: bytes) -> None:
    assert read_facts({"exif": junk, "xmp": b"\xff<" * 9, "Raw profile type exif": "no hex"}, junk) == NO_FACTS


GOOD = {"taken_at": "2024-05-01T17:30:00+01:00", "camera_make": "Lumen", "has_location": True, "provenance": ["c2pa"]}


def test_decoders_answer_is_believed_where_it_can_be() -> None:
    assert check_facts(GOOD) == Facts(
        taken_at="2024-05-01T17:30:00+01:00", camera_make="Lumen", has_location=True, provenance=("c2pa",)
    )


@pytest.mark.parametrize(
    ("name", "lie"),
    [
        ("taken_at", "2024-05-01"),
        ("taken_at", "2024-02-30T17:30:00"),
        ("taken_at", "2024-05-01T17:30:00+01:00<script>"),
        ("taken_at", "２０２４-05-01T17:30:00"),
        ("taken_at", 1714580000),
        ("camera_make", ""),
        ("camera_make", "A" * 41),
        ("camera_make", "Lumen\n8"),
        ("camera_make", " Lumen"),
        ("camera_make", "Lumen\u202e"),
        ("camera_make", ["Lumen"]),
        ("has_location", 1),
        ("has_location", None),
        ("provenance", ["made_up"]),
        ("provenance", ["c2pa", "c2pa"]),
        ("provenance", "c2pa"),
        ("provenance", [["c2pa"]]),
        ("provenance", {"c2pa": 1}),
    ],
)
def test_decoders_answer_that_cannot_be_so_is_refused(name: str, lie: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        check_facts(GOOD | {name: lie})


def _itxt(packet: bytes) -> Any:
    info = PngInfo()
    info.add_itxt("XML:com.adobe.xmp", packet.decode())
    return info
