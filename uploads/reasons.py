"""Why a photo could not be used."""

from enum import StrEnum


class Reason(StrEnum):
    """The documented reasons; their values are stored and shown through words chosen elsewhere."""

    NOT_AN_IMAGE = "not_an_image"
    UNSUPPORTED_FORMAT = "unsupported_format"
    TOO_MANY_BYTES = "too_many_bytes"
    TOO_MANY_PIXELS = "too_many_pixels"
    TRUNCATED = "truncated"
    ANIMATED = "animated"
    DECODER_FAILED = "decoder_failed"
    DECODER_TIMEOUT = "decoder_timeout"
    OUT_OF_MEMORY = "out_of_memory"
    EMPTY = "empty"
    MISSING = "missing"  # a ticket was issued, the bytes never came
    SIZE_MISMATCH = "size_mismatch"  # other bytes came than the ticket was for

    @property
    def may_pass_later(self) -> bool:
        """Whether another attempt can end differently: the machine, not the photo, may have been at fault."""
        return self in {Reason.DECODER_FAILED, Reason.DECODER_TIMEOUT, Reason.OUT_OF_MEMORY}


class PhotoRefused(Exception):
    """The photo cannot be used. `reason` is for people and rows, `detail` for the log and moderators."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.reason = reason
        self.detail = detail
