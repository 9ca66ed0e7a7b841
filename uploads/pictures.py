"""A small picture that somebody chose: decoded apart like any photo, kept only as what we made of it."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from uploads.drawing.portrait import Portrait
from uploads.drawing.shapes import Shape
from uploads.limits import Limits
from uploads.reasons import PhotoRefused, Reason
from uploads.sandbox.apart import decode_apart
from uploads.storage import Storage

_PIECE = 256 * 1024
_CACHE = "private, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPicture:
    """What became of it: the portrait, and each rendition's etag by its name."""

    portrait: Portrait
    etags: dict[str, str]


def store_picture(
    storage: Storage, given: IO[bytes], *, folder: str, shape: Shape, limits: Limits, workdir: Path | None = None
) -> StoredPicture:
    """Decode what `given` holds in a process of its own, and store our renditions under `folder` (ends with "/").

    Nothing of the file itself is kept. Raises `PhotoRefused`, `StorageUnavailable`, or `OSError` when our own disk
    is at fault.
    """
    with TemporaryDirectory(prefix="picture-", dir=workdir) as name:
        directory = Path(name)
        source = directory / "picture"
        _take(given, source, limits)
        portrait = decode_apart(source, directory, limits, shape=shape).portrait
        etags = {
            made.name: storage.put_file(
                f"{folder}{made.name}.webp",
                directory / f"{made.name}.webp",
                content_type="image/webp",
                cache_control=_CACHE,
            ).etag
            for made in portrait.renditions
        }
    return StoredPicture(portrait=portrait, etags=etags)


def _take(given: IO[bytes], path: Path, limits: Limits) -> None:
    """Write at most `max_bytes` to our disk."""
    length = 0
    with path.open("wb") as file:
        while piece := given.read(_PIECE):
            length += len(piece)
            if length > limits.max_bytes:
                raise PhotoRefused(Reason.TOO_MANY_BYTES, f"more than {limits.max_bytes} bytes")
            file.write(piece)
    if length == 0:
        raise PhotoRefused(Reason.EMPTY)
