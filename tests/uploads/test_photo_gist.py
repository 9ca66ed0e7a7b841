"""ThumbHash, the placeholder made from it, and the dominant colour."""

import io
from base64 import b64encode
from random import Random

import pytest
import thumbhash as reference
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from tests.uploads.sample_photos import quarters
from uploads.drawing import thumbhash
from uploads.drawing.colour import dominant_colour
from uploads.drawing.placeholder import placeholder_png, placeholder_url
from uploads.drawing.renditions import thumbhash_of


@settings(deadline=None)
@given(width=st.integers(8, 20), height=st.integers(8, 20), seed=st.integers(0, 2**32))
def test_hash_of_opaque_pixels_is_the_packages(width: int, height: int, seed: int) -> None:
    # Noise, and no shape that falls exactly between two steps: there we round as the description does, up.
    assume(7 * min(width, height) / max(width, height) % 1 != 0.5)
    colours = Random(seed).randbytes(3 * width * height)
    rgba = b"".join(colours[i : i + 3] + b"\xff" for i in range(0, len(colours), 3))
    assert thumbhash.encode(width, height, rgba) == bytes(reference.rgba_to_thumb_hash(width, height, list(rgba)))


@settings(deadline=None, max_examples=40)
@given(st.integers(8, 40), st.integers(8, 40), st.binary(min_size=4, max_size=4))
def test_hash_of_one_colour_gives_it_back(width: int, height: int, colour: bytes) -> None:
    _, _, rgba = thumbhash.decode(thumbhash.encode(width, height, colour * (width * height)))
    alpha = colour[3]
    assert all(abs(seen - alpha) <= 17 for seen in rgba[3::4])
    if alpha:
        assert all(abs(seen - wanted) <= 8 for seen, wanted in zip(rgba[:3], colour[:3], strict=True))


def test_hash_keeps_what_is_where() -> None:
    picture = quarters(80, 60, "RGBA")
    width, height, rgba = thumbhash.decode(thumbhash.encode(80, 60, picture.tobytes()))
    assert (width, height) == (32, 23)
    seen = Image.frombytes("RGBA", (width, height), rgba)
    assert seen.getpixel((4, 4))[0] > 150
    assert seen.getpixel((28, 4))[1] > 120
    assert seen.getpixel((4, 19))[2] > 140
    assert min(seen.getpixel((28, 19))[:2]) > 150


def test_hash_keeps_what_shines_through() -> None:
    picture = quarters(80, 60, "RGBA")
    picture.paste((0, 0, 0, 0), (0, 0, 40, 60))
    width, height, rgba = thumbhash.decode(thumbhash.encode(80, 60, picture.tobytes()))
    seen = Image.frombytes("RGBA", (width, height), rgba)
    assert seen.getpixel((3, height // 2))[3] < 60
    assert seen.getpixel((width - 3, height // 2))[3] > 200


@pytest.mark.parametrize("size", [(0, 5), (101, 5)])
def test_hash_of_an_impossible_size(size: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="pixels"):
        thumbhash.encode(*size, b"")


@settings(deadline=None)
@given(st.binary(max_size=40))
def test_any_bytes_are_a_picture_or_refused(data: bytes) -> None:
    try:
        width, height, rgba = thumbhash.decode(data)
    except ValueError:
        return
    assert len(rgba) == width * height * 4


@pytest.mark.parametrize("size", [(800, 600), (600, 800), (100, 1600)])
def test_placeholder_has_the_photos_shape(size: tuple[int, int]) -> None:
    png = placeholder_png(thumbhash_of(quarters(*size)))
    with Image.open(io.BytesIO(png)) as picture:
        picture.load()
        assert max(picture.size) == 16
        assert (picture.width > picture.height) == (size[0] > size[1])
    assert len(png) < 900


@pytest.mark.parametrize("size", [(1, 1), (3, 2), (2000, 1)])
def test_placeholder_of_a_tiny_photo_is_its_colour(size: tuple[int, int]) -> None:
    png = placeholder_png(thumbhash_of(Image.new("RGB", size, (200, 40, 40))))
    with Image.open(io.BytesIO(png)) as picture:
        low, high = zip(*picture.getextrema(), strict=True)
        assert max(abs(a - b) for a, b in zip(low + high, (200, 40, 40) * 2, strict=True)) <= 8


def test_placeholder_of_a_transparent_photo_shines_through() -> None:
    picture = quarters(mode="RGBA")
    picture.paste((0, 0, 0, 0), (0, 0, 400, 600))
    with Image.open(io.BytesIO(placeholder_png(thumbhash_of(picture)))) as seen:
        assert seen.mode == "RGBA"
        assert seen.getpixel((1, 5))[3] < 60


def test_placeholder_url_is_a_png() -> None:
    url = placeholder_url(thumbhash_of(quarters()))
    assert url.startswith("data:image/png;base64,iVBORw0KGgo")


@pytest.mark.parametrize("text", ["", "?", "AAAA", b64encode(b"\0" * 30).decode()])
def test_placeholder_of_no_hash(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        placeholder_png(text)


def test_dominant_colour_is_the_one_a_person_would_name() -> None:
    street = Image.new("RGB", (320, 240), (120, 118, 116))
    draw = ImageDraw.Draw(street)
    draw.rectangle((120, 60, 220, 200), fill=(196, 30, 44))
    red, green, blue = bytes.fromhex(dominant_colour(street)[1:])
    assert (red > 180, green < 60, blue < 70) == (True, True, True)


def test_dominant_colour_of_a_grey_photo_is_grey() -> None:
    assert dominant_colour(Image.new("RGB", (320, 240), (120, 120, 120))) == "#787878"


def test_dominant_colour_ignores_a_speck() -> None:
    night = Image.new("RGB", (320, 240), (20, 24, 60))
    ImageDraw.Draw(night).rectangle((0, 0, 12, 12), fill=(255, 220, 0))
    assert dominant_colour(night) == "#14183c"
