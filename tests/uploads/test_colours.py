"""Every way to tell a colour ends in sRGB, to two steps of 255, by the standards' formulas and not by a library."""

import io
import struct
import zlib
from collections.abc import Callable, Sequence
from itertools import product
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image, ImageOps

from tests.uploads.sample_photos import (
    display_p3_profile,
    encoded,
    png_chunk,
    see_through,
    srgb_profile,
)
from tests.uploads.sample_profiles import (
    ADOBE_RGB,
    DISPLAY_P3,
    INKS,
    REC_2020,
    Colour,
    as_signal,
    cmyk_profile,
    grey_profile,
    lab_as_srgb,
    seen_as_srgb,
)
from uploads.drawing.colour import to_eight_bits, to_srgb
from uploads.drawing.profiles import _ADOBE_RGB, _by_numbers, _gamma_curve, implied_profile, rgb_profile
from uploads.limits import Limits
from uploads.sandbox.decoder import decode

LEVELS = [0, 8, 32, 64, 96, 128, 160, 192, 224, 255]
PATCHES = list(product(LEVELS, repeat=3))
MUTED = (160, 110, 90)


def patches(mode: str = "RGB") -> Image.Image:
    """All the patches in one row."""
    return Image.frombytes("RGB", (len(PATCHES), 1), b"".join(map(bytes, PATCHES))).convert(mode)


def colours(picture: Image.Image) -> list[Colour]:
    return [picture.getpixel((x, 0)) for x in range(picture.width)]


def furthest(found: Sequence[Colour], wanted: Sequence[Colour]) -> float:
    return max(abs(a - b) for one, two in zip(found, wanted, strict=True) for a, b in zip(one, two, strict=True))


@pytest.mark.parametrize(
    ("profile", "matrix", "gamma"),
    [
        (display_p3_profile(), DISPLAY_P3, 563 / 256),
        (_by_numbers(12, 13), DISPLAY_P3, None),
        (_by_numbers(9, 1), REC_2020, None),
        (rgb_profile(_ADOBE_RGB, _gamma_curve(563 / 256)), ADOBE_RGB, 563 / 256),
        (srgb_profile(), None, None),
    ],
    ids=["Display P3, gamma", "Display P3", "Rec. 2020", "Adobe RGB", "sRGB"],
)
def test_every_patch_of_an_rgb_space(profile: bytes, matrix: Sequence[Colour] | None, gamma: float | None) -> None:
    wanted = [seen_as_srgb(patch, matrix, gamma) if matrix else patch for patch in PATCHES]
    assert furthest(colours(to_srgb(patches(), profile)), wanted) <= 2


def test_every_full_print_of_inks() -> None:
    inks = Image.frombytes("CMYK", (len(INKS), 1), bytes(255 * ink for inks in INKS for ink in inks))
    wanted = [lab_as_srgb(lab) for lab in INKS.values()]
    assert furthest(colours(to_srgb(inks, cmyk_profile())), wanted) <= 2


def test_a_grey_with_a_curve_of_its_own() -> None:
    grey = Image.frombytes("L", (256, 1), bytes(range(256)))
    wanted = [seen_as_srgb((level,) * 3, DISPLAY_P3, 1.8) for level in range(256)]
    profile = grey_profile(1.8)
    assert furthest(colours(to_srgb(grey.copy(), profile)), wanted) <= 2
    grey.putalpha(Image.new("L", grey.size, 200))
    through = to_srgb(grey, profile)
    assert furthest([colour[:3] for colour in colours(through)], wanted) <= 2
    assert through.getchannel("A").getextrema() == (200, 200)


@pytest.mark.parametrize("mode", ["L", "LA"])
def test_a_grey_in_a_space_of_colours(mode: str) -> None:
    grey = Image.frombytes("L", (256, 1), bytes(range(256))).convert(mode)
    wanted = [seen_as_srgb((level,) * 3, ADOBE_RGB, 563 / 256) for level in range(256)]
    found = to_srgb(grey, rgb_profile(_ADOBE_RGB, _gamma_curve(563 / 256)))
    assert furthest(colours(found), wanted) <= 2


@pytest.mark.parametrize(("mode", "profile"), [("RGB", cmyk_profile()), ("CMYK", srgb_profile()), ("RGB", b"none")])
def test_a_profile_for_another_kind_of_picture_is_nobodys_word(mode: str, profile: bytes) -> None:
    assert to_srgb(patches(mode), profile).tobytes() == patches(mode).convert("RGB").tobytes()


def test_what_shines_through_is_converted_too() -> None:
    picture = patches("RGBA")
    picture.putalpha(100)
    found = to_srgb(picture, display_p3_profile())
    wanted = [seen_as_srgb(patch, DISPLAY_P3, 563 / 256) for patch in PATCHES]
    assert furthest([colour[:3] for colour in colours(found)], wanted) <= 2
    assert found.getchannel("A").getextrema() == (100, 100)


def test_every_level_of_sixteen_bits_is_rounded() -> None:
    levels = b"".join(level.to_bytes(2, "little") for level in range(65536))
    found = to_eight_bits(Image.frombytes("I;16", (256, 256), levels)).tobytes()
    assert found == bytes(round(level / 257) for level in range(65536))


def test_the_level_that_sixteen_bits_call_transparent_is() -> None:
    grey = Image.new("I;16", (4, 1), 1000)
    grey.putpixel((2, 0), 1001)
    with Image.open(io.BytesIO(encoded(grey, "PNG", transparency=1001))) as picture:
        assert [colour[1] for colour in colours(to_eight_bits(picture))] == [255, 255, 0, 255]


def png_of_sixteen_bits(levels: Sequence[int]) -> bytes:
    """One pixel of colour, 16 bits a channel, which Pillow cannot write."""
    header = (64).to_bytes(4, "big") * 2 + bytes((16, 2, 0, 0, 0))
    row = b"\0" + b"".join(level.to_bytes(2, "big") for level in levels) * 64
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        png_chunk(kind, data) for kind, data in ((b"IHDR", header), (b"IDAT", zlib.compress(row * 64)), (b"IEND", b""))
    )


@pytest.fixture
def shown(tmp_path: Path) -> Callable[[bytes], Colour]:
    """The colour in the middle of the smallest rendition of a photo."""

    def run(data: bytes) -> Colour:
        (tmp_path / "photo").write_bytes(data)
        decode(tmp_path / "photo", tmp_path, Limits())
        with Image.open(tmp_path / "320.webp") as picture:
            return tuple(picture.convert("RGBA").getpixel((picture.width // 2, picture.height // 2)))

    return run


FLAT = Image.new("RGB", (64, 64), MUTED)
P3_MUTED = seen_as_srgb(MUTED, DISPLAY_P3, None)
ADOBE_MUTED = seen_as_srgb(MUTED, ADOBE_RGB, 563 / 256)


def numbered_png(*numbers: int, **more: bytes) -> bytes:
    data = encoded(FLAT, "PNG", **more)
    return data[:33] + png_chunk(b"cICP", bytes(numbers)) + data[33:]


def measured_png(gamma: float, *primaries: int, **more: bytes) -> bytes:
    """A PNG with gAMA and cHRM; primaries are x and y of white, red, green and blue in thousandths."""
    data = encoded(FLAT, "PNG", **more)
    told = png_chunk(b"gAMA", struct.pack(">I", round(gamma * 100_000)))
    if primaries:
        told += png_chunk(b"cHRM", struct.pack(">8I", *(100 * level for level in primaries)))
    return data[:33] + told + data[33:]


def numbered(kind: str, primaries: int, transfer: int) -> bytes:
    """A HEIC or AVIF whose colours are told by numbers alone."""
    data = encoded(FLAT, kind, quality=95)
    at = data.index(b"colrnclx") + 8
    return data[:at] + primaries.to_bytes(2, "big") + transfer.to_bytes(2, "big") + data[at + 4 :]


def interoperable(index: str, space: int) -> bytes:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0xA001] = space
    exif.get_ifd(0x8769)[0xA005] = {1: index}
    return encoded(FLAT, "JPEG", quality=95, exif=exif.tobytes())


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (numbered("HEIF", 12, 13), P3_MUTED),
        (numbered("AVIF", 12, 13), P3_MUTED),
        (numbered("HEIF", 1, 13), MUTED),
        (numbered("AVIF", 2, 2), MUTED),
        (numbered_png(12, 13, 0, 1), P3_MUTED),
        (numbered_png(12, 13, 0, 1, icc_profile=srgb_profile()), P3_MUTED),
        (numbered_png(1, 13, 0, 1), MUTED),
        (measured_png(1 / 2.2), MUTED),
        (measured_png(1.0), tuple(as_signal(level / 255) * 255 for level in MUTED)),
        (measured_png(1 / 2.2, 313, 329, 640, 330, 210, 710, 150, 60), ADOBE_MUTED),
        (measured_png(1 / 2.2, 313, 329, 640, 330, 300, 600, 150, 60), MUTED),
        (measured_png(1.0, icc_profile=srgb_profile()), MUTED),
        (measured_png(0.0), MUTED),
        (interoperable("R03", 0xFFFF), ADOBE_MUTED),
        (interoperable("R98", 0xFFFF), MUTED),
        (interoperable("R03", 1), MUTED),
        (png_of_sixteen_bits([257 * level for level in MUTED]), MUTED),
        (png_of_sixteen_bits([257 * level + 120 for level in MUTED]), MUTED),
        (
            encoded(Image.merge("CMYK", [Image.new("L", (64, 64), 255 - level) for level in (*MUTED, 255)]), "JPEG"),
            MUTED,
        ),
        (encoded(FLAT.quantize(4), "PNG"), MUTED),
        (encoded(FLAT.convert("L").convert("1"), "PNG"), (0, 0, 0)),
    ],
    ids=[
        "HEIC, P3",
        "AVIF, P3",
        "HEIC, sRGB",
        "AVIF, unsaid",
        "PNG, P3",
        "PNG, P3 before its profile",
        "PNG, sRGB",
        "PNG, usual gamma",
        "PNG, linear",
        "PNG, Adobe RGB's primaries",
        "PNG, sRGB's primaries",
        "PNG, gamma beside its profile",
        "PNG, no gamma at all",
        "EXIF, Adobe RGB",
        "EXIF, sRGB",
        "EXIF, both",
        "16 bit",
        "16 bit, between",
        "CMYK",
        "palette",
        "1 bit",
    ],
)
def test_a_photo_is_shown_in_its_colours(shown: Callable[[bytes], Colour], data: bytes, wanted: Colour) -> None:
    assert furthest([shown(data)[:3]], [wanted]) <= 4  # two for the conversion, two for WebP


@pytest.mark.parametrize(("transfer", "grey"), [(16, 148), (18, 191)])
def test_the_white_of_paper_in_a_film_is_bright_and_its_lights_stay_apart(transfer: int, grey: int) -> None:
    """203 candela a square metre, as ITU-R BT.2408 has it, at 58 % of PQ and 75 % of HLG."""
    profile = _by_numbers(9, transfer)
    levels = Image.frombytes("L", (256, 1), bytes(range(256))).convert("RGB")
    greys = [colour[0] for colour in colours(to_srgb(levels, profile))]
    assert greys == sorted(greys)
    assert (greys[0], greys[255]) == (0, 255)
    assert 225 <= greys[grey] <= 240


def test_ten_bits_of_a_heic() -> None:
    pixels = struct.pack("<3H", *(257 * level for level in MUTED)) * 64 * 64
    deep = io.BytesIO()
    pillow_heif.from_bytes(mode="RGB;16", size=(64, 64), data=pixels).save(deep, quality=95)
    with Image.open(deep) as photo:
        assert photo.info["bit_depth"] == 10
        assert furthest([to_srgb(to_eight_bits(photo), None).getpixel((9, 9))], [MUTED]) <= 2


def ycck(picture: Image.Image) -> bytes:
    """The picture as Adobe writes it with four inks: the first three as luma and chroma, told by APP14."""
    planes = [band.point(lambda level: 255 - level) for band in ImageOps.invert(picture).convert("YCbCr").split()]
    data = encoded(Image.merge("CMYK", [*planes, Image.new("L", picture.size)]), "JPEG", quality=95)
    at = data.index(b"Adobe") + 11
    assert data[at] == 0
    return data[:at] + b"\2" + data[at + 1 :]


def test_four_inks_as_adobe_writes_them(shown: Callable[[bytes], Colour]) -> None:
    assert furthest([shown(ycck(FLAT))[:3]], [MUTED]) <= 5


@pytest.mark.parametrize("paint", [(1, 0, 0, 0), (0, 1, 1, 0), (0, 0, 0, 1), (0, 0, 0, 0)])
def test_inks_of_a_printer_by_their_profile(shown: Callable[[bytes], Colour], paint: tuple[int, ...]) -> None:
    inks = Image.new("CMYK", (64, 64), tuple(255 * ink for ink in paint))
    data = encoded(inks, "JPEG", quality=95, icc_profile=cmyk_profile())
    assert furthest([shown(data)[:3]], [lab_as_srgb(INKS[paint])]) <= 5


def test_what_is_no_number_implies_nothing() -> None:
    for data in (encoded(FLAT, "HEIF"), encoded(FLAT, "AVIF"), numbered_png(12), encoded(FLAT, "WEBP")):
        for cut in range(0, len(data), 7):
            with Image.open(io.BytesIO(data)) as photo:
                assert implied_profile(photo, data[:cut]) is None


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF", "HEIF"])
def test_a_gradient_of_transparency_is_kept(tmp_path: Path, kind: str) -> None:
    (tmp_path / "photo").write_bytes(encoded(see_through(Image.new("RGB", (256, 256), MUTED)), kind, quality=95))
    decode(tmp_path / "photo", tmp_path, Limits())
    with Image.open(tmp_path / "320.webp") as picture:
        alphas = [picture.getpixel((128, y))[3] for y in range(0, 256, 16)]
    assert furthest([alphas], [list(range(0, 256, 16))]) <= 6
