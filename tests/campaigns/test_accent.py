"""Whatever colour a marketer picks, words stay readable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.campaigns.accent import DESK_GROUND, READABLE, STAGE_GROUND, contrast, ink_on, readable_on

colours = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")


def test_contrast_of_black_and_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@given(colours)
def test_ink_is_readable_on_any_accent(accent: str) -> None:
    assert contrast(ink_on(accent), accent) >= READABLE


@given(colours, st.sampled_from([STAGE_GROUND, DESK_GROUND]))
def test_mended_accent_is_readable_on_its_ground(accent: str, ground: str) -> None:
    assert contrast(readable_on(accent, ground), ground) >= READABLE


@given(colours)
def test_accent_that_reads_stays_as_it_is(accent: str) -> None:
    if contrast(accent, STAGE_GROUND) >= READABLE:
        assert readable_on(accent, STAGE_GROUND) == accent
