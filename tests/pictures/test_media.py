"""GET /media/pictures/<id>/<name>.webp"""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from campaign.db import transaction
from campaign.pictures.addresses import picture_path
from campaign.pictures.keeping import draw_picture, keep_picture, replace_picture
from campaign.pictures.models import Picture
from tests.people import Someone
from uploads.drawing.shapes import Shape
from uploads.storage import Storage


@pytest.fixture
def picture(database: None, jpeg: bytes, store: Storage) -> Picture:
    picture_id = draw_picture(BytesIO(jpeg), shape=Shape.SQUARE)
    with transaction():
        return keep_picture(picture_id)


def test_everybody_sees_it(picture: Picture, anonymous: Someone) -> None:
    answer = anonymous.browser.get(picture_path(picture.id, 96))
    assert answer.status_code == 200
    assert answer.mimetype == "image/webp"
    assert answer.headers["Cache-Control"] == "public, max-age=86400, s-maxage=300"
    assert Image.open(BytesIO(answer.data)).size == (96, 96)


def test_known_etag_spares_the_bytes(picture: Picture, anonymous: Someone) -> None:
    first = anonymous.browser.get(picture_path(picture.id, 256))
    again = anonymous.browser.get(picture_path(picture.id, 256), headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_head_tells_the_length(picture: Picture, anonymous: Someone) -> None:
    answer = anonymous.browser.head(picture_path(picture.id, 96))
    assert answer.headers["Content-Length"] == str(picture.sizes[0]["bytes"])


def test_no_other_size_is_there(picture: Picture, anonymous: Someone) -> None:
    assert anonymous.browser.get(picture_path(picture.id, 640)).status_code == 404


def test_picture_not_kept_yet_is_nobodys(database: None, jpeg: bytes, store: Storage, anonymous: Someone) -> None:
    picture_id = draw_picture(BytesIO(jpeg), shape=Shape.SQUARE)
    assert anonymous.browser.get(picture_path(picture_id, 96)).status_code == 404


def test_picture_that_was_let_go_is_gone_at_once(picture: Picture, anonymous: Someone) -> None:
    picture_id = picture.id
    with transaction():
        replace_picture(picture, None)
    assert anonymous.browser.get(picture_path(picture_id, 96)).status_code == 404


def test_picture_of_a_person_has_no_card(picture: Picture, anonymous: Someone) -> None:
    assert anonymous.browser.get(f"/media/pictures/{picture.id}/card.jpg").status_code == 404
