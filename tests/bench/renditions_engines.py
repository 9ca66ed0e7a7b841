"""The ways to renditions that are measured: our own, pyvips as it is best used, and the least that any way must do.

Each gets the same photo and writes the same sizes, in the same format and quality, with one thread.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image
from pillow_heif import open_heif

from uploads.drawing.portrait import Rendition, plan_renditions
from uploads.drawing.renditions import QUALITY, draft, effort_for
from uploads.limits import Limits
from uploads.sandbox.decoder import decode

# What libvips and libwebp themselves choose. Ours is a point higher at less effort, which comes to the same: the bytes
# and the likeness of both are measured, too.
VIPS_QUALITY, VIPS_EFFORT = 80, 4
_LIMITS = Limits(max_bytes=2**30, max_pixels=2**28)
_HEIC = frozenset({".heic", ".heif"})

Engine = Callable[[Path, Path], object]


def draw_ours(photo: Path, out: Path) -> Sequence[Rendition]:
    """What the decoder's process does, in this one: checks, renditions, placeholder, colour, fingerprint, facts."""
    return plan_of(decode(photo, out, _LIMITS))


def plan_of(found: dict[str, Any]) -> Sequence[Rendition]:
    """The renditions of a finding of the decoder, smallest first."""
    return plan_renditions(found["width"], found["height"])


def draw_by_pyvips(photo: Path, out: Path, plan: Sequence[Rendition]) -> None:
    """As libvips' own guide has it: the largest by `thumbnail` from the file, each other from the one above it."""
    largest, *smaller = reversed(plan)
    picture = _thumbnail(photo, largest).copy_memory()
    _save_by_pyvips(picture, largest, out, VIPS_QUALITY, VIPS_EFFORT)
    for made in smaller:
        picture = picture.thumbnail_image(made.width, height=made.height, size="force").copy_memory()
        _save_by_pyvips(picture, made, out, VIPS_QUALITY, VIPS_EFFORT)


def draw_by_hand(photo: Path, out: Path, plan: Sequence[Rendition]) -> None:
    """By pyvips that is told all we know: to halve while decoding, and our WebP quality and effort. For JPEG."""
    largest, *smaller = reversed(plan)
    with Image.open(photo) as opened:
        scale = max(1, max(opened.size) // max(largest.width, largest.height))
    halved = _vips().Image.jpegload(str(photo), shrink=1 << (scale.bit_length() - 1), autorotate=True)
    picture = halved.thumbnail_image(largest.width, height=largest.height, **_SRGB).copy_memory()
    _save_by_pyvips(picture, largest, out, QUALITY, effort_for(largest))
    for made in smaller:
        picture = picture.thumbnail_image(made.width, height=made.height, size="force").copy_memory()
        _save_by_pyvips(picture, made, out, QUALITY, effort_for(made))


_SRGB = {"size": "force", "output_profile": "srgb", "intent": "perceptual"}


def _save_by_pyvips(picture: Any, made: Rendition, out: Path, quality: int, effort: int) -> None:
    picture.webpsave(str(out / f"{made.name}.webp"), Q=quality, effort=effort, keep="none")


def _thumbnail(photo: Path, to: Rendition) -> Any:
    if photo.suffix.lower() not in _HEIC or _vips_reads_heic(photo):
        return _vips().Image.thumbnail(str(photo), to.width, height=to.height, **_SRGB)
    # Its wheel comes without HEVC: the decoder that we use does that part for both.
    held = open_heif(photo, convert_hdr_to_8bit=True, remove_stride=True)
    picture = _vips().Image.new_from_memory(held.data, *held.size, len(held.mode), "uchar")
    if profile := held.info.get("icc_profile"):
        picture.set_type(_vips().GValue.blob_type, "icc-profile-data", profile)
    return picture.thumbnail_image(to.width, height=to.height, **_SRGB)


@cache
def _vips() -> Any:
    os.environ["VIPS_CONCURRENCY"] = "1"
    import pyvips  # noqa: PLC0415 -- only where it is measured: the memory of our own way is taken without it

    pyvips.cache_set_max(0)
    return pyvips


@cache
def _vips_reads_heic(photo: Path) -> bool:
    with suppress(_vips().Error):
        _vips().Image.thumbnail(str(photo), 8).avg()
        return True
    return False


def bound_of(photo: Path, plan: Sequence[Rendition], out: Path) -> Callable[[], None]:
    """The two things that cannot be left out, alone: the decode, at a half where the format can, and the encoding.

    What is encoded are the renditions themselves, decoded again beforehand.
    """
    pictures = [_rgb(out / f"{made.name}.webp") for made in plan]

    def act() -> None:
        with Image.open(photo) as opened:
            if opened.format in {"JPEG", "MPO"}:
                largest = plan[-1]
                sides = sorted((largest.width, largest.height), reverse=opened.width >= opened.height)
                draft(opened, Rendition(name=largest.name, width=sides[0], height=sides[1]))
            opened.load()
        for made, picture in zip(plan, pictures, strict=True):
            picture.save(out / "bound.webp", "WEBP", quality=QUALITY, method=effort_for(made))

    return act


def _rgb(path: Path) -> Image.Image:
    with Image.open(path) as picture:
        return picture.convert("RGB")
