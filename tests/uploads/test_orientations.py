"""Each of the eight orientations, in every format and every place that can tell one, ends upright; and only once."""

import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from tests.uploads.sample_photos import (
    BLUE,
    GREEN,
    RED,
    YELLOW,
    camera_exif,
    corners,
    encoded,
    is_close,
    png_chunk,
    quarters,
    turned,
)
from uploads.content.items import is_turned
from uploads.drawing.shapes import Shape
from uploads.limits import Limits
from uploads.sandbox.decoder import decode

UPRIGHT = [RED, GREEN, BLUE, YELLOW]
ASIDE = [BLUE, RED, YELLOW, GREEN]  # what a picture becomes that is told to be turned by a quarter: orientation 6
KINDS = ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"]
Shown = Callable[..., list[tuple[int, ...]]]


@pytest.fixture
def shown(tmp_path: Path) -> Shown:
    """The colours in the corners of the smallest rendition, whose size must be as told."""

    def run(data: bytes, size: tuple[int, int] = (480, 360), shape: Shape = Shape.PHOTO) -> list[tuple[int, ...]]:
        (tmp_path / "photo").write_bytes(data)
        found = decode(tmp_path / "photo", tmp_path, Limits(), shape)
        assert (found["width"], found["height"]) == size
        with Image.open(tmp_path / f"{found['renditions'][0]['name']}.webp") as picture:
            made = found["renditions"][0]
            assert picture.size == (made["width"], made["height"])
            return corners(picture.convert("RGB"))

    return run


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", KINDS)
def test_every_orientation_ends_upright(shown: Shown, kind: str, orientation: int) -> None:
    assert is_close(shown(turned(kind, orientation, 480, 360)), UPRIGHT)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_square_is_cut_upright(shown: Shown, orientation: int) -> None:
    assert is_close(shown(turned("JPEG", orientation, 480, 360), shape=Shape.SQUARE), UPRIGHT)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_decoded_small_is_turned_as_one_decoded_whole(shown: Shown, orientation: int) -> None:
    assert is_close(shown(turned("JPEG", orientation, 4001, 2999), (4001, 2999)), UPRIGHT)


def exif_of(orientation: int, order: str) -> bytes:
    exif = camera_exif(orientation)
    exif.endian = order
    return exif.tobytes()


@pytest.mark.parametrize("order", ["<", ">"])
def test_either_order_of_bytes(shown: Shown, order: str) -> None:
    assert is_close(shown(encoded(quarters(480, 360), "JPEG", exif=exif_of(6, order)), (360, 480)), ASIDE)


def test_a_png_that_tells_it_behind_the_pixels(shown: Shown) -> None:
    data = encoded(quarters(480, 360), "PNG")
    told = png_chunk(b"eXIf", exif_of(6, ">").removeprefix(b"Exif\0\0"))
    assert is_close(shown(data[:-12] + told + data[-12:], (360, 480)), ASIDE)


def test_a_png_as_imagemagick_writes_it(shown: Shown) -> None:
    exif = exif_of(6, ">")
    text = f"\nexif\n{len(exif):8}\n{exif.hex()}\n".encode()
    data = encoded(quarters(480, 360), "PNG")
    told = png_chunk(b"tEXt", b"Raw profile type exif\0" + text)
    assert is_close(shown(data[:33] + told + data[33:], (360, 480)), ASIDE)


def test_a_jpeg_with_auxiliary_pictures_that_say_something_else(shown: Shown) -> None:
    other = Image.new("RGB", (64, 48), "gray")
    data = encoded(quarters(480, 360), "MPO", save_all=True, append_images=[other], exif=exif_of(6, "<"))
    assert is_close(shown(data, (360, 480)), ASIDE)


def told_by_exif(kind: str, orientation: int, *, by_container: bool) -> bytes:
    """A HEIC or AVIF whose EXIF tells an orientation, beside its container or alone.

    Our writers leave the tag out when the container tells it, so another tag is written first and renamed.
    """
    exif = camera_exif(orientation if by_container else None)
    exif[0x0113] = orientation
    data = encoded(quarters(480, 360), kind, exif=exif.tobytes())
    tag = struct.pack(">HHIH", 0x0113, 3, 1, orientation)
    assert data.count(tag) == 1
    return data.replace(tag, struct.pack(">HHIH", 0x0112, 3, 1, orientation))


@pytest.mark.parametrize("kind", ["AVIF", "HEIF"])
def test_what_container_and_exif_both_say_is_done_once(shown: Shown, kind: str) -> None:
    assert is_close(shown(told_by_exif(kind, 6, by_container=True), (360, 480)), ASIDE)


def test_what_only_the_exif_of_an_avif_says_is_for_other_readers(shown: Shown) -> None:
    """ISO/IEC 23008-12, annex A: the container's rotation is what counts."""
    assert is_close(shown(told_by_exif("AVIF", 6, by_container=False)), UPRIGHT)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_what_only_the_exif_of_a_heic_says_is_obeyed(shown: Shown, orientation: int) -> None:
    """Whoever hands pillow-heif an `Exif` object writes such files, and means them to be turned."""
    data = turned("HEIF", orientation, 480, 360, as_object=True)
    assert not is_turned(data)
    assert is_close(shown(data), UPRIGHT)


@pytest.mark.parametrize("orientation", [0, 9, 65535])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_an_orientation_that_there_is_not_is_none(shown: Shown, kind: str, orientation: int) -> None:
    assert is_close(shown(encoded(quarters(480, 360), kind, exif=camera_exif(orientation).tobytes())), UPRIGHT)
