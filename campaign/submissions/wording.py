"""How long a fan's and a moderator's words may be, in characters, and what becomes of a file's name."""

from __future__ import annotations

from pathlib import PurePosixPath

from campaign.wording import one_line

LONGEST_CAPTION = 280
LONGEST_PLACE = 120
LONGEST_REASON = 1_000
LONGEST_FILENAME = 120


def file_name(given: str) -> str:
    """The last part of the path a browser sent, short enough to keep; `photo` where nothing is left."""
    name = one_line(PurePosixPath(given.replace("\\", "/")).name)
    return name[-LONGEST_FILENAME:] or "photo"
