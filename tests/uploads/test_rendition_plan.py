"""Which renditions a photo gets."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uploads.portrait import SIDES, plan_renditions

sides = st.integers(1, 70_000)


@pytest.mark.parametrize(
    ("size", "planned"),
    [
        ((4032, 3024), [("320", 320, 240), ("640", 640, 480), ("1280", 1280, 960), ("1920", 1920, 1440)]),
        ((1920, 1080), [("320", 320, 180), ("640", 640, 360), ("1280", 1280, 720), ("1920", 1920, 1080)]),
        ((600, 900), [("320", 213, 320), ("640", 427, 640), ("1280", 600, 900)]),
        ((640, 640), [("320", 320, 320), ("640", 640, 640)]),
        ((200, 100), [("320", 200, 100)]),
        ((1, 1), [("320", 1, 1)]),
    ],
)
def test_plan_of_a_size(size: tuple[int, int], planned: list[tuple[str, int, int]]) -> None:
    assert [(made.name, made.width, made.height) for made in plan_renditions(*size)] == planned


@settings(deadline=None)
@given(width=sides, height=sides)
def test_plan_of_any_size(width: int, height: int) -> None:
    planned = plan_renditions(width, height)
    names = [int(made.name) for made in planned]
    assert names == sorted(set(names))
    assert set(names) <= set(SIDES)
    for made in planned:
        assert 1 <= made.width <= width
        assert 1 <= made.height <= height
        assert max(made.width, made.height) == min(int(made.name), max(width, height))
        # The shape is the photo's, to half a pixel.
        assert abs(made.width * height - made.height * width) <= max(width, height) or 1 in (made.width, made.height)
    assert max(planned[-1].width, planned[-1].height) == min(1920, max(width, height))
