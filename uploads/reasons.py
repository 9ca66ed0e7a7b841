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


OF_TICKETS = frozenset({Reason.MISSING, Reason.SIZE_MISMATCH})
"""Those that only a ticket can come to; every other one may be said of any file."""

MEANINGS = {
    Reason.NOT_AN_IMAGE: "no picture is in it",
    Reason.UNSUPPORTED_FORMAT: "a picture, video or document that we do not take, or a photo that is such a file, too",
    Reason.TOO_MANY_BYTES: "longer than a photo may be, or with a text in it that unpacks to far too much",
    Reason.TOO_MANY_PIXELS: "larger than a photo may be",
    Reason.TRUNCATED: "a part of it is missing",
    Reason.ANIMATED: "it moves",
    Reason.DECODER_FAILED: "it is damaged, or the decoder gave up on it",
    Reason.DECODER_TIMEOUT: "decoding took too long",
    Reason.OUT_OF_MEMORY: "decoding asked for more memory than allowed",
    Reason.EMPTY: "there is nothing in it",
    Reason.MISSING: "a ticket was issued, and nothing came",
    Reason.SIZE_MISMATCH: "other bytes came than the ticket was for",
}


class PhotoRefused(Exception):
    """The photo cannot be used. `reason` is for people and rows, `detail` for the log and moderators."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.reason = reason
        self.detail = detail
