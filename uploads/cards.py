"""The card of a photo: drawn apart from one of its renditions, and stored."""

import stat
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from uploads.limits import MEBIBYTE, Limits
from uploads.objects import ObjectTooLong, StorageUnavailable, StoredObject
from uploads.reasons import PhotoRefused, Reason
from uploads.sandbox.apart import ask_apart
from uploads.storage import Storage

CONTENT_TYPE = "image/jpeg"

_CACHE = "private, max-age=31536000, immutable"
_MOST_BYTES = 2 * MEBIBYTE  # far more than a JPEG of this size has


def store_card(
    storage: Storage,
    *,
    rendition_key: str,
    rendition_bytes: int,
    key: str,
    ground: str,
    limits: Limits,
    beat: Callable[[], None] = lambda: None,
) -> StoredObject:
    """Draws the card from the stored rendition and stores it under `key`; `ground` is the photo's colour.

    Raises `ObjectMissing` when the rendition is gone, `StorageUnavailable`, and `PhotoRefused` when the rendition
    makes no card.
    """
    with TemporaryDirectory(prefix="card-") as name:
        directory = Path(name)
        rendition = directory / "rendition"
        try:
            storage.download(rendition_key, rendition, limit=rendition_bytes)
        except ObjectTooLong as longer:
            raise StorageUnavailable(f"{rendition_key} is longer than what we stored") from longer
        beat()
        ask_apart({"work": "card", "photo": str(rendition), "ground": ground}, directory, limits, beat=beat)
        return storage.put_file(key, _checked(directory / "card.jpg"), content_type=CONTENT_TYPE, cache_control=_CACHE)


def _checked(card: Path) -> Path:
    """The card, when it is a plain file that begins as a JPEG does and is no longer than one may be."""
    try:
        found = card.lstat()
        with card.open("rb") as file:
            head = file.read(3)
    except OSError as problem:
        raise PhotoRefused(Reason.DECODER_FAILED, "no card") from problem
    if not stat.S_ISREG(found.st_mode) or head != b"\xff\xd8\xff" or found.st_size > _MOST_BYTES:
        raise PhotoRefused(Reason.DECODER_FAILED, "the card is no JPEG")
    return card
