"""A claim ("I have a photo of 4 MB") becomes a ticket to send exactly that photo, once signed for."""

import secrets
from dataclasses import dataclass
from pathlib import PurePosixPath
from uuid import UUID

from uploads.limits import Limits
from uploads.objects import PresignedPut
from uploads.reasons import PhotoRefused, Reason
from uploads.storage import Storage

CONTENT_TYPES = frozenset({"image/jpeg", "image/png", "image/webp", "image/heic", "image/heif", "image/avif"})

# What phones and browsers say instead. A burst is claimed as HEIC; its bytes decide later.
_OTHER_NAMES = {
    "image/jpg": "image/jpeg",
    "image/pjpeg": "image/jpeg",
    "image/x-png": "image/png",
    "image/heic-sequence": "image/heic",
    "image/heif-sequence": "image/heif",
}
_SILENT = frozenset({"", "application/octet-stream", "binary/octet-stream", "image/*"})
_BY_SUFFIX = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".jpe": "image/jpeg",
    ".mpo": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".heic": "image/heic",
    ".heif": "image/heif",
    ".hif": "image/heif",
    ".avif": "image/avif",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What the sender says about the photo. `content_type` is one of `CONTENT_TYPES`; `bytes` its length."""

    filename: str
    content_type: str
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """Where the photo may be put, and the signed request that may do it."""

    key: str
    put: PresignedPut


def check_claim(*, filename: str, content_type: str, length: int, limits: Limits) -> Claim:
    """The claim, with its type in the standard name (from the file's name where the phone gave none).

    `length` is in bytes. Raises `PhotoRefused`: empty, too_many_bytes or unsupported_format.
    """
    if length <= 0:
        raise PhotoRefused(Reason.EMPTY)
    if length > limits.max_bytes:
        raise PhotoRefused(Reason.TOO_MANY_BYTES, f"{length} bytes, at most {limits.max_bytes}")
    said = content_type.partition(";")[0].strip().lower()
    if said in _SILENT:
        said = _BY_SUFFIX.get(PurePosixPath(filename.strip().lower()).suffix, "")
    standard = _OTHER_NAMES.get(said, said)
    if standard not in CONTENT_TYPES:
        raise PhotoRefused(Reason.UNSUPPORTED_FORMAT, said[:80] or "no type given")
    return Claim(filename=filename, content_type=standard, bytes=length)


def issue_ticket(storage: Storage, photo_id: UUID, claim: Claim, *, seconds: int) -> Ticket:
    """A ticket for one photo, good for `seconds`. The key is ours and cannot be guessed."""
    key = f"incoming/{photo_id}/{secrets.token_urlsafe(16)}"
    return Ticket(key=key, put=renew_signature(storage, key, claim, seconds=seconds))


def renew_signature(storage: Storage, key: str, claim: Claim, *, seconds: int) -> PresignedPut:
    """A fresh signature for a ticket already issued: the same key, type and length."""
    return storage.presign_put(key, content_type=claim.content_type, length=claim.bytes, seconds=seconds)
