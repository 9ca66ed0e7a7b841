"""The same picture, made smaller, saved again or cut a little, stays within the documented distance; others do not."""

from __future__ import annotations

import io
from itertools import combinations
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageEnhance

from uploads.drawing.renditions import draw_portrait
from uploads.likeness.comparison import SURE, Look, is_plain, look_alike
from uploads.likeness.dhash import HEIGHT, NEAR, WIDTH, dhash_of, distance, from_signed, to_signed
from uploads.likeness.fingerprint import fingerprint

hashes = st.integers(0, 2**64 - 1).map("{:016x}".format)


def picture(seed: int) -> Image.Image:
    """A photo of sorts: large soft shapes, smaller ones on them, and some grain."""
    dice = Random(seed)
    layers = [
        Image.frombytes("RGB", size, dice.randbytes(3 * size[0] * size[1])).resize((960, 640), Image.Resampling.BICUBIC)
        for size in ((5, 4), (11, 8), (240, 160))
    ]
    return Image.blend(Image.blend(layers[0], layers[1], 0.4), layers[2], 0.08)


PICTURES = [picture(seed) for seed in range(6)]


def saved(image: Image.Image, kind: str, **options: int) -> Image.Image:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return Image.open(out).convert("RGB")


def cut(image: Image.Image, left: float, top: float, right: float, bottom: float) -> Image.Image:
    """Without these shares of its sides."""
    width, height = image.size
    box = (left * width, top * height, (1 - right) * width, (1 - bottom) * height)
    return image.crop(tuple(round(side) for side in box))


def test_bits_are_set_where_the_right_neighbour_is_lighter() -> None:
    rising, falling = list(range(0, 90, 10)), list(range(80, -1, -10))

    assert dhash_of([*rising, *falling] * 4) == "ff00" * 4
    assert dhash_of([*([0] * 8), 200] + [0] * 63) == "01" + "00" * 7


def test_noise_sets_no_bits() -> None:
    dice = Random(1)

    assert dhash_of([100 + dice.uniform(-1, 1) for _ in range(WIDTH * HEIGHT)]) == "0" * 16


@given(hashes)
def test_hash_is_the_same_after_the_database(dhash: str) -> None:
    assert -(2**63) <= to_signed(dhash) < 2**63
    assert from_signed(to_signed(dhash)) == dhash


@pytest.mark.parametrize("number", range(len(PICTURES)))
def test_resized_and_saved_again_it_stays_very_near(number: int) -> None:
    image = PICTURES[number]
    mine = fingerprint(image)
    copies = [image.resize((960 // by, 640 // by), Image.Resampling.LANCZOS) for by in (2, 3, 4, 8)]
    copies += [image.resize((480, 320), Image.Resampling.BILINEAR)]
    copies += [saved(image, "JPEG", quality=quality) for quality in (95, 80, 60, 40)]
    copies += [saved(image, "WEBP", quality=60)]
    copies += [ImageEnhance.Brightness(image).enhance(by) for by in (0.9, 1.1)]
    copies += [image.convert("L"), image.convert("RGBA")]

    assert max(distance(mine, fingerprint(copy)) for copy in copies) <= SURE


@pytest.mark.parametrize("number", range(len(PICTURES)))
def test_cut_a_little_it_stays_near(number: int) -> None:
    image = PICTURES[number]
    mine = fingerprint(image)
    sides = [(0.03, 0, 0, 0), (0, 0.03, 0, 0), (0, 0, 0.03, 0), (0, 0, 0, 0.03), (0.02, 0.02, 0.02, 0.02)]
    cuts = [cut(image, *side) for side in sides]
    cuts.append(saved(cut(image, 0.02, 0, 0, 0.02).resize((300, 200)), "JPEG", quality=60))

    assert max(distance(mine, fingerprint(copy)) for copy in cuts) <= NEAR


def test_different_pictures_are_further_apart() -> None:
    found = [fingerprint(image) for image in PICTURES]

    assert min(distance(one, other) for one, other in combinations(found, 2)) > NEAR


def test_portrait_carries_the_hash_of_the_upright_picture(tmp_path: Path) -> None:
    image = PICTURES[0]
    exif = Image.Exif()
    exif[0x0112] = 6
    path = tmp_path / "photo.jpg"
    image.transpose(Image.Transpose.ROTATE_90).save(path, quality=90, exif=exif)

    with Image.open(path) as photo:
        assert distance(draw_portrait(photo, tmp_path).dhash, fingerprint(image)) <= SURE


def test_what_is_transparent_counts_as_white() -> None:
    clear = Image.new("RGBA", (90, 80), (0, 0, 0, 0))
    clear.paste((0, 0, 0, 255), (0, 0, 45, 80))

    assert fingerprint(clear) == fingerprint(Image.linear_gradient("L").rotate(90).point([0] * 128 + [255] * 128))


TONE, OTHER_TONE = "1QcSHQRnh493V4dIh4eXh1h4kJUI", "8gcSHQRnh493V4dIh4eXh1h4kJUI"
FERRY = "f0e1d2c3b4a59687"


def look(dhash: str = FERRY, thumbhash: str = TONE, width: int = 1600, height: int = 1200) -> Look:
    return Look(dhash=dhash, thumbhash=thumbhash, width=width, height=height)


def changed(dhash: str, bits: int) -> str:
    return f"{int(dhash, 16) ^ (2**bits - 1):016x}"


@pytest.mark.parametrize(
    ("other", "is_alike"),
    [
        (look(), True),
        (look(changed(FERRY, SURE), OTHER_TONE, 1200, 1600), True),
        (look(changed(FERRY, SURE + 1), OTHER_TONE), False),
        (look(changed(FERRY, SURE + 1), width=1200, height=1600), False),
        (look(changed(FERRY, NEAR), width=1550, height=1230), True),
        (look(changed(FERRY, NEAR + 1)), False),
    ],
)
def test_shape_and_tone_decide_where_the_hash_leaves_doubt(other: Look, *, is_alike: bool) -> None:
    assert look_alike(look(), other) is is_alike
    assert look_alike(other, look()) is is_alike


def test_plain_pictures_are_alike_only_in_shape_and_tone() -> None:
    sky = "0000000000000003"

    assert is_plain(sky)
    assert is_plain("f" * 16)
    assert not is_plain(FERRY)
    assert look_alike(look(sky), look("0000000000000001"))
    assert not look_alike(look(sky), look(sky, OTHER_TONE))
    assert not look_alike(look(sky), look(sky, width=1200, height=1600))
