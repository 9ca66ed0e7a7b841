"""Small pictures: squares cut from the middle, covers left whole, nothing kept of the file itself."""

import io
from pathlib import Path

import pytest
from PIL import Image

from tests.uploads.sample_photos import camera_exif, encoded, quarters
from uploads.drawing.portrait import plan_renditions
from uploads.drawing.shapes import Shape
from uploads.limits import Limits
from uploads.pictures import store_picture
from uploads.reasons import PhotoRefused, Reason
from uploads.storage import Storage


def striped(width: int, height: int) -> Image.Image:
    """Red, a square of green in the middle, red again."""
    picture = Image.new("RGB", (width, height), (200, 30, 30))
    side = min(width, height)
    picture.paste((30, 160, 60), ((width - side) // 2, (height - side) // 2, (width + side) // 2, (height + side) // 2))
    return picture


def opened(storage: Storage, key: str) -> Image.Image:
    return Image.open(io.BytesIO(b"".join(storage.open_stream(key)[1])))


@pytest.mark.parametrize(
    ("size", "shape", "planned"),
    [
        ((4000, 3000), Shape.SQUARE, [("96", 96, 96), ("256", 256, 256)]),
        ((40, 500), Shape.SQUARE, [("96", 40, 40), ("256", 40, 40)]),
        ((4000, 3000), Shape.COVER, [("640", 640, 480), ("1280", 1280, 960), ("2016", 2000, 1500)]),
        ((900, 300), Shape.COVER, [("640", 640, 213), ("1280", 900, 300)]),
    ],
)
def test_plan_of_a_shape(size: tuple[int, int], shape: Shape, planned: list[tuple[str, int, int]]) -> None:
    assert [(made.name, made.width, made.height) for made in plan_renditions(*size, shape)] == planned


@pytest.mark.parametrize("size", [(2400, 1200), (1200, 2400), (300, 257)])
def test_square_is_cut_from_the_middle(storage: Storage, limits: Limits, size: tuple[int, int]) -> None:
    given = io.BytesIO(encoded(striped(*size), "JPEG", quality=92))
    store_picture(storage, given, folder="pictures/cut/a/", shape=Shape.SQUARE, limits=limits)
    small = opened(storage, "pictures/cut/a/96.webp").convert("RGB")
    assert small.size == (96, 96)
    for point in ((4, 4), (91, 4), (4, 91), (91, 91), (48, 48)):
        red, green, _ = small.getpixel(point)
        assert green > red


def test_cover_keeps_its_shape_and_carries_no_metadata(storage: Storage, limits: Limits) -> None:
    given = io.BytesIO(encoded(quarters(1600, 900), "JPEG", exif=camera_exif(6)))
    made = store_picture(storage, given, folder="pictures/cover/a/", shape=Shape.COVER, limits=limits)
    assert sorted(made.etags) == ["1280", "2016", "640"]
    picture = opened(storage, "pictures/cover/a/640.webp")
    assert picture.size == (360, 640)
    assert not picture.getexif()
    assert {"exif", "icc_profile", "xmp"}.isdisjoint(picture.info)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (b"", Reason.EMPTY),
        (b"not a picture at all, only words", Reason.NOT_AN_IMAGE),
        (b"x" * 2001, Reason.TOO_MANY_BYTES),
    ],
)
def test_what_is_no_picture_is_refused(storage: Storage, given: bytes, reason: Reason, tmp_path: Path) -> None:
    limits = Limits(max_bytes=2000)
    with pytest.raises(PhotoRefused) as refused:
        store_picture(
            storage, io.BytesIO(given), folder="pictures/no/a/", shape=Shape.SQUARE, limits=limits, workdir=tmp_path
        )
    assert refused.value.reason is reason
    assert storage.list_prefix("pictures/no/") == []
    assert list(tmp_path.iterdir()) == []
