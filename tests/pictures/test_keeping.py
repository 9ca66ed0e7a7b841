"""A file becomes a picture of ours, or is refused in words; what nobody wants any more goes."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from campaign.db import db, transaction
from campaign.errors import Conflict, InvalidInput, Unavailable
from campaign.jobs.models import Job
from campaign.pictures import keeping
from campaign.pictures.keeping import draw_picture, keep_picture, replace_picture, sweep_unkept
from campaign.pictures.models import Picture
from tests.pictures.conftest import WatchedStore
from tests.submissions.conftest import Work
from uploads.drawing.shapes import Shape
from uploads.objects import StorageUnavailable
from uploads.storage import Storage


@pytest.fixture(autouse=True)
def _database(database: None) -> None:
    """Everything here is undone afterwards."""


def kept(data: bytes, shape: Shape = Shape.SQUARE) -> Picture:
    picture_id = draw_picture(BytesIO(data), shape=shape)
    with transaction():
        return keep_picture(picture_id)


def refused(data: bytes | None) -> InvalidInput:
    with pytest.raises(InvalidInput) as problem:
        draw_picture(None if data is None else BytesIO(data), shape=Shape.SQUARE)
    return problem.value


def test_square_has_both_its_sizes(jpeg: bytes, store: Storage) -> None:
    picture = kept(jpeg)
    assert [(one["name"], one["width"], one["height"]) for one in picture.sizes] == [("96", 96, 96), ("256", 256, 256)]
    assert (picture.width, picture.height) == (900, 600)
    there = {stored.key: stored.bytes for stored in store.list_prefix(picture.folder)}
    assert there == {f"{picture.folder}{one['name']}.webp": one["bytes"] for one in picture.sizes}


def test_cover_keeps_its_shape(jpeg: bytes, store: Storage) -> None:
    picture = kept(jpeg, Shape.COVER)
    assert [(one["name"], one["width"], one["height"]) for one in picture.sizes] == [
        ("640", 640, 427),
        ("1280", 900, 600),
    ]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (None, "Choose a picture first."),
        (b"", "That file is empty. Pick another picture."),
        (b"only words", "That file is not a picture: we looked inside and found none. Pick another picture."),
    ],
)
def test_what_is_no_picture_is_told(data: bytes | None, sentence: str) -> None:
    problem = refused(data)
    assert problem.message == sentence
    assert problem.fields == {"picture": sentence}
    assert db.session.scalar(select(func.count()).select_from(Picture)) == 0


def test_picture_cut_short_is_told(jpeg: bytes) -> None:
    assert refused(jpeg[: len(jpeg) // 2]).code == "truncated"


def test_picture_over_ten_megabytes_is_told() -> None:
    problem = refused(b"\xff\xd8\xff" + bytes(10 * 2**20))
    assert problem.code == "too_many_bytes"
    assert "10 MB" in problem.message


def test_nothing_is_stored_of_a_refused_file(store: Storage) -> None:
    before = len(store.list_prefix("pictures/"))
    refused(b"only words")
    assert len(store.list_prefix("pictures/")) == before


def test_store_is_never_asked_in_a_transaction(jpeg: bytes, watched: WatchedStore) -> None:
    draw_picture(BytesIO(jpeg), shape=Shape.SQUARE)
    assert watched.calls > 0
    assert watched.held == []


def test_store_that_is_away_leaves_no_row(jpeg: bytes, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    class Away:
        def put_file(self, *_: object, **__: object) -> None:
            raise StorageUnavailable("away")

    monkeypatch.setitem(app.extensions, "flaunt_storage", Away())
    with pytest.raises(Unavailable, match="Choose the picture again"):
        draw_picture(BytesIO(jpeg), shape=Shape.SQUARE)
    assert db.session.scalar(select(func.count()).select_from(Picture)) == 0
    assert db.session.scalar(select(Job.kind)) == "picture.delete"


def test_third_at_once_is_asked_to_come_back(jpeg: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "PATIENCE_SECONDS", 0)
    with keeping._a_place(), keeping._a_place(), pytest.raises(Unavailable, match="Several pictures"):
        draw_picture(BytesIO(jpeg), shape=Shape.SQUARE)


def test_replaced_picture_leaves_the_store(jpeg: bytes, store: Storage, work: Work) -> None:
    old, new = kept(jpeg), kept(jpeg)
    gone, stays = old.folder, new.folder
    with transaction():
        assert replace_picture(old, new) is new
    work("picture.delete")
    assert store.list_prefix(gone) == []
    assert len(store.list_prefix(stays)) == 2


def test_picture_that_nobody_keeps_is_swept_away(jpeg: bytes, store: Storage, work: Work) -> None:
    late, fresh = (draw_picture(BytesIO(jpeg), shape=Shape.SQUARE) for _ in range(2))
    mine = kept(jpeg).id
    with transaction():
        age(late)
        age(mine)
    assert sweep_unkept() == 1
    work("picture.delete")
    assert set(db.session.scalars(select(Picture.id))) == {fresh, mine}
    with pytest.raises(Conflict, match="waited too long"):
        keep_picture(late)


def test_unknown_picture_cannot_be_kept() -> None:
    with pytest.raises(Conflict):
        keep_picture(uuid4())


def age(picture_id: UUID) -> None:
    earlier = Picture.created_at - timedelta(hours=2)
    db.session.execute(update(Picture).where(Picture.id == picture_id).values(created_at=earlier))
