"""Small files that ask for very much, and odd ones that only look so."""

import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from tests.uploads.sample_photos import SAMPLES, camera_exif, encoded, png_chunk, quarters, sample, vast_png
from uploads.content.containers import layout_of
from uploads.limits import MEBIBYTE, Limits
from uploads.reasons import PhotoRefused, Reason
from uploads.sandbox.apart import decode_apart
from uploads.sandbox.decoder import decode

JPEG, PNG, WEBP = (sample(kind) for kind in ("jpeg", "png", "webp"))
Outcome = Callable[[bytes], Reason | None]


@pytest.fixture
def outcome(tmp_path: Path) -> Outcome:
    """The reason of the refusal, or None where the photo is taken."""

    def run(data: bytes) -> Reason | None:
        (tmp_path / "photo").write_bytes(data)
        try:
            decode(tmp_path / "photo", tmp_path, Limits())
        except PhotoRefused as refused:
            return refused.reason
        return None

    return run


def with_chunks(*chunks: bytes) -> bytes:
    return PNG[:33] + b"".join(chunks) + PNG[33:]


def of_size(width: int, height: int) -> bytes:
    """A JPEG of a few hundred bytes whose header tells another size."""
    at = JPEG.index(b"\xff\xc0") + 5
    return JPEG[:at] + struct.pack(">HH", height, width) + JPEG[at + 4 :]


def declared(kind: str, width: int, height: int) -> bytes:
    """A HEIC or AVIF that tells another size than it has."""
    data = encoded(quarters(96, 72), kind)
    at = data.index(b"ispe") + 8
    return data[:at] + struct.pack(">II", width, height) + data[at + 8 :]


def of_scans(count: int, picture: Image.Image | None = None) -> bytes:
    """A progressive JPEG whose last refinement is done over and over again."""
    data = encoded(picture or quarters(96, 72), "JPEG", progressive=True)
    last = data[layout_of(data).asides[-2][0] : -2]
    return data[:-2] + last * count + data[-2:]


PACKED = zlib.compress(bytes(50 * MEBIBYTE))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (with_chunks(png_chunk(b"zTXt", b"a\0\0" + PACKED)), Reason.TOO_MANY_BYTES),
        (with_chunks(png_chunk(b"iTXt", b"a\0\1\0\0\0" + PACKED)), Reason.TOO_MANY_BYTES),
        (with_chunks(png_chunk(b"iCCP", b"a\0\0" + PACKED)), Reason.TOO_MANY_BYTES),
        (with_chunks(*[png_chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(MEBIBYTE)))] * 65), Reason.TOO_MANY_BYTES),
        (vast_png(100_000, 100_000), Reason.TOO_MANY_PIXELS),
        (vast_png(2**31 - 1, 2**31 - 1), Reason.TOO_MANY_PIXELS),
        (of_size(65_500, 65_500), Reason.TOO_MANY_PIXELS),
        (of_size(8_000, 8_000), Reason.TRUNCATED),
        (of_size(65_500, 100), Reason.TRUNCATED),
        (declared("HEIF", 100_000, 100_000), Reason.TOO_MANY_PIXELS),
        (declared("AVIF", 100_000, 100_000), Reason.TOO_MANY_PIXELS),
        (declared("AVIF", 9_000, 9_000), Reason.TOO_MANY_PIXELS),
        (of_scans(200), Reason.DECODER_TIMEOUT),
        (of_scans(100_000), Reason.DECODER_TIMEOUT),
        (JPEG.replace(b"\xff\xc0\0\x11\x08", b"\xff\xc0\0\x11\x0c"), Reason.UNSUPPORTED_FORMAT),
    ],
    ids=[
        "zTXt",
        "iTXt",
        "iCCP",
        "many texts",
        "PNG",
        "the largest PNG",
        "JPEG",
        "JPEG without data",
        "thin JPEG",
        "HEIC",
        "AVIF that is not opened",
        "AVIF",
        "200 scans",
        "100,000 scans",
        "12 bit",
    ],
)
def test_a_bomb_is_refused_by_what_it_is(outcome: Outcome, data: bytes, reason: Reason) -> None:
    assert outcome(data) == reason


def segments(marker: int, begins: bytes, length: int, count: int) -> bytes:
    """So many full segments of a JPEG."""
    return b"".join(
        struct.pack(">BBH", 0xFF, marker, length + len(begins) + 2) + begins + bytes(length) for _ in range(count)
    )


@pytest.mark.parametrize(
    "data",
    [
        with_chunks(png_chunk(b"tEXt", b"a\0" + b"x" * 8 * MEBIBYTE)),
        with_chunks(png_chunk(b"eXIf", camera_exif(1).tobytes()[6:] + bytes(8 * MEBIBYTE))),
        encoded(quarters(96, 72), "WEBP", exif=camera_exif(1).tobytes() + bytes(4 * MEBIBYTE)),
        JPEG[:2] + segments(0xE1, b"http://ns.adobe.com/xmp/extension/\0", 65_000, 100) + JPEG[2:],
        JPEG[:2] + segments(0xE2, b"ICC_PROFILE\0\1\1", 60_000, 1) + JPEG[2:],
        JPEG[:2] + segments(0xFE, b"", 65_000, 100) + JPEG[2:],
        of_scans(20),
        encoded(Image.new("RGB", (4000, 4000)), "JPEG", progressive=True, quality=1),
    ],
    ids=["text", "PNG's EXIF", "WebP's EXIF", "XMP", "no profile", "comments", "30 scans", "nothing but black"],
)
def test_much_that_is_beside_the_picture_is_no_bomb(outcome: Outcome, data: bytes) -> None:
    assert outcome(data) is None


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.95])
@pytest.mark.parametrize("kind", SAMPLES)
def test_every_kind_of_photo_cut_short(outcome: Outcome, kind: str, kept: float) -> None:
    data = sample(kind, 5, 200, 150)
    whole = layout_of(data).end  # of a JPEG with auxiliary pictures: the first one, which is the photo
    assert outcome(data[: int(whole * kept)]) == Reason.TRUNCATED


def test_a_photo_whose_auxiliary_pictures_are_cut_short_is_whole(outcome: Outcome) -> None:
    data = sample("jpeg with auxiliary pictures")
    assert outcome(data[: layout_of(data).end + 20]) is None


def test_a_real_photo_that_takes_too_long(tmp_path: Path) -> None:
    """The processor's time is up while libjpeg works, not while a decoder of the tests' own spins."""
    (tmp_path / "photo").write_bytes(of_scans(90, Image.new("L", (7000, 7000))))
    with pytest.raises(PhotoRefused) as refused:
        decode_apart(tmp_path / "photo", tmp_path, replace(Limits(), decoder_cpu=1))
    assert refused.value.reason == Reason.DECODER_TIMEOUT
