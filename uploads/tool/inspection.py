"""One file taken, decoded apart and told about, as the worker does it but for the store."""

import errno
import hashlib
import os
import stat
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import Any

from uploads.drawing.portrait import SIDES
from uploads.limits import Limits
from uploads.objects import Downloaded
from uploads.reasons import PhotoRefused, Reason
from uploads.sandbox.answers import Decoded
from uploads.sandbox.apart import decode_apart

Answer = dict[str, Any]

_PIECE = 1024 * 1024
_NAME_BYTES = 255  # what file systems allow a name


class Unanswerable(Exception):
    """There is no file here to tell about. The message says so to whoever named it."""


class Stopped(Exception):
    """The work was given up."""


def inspect_photo(
    given: str, number: int, *, workdir: Path, out: Path | None, limits: Limits, stopped: Event
) -> Answer:
    """What became of the file named `given`: the object that `python -m uploads --help` shows.

    The file is read once. With `out`, which must be on the disk of `workdir`, renditions are put into
    `out/NUMBER-STEM/`. Raises `Unanswerable`, `OSError` when our own disk is at fault, and `Stopped` soon after
    `stopped` was set.
    """

    def beat() -> None:
        if stopped.is_set():
            raise Stopped

    began = time.perf_counter()
    beat()
    with TemporaryDirectory(prefix="photo-", dir=workdir) as name:
        directory = Path(name)
        photo = directory / "photo"
        try:
            taken = _take(given, photo, limits)
            decoded = decode_apart(photo, directory, limits, beat=beat)
        except PhotoRefused as refused:
            return {"file": given, "ok": False, "reason": refused.reason.value, "detail": refused.detail}
        if out is not None:
            _keep(directory, out / folder_name(number, given), decoded)
        return _answer(given, taken, decoded) | {"ms": round((time.perf_counter() - began) * 1000)}


def folder_name(number: int, given: str) -> str:
    """NUMBER-STEM, cut where it would be too long for a file system. A stem is safe: it is a part of a file's name."""
    name = os.fsencode(f"{number}-{Path(given).stem}")[:_NAME_BYTES]
    return os.fsdecode(name.decode(errors="ignore").encode() if len(name) == _NAME_BYTES else name)


def _answer(given: str, taken: Downloaded, decoded: Decoded) -> Answer:
    portrait = decoded.portrait
    return {
        "file": given,
        "ok": True,
        "format": decoded.format,
        "width": portrait.width,
        "height": portrait.height,
        "bytes": taken.bytes,
        "sha256": taken.sha256,
        "dhash": portrait.dhash,
        "thumbhash": portrait.thumbhash,
        "dominant": portrait.dominant,
        "taken_at": portrait.facts.taken_at,
        "renditions": [
            {"name": made.name, "format": "webp", "width": made.width, "height": made.height, "bytes": made.bytes}
            for made in portrait.renditions
        ],
    }


def _take(given: str, path: Path, limits: Limits) -> Downloaded:
    """A copy of the file with the hash of the very bytes copied, so that it does not matter if it changes meanwhile."""
    digest, length = hashlib.sha256(), 0
    with os.fdopen(_open(given, limits), "rb") as source, path.open("wb") as copy:
        while piece := _read(source.fileno()):
            length += len(piece)
            if length > limits.max_bytes:
                raise PhotoRefused(Reason.TOO_MANY_BYTES, f"more than {limits.max_bytes} bytes")
            digest.update(piece)
            copy.write(piece)
    if not length:
        raise PhotoRefused(Reason.EMPTY)
    return Downloaded(bytes=length, sha256=digest.hexdigest())


def _open(given: str, limits: Limits) -> int:
    """A descriptor of a plain file. A pipe or a device would be waited for, so it is not even opened."""
    try:
        found = os.stat(given)  # noqa: PTH116 - to a path, no name at all is this folder
        if stat.S_ISDIR(found.st_mode):
            raise Unanswerable("a folder; name the files in it")
        if not stat.S_ISREG(found.st_mode):
            raise Unanswerable("not a plain file")
        if found.st_size > limits.max_bytes:
            raise PhotoRefused(Reason.TOO_MANY_BYTES, f"{found.st_size} bytes, at most {limits.max_bytes}")
        return os.open(given, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as problem:
        raise Unanswerable(getattr(problem, "strerror", None) or str(problem)) from problem


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, _PIECE)
    except OSError as problem:
        raise Unanswerable(problem.strerror or errno.errorcode.get(problem.errno or 0, "unreadable")) from problem


def _keep(directory: Path, folder: Path, decoded: Decoded) -> None:
    """Moves the renditions into their folder; what an earlier run left there under other names of ours goes."""
    folder.mkdir(exist_ok=True)
    kept = {made.name for made in decoded.portrait.renditions}
    for name in {str(side) for side in SIDES} - kept:
        (folder / f"{name}.webp").unlink(missing_ok=True)
    for name in kept:
        (directory / f"{name}.webp").replace(folder / f"{name}.webp")
