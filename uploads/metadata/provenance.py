"""What a file states about where it comes from: notes for moderators, never a verdict.

Whoever makes a file can write these marks, leave them out or copy them from another. A photo without any may well be
made by a machine, and a photo with some may be nothing but a photo that passed through an honest editor.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import islice
from typing import Any

from uploads.metadata.xmp import xmp_values


class Provenance(StrEnum):
    """The codes that are kept; their words are chosen elsewhere."""

    C2PA = "c2pa"
    """Content Credentials (C2PA) are in the file. They are not verified: only that they are there."""
    AI_GENERATED = "ai_generated"
    """IPTC digital source type `trainedAlgorithmicMedia`: made by a trained model."""
    AI_EDITED = "ai_edited"
    """IPTC `compositeWithTrainedAlgorithmicMedia`, or a credit like it: parts were made by a trained model."""
    ALGORITHMIC = "algorithmic"
    """IPTC `algorithmicMedia`, `algorithmicallyEnhanced` or `dataDrivenMedia`: made or changed by a computation."""
    COMPOSITE = "composite"
    """IPTC `composite…` of captures or synthetic parts: put together of several."""
    DIGITAL_ART = "digital_art"
    """IPTC `digitalArt`, `digitalCreation`, `virtualRecording`, `screenCapture`: never before a lens."""
    CAMERA = "camera"
    """IPTC `digitalCapture` or `computationalCapture`: says that a camera took it."""
    GENERATOR = "generator"
    """A tag names a known image generator, or holds the prompt that one leaves behind."""


_SOURCES = {
    "trainedalgorithmicmedia": Provenance.AI_GENERATED,
    "trainedalgorithmicdata": Provenance.AI_GENERATED,
    "compositewithtrainedalgorithmicmedia": Provenance.AI_EDITED,
    "algorithmicmedia": Provenance.ALGORITHMIC,
    "algorithmicallyenhanced": Provenance.ALGORITHMIC,
    "datadrivenmedia": Provenance.ALGORITHMIC,
    "composite": Provenance.COMPOSITE,
    "compositecapture": Provenance.COMPOSITE,
    "compositesynthetic": Provenance.COMPOSITE,
    "digitalart": Provenance.DIGITAL_ART,
    "digitalcreation": Provenance.DIGITAL_ART,
    "virtualrecording": Provenance.DIGITAL_ART,
    "screencapture": Provenance.DIGITAL_ART,
    "digitalcapture": Provenance.CAMERA,
    "computationalcapture": Provenance.CAMERA,
}
"""Of https://cv.iptc.org/newscodes/digitalsourcetype, and of C2PA's own list beside it."""
_SOURCE = b"/digitalsourcetype/"
_MOST_SOURCES = 50
_LONGEST_SOURCE = 40
_MOST_SEARCHED = 512 * 1024

_GENERATORS = re.compile(
    r"\b(midjourney|dall[\s·.-]?e\b|stable[\s-]?diffusion|sdxl|adobe firefly|novelai|comfyui|invokeai|fooocus"
    r"|automatic1111|leonardo\.ai|ideogram|flux\.1|dreamstudio|craiyon|bing image creator|openai|chatgpt|gpt-4o"
    r"|(?:made|created|generated|imagined) with (?:google |meta |galaxy )?ai\b|ai[- ]generated)|job id: [0-9a-f-]{36}",
    re.IGNORECASE,
)
_EDITORS = re.compile(r"\bedited with (?:google |meta |galaxy )?ai\b", re.IGNORECASE)
_SETTINGS = ("Steps: ", "Sampler")
"""What the web pages of Stable Diffusion write, all of it, into `parameters` or EXIF's UserComment."""
_PROMPTS = {
    "parameters": _SETTINGS,
    "prompt": ('"class_type"',),
    "workflow": ('"nodes"',),
    "Dream": (),
    "sd-metadata": (),
    "invokeai_metadata": (),
    "fooocus_scheme": (),
}
"""Names of PNG's texts that generators leave their prompts under, and words that are in them then."""
_MOST_TEXTS = 200
_LONGEST_TEXT = 4_000


def provenance_of(
    info: Mapping[Any, Any], *, texts: Iterable[object], comment: object, packet: bytes, manifest: bytes
) -> tuple[str, ...]:
    """The codes of what a file states, sorted.

    `info` is as Pillow fills it (a PNG's texts), `texts` are words of EXIF and XMP, `comment` is EXIF's UserComment,
    `packet` the XMP and `manifest` what there is of C2PA.
    """
    said = [str(text)[:_LONGEST_TEXT] for text in texts if text]
    said += [value[:_LONGEST_TEXT] for value in islice(info.values(), _MOST_TEXTS) if isinstance(value, str)]
    said += [value[:_LONGEST_TEXT].decode("utf-8", "replace") for value in _credits(info)]
    found = {
        code for name in (*_named(packet), *_addressed(packet), *_addressed(manifest)) if (code := _SOURCES.get(name))
    }
    if manifest:
        found.add(Provenance.C2PA)
    if any(map(_EDITORS.search, said)):
        found.add(Provenance.AI_EDITED)
    if any(map(_GENERATORS.search, said)) or _has_prompt(info, comment):
        found.add(Provenance.GENERATOR)
    return tuple(sorted(found))


def _credits(info: Mapping[Any, Any]) -> Iterator[bytes]:
    """A JPEG's comment, and its IPTC record, where Google's editors say what they did."""
    blocks = info.get("photoshop")
    for value in (info.get("comment"), blocks.get(0x0404) if isinstance(blocks, dict) else None):
        if isinstance(value, bytes):
            yield value


def _named(packet: bytes) -> Iterator[str]:
    """The digital source types that XMP gives, whether by address, by "digitalsourcetype:…" or by their bare names."""
    for value in xmp_values(packet, "Iptc4xmpExt:DigitalSourceType"):
        yield re.split("[/:]", value)[-1].lower()


def _addressed(part: bytes) -> Iterator[str]:
    """The digital source types that stand anywhere by their addresses."""
    at = 0
    for _ in range(_MOST_SOURCES):
        at = part.find(_SOURCE, at, _MOST_SEARCHED)
        if at < 0:
            return
        at += len(_SOURCE)
        yield re.split(rb"\W", part[at : at + _LONGEST_SOURCE])[0].decode("ascii", "replace").lower()


def _has_prompt(info: Mapping[Any, Any], comment: object) -> bool:
    for key, words in _PROMPTS.items():
        value = info.get(key)
        if isinstance(value, str) and all(word in value for word in words):
            return True
    # Written in any of EXIF's encodings: without the zeros, they are all alike here.
    raw = comment if isinstance(comment, bytes) else str(comment).encode(errors="replace")
    plain = raw[: 2 * _LONGEST_TEXT].replace(b"\0", b"")
    return all(word.encode() in plain for word in _SETTINGS)
