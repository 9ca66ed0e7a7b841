"""The decoder's own process: `python -m uploads.decoder REQUEST`, started by `uploads.sandbox`.

REQUEST is JSON: the photo's path, the directory to write to, the shape, the limits, the parent's process id.
The answer is one JSON object on standard output: {"ok": true, …} with the portrait, {"ok": false, "reason", "detail"},
or {"ok": false, "errno"} when the disk and not the photo is at fault. A crash is an answer, too.
"""

import ctypes
import errno
import json
import os
import resource
import signal
import sys
import warnings
from dataclasses import asdict
from pathlib import Path
from typing import Any

from uploads.formats import ALLOWED, check_content
from uploads.limits import Limits
from uploads.reasons import PhotoRefused, Reason
from uploads.refusals import check_opened, format_of, refusal_for
from uploads.shapes import Shape

_PR_SET_PDEATHSIG = 1
_OUR_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES})


def main(request: dict[str, Any]) -> dict[str, Any]:
    """Confines this process, then decodes. The answer is what the module's docstring promises."""
    limits = Limits(**request["limits"])
    confine(limits, parent=request["parent"])
    try:
        shape = Shape(request["shape"])
        return {"ok": True, **decode(Path(request["photo"]), Path(request["directory"]), limits, shape)}
    except PhotoRefused as refused:
        return {"ok": False, "reason": refused.reason, "detail": refused.detail}
    except OSError as problem:
        return {"ok": False, "errno": problem.errno}


def confine(limits: Limits, *, parent: int) -> None:
    """Takes from this process what a photo could misuse. It cannot be given back."""
    # The soft limit on CPU ends the process by a signal of its own, which tells the parent why.
    resource.setrlimit(resource.RLIMIT_CPU, (limits.decoder_cpu, limits.decoder_cpu + 2))
    for kind, amount in (
        (resource.RLIMIT_AS, limits.decoder_memory),
        (resource.RLIMIT_FSIZE, limits.decoder_file_bytes),
        (resource.RLIMIT_NOFILE, limits.decoder_open_files),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (amount, amount))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)  # the parent died before it could be asked to take us along


def decode(photo: Path, directory: Path, limits: Limits, shape: Shape = Shape.PHOTO) -> dict[str, Any]:
    """Format, portrait and renditions of the photo. Raises `PhotoRefused`, or `OSError` for our own disk."""
    if photo.stat().st_size > limits.max_bytes:
        raise PhotoRefused(Reason.TOO_MANY_BYTES)
    check_content(photo.read_bytes())
    try:
        return _decode(photo, directory, limits, shape)
    except Exception as problem:
        if isinstance(problem, OSError) and problem.errno in _OUR_DISK:
            raise
        raise refusal_for(problem, photo.read_bytes()) from problem


def _decode(photo: Path, directory: Path, limits: Limits, shape: Shape) -> dict[str, Any]:
    # Imported here, under the limits: the libraries that parse strangers' bytes come after the door is shut.
    from PIL import AvifImagePlugin, Image, UnidentifiedImageError  # noqa: PLC0415
    from pillow_heif import register_heif_opener  # noqa: PLC0415

    from uploads.renditions import draw_portrait  # noqa: PLC0415

    register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1
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
            check_opened(image, limits, photo.stat().st_size)
            portrait = draw_portrait(image, directory, shape)
            return {"format": format_of(image), **asdict(portrait)}


if __name__ == "__main__":
    # Whatever a library prints must not mix with the answer.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    json.dump(main(json.loads(sys.argv[1])), answers)
    answers.flush()
    os._exit(0)  # nothing to tidy, and libraries have been known to crash while tidying
