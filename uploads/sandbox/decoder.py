"""What the decoder's process does: opens one photo, and writes down all that is made of it.

The process is a fork of `uploads.sandbox.zygote`, confined before it gets here. Its answer is {"ok": true, …} with the
portrait, {"ok": false, "reason", "detail"}, or {"ok": false, "errno"} when the disk and not the photo is at fault.
A crash is an answer, too.
"""

import errno
import warnings
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from PIL import AvifImagePlugin, Image, UnidentifiedImageError
from pillow_heif import register_heif_opener

from uploads.content.formats import ALLOWED, check_content
from uploads.content.items import is_turned
from uploads.content.refusals import check_opened, format_of, refusal_for
from uploads.drawing.profiles import implied_profile
from uploads.drawing.renditions import ORIENTATION_ASIDE, draw_portrait
from uploads.drawing.shapes import Shape
from uploads.drawing.webp import register_still_webp
from uploads.limits import Limits
from uploads.metadata.reading import read_facts
from uploads.reasons import PhotoRefused, Reason

register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)
AvifImagePlugin.DEFAULT_MAX_THREADS = 1
register_still_webp()

_OUR_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES})


def main(request: dict[str, Any]) -> dict[str, Any]:
    """Decodes the photo of a request (`photo`, `directory`, `shape`, `limits`); answers as this module promises."""
    limits, shape = Limits(**request["limits"]), Shape(request["shape"])
    try:
        return {"ok": True, **decode(Path(request["photo"]), Path(request["directory"]), limits, shape)}
    except PhotoRefused as refused:
        return {"ok": False, "reason": refused.reason, "detail": refused.detail}
    except OSError as problem:
        return {"ok": False, "errno": problem.errno}


def decode(photo: Path, directory: Path, limits: Limits, shape: Shape = Shape.PHOTO) -> dict[str, Any]:
    """Format, portrait and renditions of the photo. Raises `PhotoRefused`, or `OSError` for our own disk."""
    if photo.stat().st_size > limits.max_bytes:
        raise PhotoRefused(Reason.TOO_MANY_BYTES)
    data = photo.read_bytes()
    check_content(data)
    try:
        return _decode(photo, data, directory, limits, shape)
    except Exception as problem:
        if isinstance(problem, OSError) and problem.errno in _OUR_DISK:
            raise
        raise refusal_for(problem, data, limits) from problem


def _decode(photo: Path, data: bytes, directory: Path, limits: Limits, shape: Shape) -> dict[str, Any]:
    Image.MAX_IMAGE_PIXELS = limits.max_pixels
    Image.WARN_POSSIBLE_FORMATS = True
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            image = Image.open(photo, formats=ALLOWED)
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as bomb:
            raise PhotoRefused(Reason.TOO_MANY_PIXELS, str(bomb)) from bomb
        except UnidentifiedImageError as problem:
            detail = "; ".join(str(warning.message) for warning in told)
            raise PhotoRefused(Reason.NOT_AN_IMAGE, detail) from problem
        with image:
            check_opened(image, limits, len(data))
            if is_turned(data):
                image.info.pop(ORIENTATION_ASIDE, None)  # done already, and not to be done twice
            if profile := implied_profile(image, data):
                image.info["icc_profile"] = profile
            info = image.info  # grows until the last pixel is read
            portrait = draw_portrait(image, directory, shape)
            if shape is Shape.PHOTO:  # of other pictures nobody asks
                portrait = replace(portrait, facts=read_facts(info, data))
            return {"format": format_of(image), **asdict(portrait)}
