"""From bytes that a stranger sent to renditions that we made: the whole way of one photo."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from uploads.answers import Decoded
from uploads.formats import CONTENT_TYPES, EXTENSIONS
from uploads.limits import Limits
from uploads.objects import Downloaded, ObjectMissing, ObjectTooLong, StorageUnavailable, StoredObject
from uploads.reasons import PhotoRefused, Reason
from uploads.sandbox import decode_apart
from uploads.storage import Storage

# A key is never written twice, so its bytes are good for ever; how long others may keep them is said where
# they are served.
_CACHE = "private, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRendition:
    """One of our own pictures in the store. Size in pixels and bytes."""

    name: str
    key: str
    width: int
    height: int
    bytes: int
    etag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessedPhoto:
    """A photo that was verified. Width and height after turning it upright; `bytes` and `sha256` (hex) are the
    original's, `thumbhash` is base64, `dominant` is "#rrggbb", `format` jpeg, png, webp, avif or heif.
    """

    format: str
    width: int
    height: int
    bytes: int
    sha256: str
    thumbhash: str
    dominant: str
    original_key: str
    renditions: tuple[StoredRendition, ...]


def process_photo(
    storage: Storage,
    *,
    incoming_key: str,
    declared_bytes: int,
    place: str,
    limits: Limits,
    workdir: Path | None = None,
    beat: Callable[[], None] = lambda: None,
) -> ProcessedPhoto:
    """Takes the incoming object once, verifies and decodes it, and stores what we made of it.

    `place` is "<photo id>/<random>", the random part new for each attempt: renditions go to
    `photos/<place>/NAME.webp`, the original, byte for byte, to `originals/<place>.EXT`. Everything is on the
    store and of the right length when this returns; what a failed attempt left behind is `discard`ed by its
    place. The incoming object is left for the caller to delete once the result is recorded. `beat` is called
    often, about every second while the decoder works, and may raise to give up.

    Raises `PhotoRefused`, `StorageUnavailable`, or `OSError` when our own disk is at fault.
    """
    with TemporaryDirectory(prefix="photo-", dir=workdir) as name:
        directory = Path(name)
        photo = directory / "photo"
        arrived = _take(storage, incoming_key, photo, declared_bytes, limits)
        beat()
        decoded = decode_apart(photo, directory, limits, beat=beat)
        beat()
        original_key = _store_original(storage, photo, place, decoded, arrived)
        beat()
        renditions = tuple(_store_renditions(storage, directory, place, decoded, beat))
        _check_stored(storage, place, renditions)
    portrait = decoded.portrait
    return ProcessedPhoto(
        format=decoded.format,
        width=portrait.width,
        height=portrait.height,
        bytes=arrived.bytes,
        sha256=arrived.sha256,
        thumbhash=portrait.thumbhash,
        dominant=portrait.dominant,
        original_key=original_key,
        renditions=renditions,
    )


def discard(storage: Storage, *, place: str) -> None:
    """Deletes all that `process_photo` stored for this place; safe to repeat. Raises `StorageUnavailable`."""
    storage.delete_prefix(f"photos/{place}/")
    for extension in sorted(set(EXTENSIONS.values())):
        storage.delete(f"originals/{place}.{extension}")


def _take(storage: Storage, key: str, path: Path, declared_bytes: int, limits: Limits) -> Downloaded:
    if declared_bytes > limits.max_bytes:
        raise PhotoRefused(Reason.TOO_MANY_BYTES, f"{declared_bytes} bytes")
    try:
        arrived = storage.download(key, path, limit=declared_bytes)
    except ObjectMissing as missing:
        raise PhotoRefused(Reason.MISSING) from missing
    except ObjectTooLong as longer:
        raise PhotoRefused(Reason.SIZE_MISMATCH, f"more than {declared_bytes} bytes") from longer
    if arrived.bytes == 0:
        raise PhotoRefused(Reason.EMPTY)
    if arrived.bytes != declared_bytes:
        raise PhotoRefused(Reason.SIZE_MISMATCH, f"{arrived.bytes} bytes, {declared_bytes} declared")
    return arrived


def _store_original(storage: Storage, photo: Path, place: str, decoded: Decoded, arrived: Downloaded) -> str:
    key = f"originals/{place}.{EXTENSIONS[decoded.format]}"
    storage.put_file(key, photo, content_type=CONTENT_TYPES[decoded.format])
    _check_length(storage.head(key), arrived.bytes)
    return key


def _store_renditions(
    storage: Storage, directory: Path, place: str, decoded: Decoded, beat: Callable[[], None]
) -> Iterator[StoredRendition]:
    for made in decoded.portrait.renditions:
        key = f"photos/{place}/{made.name}.webp"
        stored = storage.put_file(key, directory / f"{made.name}.webp", content_type="image/webp", cache_control=_CACHE)
        beat()
        yield StoredRendition(
            name=made.name,
            key=key,
            width=made.width,
            height=made.height,
            bytes=made.bytes,
            etag=stored.etag,
        )


def _check_stored(storage: Storage, place: str, renditions: tuple[StoredRendition, ...]) -> None:
    """A store that swallowed a body is found out before anyone is told that the photo is ready."""
    there = {stored.key: stored for stored in storage.list_prefix(f"photos/{place}/")}
    for rendition in renditions:
        if rendition.key not in there:
            raise StorageUnavailable(f"{rendition.key} was stored and is not there")
        _check_length(there[rendition.key], rendition.bytes)


def _check_length(stored: StoredObject, length: int) -> None:
    if stored.bytes != length:
        raise StorageUnavailable(f"{stored.key} has {stored.bytes} bytes instead of {length}")
