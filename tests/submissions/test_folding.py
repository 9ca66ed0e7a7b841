"""Words as they are searched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.submissions.folding import fold


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("São Paulo", "sao paulo"),
        ("Sa\u0303o  PAULO!", "sao paulo"),
        ("Reykjavík, Þingholt", "reykjavik thingholt"),
        ("Łódź – Øresund", "lodz oresund"),
        ("Straße", "strasse"),
        ("İstanbul ISPARTA ılıca", "istanbul isparta ilica"),
        ("l'été à l’œuvre", "l ete a l oeuvre"),
        ("東京タワー", "東 京 タ ワ ー"),
        ("ガ", "カ"),
        ("서울", "서울"),
        ("Москва", "москва"),
        ("☕️ at 6:45", "at 6 45"),
        ("  ", ""),
        ("' & | ! :* <-> ()", ""),
    ],
)
def test_folding(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text())
def test_what_is_folded_stays_as_it_is_and_holds_no_operators(text: str) -> None:
    folded = fold(text)

    assert fold(folded) == folded
    assert not set(folded) & set("'\"&|!:*<>()\\\0\n")
