"""From bytes that a stranger sent to renditions that we made: the whole way of one photo."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from uploads.content.formats import CONTENT_TYPES, EXTENSIONS
from uploads.limits import Limits
from uploads.metadata.facts import Facts
from uploads.objects import Downloaded, ObjectMissing, ObjectTooLong, StorageUnavailable
from uploads.reasons import PhotoRefused, Reason
from uploads.sandbox.answers import Decoded
from uploads.sandbox.apart import decode_apart
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
    """A photo that was verified; width and height after turning it upright.

    `format` is jpeg, png, webp, avif or heif; `bytes` and `sha256` (hex) are the original's; `thumbhash` is
    base64, `dominant` "#rrggbb" and `dhash` 16 hex digits. `strays` are keys of the same photo that earlier attempts
    left in the store; `decoder_peak` is the most memory that the decoder took, in bytes.
    """

    format: str
    width: int
    height: int
    bytes: int
    sha256: str
    thumbhash: str
    dominant: str
    dhash: str
    facts: Facts
    original_key: str
    renditions: tuple[StoredRendition, ...]
    strays: tuple[str, ...] = ()
    decoder_peak: int = 0


def process_photo(
    storage: Storage,
    *,
    incoming_key: str,
    declared_bytes: int,
    prefix: str,
    limits: Limits,
    workdir: Path | None = None,
    beat: Callable[[], None] = lambda: None,
) -> ProcessedPhoto:
    """Takes the incoming object once, verifies and decodes it, and stores what we made of it.

    `prefix` is "<photo id>/<random>", the random part new for each attempt: renditions go to
    `photos/<prefix>/NAME.webp`, the original, byte for byte, to `originals/<prefix>.EXT`. Everything is on the
    store and of the right length when this returns; what a failed attempt left behind goes with
    `discard_attempt`. The incoming object is left for the caller to delete once the result is recorded.
    `beat` is called often, about every second while the decoder works, and may raise to give up.

    Raises `PhotoRefused`, `StorageUnavailable`, or `OSError` when our own disk is at fault.
    """
    with TemporaryDirectory(prefix="photo-", dir=workdir) as name:
        directory = Path(name)
        photo = directory / "photo"
        arrived = _take(storage, incoming_key, photo, declared_bytes, limits)
        beat()
        decoded = decode_apart(photo, directory, limits, beat=beat)
        beat()
        original_key = f"originals/{prefix}.{EXTENSIONS[decoded.format]}"
        storage.put_file(original_key, photo, content_type=CONTENT_TYPES[decoded.format])
        beat()
        renditions = tuple(_store_renditions(storage, directory, prefix, decoded, beat))
        lengths = {made.key: made.bytes for made in renditions} | {original_key: arrived.bytes}
        strays = _check_stored(storage, prefix, lengths)
    portrait = decoded.portrait
    return ProcessedPhoto(
        format=decoded.format,
        width=portrait.width,
        height=portrait.height,
        bytes=arrived.bytes,
        sha256=arrived.sha256,
        thumbhash=portrait.thumbhash,
        dominant=portrait.dominant,
        dhash=portrait.dhash,
        facts=portrait.facts,
        original_key=original_key,
        renditions=renditions,
        strays=strays,
        decoder_peak=decoded.peak,
    )


def new_prefix(photo_id: UUID) -> str:
    """A prefix of its own for one attempt at a photo; nobody can guess it."""
    return f"{photo_id}/{secrets.token_urlsafe(16)}"


def discard_attempt(storage: Storage, *, prefix: str) -> None:
    """Deletes all that `process_photo` stored under this prefix. Safe to repeat; raises `StorageUnavailable`."""
    storage.delete_prefix(f"photos/{prefix}/")
    for extension in sorted(set(EXTENSIONS.values())):
        storage.delete(f"originals/{prefix}.{extension}")


def erase_photo(storage: Storage, photo_id: UUID) -> int:
    """Deletes every object of a photo: arrived, original and renditions. Safe to repeat.

    Answers how many there were; raises `StorageUnavailable`.
    """
    return sum(storage.delete_prefix(f"{kind}/{photo_id}/") for kind in ("photos", "originals", "incoming"))


def _take(storage: Storage, key: str, path: Path, declared_bytes: int, limits: Limits) -> Downloaded:
    if declared_bytes > limits.max_bytes:
        raise PhotoRefused(Reason.TOO_MANY_BYTES, f"{declared_bytes} bytes")
    try:
        arrived = storage.download(key, path, limit=declared_bytes)
    except ObjectMissing as missing:
        _ask_again(storage, key, declared_bytes)
        raise PhotoRefused(Reason.MISSING) from missing
    except ObjectTooLong as longer:
        _ask_again(storage, key, declared_bytes)
        raise PhotoRefused(Reason.SIZE_MISMATCH, f"more than {declared_bytes} bytes") from longer
    if arrived.bytes == declared_bytes > 0:
        return arrived
    _ask_again(storage, key, declared_bytes)
    if arrived.bytes == 0:
        raise PhotoRefused(Reason.EMPTY)
    raise PhotoRefused(Reason.SIZE_MISMATCH, f"{arrived.bytes} bytes, {declared_bytes} declared")


def _ask_again(storage: Storage, key: str, declared_bytes: int) -> None:
    """A store that still counts the declared bytes, and handed out others, contradicts itself: no fault of the photo.

    Raises `StorageUnavailable` then.
    """
    with suppress(ObjectMissing):
        if storage.head(key).bytes == declared_bytes:
            raise StorageUnavailable(f"{key} has {declared_bytes} bytes, and others came")


def _store_renditions(
    storage: Storage, directory: Path, prefix: str, decoded: Decoded, beat: Callable[[], None]
) -> Iterator[StoredRendition]:
    for made in decoded.portrait.renditions:
        key = f"photos/{prefix}/{made.name}.webp"
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


def _check_stored(storage: Storage, prefix: str, expected: dict[str, int]) -> tuple[str, ...]:
    """A store that swallowed a body is found out before anyone is told that the photo is ready.

    Answers what else lies there of this photo: looking for that by itself would cost as much once more.
    """
    photo_id, _, _ = prefix.partition("/")
    found = storage.list_prefix(f"photos/{photo_id}/") + storage.list_prefix(f"originals/{photo_id}/")
    there = {stored.key: stored.bytes for stored in found}
    for key, length in expected.items():
        if there.get(key) != length:
            raise StorageUnavailable(f"{key} was stored with {length} bytes and has {there.get(key, 'none')}")
    return tuple(key for key in there if key not in expected)
