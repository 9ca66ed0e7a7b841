"""What files state about their origin, noted by where it stands in each format; nothing is concluded from it."""

from __future__ import annotations

import struct
import time
import zlib
from typing import Any

import pytest
from PIL.PngImagePlugin import PngInfo

from tests.uploads.test_facts import exif_with, facts_of, saved, xmp
from uploads.metadata.provenance import Provenance
from uploads.metadata.reading import read_facts

IPTC = "http://cv.iptc.org/newscodes/digitalsourcetype/"
MANIFEST = struct.pack(">I4sI4s", 60, b"jumb", 30, b"jumd") + b"c2pa" + bytes(13) + b"c2pa\0"
ACTIONS = b"jdigitalSourceTypexF" + IPTC.encode() + b"trainedAlgorithmicMedia\xbf"


def png_with(**texts: str) -> bytes:
    info = PngInfo()
    for name, text in texts.items():
        info.add_text(name, text)
    return saved("PNG", pnginfo=info)


def with_manifest(kind: str, manifest: bytes) -> bytes:
    """The file as a C2PA tool leaves it."""
    data = saved(kind)
    match kind:
        case "JPEG":
            segment = b"JP\0\1\0\0\0\1" + manifest
            return data[:2] + b"\xff\xeb" + struct.pack(">H", len(segment) + 2) + segment + data[2:]
        case "PNG":
            chunk = b"caBX" + manifest
            return (
                data[:33] + struct.pack(">I", len(manifest)) + chunk + struct.pack(">I", zlib.crc32(chunk)) + data[33:]
            )
        case "WEBP":
            body = data[8:] + b"C2PA" + struct.pack("<I", len(manifest)) + manifest + bytes(len(manifest) % 2)
            return b"RIFF" + struct.pack("<I", len(body)) + body
        case _:
            box = bytes.fromhex("d8fec3d61b0e483c92975828877ec481") + bytes(4) + b"manifest\0" + bytes(8) + manifest
            return data + struct.pack(">I4s", len(box) + 8, b"uuid") + box


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
def test_content_credentials_are_noted_with_the_source_they_state(kind: str) -> None:
    assert facts_of(with_manifest(kind, MANIFEST)).provenance == ("c2pa",)
    assert facts_of(with_manifest(kind, MANIFEST + ACTIONS)).provenance == ("ai_generated", "c2pa")


def test_credentials_are_found_by_structure_and_not_by_their_letters() -> None:
    assert facts_of(saved(comment=MANIFEST + ACTIONS)).provenance == ()
    assert facts_of(with_manifest("JPEG", MANIFEST.replace(b"c2pa", b"c2pb"))).provenance == ()


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("trainedAlgorithmicMedia", Provenance.AI_GENERATED),
        ("compositeWithTrainedAlgorithmicMedia", Provenance.AI_EDITED),
        ("algorithmicallyEnhanced", Provenance.ALGORITHMIC),
        ("compositeSynthetic", Provenance.COMPOSITE),
        ("digitalCreation", Provenance.DIGITAL_ART),
        ("digitalCapture", Provenance.CAMERA),
        ("computationalCapture", Provenance.CAMERA),
    ],
)
def test_digital_source_type_is_noted_however_it_is_written(source: str, code: Provenance) -> None:
    written = [
        xmp(f'Iptc4xmpExt:DigitalSourceType="{IPTC}{source}"'),
        xmp(f"Iptc4xmpExt:DigitalSourceType='{source}'"),
        xmp(elements=f"<Iptc4xmpExt:DigitalSourceType>{IPTC}{source}</Iptc4xmpExt:DigitalSourceType>"),
        xmp(elements=f'<Iptc4xmpExt:DigitalSourceType rdf:resource="{IPTC}{source}"/>'),
        xmp(elements=f"<other:prefix>{IPTC.replace('http', 'https')}{source}</other:prefix>"),
    ]

    assert [facts_of(saved(xmp=packet)).provenance for packet in written] == [(code,)] * len(written)


def test_unknown_source_is_left_out() -> None:
    assert facts_of(saved(xmp=xmp(f'Iptc4xmpExt:DigitalSourceType="{IPTC}softwareImage"'))).provenance == ()


SETTINGS = "a harbour at dawn\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1"


@pytest.mark.parametrize(
    "data",
    [
        png_with(parameters=SETTINGS),
        png_with(prompt='{"3": {"inputs": {}, "class_type": "KSampler"}}'),
        png_with(workflow='{"last_node_id": 9, "nodes": []}'),
        png_with(Dream="a harbour -s 20"),
        png_with(invokeai_metadata="{}"),
        png_with(Software="NovelAI"),
        png_with(Description="a harbour --v 6 Job ID: 0f8fad5b-d9cb-469f-a165-70867728950e"),
        saved(exif=exif_with(Software="Midjourney")),
        saved(exif=exif_with(UserComment=b"UNICODE\0" + SETTINGS.encode("utf-16-be"))),
        saved("WEBP", exif=exif_with(UserComment=b"ASCII\0\0\0" + SETTINGS.encode()).tobytes()),
        saved(xmp=xmp('xmp:CreatorTool="Adobe Firefly 3"')),
        saved(xmp=xmp(elements="<photoshop:Credit>Made with Google AI</photoshop:Credit>")),
        saved(comment=b"DALL\xc2\xb7E 3"),
    ],
)
def test_what_generators_leave_behind_is_noted(data: bytes) -> None:
    assert facts_of(data).provenance == ("generator",)


def test_words_behind_the_pixels_count_too() -> None:
    data = saved("PNG")
    text = b"tEXtparameters\0" + SETTINGS.encode()
    chunk = struct.pack(">I", len(text) - 4) + text + struct.pack(">I", zlib.crc32(text))

    assert facts_of(data[:-12] + chunk + data[-12:]).provenance == ("generator",)


def test_credit_of_an_editor_is_noted_as_edited() -> None:
    assert facts_of(saved(xmp=xmp('photoshop:Credit="Edited with Google AI"'))).provenance == ("ai_edited",)


@pytest.mark.parametrize(
    "data",
    [
        saved(exif=exif_with(Make="Canon", Software="Adobe Photoshop Lightroom 7.1")),
        png_with(parameters="none to speak of", prompt="Come in", Comment="My parameters and my workflow"),
        saved(comment=b"Dallas, Texas. Steps: up to the town hall."),
        saved(xmp=xmp('xmp:CreatorTool="GIMP 2.10" photoshop:Credit="Anna Firefly"')),
    ],
)
def test_ordinary_words_are_no_marks(data: bytes) -> None:
    assert facts_of(data).provenance == ()


def test_marks_do_not_cost_more_in_a_file_full_of_them() -> None:
    """The clock is the processor's, and the bound a hundred times what it takes: only an unbounded search passes it."""
    packet = b'Iptc4xmpExt:DigitalSourceType="/digitalsourcetype/x" xmp:CreatorTool' * 300_000
    info: dict[str, Any] = {"xmp": packet, "comment": packet, **{f"key{n}": "midjourne" * 1_000 for n in range(2_000)}}
    jpeg = b"\xff\xd8" + b"\xff\xeb\0\4JP" * 3_000_000

    began = time.process_time()
    read_facts(info, jpeg)

    assert time.process_time() - began < 2
