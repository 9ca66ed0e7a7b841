"""What a fan reads at each step: what happened, and what happens next."""

from __future__ import annotations

from dataclasses import dataclass, replace

from campaign.campaigns.models import State
from campaign.extensions import settings
from campaign.submissions.limits import photo_limits
from campaign.submissions.models import DUPLICATE, Submission, SubmissionState
from campaign.web.times import when
from uploads.limits import MEBIBYTE, Limits
from uploads.reasons import Reason


@dataclass(frozen=True, slots=True)
class Words:
    """A title, one sentence about what happened and one about what comes next."""

    title: str
    sentence: str
    next_step: str


PICK_ANOTHER = "Pick another photo and send it."
SEND_AGAIN = "Send the photo once more."
ENTRY_BACK = "Your entry is yours again."
KEPT_FIRST = "We have this one already"
SENT_BEFORE = "You sent the same photo before, so we kept that one and gave your entry back."
TWO_PHOTOS = "Are they two different photos? Say so, and we take in this one too."
ONE_PHOTO = "There is nothing you need to do. With the entry you can send another photo."

REFUSALS: dict[Reason, Words] = {
    Reason.NOT_AN_IMAGE: Words("That file is not a photo", "We looked inside and found no picture.", PICK_ANOTHER),
    Reason.UNSUPPORTED_FORMAT: Words(
        "We cannot hang this kind of file",
        "We take JPEG, PNG, WebP, HEIC and AVIF, which is what phones make. This is something else.",
        PICK_ANOTHER,
    ),
    Reason.TOO_MANY_BYTES: Words(
        "This photo is too heavy",
        "It is larger than the {megabytes} MB we can take.",
        "Pick a smaller one, or a smaller copy of it.",
    ),
    Reason.TOO_MANY_PIXELS: Words(
        "This photo is too large",
        "It has more than {megapixels} megapixels.",
        "Pick a smaller one, or a smaller copy of it.",
    ),
    Reason.TRUNCATED: Words(
        "A part of your photo is missing", "The file stops in the middle of the picture.", SEND_AGAIN
    ),
    Reason.ANIMATED: Words("This one moves", "It is a video or an animation; we can only hang photos.", PICK_ANOTHER),
    Reason.DECODER_FAILED: Words(
        "We could not open this photo",
        "We tried more than once, and the file did not open. The team can see why.",
        PICK_ANOTHER,
    ),
    Reason.DECODER_TIMEOUT: Words(
        "We could not open this photo", "Opening it took far too long. The team can see why.", PICK_ANOTHER
    ),
    Reason.OUT_OF_MEMORY: Words(
        "We could not open this photo", "It asks for more room than we have. The team can see why.", PICK_ANOTHER
    ),
    Reason.EMPTY: Words("That file is empty", "There is nothing inside it.", PICK_ANOTHER),
    Reason.MISSING: Words("Your photo did not reach us", "It got lost on the way.", SEND_AGAIN),
    Reason.SIZE_MISMATCH: Words(
        "Another file arrived than you announced", "What reached us is not the photo you chose.", SEND_AGAIN
    ),
}

STATES: dict[SubmissionState, Words] = {
    SubmissionState.TICKETED: Words(
        "On its way",
        "Your photo has not reached us yet.",
        "Where you sent it from, the page goes on with it. If it does not arrive, your entry comes back by itself.",
    ),
    SubmissionState.RECEIVED: Words(
        "Your photo reached us",
        "We are making it ready for the gallery.",
        "Then a person from the show looks at it, usually within a day.",
    ),
    SubmissionState.READY: Words(
        "Waiting for a person",
        "Your photo is safe with us.",
        "A person from the show looks at it next, usually within a day.",
    ),
    SubmissionState.PUBLISHED: Words(
        "In the gallery", "Everybody can see your photo now.", "When the campaign closes, the cast look at every photo."
    ),
    SubmissionState.DECLINED: Words(
        "We did not hang this one",
        "Somebody from the show looked at your photo and decided against hanging it.",
        "If you would rather send another, take this one back first; its entry is yours again then.",
    ),
    SubmissionState.WITHDRAWN: Words(
        "Taken back", "You took this photo back, and we deleted it.", "While the campaign is open you can send another."
    ),
    SubmissionState.EXPIRED: Words(
        "Never sent",
        "The photo did not reach us in time.",
        "Your entry is yours again: while it is open, try once more.",
    ),
}


def is_duplicate(submission: Submission) -> bool:
    """Whether it was put aside because the fan had sent the same photo before."""
    return submission.state is SubmissionState.REJECTED and submission.reason == DUPLICATE


def refusal(reason: str, limits: Limits | None = None) -> Words:
    """The words for a reason code, with the limits they name (the installation's, unless given).

    A code of an older release reads as one that did not open.
    """
    try:
        words = REFUSALS[Reason(reason)]
    except ValueError:
        words = REFUSALS[Reason.DECODER_FAILED]
    limits = limits or photo_limits(settings())
    megabytes, megapixels = limits.max_bytes // MEBIBYTE, limits.max_pixels // MEBIBYTE
    return replace(words, sentence=words.sentence.format(megabytes=megabytes, megapixels=megapixels))


def words_of(submission: Submission, *, can_keep: bool = False) -> Words:
    """Where this submission stands, for the fan who sent it; `can_keep` says that it need not be a duplicate for good.

    Of a duplicate, its campaign and the photo it was the same as are looked at.
    """
    if is_duplicate(submission):
        return _duplicate_words(submission, can_keep=can_keep)
    if submission.state is SubmissionState.REJECTED:
        words = refusal(submission.reason)
        return replace(words, next_step=f"{ENTRY_BACK} {words.next_step}")
    return STATES[submission.state]


def reason_of(submission: Submission) -> str:
    """Why it was declined or could not be used, in a sentence; empty where it was not."""
    if is_duplicate(submission):
        return SENT_BEFORE
    if submission.state is SubmissionState.REJECTED:
        return refusal(submission.reason).sentence
    return submission.reason


def _duplicate_words(submission: Submission, *, can_keep: bool) -> Words:
    first = submission.duplicate_of
    on = f"on {when(first.created_at, submission.campaign.time_zone)}" if first else "before"
    sentence = f"You sent the same photo {on}, so we kept that one and gave your entry back."
    return Words(KEPT_FIRST, sentence, TWO_PHOTOS if can_keep else ONE_PHOTO)


def withdrawal_words(submission: Submission, campaign: State) -> tuple[str, str]:
    """What taking it back does, and what it means for the fan's entries."""
    match submission.state:
        case SubmissionState.TICKETED | SubmissionState.RECEIVED:
            leaves = "We stop taking it in and delete what has arrived of it."
        case SubmissionState.PUBLISHED if campaign is State.ANNOUNCED:
            leaves = "It leaves the gallery, and the winners' page where it hangs there, and we delete the picture."
        case SubmissionState.PUBLISHED:
            leaves = "It leaves the gallery and the jury, and we delete the picture."
        case _:
            leaves = "Nobody looks at it any more, and we delete the picture."
    match campaign:
        case State.OPEN:
            entry = "While the campaign is open you can send another in its place."
        case State.PAUSED:
            entry = "The campaign is paused; once it goes on you can send another in its place."
        case _:
            entry = "The campaign takes no more photos, so you cannot send another in its place."
    return f"{leaves} This cannot be undone.", entry
