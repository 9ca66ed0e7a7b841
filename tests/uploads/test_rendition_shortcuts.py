"""What is left out to be fast, and that nothing is lost by it."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageCms

from tests.uploads.sample_photos import display_p3_profile, encoded, quarters, srgb_profile
from uploads.drawing.colour import to_srgb
from uploads.drawing.portrait import Rendition
from uploads.drawing.renditions import EFFORT, EFFORT_FOR_SMALL, draft, effort_for

sides = st.integers(1, 90)


@settings(deadline=None)
@given(width=sides, height=sides, data=st.data())
def test_a_jpeg_is_decoded_as_small_as_leaves_enough(width: int, height: int, data: st.DataObject) -> None:
    wanted = Rendition(
        name="any", width=data.draw(st.integers(1, width)), height=data.draw(st.integers(1, height)), bytes=0
    )
    with Image.open(io.BytesIO(encoded(Image.new("L", (width, height)), "JPEG"))) as photo:
        draft(photo, wanted)
        photo.load()
        decoded = photo.size
    fits = [
        (-(-width // scale), -(-height // scale))
        for scale in (1, 2, 4, 8)
        if -(-width // scale) >= wanted.width and -(-height // scale) >= wanted.height
    ]
    assert decoded in fits
    if min(width, height) >= 8:  # below, an eighth would be no pixel at all
        assert decoded == fits[-1]


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_a_profile_of_srgb_itself_changes_no_pixel(mode: str) -> None:
    kept = to_srgb(quarters(64, 48, mode), srgb_profile())
    assert ImageChops.difference(kept.convert("RGB"), quarters(64, 48)).getbbox() is None


def test_a_wider_profile_is_applied_to_every_pixel() -> None:
    ramp = Image.linear_gradient("L")
    picture = Image.merge("RGB", (ramp, ramp.transpose(Image.Transpose.ROTATE_90), Image.new("L", ramp.size, 40)))
    wanted = ImageCms.profileToProfile(
        picture, ImageCms.ImageCmsProfile(io.BytesIO(display_p3_profile())), ImageCms.createProfile("sRGB")
    )
    assert wanted is not None
    assert to_srgb(picture.copy(), display_p3_profile()).tobytes() == wanted.tobytes()
    assert wanted.tobytes() != picture.tobytes()


def test_a_picture_that_must_not_be_written_to_is_left_alone() -> None:
    pixels = bytes(range(48)) * 16
    shared = Image.frombuffer("RGBA", (16, 12), pixels, "raw", "RGBA", 0, 1)
    assert shared.readonly
    to_srgb(shared, display_p3_profile())
    assert shared.tobytes() == bytes(range(48)) * 16


@pytest.mark.parametrize(("side", "effort"), [(2016, EFFORT), (1280, EFFORT), (640, EFFORT_FOR_SMALL)])
def test_small_renditions_are_made_with_more_care(side: int, effort: int) -> None:
    assert effort_for(Rendition(name="any", width=side // 2, height=side)) == effort
