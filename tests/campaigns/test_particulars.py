"""What a marketer writes, and what can be said against it."""

from __future__ import annotations

import pytest

from campaign.campaigns.forms import STARTING_REASONS
from campaign.campaigns.particulars import check_particulars
from campaign.errors import InvalidInput
from tests.factories import particulars


def _complaint(**changes: object) -> dict[str, str]:
    with pytest.raises(InvalidInput) as refused:
        check_particulars(particulars(**changes))
    return refused.value.fields


def test_lines_are_kept_without_the_empty_ones() -> None:
    kept = particulars(categories=[" Street ", "", "\u200b", "Roof\x00top"]).columns()

    assert kept["categories"] == ["Street", "Rooftop"]


@pytest.mark.parametrize("field", ["categories", "decline_reasons"])
def test_same_line_twice_is_told(field: str) -> None:
    fields = _complaint(**{field: ["Street", "STREET "]})

    assert fields == {field: "“STREET” is there twice. Once is enough."}


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("categories", ["a" * 61], "61 characters; 60 fit on a line"),
        ("categories", [f"Number {number}" for number in range(21)], "21 lines; 20 fit"),
        ("decline_reasons", ["a" * 281], "281 characters; 280 fit on a line"),
        ("decline_reasons", [f"Number {number}" for number in range(21)], "21 lines; 20 fit"),
        ("wanted", "a" * 1001, "1,001 characters; 1,000 fit"),
        ("wanted", "a\x00b", "cannot be kept"),
        ("wanted", "a\ud800b", "cannot be kept"),
        ("tell_before_hours", -1, "Between 0 and 720"),
        ("tell_before_hours", 721, "Between 0 and 720"),
    ],
)
def test_what_cannot_be_used_has_a_sentence(field: str, value: object, said: str) -> None:
    fields = _complaint(**{field: value})

    assert list(fields) == [field]
    assert said in fields[field]


def test_reasons_to_begin_with_can_be_used() -> None:
    check_particulars(particulars(decline_reasons=STARTING_REASONS))
