"""Languages whose dates and numbers we can write, each under its own name."""

from __future__ import annotations

from babel import Locale

TAGS = (
    "en", "en-US", "ar", "bn", "bg", "ca", "cs", "da", "de", "el", "es", "es-MX", "et", "fa", "fi", "fil", "fr",
    "fr-CA", "he", "hi", "hr", "hu", "id", "it", "ja", "ko", "lt", "lv", "ms", "nb", "nl", "pl", "pt-BR", "pt-PT", "ro",
    "ru", "sk", "sl", "sr", "sv", "sw", "ta", "th", "tr", "uk", "ur", "vi", "zh-Hans", "zh-Hant",
)  # fmt: skip
"""English as this house writes it comes first."""


def _name(tag: str) -> str:
    name = Locale.parse(tag, sep="-").get_display_name() or tag
    return name[:1].upper() + name[1:]


LANGUAGES: dict[str, str] = {tag: _name(tag) for tag in TAGS}
"""A name for each tag, as its speakers write it."""
