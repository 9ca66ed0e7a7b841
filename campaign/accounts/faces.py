"""What stands for a person without a picture: their initials, on a colour that stays theirs."""

from __future__ import annotations

from uuid import UUID

HUES = 12
"""As many classes `hue-0` … `hue-11` has the stylesheet: the policy allows no inline style."""


def initials(name: str) -> str:
    """`AL` for Ada Lovelace, `A` for Ada; the first sign of a name without letters."""
    words = [word for word in name.split() if word[0].isalnum()] or name.split()
    if not words:
        return "?"
    first, last = words[0][0], words[-1][0] if len(words) > 1 else ""
    return (first + last).upper()


def hue(person_id: UUID | None) -> int:
    """0 to 11, the same for the same person everywhere."""
    return 0 if person_id is None else person_id.int % HUES
