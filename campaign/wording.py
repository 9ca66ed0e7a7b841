"""What people write, made fit to keep: one normal form, no hidden characters, measured as people count."""

from __future__ import annotations

import unicodedata

_JOINERS = "\u200c\u200d"
"""Needed inside emoji and several scripts, so these two invisible characters stay."""


def one_line(text: str) -> str:
    """NFC, without control, formatting, surrogate and private characters; runs of white space become one space."""
    spaced = "".join(" " if character.isspace() else character for character in unicodedata.normalize("NFC", text))
    kept = "".join(character for character in spaced if _is_shown(character))
    return " ".join(kept.split()).strip(_JOINERS)


def complaint(text: str, most: int, when_empty: str) -> str | None:
    """Why this line cannot be kept, or None where it can. Wants what `one_line` returned."""
    if not text:
        return when_empty
    if len(text) > most:
        return f"That is {len(text):,} characters; {most:,} fit. Shorten it a little."
    return None


def _is_shown(character: str) -> bool:
    return character in _JOINERS or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
