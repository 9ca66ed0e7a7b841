"""The card of a photo: whole, in the shape of previews, drawn apart."""

import io
from pathlib import Path

import pytest
from PIL import Image

from tests.uploads.sample_photos import quarters
from uploads.cards import store_card
from uploads.drawing.card import HEIGHT, MARGIN, WIDTH, draw_card
from uploads.limits import Limits
from uploads.objects import ObjectMissing, StorageUnavailable
from uploads.reasons import PhotoRefused
from uploads.storage import Storage

RED = (220, 20, 20)


def kept(storage: Storage, photo: Image.Image | bytes, key: str = "photos/card/a/1280.webp") -> int:
    """Put a rendition where renditions are; answers its length."""
    data = photo if isinstance(photo, bytes) else webp(photo)
    storage.put_bytes(key, data, content_type="image/webp")
    return len(data)


def webp(photo: Image.Image) -> bytes:
    out = io.BytesIO()
    photo.save(out, "WEBP", quality=90)
    return out.getvalue()


@pytest.mark.parametrize("size", [(1280, 853), (853, 1280), (1280, 300), (60, 1200), (320, 320), (1, 1)])
def test_card_shows_the_whole_photo_in_its_own_shape(size: tuple[int, int]) -> None:
    card = draw_card(Image.new("RGB", size, RED), "#000000")

    assert (card.size, card.mode) == ((WIDTH, HEIGHT), "RGB")
    scale = min((WIDTH - 2 * MARGIN) / size[0], (HEIGHT - 2 * MARGIN) / size[1], 3.0)
    bright = card.getchannel("R").point(lambda value: 255 if value > 200 else 0).getbbox()
    assert bright is not None
    assert bright[2] - bright[0] == max(1, round(size[0] * scale))
    assert bright[3] - bright[1] == max(1, round(size[1] * scale))


def test_every_corner_of_the_photo_is_on_the_card() -> None:
    card = draw_card(quarters(1280, 853), "#000000")

    inner = (WIDTH - 1280 * (HEIGHT - 2 * MARGIN) / 853) / 2
    corners = [card.getpixel((x, y)) for x in (inner + 8, WIDTH - inner - 8) for y in (MARGIN + 8, HEIGHT - MARGIN - 8)]
    source = quarters(1280, 853)
    expected = [source.getpixel((x, y)) for x in (10, 1270) for y in (10, 843)]
    for found, wanted in zip(corners, expected, strict=True):
        assert max(abs(a - b) for a, b in zip(found, wanted, strict=True)) < 12


def test_what_shines_through_is_white_since_a_card_is_a_jpeg() -> None:
    photo = Image.new("RGBA", (600, 400), (0, 0, 200, 0))
    photo.paste((0, 0, 200, 128), (0, 0, 300, 400))
    card = draw_card(photo, "#30c040")

    assert card.getpixel((WIDTH * 3 // 4 - 100, HEIGHT // 2)) == (255, 255, 255)
    assert card.getpixel((WIDTH // 4 + 100, HEIGHT // 2)) == (127, 127, 227)


def test_card_is_drawn_apart_and_stored(storage: Storage, limits: Limits) -> None:
    length = kept(storage, quarters(1280, 853))
    stored = store_card(
        storage,
        rendition_key="photos/card/a/1280.webp",
        rendition_bytes=length,
        key="photos/card/b/card.jpg",
        ground="#336699",
        limits=limits,
    )

    data = b"".join(storage.open_stream("photos/card/b/card.jpg")[1])
    assert stored.bytes == len(data)
    with Image.open(io.BytesIO(data)) as card:
        assert (card.format, card.size) == ("JPEG", (WIDTH, HEIGHT))
        assert not card.getexif()
        assert "icc_profile" not in card.info


@pytest.mark.parametrize("data", [b"RIFF....WEBP, or so it says", b"\xff\xd8\xff\xe0 a JPEG is not ours"])
def test_rendition_that_is_none_makes_no_card(storage: Storage, limits: Limits, data: bytes) -> None:
    key = "photos/card/bad/1280.webp"
    length = kept(storage, data, key)

    with pytest.raises(PhotoRefused):
        store_card(
            storage,
            rendition_key=key,
            rendition_bytes=length,
            key="photos/card/bad/card.jpg",
            ground="#000000",
            limits=limits,
        )
    assert [one.key for one in storage.list_prefix("photos/card/bad/")] == [key]


def test_rendition_that_is_gone_or_longer_is_told_apart(storage: Storage, limits: Limits, tmp_path: Path) -> None:
    length = kept(storage, quarters(640, 480), "photos/card/long/640.webp")

    for key, bytes_, expected in (
        ("photos/card/none/640.webp", 10, ObjectMissing),
        ("photos/card/long/640.webp", length - 1, StorageUnavailable),
    ):
        with pytest.raises(expected):
            store_card(
                storage,
                rendition_key=key,
                rendition_bytes=bytes_,
                key="photos/card/x/card.jpg",
                ground="#000000",
                limits=limits,
            )
