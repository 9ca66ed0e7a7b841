"""A campaign's own cover."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from campaign.campaigns.models import Campaign, State
from campaign.campaigns.queries import desk_campaigns
from campaign.campaigns.views import view_campaigns
from campaign.db import db
from campaign.jobs.models import Job
from campaign.pictures.models import Picture
from tests.campaigns.forms import FORM
from tests.counting import statements
from tests.factories import make_campaign
from tests.people import Someone
from uploads.drawing.shapes import Shape
from uploads.objects import StorageUnavailable

URL = "/api/v1/campaigns/flaunt-your-city/cover"
EDIT = "/desk/c/flaunt-your-city/edit"


def _file(content: bytes | None = None, name: str = "cover.jpg") -> dict[str, Any]:
    if content is None:
        buffer = io.BytesIO()
        Image.new("RGB", (1600, 900), "#336699").save(buffer, "JPEG")
        content = buffer.getvalue()
    return {"cover": (io.BytesIO(content), name)}


def _form(marketer: Someone) -> dict[str, Any]:
    """The edit form as a browser would send it back."""
    assert marketer.person_id
    return dict(FORM)


def _put(someone: Someone, given: dict[str, Any]) -> Any:
    return someone.browser.put(URL, data=given, content_type="multipart/form-data")


def test_cover_is_hung_whole_and_served(marketer: Someone, anonymous: Someone) -> None:
    make_campaign(marketer.actor)

    answer = _put(marketer, _file())

    assert answer.status_code == 200
    address = answer.json["cover_url"].removeprefix("http://localhost")
    picture = anonymous.browser.get(address[address.index("/media") :])
    assert (picture.status_code, picture.mimetype) == (200, "image/webp")
    assert Image.open(io.BytesIO(picture.data)).size == (1600, 900)
    assert address in answer.json["cover_url"]


def test_preview_of_the_link_shows_the_cover(marketer: Someone, anonymous: Someone) -> None:
    make_campaign(marketer.actor)
    _put(marketer, _file())
    path = f"/media/pictures/{db.session.query(Picture).one().id}/card.jpg"

    page = anonymous.browser.get("/c/flaunt-your-city").text
    card = anonymous.browser.get(path)

    assert f'<meta property="og:image" content="http://localhost{path}">' in page
    assert (card.status_code, card.mimetype) == (200, "image/jpeg")
    assert Image.open(io.BytesIO(card.data)).size == (1200, 630)
    assert anonymous.browser.get(path, headers={"If-None-Match": card.headers["ETag"]}).status_code == 304

    marketer.browser.delete(URL)
    assert anonymous.browser.get(path).status_code == 404


def test_cover_stands_on_the_campaigns_page_and_can_be_taken_down(marketer: Someone, anonymous: Someone) -> None:
    make_campaign(marketer.actor)
    _put(marketer, _file())
    picture_id = db.session.query(Picture).one().id

    with_cover = anonymous.browser.get("/").text
    answer = marketer.browser.delete(URL)

    assert f"/media/pictures/{picture_id}/" in with_cover
    assert (answer.status_code, answer.json["cover_url"]) == (200, None)
    assert db.session.query(Picture).count() == 0
    assert db.session.query(Job).filter_by(kind="picture.delete").count() == 1


def test_another_cover_deletes_the_one_before(marketer: Someone) -> None:
    make_campaign(marketer.actor)

    _put(marketer, _file())
    _put(marketer, _file())

    assert db.session.query(Picture).count() == 1


@pytest.mark.parametrize("content", [b"", b"not a picture", b"\xff\xd8\xff\xe0 cut"])
def test_file_that_is_no_picture_is_told(marketer: Someone, content: bytes) -> None:
    make_campaign(marketer.actor)

    answer = _put(marketer, _file(content))

    assert (answer.status_code, list(answer.json["fields"])) == (422, ["cover"])


@pytest.mark.parametrize(("name", "status"), [("anonymous", 401), ("fan", 403), ("cast_member", 403), ("staff", 403)])
def test_cover_by_others_is_refused_before_it_is_drawn(
    request: pytest.FixtureRequest, marketer: Someone, name: str, status: int
) -> None:
    make_campaign(marketer.actor)
    somebody: Someone = request.getfixturevalue(name)

    assert _put(somebody, _file()).status_code == status
    assert somebody.browser.delete(URL).status_code == status
    assert db.session.query(Picture).count() == 0


def test_form_keeps_a_cover_and_takes_it_down(marketer: Someone) -> None:
    make_campaign(marketer.actor, State.DRAFT)
    form = _form(marketer)

    kept = marketer.browser.post(EDIT, data=form | _file(), content_type="multipart/form-data")
    assert kept.status_code == 302
    assert db.session.query(Campaign).one().cover is not None
    assert "Take this cover down" in marketer.browser.get(EDIT).text

    marketer.browser.post(EDIT, data=form | {"remove_cover": "yes"})
    db.session.expire_all()
    assert db.session.query(Campaign).one().cover is None


def test_form_of_a_new_campaign_takes_a_cover(marketer: Someone) -> None:
    answer = marketer.browser.post(
        "/desk/campaigns/new", data=_form(marketer) | _file(), content_type="multipart/form-data"
    )

    assert answer.status_code == 302
    cover = db.session.query(Campaign).one().cover
    assert cover is not None
    assert cover.shape is Shape.COVER


def test_form_with_something_else_to_mend_draws_nothing(marketer: Someone) -> None:
    form = _form(marketer) | {"title": ""}

    answer = marketer.browser.post("/desk/campaigns/new", data=form | _file(), content_type="multipart/form-data")

    assert answer.status_code == 422
    assert db.session.query(Picture).count() == 0


def test_form_tells_of_a_file_that_is_no_picture(marketer: Someone) -> None:
    answer = marketer.browser.post(
        "/desk/campaigns/new", data=_form(marketer) | _file(b"words"), content_type="multipart/form-data"
    )

    assert answer.status_code == 422
    assert 'id="cover-mend"' in answer.text


def test_form_says_so_while_the_store_is_away(marketer: Someone, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_given: object, **_named: object) -> None:
        raise StorageUnavailable("away")

    monkeypatch.setattr("campaign.campaigns.settings_desk.draw_picture", away)

    answer = marketer.browser.post(
        "/desk/campaigns/new", data=_form(marketer) | _file(), content_type="multipart/form-data"
    )

    assert answer.status_code == 422
    assert "Save without it" in answer.text


def test_covers_are_read_with_their_campaigns(marketer: Someone) -> None:
    for number in range(3):
        make_campaign(marketer.actor, slug=f"c-{number}")
        marketer.browser.put(f"/api/v1/campaigns/c-{number}/cover", data=_file(), content_type="multipart/form-data")
    db.session.expire_all()

    with statements() as sent:
        views = view_campaigns(db.session.scalars(desk_campaigns(marketer.actor)).all(), covers=True)

    assert [view.own_cover is not None for view in views] == [True] * 3
    assert not [statement for statement in sent if statement.startswith("SELECT picture.")]
