"""Languages whose dates and numbers we can write, each under its own name."""

from __future__ import annotations

LANGUAGES: dict[str, str] = {
    "en": "English", "en-US": "English (United States)", "ar": "العربية", "bn": "বাংলা", "bg": "Български",
    "ca": "Català", "cs": "Čeština", "da": "Dansk", "de": "Deutsch", "el": "Ελληνικά", "es": "Español",
    "es-MX": "Español (México)", "et": "Eesti", "fa": "فارسی", "fi": "Suomi", "fil": "Filipino", "fr": "Français",
    "fr-CA": "Français (Canada)", "he": "עברית", "hi": "हिन्दी", "hr": "Hrvatski", "hu": "Magyar",
    "id": "Indonesia", "it": "Italiano", "ja": "日本語", "ko": "한국어", "lt": "Lietuvių", "lv": "Latviešu",
    "ms": "Melayu", "nb": "Norsk bokmål", "nl": "Nederlands", "pl": "Polski", "pt-BR": "Português (Brasil)",
    "pt-PT": "Português (Portugal)", "ro": "Română", "ru": "Русский", "sk": "Slovenčina", "sl": "Slovenščina",
    "sr": "Српски", "sv": "Svenska", "sw": "Kiswahili", "ta": "தமிழ்", "th": "ไทย", "tr": "Türkçe",
    "uk": "Українська", "ur": "اردو", "vi": "Tiếng Việt", "zh-Hans": "中文 (简体)", "zh-Hant": "中文 (繁體)",
}  # fmt: skip
"""A name for each tag, as its speakers write it; English as this house writes it comes first.

Written down, since asking Babel for a name loads all that it knows of the language: 50 MB for these.
"""

TAGS = tuple(LANGUAGES)
