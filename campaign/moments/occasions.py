"""What a campaign can put into its own words: each occasion with its merge fields and a sample of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from campaign.moments.models import Kind


class Occasion(StrEnum):
    """A kind of message; those that may be told under embargo have words of their own for it, and for its delay."""

    RECEIVED = "received"
    REJECTED = "rejected"
    DUPLICATE = "duplicate"
    """The same photo sent twice by one fan: of the rejected ones, the one with nothing to mend."""
    PUBLISHED = "published"
    DECLINED = "declined"
    RELEASE_ASKED = "release_asked"
    FINALIST_AHEAD = "finalist_ahead"
    WINNER_AHEAD = "winner_ahead"
    FINALIST_PUT_OFF = "finalist_put_off"
    WINNER_PUT_OFF = "winner_put_off"
    FINALIST = "finalist"
    WINNER = "winner"
    NOT_THIS_TIME = "not_this_time"
    PANEL_OPENED = "panel_opened"
    PANEL_REMINDED = "panel_reminded"
    PANEL_SEALED = "panel_sealed"

    @property
    def kind(self) -> Kind:
        if self is Occasion.DUPLICATE:
            return Kind.REJECTED
        return Kind(self.value.removesuffix("_ahead").removesuffix("_put_off"))


@dataclass(frozen=True, slots=True)
class About:
    """How the desk names an occasion, when it is told, which fields it offers and which it cannot do without."""

    label: str
    when: str
    fields: tuple[str, ...]
    needed: Mapping[str, str]


FIELDS: Mapping[str, str] = {
    "name": "the reader’s name",
    "caption": "the photo’s caption",
    "place": "where it was taken",
    "campaign": "the campaign’s title",
    "reason": "why, in the words the fan may read",
    "kept": "when the photo that was kept had been sent",
    "next": "what they can do now",
    "photos": "how many photos hung in the gallery",
    "chosen": "how many of them the cast chose",
    "until": "when everybody hears it",
    "round": "the round’s title",
    "closes": "until when the panel can judge",
    "left": "how many ballots still wait for this judge",
    "seal": "the round’s seal, one line of 64 characters",
    "link": "the address the button leads to",
}

SAMPLES: Mapping[str, str] = {
    "name": "Maria",
    "caption": "The tram at seven",
    "place": "Lisbon",
    "reason": "The file stops in the middle of the picture.",
    "kept": "Sunday 3 May, 10:12 (Lisbon)",
    "next": "Are they two different photos? Say so, and we take in this one too.",
    "photos": "412",
    "chosen": "20",
    "until": "Friday 27 November, 20:00",
    "round": "First look",
    "closes": "Friday 27 November, 20:00 (Lisbon)",
    "left": "38",
    "seal": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
}
"""What the preview puts in; the campaign and the link are its own."""

PHOTO = ("name", "caption", "place", "campaign", "link")
WHY = {"reason": "Say why with {reason}: the fan should not have to guess."}
PANEL = ("name", "round", "campaign", "closes", "link")
SEAL = {"seal": "Give them the seal with {seal}: that line is what this message is for."}
EMBARGO = {"until": "Say until when with {until}: they hear it before everybody else, so they must know."}

ABOUT: Mapping[Occasion, About] = {
    Occasion.RECEIVED: About("Received", "when a photo has reached us", PHOTO, {}),
    Occasion.REJECTED: About("Needs another try", "when a file could not be used", (*PHOTO, "reason"), WHY),
    Occasion.DUPLICATE: About(
        "Sent twice", "when a fan sends a photo that we have of them", (*PHOTO, "kept", "next"), {}
    ),
    Occasion.PUBLISHED: About("Published", "a minute after it was hung, unless that was taken back", PHOTO, {}),
    Occasion.DECLINED: About(
        "Declined", "a minute after the decision, unless it was taken back", (*PHOTO, "reason"), WHY
    ),
    Occasion.RELEASE_ASKED: About("May we show it?", "when a finalist is asked for a release", PHOTO, {}),
    Occasion.FINALIST_AHEAD: About(
        "Finalist, told ahead",
        "before the announcement, where the campaign tells ahead",
        (*PHOTO, "photos", "chosen", "until"),
        EMBARGO,
    ),
    Occasion.WINNER_AHEAD: About(
        "Winner, told ahead",
        "before the announcement, where the campaign tells ahead",
        (*PHOTO, "photos", "chosen", "until"),
        EMBARGO,
    ),
    Occasion.FINALIST_PUT_OFF: About(
        "Finalist, put off", "when the announcement they were told of is called off", (*PHOTO, "photos", "chosen"), {}
    ),
    Occasion.WINNER_PUT_OFF: About(
        "Winner, put off", "when the announcement they were told of is called off", (*PHOTO, "photos", "chosen"), {}
    ),
    Occasion.FINALIST: About("Finalist", "with the announcement", (*PHOTO, "photos", "chosen"), {}),
    Occasion.WINNER: About("Winner", "with the announcement", (*PHOTO, "photos", "chosen"), {}),
    Occasion.NOT_THIS_TIME: About(
        "Not this time",
        "with the announcement, once to everybody else whose photo hung",
        ("name", "campaign", "link", "photos", "chosen"),
        {},
    ),
    Occasion.PANEL_OPENED: About("To judges: it is open", "when a round opens, to its panel", PANEL, {}),
    Occasion.PANEL_REMINDED: About(
        "To a judge: a reminder", "when somebody at the desk asks for it", (*PANEL, "left"), {}
    ),
    Occasion.PANEL_SEALED: About(
        "To judges: the seal", "when a round closes, to its panel", ("name", "round", "campaign", "seal", "link"), SEAL
    ),
}

KINDS: Mapping[Kind, str] = {
    **{
        occasion.kind: about.label.removesuffix(", told ahead")
        for occasion, about in ABOUT.items()
        if occasion is not Occasion.DUPLICATE
    },
    Kind.TEST: "Test",
}
"""What the desk calls each kind of message."""
