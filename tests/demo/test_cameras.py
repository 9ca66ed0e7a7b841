"""The files of the demo's photos: they open again, upright, and say what a phone says."""

import io
from dataclasses import replace

import pillow_heif
import pytest
from PIL import ExifTags, Image, ImageChops, ImageOps, ImageStat

from campaign.demo.cameras import encode_scene
from campaign.demo.scene import FileFormat, Scene
from campaign.demo.skylines import SCENES, draw_scene

LARGEST = 31_457_280  # bytes: what the product takes by default


@pytest.fixture(autouse=True, scope="module")
def heif_opener() -> None:
    pillow_heif.register_heif_opener()


def small(scene: Scene) -> Scene:
    return replace(scene, size=(240, 160))


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("file_format", list(FileFormat))
def test_encode_scene_opens_again_with_its_size(file_format: FileFormat) -> None:
    scene = replace(small(SCENES[0]), file_format=file_format)
    filename, content_type, data = encode_scene(scene, draw_scene(scene))
    picture = opened(data)
    assert picture.size == scene.size
    assert content_type == f"image/{file_format}"
    assert filename == f"{scene.slug}.{'jpg' if file_format is FileFormat.JPEG else file_format}"


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_encode_scene_is_upright_once_turned_as_the_camera_says(orientation: int) -> None:
    scene = replace(small(SCENES[0]), orientation=orientation)
    drawn = draw_scene(scene)
    stored = opened(encode_scene(scene, drawn)[2])
    assert stored.size == (scene.size if orientation in {1, 3} else scene.size[::-1])
    assert stored.getexif()[ExifTags.Base.Orientation] == orientation
    difference = ImageChops.difference(ImageOps.exif_transpose(stored).convert("RGB"), drawn)
    assert max(ImageStat.Stat(difference).mean) < 8


def test_encode_scene_writes_camera_and_place() -> None:
    scene = replace(small(SCENES[0]), position=(-33.9249, 18.4241))
    exif = opened(encode_scene(scene, draw_scene(scene))[2]).getexif()
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    assert "Flaunt demo" in exif[ExifTags.Base.Model]
    assert gps[ExifTags.GPS.GPSLatitudeRef] == "S"
    assert [float(part) for part in gps[ExifTags.GPS.GPSLatitude]] == [33.0, 55.0, 30.0]


def test_encode_scene_is_the_same_file_each_time() -> None:
    scene = small(SCENES[0])
    assert encode_scene(scene, draw_scene(scene)) == encode_scene(scene, draw_scene(scene))


def test_files_fit_what_the_product_takes() -> None:
    heaviest = max(SCENES, key=lambda scene: scene.size[0] * scene.size[1])
    lossless = max((scene for scene in SCENES if scene.file_format is FileFormat.PNG), key=lambda scene: scene.size)
    for scene in (heaviest, lossless):
        assert len(encode_scene(scene, draw_scene(scene))[2]) <= LARGEST


def test_encode_scene_states_an_origin_for_moderators() -> None:
    said = next(scene for scene in SCENES if scene.stated)
    data = encode_scene(small(said), draw_scene(small(said)))[2]

    assert f"http://cv.iptc.org/newscodes/digitalsourcetype/{said.stated}".encode() in opened(data).info["xmp"]
    assert "xmp" not in opened(encode_scene(small(SCENES[0]), draw_scene(small(SCENES[0])))[2]).info
