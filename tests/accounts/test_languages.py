"""The languages that people may choose."""

from __future__ import annotations

import pytest
from babel import Locale

from campaign.accounts.languages import LANGUAGES


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_language_is_named_as_its_speakers_write_it(tag: str) -> None:
    name = Locale.parse(tag, sep="-").get_display_name() or tag

    assert LANGUAGES[tag] == name[:1].upper() + name[1:]
