"""The archive of originals: names that say what a file is, and bytes passed on from the store as they come."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import PurePosixPath

import structlog
from zipstream import ZIP_STORED, ZipStream

from campaign.awards.rights import Right
from campaign.awards.rights_file import Piece
from campaign.judging.models import Award
from campaign.submissions.folding import fold
from uploads.objects import ObjectMissing, StorageUnavailable
from uploads.storage import Storage

log = structlog.get_logger(__name__)

LONGEST_SLUG = 60
AT_ONCE = 8
"""Originals that the store is asked about at a time."""
EMAIL = re.compile(r"\S+@\S+")


def stored_originals(store: Storage, wanted: Mapping[str, int]) -> frozenset[str]:
    """Of these keys with their lengths in bytes, the ones that the store holds so. Wants no transaction to be open.

    Raises StorageUnavailable where the store does not answer: better now than in the middle of an archive.
    """
    with ThreadPoolExecutor(AT_ONCE) as pool:
        there = list(pool.map(lambda item: _is_there(store, *item), wanted.items()))
    return frozenset(key for key, found in zip(wanted, there, strict=True) if found)


def name_pieces(rights: Sequence[Right], stored: Collection[str]) -> list[Piece]:
    """Each photo with its file's name, `01-winner-the-ferry-home.jpg`; none where the store has no original of it."""
    return [
        Piece(right=right, name=file_name(right, number) if right.submission.photo.original_key in stored else "")
        for number, right in enumerate(rights, start=1)
    ]


def file_name(right: Right, number: int) -> str:
    """Winners have their place in front; finalists are counted on after them."""
    selection, photo = right.selection, right.submission.photo
    place = selection.place if selection.award is Award.WINNER else number
    slug = re.sub(r"[^a-z0-9]+", "-", fold(EMAIL.sub(" ", right.submission.caption)))[:LONGEST_SLUG].strip("-")
    suffix = PurePosixPath(photo.original_key or "").suffix
    return f"{place:02}-{selection.award.value}-{slug or 'photo'}{suffix}"


def archive_of(
    pieces: Sequence[Piece], papers: dict[str, bytes], store: Storage, taken_at: datetime
) -> tuple[int, Iterator[bytes]]:
    """The archive's length in bytes and the archive itself, made while it is read. Opens an original at its turn.

    An original that fails or is not what was received ends the archive short of its length: nobody takes it for whole.
    """
    zipped = ZipStream(compress_type=ZIP_STORED, sized=True)
    for name, data in papers.items():
        zipped.add(data, name)
    for piece in pieces:
        photo = piece.right.submission.photo
        if piece.name and photo.original_key is not None:
            zipped.add(_original(store, photo.original_key, photo.sha256 or ""), piece.name, size=photo.bytes)
    zipped.comment = f"Taken {taken_at:%Y-%m-%d %H:%M} UTC".encode()
    return len(zipped), iter(zipped)


def _is_there(store: Storage, key: str, length: int) -> bool:
    try:
        return store.head(key).bytes == length
    except ObjectMissing:
        return False


def _original(store: Storage, key: str, sha256: str) -> Iterator[bytes]:
    digest = hashlib.sha256()
    try:
        _, chunks = store.open_stream(key)
        for chunk in chunks:
            digest.update(chunk)
            yield chunk
    except (StorageUnavailable, ObjectMissing) as problem:
        log.warning("archive_cut_short", problem=type(problem).__name__)
        raise
    if digest.hexdigest() != sha256:
        log.error("original_changed", key=key)
        raise StorageUnavailable("the original is not what was received")
