"""What becomes of each kind of file, decoded in this process: exactness and refusals."""

import io
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from tests.uploads.sample_photos import (
    BLUE,
    GREEN,
    RED,
    SAMPLES,
    YELLOW,
    animated,
    camera_exif,
    corners,
    display_p3_profile,
    encoded,
    is_close,
    mpo,
    quarters,
    sample,
    see_through,
    turned,
    vast_png,
)
from uploads.limits import Limits
from uploads.reasons import PhotoRefused, Reason
from uploads.sandbox.decoder import decode

UPRIGHT = [RED, GREEN, BLUE, YELLOW]
Decode = Callable[[bytes], dict[str, Any]]


@pytest.fixture
def decoded(tmp_path: Path, limits: Limits) -> Decode:
    def run(data: bytes) -> dict[str, Any]:
        (tmp_path / "photo").write_bytes(data)
        return decode(tmp_path / "photo", tmp_path, limits)

    return run


@pytest.fixture
def rendition(decoded: Decode, tmp_path: Path) -> Callable[[bytes], Image.Image]:
    """The smallest rendition of a photo, read back."""

    def run(data: bytes) -> Image.Image:
        decoded(data)
        with Image.open(tmp_path / "320.webp") as picture:
            picture.load()
            return picture

    return run


@pytest.fixture
def refusal(decoded: Decode) -> Callable[[bytes], Reason]:
    def run(data: bytes) -> Reason:
        with pytest.raises(PhotoRefused) as refused:
            decoded(data)
        return refused.value.reason

    return run


def test_auxiliary_pictures_of_a_jpeg_do_not_make_it_move(
    decoded: Decode, rendition: Callable[[bytes], Image.Image]
) -> None:
    assert decoded(mpo())["format"] == "jpeg"
    assert is_close(corners(rendition(mpo()).convert("RGB")), UPRIGHT)


def test_the_primary_picture_of_a_heic_is_the_photo(rendition: Callable[[bytes], Image.Image]) -> None:
    other = Image.new("RGB", (800, 600), "gray")
    data = encoded(other, "HEIF", save_all=True, append_images=[quarters()], primary_index=1)
    assert is_close(corners(rendition(data).convert("RGB")), UPRIGHT)


@pytest.mark.parametrize(
    "data",
    [
        encoded(quarters(mode="L").convert("I").point(lambda value: value * 257).convert("I;16"), "PNG"),
        encoded(quarters(mode="L"), "JPEG"),
        encoded(quarters(mode="LA"), "PNG"),
    ],
    ids=["16 bit", "grey jpeg", "grey with alpha"],
)
def test_grey_stays_as_bright_as_it_was(rendition: Callable[[bytes], Image.Image], data: bytes) -> None:
    greys = [(level,) * 3 for level in corners(quarters(mode="L"))]
    assert is_close(corners(rendition(data).convert("RGB")), greys, within=4)


@pytest.mark.parametrize(
    "data",
    [
        encoded(quarters(mode="CMYK"), "JPEG", quality=95),
        encoded(quarters().quantize(16), "PNG"),
        encoded(quarters(), "JPEG", progressive=True),
        encoded(quarters(), "JPEG", icc_profile=b"not a profile"),
        encoded(quarters(), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff"),
    ],
    ids=["cmyk", "palette", "progressive", "broken profile", "broken exif"],
)
def test_other_ways_to_write_the_same_photo(rendition: Callable[[bytes], Image.Image], data: bytes) -> None:
    assert is_close(corners(rendition(data).convert("RGB")), UPRIGHT, within=16)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
def test_display_p3_becomes_srgb(rendition: Callable[[bytes], Image.Image], kind: str) -> None:
    profile = display_p3_profile()
    muted = Image.new("RGB", (400, 300), (160, 110, 90))
    wanted = ImageCms.profileToProfile(
        muted, ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
    ).getpixel((0, 0))
    assert max(abs(a - b) for a, b in zip(wanted, (160, 110, 90), strict=True)) > 5
    found = rendition(encoded(muted, kind, icc_profile=profile)).convert("RGB").getpixel((10, 10))
    assert is_close([found], [wanted], within=3)


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF", "HEIF"])
def test_transparency_is_kept(rendition: Callable[[bytes], Image.Image], kind: str) -> None:
    picture = quarters(mode="RGBA")
    picture.paste((0, 0, 0, 0), (0, 0, 400, 300))
    found = rendition(encoded(picture, kind))
    assert [colour[3] > 127 for colour in corners(found)] == [False, True, True, True]


def test_an_alpha_that_hides_nothing_is_left_out(rendition: Callable[[bytes], Image.Image]) -> None:
    assert rendition(encoded(quarters(mode="RGBA"), "PNG")).mode == "RGB"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
@pytest.mark.parametrize(("mode", "pixels"), [("RGB", [b"VP8 "]), ("RGBA", [b"VP8X", b"ALPH", b"VP8 "])])
def test_no_metadata_leaves(decoded: Decode, tmp_path: Path, kind: str, mode: str, pixels: list[bytes]) -> None:
    picture = see_through(quarters(1000, 700)) if mode == "RGBA" and kind != "JPEG" else quarters(1000, 700)
    found = decoded(outspoken(picture, kind))
    for name in [made["name"] for made in found["renditions"]]:
        written = (tmp_path / f"{name}.webp").read_bytes()
        assert chunks_of(written) == ([b"VP8 "] if kind == "JPEG" else pixels)
        assert SECRET not in written


SECRET = b"Danziger Strasse"


def outspoken(picture: Image.Image, kind: str) -> bytes:
    """A photo that tells where it was taken in every way that its format knows."""
    exif = camera_exif(6)
    exif[0x010E] = SECRET.decode()
    exif.get_ifd(0x8769)[0x927C] = SECRET
    exif.get_ifd(0x8825)[0x1C] = SECRET
    told: dict[str, Any] = {"exif": exif.tobytes(), "icc_profile": display_p3_profile() + SECRET}
    if kind == "PNG":
        told["pnginfo"] = PngInfo()
        told["pnginfo"].add_text("Comment", SECRET.decode())
        told["pnginfo"].add_itxt("XML:com.adobe.xmp", f"<x:xmpmeta>{SECRET.decode()}</x:xmpmeta>")
    else:
        told["xmp"] = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + SECRET + b"</x:xmpmeta>"
    if kind == "JPEG":
        told["comment"] = SECRET
    data = encoded(picture, kind, **told)
    if kind == "JPEG":
        iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x15\x1c\x02\x5a\0\x10" + SECRET
        data = data[:2] + b"\xff\xed" + (len(iptc) + 2).to_bytes(2, "big") + iptc + data[2:]
    assert data.count(SECRET) >= 4
    return data


def chunks_of(webp: bytes) -> list[bytes]:
    kinds, at = [], 12
    while at < len(webp):
        kinds.append(webp[at : at + 4])
        length = int.from_bytes(webp[at + 4 : at + 8], "little")
        at += 8 + length + length % 2
    return kinds


def test_a_photo_is_described(decoded: Decode) -> None:
    found = decoded(turned("JPEG", 6, 3000, 2000))
    assert (found["format"], found["width"], found["height"]) == ("jpeg", 3000, 2000)
    assert [(made["name"], made["width"], made["height"]) for made in found["renditions"]] == [
        ("320", 320, 213),
        ("640", 640, 427),
        ("1280", 1280, 853),
        ("2016", 2016, 1344),
    ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.EMPTY),
        (b"Dear all, please find attached", Reason.NOT_AN_IMAGE),
        (b"\xff\xd8\xff\xe0 and then nothing", Reason.TRUNCATED),
        (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", Reason.UNSUPPORTED_FORMAT),
        (b"%PDF-1.7\n", Reason.UNSUPPORTED_FORMAT),
        (b"\0\0\0\x18ftypisom\0\0\0\0isommp42", Reason.UNSUPPORTED_FORMAT),
        (encoded(quarters(), "TIFF"), Reason.UNSUPPORTED_FORMAT),
        (encoded(quarters(), "BMP"), Reason.UNSUPPORTED_FORMAT),
        (encoded(quarters(), "GIF"), Reason.UNSUPPORTED_FORMAT),
        (animated("GIF"), Reason.ANIMATED),
        (animated("PNG"), Reason.ANIMATED),
        (animated("WEBP"), Reason.ANIMATED),
        (animated("AVIF"), Reason.ANIMATED),
        (vast_png(), Reason.TOO_MANY_PIXELS),
        (vast_png(9000, 9000), Reason.TOO_MANY_PIXELS),
        (encoded(quarters(8200, 8200), "JPEG", quality=10), Reason.TOO_MANY_PIXELS),
    ],
)
def test_refusals(refusal: Callable[[bytes], Reason], data: bytes, reason: Reason) -> None:
    assert refusal(data) == reason


def test_more_bytes_than_allowed_are_not_even_opened(tmp_path: Path) -> None:
    (tmp_path / "photo").write_bytes(b"\0" * 1001)
    with pytest.raises(PhotoRefused) as refused:
        decode(tmp_path / "photo", tmp_path, Limits(max_bytes=1000))
    assert refused.value.reason == Reason.TOO_MANY_BYTES


SEEDS = [sample(kind, width=64, height=48) for kind in SAMPLES]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.sampled_from(SEEDS), wounds=st.lists(st.tuples(st.floats(0, 0.999), st.binary(max_size=6)), max_size=5))
def test_whatever_is_done_to_a_photo_it_is_decoded_or_refused(
    decoded: Decode, seed: bytes, wounds: list[tuple[float, bytes]]
) -> None:
    data = bytearray(seed)
    for where, wound in wounds:
        at = int(where * len(data))
        data[at : at + len(wound)] = wound
    with suppress(PhotoRefused):
        assert decoded(bytes(data))["renditions"]
