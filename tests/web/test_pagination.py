"""Page marks that no page of ours gave: refused with words, whatever is in them."""

from __future__ import annotations

import base64

import pytest

from campaign.errors import InvalidInput
from campaign.web.pagination import LONGEST_CURSOR, _decode
from tests.people import Someone

NOBODY = "0" * 32


def _mark(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


FOREIGN = {
    "words": "zzz",
    "another alphabet": "é",
    "a number": _mark("1"),
    "other things": _mark("[1, 2]"),
    "before the first year": _mark(f'["0001-01-01T00:00:00+14:00", "{NOBODY}"]'),
    "after the last year": _mark(f'["9999-12-31T23:59:59-14:00", "{NOBODY}"]'),
    "nested without end": _mark("[" * 20_000),
    "too long": "a" * (LONGEST_CURSOR + 1),
}


@pytest.mark.parametrize("mark", FOREIGN.values(), ids=FOREIGN.keys())
def test_foreign_mark_is_refused(mark: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        _decode(mark)

    assert refused.value.fields == {"cursor": "not one of ours"}


def test_foreign_mark_on_a_page_is_told(anonymous: Someone) -> None:
    answer = anonymous.browser.get("/", query_string={"after": FOREIGN["nested without end"]})

    assert answer.status_code == 422
    assert "not one of ours" in answer.text
