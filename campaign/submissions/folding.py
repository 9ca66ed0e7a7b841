"""Words as they are searched: without case, accents and punctuation, so that “sao paulo” finds “São Paulo”."""

from __future__ import annotations

import re
import unicodedata

_PLAIN = str.maketrans(
    {"æ": "ae", "ð": "d", "đ": "d", "ħ": "h", "ı": "i", "ł": "l", "ŋ": "n", "ø": "o", "œ": "oe", "ŧ": "t", "þ": "th"}
)
"""Letters that Unicode takes for letters of their own, and most keyboards do not have."""
_UNSPACED = re.compile("([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff])")
"""Kana and ideographs: written without spaces, so each is a word, and any part of a name finds it."""
_ACCENTS = ("Mn", "Me")
_IN_WORDS = "LNM"
"""First letters of Unicode's categories of letters, numbers and the marks that stand beside a letter."""


def fold(text: str) -> str:
    """The words of `text` with single spaces between them: letters and digits only, whatever was written."""
    apart = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(one for one in apart if unicodedata.category(one) not in _ACCENTS)
    plain = unicodedata.normalize("NFC", bare.translate(_PLAIN))
    kept = "".join(one if unicodedata.category(one)[0] in _IN_WORDS else " " for one in plain)
    return " ".join(_UNSPACED.sub(r" \1 ", kept).split())
