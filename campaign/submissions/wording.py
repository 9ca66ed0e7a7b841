"""How long a fan's and a moderator's words may be, in characters, and what becomes of them and of a file's name."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePosixPath

from campaign.wording import complaint, one_line

LONGEST_CAPTION = 280
LONGEST_PLACE = 120
LONGEST_REASON = 1_000
LONGEST_FILENAME = 120


@dataclass(frozen=True, slots=True)
class Said:
    """What a fan says about a photo; `category` is empty where the campaign has none."""

    caption: str
    place: str
    category: str = ""


def file_name(given: str) -> str:
    """The last part of the path a browser sent, short enough to keep; `photo` where nothing is left."""
    name = one_line(PurePosixPath(given.replace("\\", "/")).name)
    return name[-LONGEST_FILENAME:] or "photo"


def read_said(given: Said, categories: Collection[str]) -> tuple[Said, dict[str, str]]:
    """The words as they are kept, and a sentence for each field that needs another look.

    `categories` are the campaign's: where there are some, one of them has to be chosen; where there are none, nothing.
    """
    said = Said(one_line(given.caption), one_line(given.place), one_line(given.category))
    complaints = {
        "caption": complaint(said.caption, LONGEST_CAPTION, "Say in a few words what we see."),
        "place": complaint(said.place, LONGEST_PLACE, "Tell us where it was taken: a city is enough."),
        "category": _wrong_category(said.category, categories),
    }
    return said, {name: sentence for name, sentence in complaints.items() if sentence}


def _wrong_category(category: str, categories: Collection[str]) -> str | None:
    if category in categories or not (category or categories):
        return None
    if not categories:
        return "This campaign has no categories any more. Leave this one out."
    known = ", ".join(f"“{one}”" for one in categories)
    if not category:
        return f"Choose where it belongs: {known}."
    return f"That is none of this campaign's categories. Choose one of {known}."
