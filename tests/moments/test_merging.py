"""Merge fields: what is refused is named, and what is filled is never read again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.moments.house_words import HOUSE
from campaign.moments.merging import complaint_about_fields, fields_in, fill
from campaign.moments.occasions import ABOUT, FIELDS, SAMPLES, Occasion
from campaign.moments.wording import check_words, tidy

KNOWN = ("name", "caption")


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("Hello {nmae}", "There is no field {nmae} here. Did you mean {name}? You can use {name}, {caption}."),
        ("Hello {winner}", "There is no field {winner} here. You can use {name}, {caption}."),
        ("Hello {}", "There is no field {} here. You can use {name}, {caption}."),
        ("Hello {name", "A field is opened and not closed near “Hello {name”. Fields are written like {name}."),
        ("{name} }", "A field is closed that was not opened near “{name} }”. Fields are written like {name}."),
        ("{{name}}", "A field is opened and not closed near “{{name}}”. Fields are written like {name}."),
        ("{name.__class__}", "There is no field {name.__class__} here. You can use {name}, {caption}."),
        ("{name!r:>9}", "There is no field {name!r:>9} here. Did you mean {name}? You can use {name}, {caption}."),
    ],
)  # fmt: skip
def test_bad_field_is_named(template: str, said: str) -> None:
    assert complaint_about_fields(template, KNOWN) == said


@pytest.mark.parametrize("template", ["", "Hello", "{name}", "{name}{caption}", "“{caption}” by {name}"])
def test_sound_fields_pass(template: str) -> None:
    assert complaint_about_fields(template, KNOWN) is None


def test_what_a_fan_wrote_is_not_read_as_a_field() -> None:
    assert fill("{caption} by {name}", {"caption": "{name}", "name": "Maria {caption}"}) == "{name} by Maria {caption}"


@given(st.text(alphabet="{}ab \n", max_size=30))
def test_what_passes_can_be_filled_whole(template: str) -> None:
    if complaint_about_fields(template, ("a", "ab")) is None:
        assert set(fill(template, {"a": "", "ab": ""})).isdisjoint("{}")


@pytest.mark.parametrize("occasion", list(Occasion))
def test_our_own_words_could_be_kept(occasion: Occasion) -> None:
    assert check_words(occasion, tidy(HOUSE[occasion])) == {}


@pytest.mark.parametrize("occasion", list(Occasion))
def test_every_field_is_explained_and_has_a_sample(occasion: Occasion) -> None:
    fields = set(ABOUT[occasion].fields)

    assert fields <= set(FIELDS)
    assert fields - set(SAMPLES) <= {"campaign", "link"}
    assert fields_in(HOUSE[occasion].body) <= fields
