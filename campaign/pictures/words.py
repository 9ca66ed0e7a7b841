"""What somebody reads whose picture could not be used: what happened, and what they can do now."""

from __future__ import annotations

from campaign.errors import InvalidInput
from uploads.reasons import Reason

PICK_ANOTHER = "Pick another picture."
LARGEST_MEGABYTES = 10

SENTENCES: dict[Reason, str] = {
    Reason.NOT_AN_IMAGE: f"That file is not a picture: we looked inside and found none. {PICK_ANOTHER}",
    Reason.UNSUPPORTED_FORMAT: "We take JPEG, PNG, WebP, HEIC and AVIF, which is what phones make. "
    f"This is something else. {PICK_ANOTHER}",
    Reason.TOO_MANY_BYTES: f"This picture is larger than the {LARGEST_MEGABYTES} MB we can take. "
    "Pick a smaller one, or a smaller copy of it.",
    Reason.TOO_MANY_PIXELS: "This picture has more pixels than we can take. "
    "Pick a smaller one, or a smaller copy of it.",
    Reason.TRUNCATED: "A part of the picture is missing: the file stops in the middle. Choose it once more.",
    Reason.ANIMATED: f"This one moves; we can only keep pictures that stand still. {PICK_ANOTHER}",
    Reason.DECODER_TIMEOUT: f"Opening this picture took far too long. {PICK_ANOTHER}",
    Reason.OUT_OF_MEMORY: f"This picture asks for more room than we have. {PICK_ANOTHER}",
    Reason.EMPTY: f"That file is empty. {PICK_ANOTHER}",
    Reason.MISSING: "Choose a picture first.",
}
NOT_OPENED = f"We could not open this picture. {PICK_ANOTHER}"


def refusal(reason: Reason, field: str = "picture") -> InvalidInput:
    """The refusal for a reason, told beside the field."""
    sentence = SENTENCES.get(reason, NOT_OPENED)
    return InvalidInput(sentence, fields={field: sentence}, code=reason.value)
