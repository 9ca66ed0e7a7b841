"""The decoder's answer, believed only as far as it can be checked: a photo may have taken the decoder over."""

import json
import os
import re
import stat
from base64 import b64decode
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from uploads.content.formats import EXTENSIONS
from uploads.drawing.portrait import Portrait, Rendition, plan_renditions
from uploads.drawing.shapes import Shape
from uploads.limits import Limits
from uploads.metadata.facts import check_facts
from uploads.reasons import PhotoRefused, Reason

_THUMBHASH_BYTES = range(5, 41)
_DETAIL_LENGTH = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """What the decoder found; `format` is jpeg, png, webp, avif or heif, `peak` its process's most memory in bytes."""

    format: str
    portrait: Portrait
    peak: int = 0


def read_answer(answer: bytes, directory: Path, limits: Limits, shape: Shape = Shape.PHOTO) -> Decoded:
    """The decoder's finding, its renditions checked on disk.

    Raises `PhotoRefused` as the decoder says, or decoder_failed when its answer cannot be so; `OSError` when
    our own disk was at fault.
    """
    try:
        said = json.loads(answer)
        if said["ok"] is True:
            return _check_finding(said, directory, limits, shape)
        if "errno" in said:
            problem = OSError(int(said["errno"]), os.strerror(int(said["errno"])), str(directory))
        else:
            raise PhotoRefused(Reason(said["reason"]), str(said["detail"])[:_DETAIL_LENGTH])
    except (ValueError, KeyError, TypeError, RecursionError) as nonsense:
        raise PhotoRefused(Reason.DECODER_FAILED, "an answer that makes no sense") from nonsense
    raise problem


def _check_finding(said: dict[str, Any], directory: Path, limits: Limits, shape: Shape) -> Decoded:
    width, height = _size(said["width"]), _size(said["height"])
    if said["format"] not in EXTENSIONS or width * height > limits.max_pixels:
        raise ValueError("not a photo that we let through")
    if len(b64decode(said["thumbhash"], validate=True)) not in _THUMBHASH_BYTES:
        raise ValueError("not a ThumbHash")
    if not re.fullmatch("#[0-9a-f]{6}", said["dominant"]):
        raise ValueError("not a colour")
    if not re.fullmatch("[0-9a-f]{16}", said["dhash"]):
        raise ValueError("not a dHash")
    renditions = tuple(_check_rendition(plan, directory) for plan in plan_renditions(width, height, shape))
    portrait = Portrait(
        width=width,
        height=height,
        thumbhash=said["thumbhash"],
        dominant=said["dominant"],
        dhash=said["dhash"],
        renditions=renditions,
        facts=check_facts(said["facts"]),
    )
    return Decoded(format=said["format"], portrait=portrait)


def _size(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ValueError("not a length in pixels")
    return value


def _check_rendition(planned: Rendition, directory: Path) -> Rendition:
    """The planned rendition with its bytes counted; it must be a plain file that starts as WebP does."""
    path = directory / f"{planned.name}.webp"
    try:
        found = path.lstat()
        with path.open("rb") as file:
            head = file.read(12)
    except OSError as problem:
        raise ValueError(f"no rendition {planned.name}") from problem
    if not stat.S_ISREG(found.st_mode) or head[:4] != b"RIFF" or head[8:] != b"WEBP":
        raise ValueError(f"rendition {planned.name} is no WebP")
    return replace(planned, bytes=found.st_size)
