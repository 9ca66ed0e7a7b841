"""Why a photo that began well cannot be used: from what its header says, or from what a library said while decoding."""

import re
from typing import Any

from uploads.content.formats import is_cut_short
from uploads.content.items import declared_size
from uploads.limits import Limits
from uploads.reasons import PhotoRefused, Reason

# Libraries tell what happened only in words. The first line that fits decides; each is tried on the detail in small.
_WORDS = (
    (Reason.TOO_MANY_BYTES, re.compile(r"decompressed data too large|text chunks")),
    (Reason.OUT_OF_MEMORY, re.compile(r"memory|alloc")),
    (Reason.UNSUPPORTED_FORMAT, re.compile(r"cannot handle \d+-|unsupported|not supported|no codec")),
    (
        Reason.TRUNCATED,
        re.compile(r"truncated|end of file|premature|outside of file|incomplete|\beof\b|unexpected end|not enough"),
    ),
)
_PIXELS_IN_A_BYTE = 512  # of a JPEG at most: each square of 8 x 8 pixels takes a bit of its own


def format_of(image: Any) -> str:
    """What an opened photo is: jpeg, png, webp, avif or heif. A JPEG with auxiliary pictures (MPO) is a JPEG."""
    return "jpeg" if image.format == "MPO" else str(image.format).lower()


def check_opened(image: Any, limits: Limits, length: int) -> None:
    """What the header alone tells of a photo of `length` bytes: its size, and whether the picture moves.

    Raises `PhotoRefused`: too_many_pixels, truncated (a JPEG far too short for its pixels) or animated.
    """
    width, height = image.size
    if width * height > limits.max_pixels:
        raise PhotoRefused(Reason.TOO_MANY_PIXELS, f"{width} x {height}")
    if format_of(image) == "jpeg" and width * height > _PIXELS_IN_A_BYTE * length:
        raise PhotoRefused(Reason.TRUNCATED, f"{width} x {height} in {length} bytes")
    # Several pictures in a JPEG (MPO) or a HEIC are auxiliary ones; elsewhere they are frames.
    if getattr(image, "is_animated", False) and format_of(image) not in {"jpeg", "heif"}:
        raise PhotoRefused(Reason.ANIMATED, f"{image.n_frames} frames")


def refusal_for(problem: Exception, data: bytes, limits: Limits) -> PhotoRefused:
    """The reason behind whatever was raised while the photo in `data` was opened and decoded."""
    refused = problem if isinstance(problem, PhotoRefused) else None
    if refused and refused.reason not in {Reason.NOT_AN_IMAGE, Reason.DECODER_FAILED}:
        return refused
    if isinstance(problem, MemoryError):
        return PhotoRefused(Reason.OUT_OF_MEMORY)
    detail = refused.detail if refused else f"{type(problem).__name__}: {problem}"
    for reason, words in _WORDS:
        if words.search(detail.lower()):
            return PhotoRefused(reason, detail)
    width, height = declared_size(data)
    if width * height > limits.max_pixels:  # some decoders do not even open what is far too large
        return PhotoRefused(Reason.TOO_MANY_PIXELS, f"{width} x {height}")
    if is_cut_short(data):
        return PhotoRefused(Reason.TRUNCATED, detail)
    return refused or PhotoRefused(Reason.DECODER_FAILED, detail)
