"""Which renditions a photo gets."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uploads.drawing.portrait import SIDES, plan_renditions

sides = st.integers(1, 70_000)


@pytest.mark.parametrize(
    ("size", "planned"),
    [
        ((4032, 3024), [("320", 320, 240), ("640", 640, 480), ("1280", 1280, 960), ("2016", 2016, 1512)]),
        ((3024, 4032), [("320", 240, 320), ("640", 480, 640), ("1280", 960, 1280), ("2016", 1512, 2016)]),
        ((1920, 1080), [("320", 320, 180), ("640", 640, 360), ("1280", 1280, 720), ("2016", 1920, 1080)]),
        ((1400, 700), [("320", 320, 160), ("640", 640, 320), ("1280", 1280, 640), ("2016", 1400, 700)]),
        ((600, 900), [("320", 213, 320), ("640", 427, 640), ("1280", 600, 900)]),
        ((640, 640), [("320", 320, 320), ("640", 640, 640)]),
        ((200, 100), [("320", 200, 100)]),
        ((1, 1), [("320", 1, 1)]),
    ],
)
def test_plan_of_a_size(size: tuple[int, int], planned: list[tuple[str, int, int]]) -> None:
    assert [(made.name, made.width, made.height) for made in plan_renditions(*size)] == planned


@pytest.mark.parametrize(
    ("size", "largest"),
    [
        ((4000, 3000), (2000, 1500)),
        ((4080, 3072), (2040, 1536)),
        ((4097, 3073), (2049, 1537)),
        ((4208, 3120), (2104, 1560)),
        ((8064, 6048), (2016, 1512)),
        ((8160, 6120), (2040, 1530)),
        ((2100, 1400), (2100, 1400)),
        ((4624, 3468), (2016, 1512)),
        ((5712, 4284), (2016, 1512)),
        ((6000, 4000), (2016, 1344)),
        ((3264, 2448), (2016, 1512)),
        ((9248, 6936), (2016, 1512)),
    ],
)
def test_largest_is_the_photo_halved_where_that_comes_near(size: tuple[int, int], largest: tuple[int, int]) -> None:
    made = plan_renditions(*size)[-1]
    assert (made.name, made.width, made.height) == ("2016", *largest)
    upright = plan_renditions(*reversed(size))[-1]
    assert (upright.width, upright.height) == (made.height, made.width)


@settings(deadline=None)
@given(width=sides, height=sides)
def test_plan_of_any_size(width: int, height: int) -> None:
    planned = plan_renditions(width, height)
    names = [int(made.name) for made in planned]
    assert names == sorted(set(names))
    assert set(names) <= set(SIDES)
    assert [made.width for made in planned] == sorted(made.width for made in planned)
    assert [made.height for made in planned] == sorted(made.height for made in planned)
    for made in planned:
        assert 1 <= made.width <= width
        assert 1 <= made.height <= height
        # The shape is the photo's, to a pixel.
        assert abs(made.width * height - made.height * width) <= max(width, height) or 1 in (made.width, made.height)
    *smaller, largest = [max(made.width, made.height) for made in planned]
    assert smaller == [int(made.name) for made in planned[:-1]]
    nominal = min(int(planned[-1].name), max(width, height))
    assert abs(largest - nominal) <= (100 if planned[-1].name == "2016" else 0)
