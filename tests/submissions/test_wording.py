"""What a fan writes, made fit to keep."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.submissions.wording import LONGEST_FILENAME, file_name
from campaign.wording import complaint, one_line


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("  Rooftops \n after\tthe rain ", "Rooftops after the rain"),
        ("Cafe\u0301", "Café"),
        ("nul\x00l", "null"),
        ("left\u202eright", "leftright"),
        ("lone \ud800 half", "lone half"),
        ("family 👨‍👩‍👧", "family 👨‍👩‍👧"),
        ("\u200d", ""),
    ],
)
def test_one_line_keeps_what_is_shown(given_text: str, kept: str) -> None:
    assert one_line(given_text) == kept


@given(st.text())
def test_one_line_can_always_be_stored_and_stays_the_same(text: str) -> None:
    kept = one_line(text)

    assert kept.encode().decode() == kept
    assert "\x00" not in kept
    assert one_line(kept) == kept


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("C:\\photos\\me.jpg", "me.jpg"),
        ("../../etc/passwd", "passwd"),
        ("", "photo"),
        ("a" * 300, "a" * LONGEST_FILENAME),
    ],
)
def test_file_name_is_the_last_part(given_name: str, kept: str) -> None:
    assert file_name(given_name) == kept


def test_complaint_says_how_much_fits() -> None:
    assert complaint("", 280, "Say something.") == "Say something."
    assert complaint("x" * 280, 280, "Say something.") is None
    assert complaint("x" * 281, 280, "Say something.") == "That is 281 characters; 280 fit. Shorten it a little."
