"""Our own words for each occasion: what is told where a campaign has written none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from campaign.moments.occasions import Occasion


@dataclass(frozen=True, slots=True)
class Words:
    """A message before its fields are filled. An empty line in `body` begins a paragraph."""

    subject: str
    body: str
    button: str
    language: str = "en"


def _paragraphs(*lines: str) -> str:
    return "\n\n".join(lines)


HOUSE: Mapping[Occasion, Words] = {
    Occasion.RECEIVED: Words(
        "Your photo reached us",
        _paragraphs(
            "Hello {name},",
            "“{caption}” is safe with us. A person from the show looks at it next, usually within a day. "
            "You hear from us as soon as they have.",
        ),
        "Follow your photo",
    ),
    Occasion.REJECTED: Words(
        "Your photo needs another try",
        _paragraphs(
            "Hello {name},",
            "we could not open “{caption}” the way it came. {reason}",
            "Your entry is yours again: pick another photo, or send this one once more.",
        ),
        "See what happened",
    ),
    Occasion.DUPLICATE: Words(
        "We have this photo already",
        _paragraphs(
            "Hello {name},",
            "“{caption}” is the same photo that you sent us on {kept}, so we kept that one, and your entry is yours "
            "again.",
            "{next}",
        ),
        "See my photos",
    ),
    Occasion.PUBLISHED: Words(
        "Your photo is in the gallery",
        _paragraphs(
            "Hello {name},",
            "somebody from the show looked at “{caption}” and hung it in the gallery of {campaign}. "
            "Everybody can see it now.",
            "When the campaign has closed, the cast look at every photo. You will hear how it went, either way.",
        ),
        "See it in the gallery",
    ),
    Occasion.DECLINED: Words(
        "About your photo “{caption}”",
        _paragraphs(
            "Hello {name},",
            "somebody from the show looked at “{caption}” and decided not to hang it. This is what they wrote:",
            "{reason}",
            "Thank you for showing it to us.",
        ),
        "See my photos",
    ),
    Occasion.RELEASE_ASKED: Words(
        "May we show your photo?",
        _paragraphs(
            "Hello {name},",
            "“{caption}” may go further than the gallery of {campaign}. For that we need your yes, "
            "and nothing happens without it.",
            "Read what we ask, then answer with one tap. Please keep this to yourself until the winners are announced.",
        ),
        "Read and answer",
    ),
    Occasion.FINALIST_AHEAD: Words(
        "Between us: your photo is a finalist",
        _paragraphs(
            "Hello {name},",
            "out of {photos} photos the cast chose {chosen}, and “{caption}” is among the finalists of {campaign}. "
            "You hear it before everybody else.",
            "Please keep it to yourself until {until}. Then it is for everybody.",
        ),
        "See my photo",
    ),
    Occasion.WINNER_AHEAD: Words(
        "Between us: your photo has won",
        _paragraphs(
            "Hello {name},",
            "out of {photos} photos in {campaign}, “{caption}” is one of the winners. "
            "You hear it before everybody else.",
            "Please keep it to yourself until {until}. Then it is for everybody. Congratulations!",
        ),
        "See my photo",
    ),
    Occasion.FINALIST_PUT_OFF: Words(
        "Still between us: the announcement is put off",
        _paragraphs(
            "Hello {name},",
            "the announcement of {campaign} does not come at the hour we told you. We set a new one and tell you "
            "before everybody else. “{caption}” is still among the finalists.",
            "Please keep it to yourself a while longer. Thank you for your patience.",
        ),
        "See my photo",
    ),
    Occasion.WINNER_PUT_OFF: Words(
        "Still between us: the announcement is put off",
        _paragraphs(
            "Hello {name},",
            "the announcement of {campaign} does not come at the hour we told you. We set a new one and tell you "
            "before everybody else. “{caption}” is still one of the winners.",
            "Please keep it to yourself a while longer. Thank you for your patience.",
        ),
        "See my photo",
    ),
    Occasion.FINALIST: Words(
        "Your photo is a finalist",
        _paragraphs(
            "Hello {name},",
            "out of {photos} photos the cast chose {chosen}, and “{caption}” is among the finalists of {campaign}.",
            "Thank you for showing us what you saw.",
        ),
        "See winners and finalists",
    ),
    Occasion.WINNER: Words(
        "Your photo has won",
        _paragraphs(
            "Hello {name},",
            "out of {photos} photos in {campaign}, “{caption}” is one of the winners. Congratulations!",
            "It hangs on the winners’ page now, for everybody to see.",
        ),
        "See it among the winners",
    ),
    Occasion.NOT_THIS_TIME: Words(
        "Not this time",
        _paragraphs(
            "Hello {name},",
            "{campaign} has its winners. Out of {photos} photos the cast chose {chosen}, "
            "and this time yours was not among them.",
            "It stays in the gallery for everybody to see. Thank you for showing it to us.",
        ),
        "See who won",
    ),
    Occasion.PANEL_OPENED: Words(
        "“{round}” is yours to judge",
        _paragraphs(
            "Hello {name},",
            "the photos of {campaign} lie before you now: “{round}” is open, and you sit on its panel. "
            "You have until {closes}.",
            "Take your time. Stop whenever you like and go on where you were, on any device; "
            "until the round closes you can change your mind about every photo.",
        ),
        "Begin",
    ),
    Occasion.PANEL_REMINDED: Words(
        "“{round}” is waiting for your eyes",
        _paragraphs(
            "Hello {name},",
            "{left} more from you in “{round}” of {campaign}, and your part is done. You have until {closes}.",
            "If you cannot make it this time, tell whoever set up the round. Others can take over, "
            "and nothing that you gave is lost.",
        ),
        "Go on where I was",
    ),
    Occasion.PANEL_SEALED: Words(
        "“{round}” is closed. Please keep its seal",
        _paragraphs(
            "Hello {name},",
            "“{round}” of {campaign} is closed. Thank you for your time and for your eyes. This is the round’s seal:",
            "{seal}",
            "Please keep this line. It was worked out from the round’s rules, its photos and every ballot, "
            "yours among them. Should anybody ever ask whether something was changed afterwards, the round’s dossier "
            "either fits this line or it does not, and nobody, not even we, can make another one fit it.",
        ),
        "To the panel",
    ),
}
