"""The pages of campaigns, as fans, staff and marketers open them."""

from __future__ import annotations

import pytest

from campaign.campaigns.models import Campaign, State
from campaign.db import db
from tests.campaigns.forms import FORM
from tests.factories import make_campaign
from tests.people import Someone


def test_home_lists_launched_campaigns(marketer: Someone, anonymous: Someone) -> None:
    make_campaign(marketer.actor, title="Seen by all", slug="seen")
    make_campaign(marketer.actor, State.DRAFT, title="Not yet", slug="not-yet")

    page = anonymous.browser.get("/").text

    assert "Seen by all" in page
    assert "Not yet" not in page


@pytest.mark.parametrize("state", [State.OPEN, State.CLOSED])
def test_campaign_page_opens_for_everybody(marketer: Someone, anonymous: Someone, state: State) -> None:
    make_campaign(marketer.actor, state)

    answer = anonymous.browser.get("/c/flaunt-your-city")

    assert answer.status_code == 200
    assert "Flaunt your city" in answer.text


def test_unknown_campaign_is_a_kind_404(anonymous: Someone) -> None:
    answer = anonymous.browser.get("/c/nothing")

    assert answer.status_code == 404
    assert "first page" in answer.text


def test_rules_show_their_words(marketer: Someone, anonymous: Someone) -> None:
    make_campaign(marketer.actor)

    assert "photos you took yourself" in anonymous.browser.get("/c/flaunt-your-city/rules").text


def test_accent_is_a_stylesheet(marketer: Someone, anonymous: Someone) -> None:
    make_campaign(marketer.actor)

    answer = anonymous.browser.get("/c/flaunt-your-city/accent.css")

    assert answer.mimetype == "text/css"
    assert "--accent: #ffb547" in answer.text


def test_too_young_is_turned_away_kindly(marketer: Someone, anonymous: Someone) -> None:
    make_campaign(marketer.actor)

    answer = anonymous.browser.post("/c/flaunt-your-city/age", data={"old_enough": "no"})

    assert answer.status_code == 200
    with anonymous.browser.session_transaction() as session:
        assert "affirmed_age" not in session


def test_old_enough_goes_on_and_is_remembered(marketer: Someone, anonymous: Someone) -> None:
    make_campaign(marketer.actor)

    answer = anonymous.browser.post("/c/flaunt-your-city/age", data={"old_enough": "yes", "next": "//elsewhere"})

    assert (answer.status_code, answer.location) == (302, "/")
    with anonymous.browser.session_transaction() as session:
        assert session["affirmed_age"] == 16


def test_desk_form_makes_a_draft_in_its_own_zone(marketer: Someone) -> None:
    answer = marketer.browser.post("/desk/campaigns/new", data=FORM)

    campaign = db.session.query(Campaign).filter_by(slug="first-snow").one()
    assert answer.location == "/desk/c/first-snow"
    assert campaign.opens_at.isoformat() == "2026-11-01T07:00:00+00:00"


def test_desk_form_keeps_what_was_written(marketer: Someone) -> None:
    answer = marketer.browser.post("/desk/campaigns/new", data=FORM | {"entry_limit": "none", "title": "Kept words"})

    assert answer.status_code == 422
    assert "Kept words" in answer.text
    assert "whole number" in answer.text


def test_desk_edit_saves(marketer: Someone) -> None:
    make_campaign(marketer.actor, State.DRAFT)

    answer = marketer.browser.post("/desk/c/flaunt-your-city/edit", data=FORM)

    assert (answer.status_code, answer.location) == (302, "/desk/c/flaunt-your-city")
    assert marketer.browser.get("/desk/c/flaunt-your-city/edit").status_code == 200


def test_desk_launches_and_tells_refusals(marketer: Someone) -> None:
    make_campaign(marketer.actor, State.DRAFT)
    desk = "/desk/c/flaunt-your-city"

    launched = marketer.browser.post(f"{desk}/transitions", data={"to": "open"}, follow_redirects=True)
    refused = marketer.browser.post(f"{desk}/transitions", data={"to": "announced"}, follow_redirects=True)

    assert "It is launched" in launched.text
    assert "cannot become announced" in refused.text


@pytest.mark.parametrize("path", ["/desk", "/desk/campaigns/new", "/desk/c/flaunt-your-city/edit"])
@pytest.mark.parametrize(("name", "status"), [("anonymous", 302), ("fan", 403), ("cast_member", 403)])
def test_desk_is_for_the_desk(
    request: pytest.FixtureRequest, marketer: Someone, path: str, name: str, status: int
) -> None:
    make_campaign(marketer.actor)
    somebody: Someone = request.getfixturevalue(name)

    assert somebody.browser.get(path).status_code == status


@pytest.mark.parametrize("name", ["fan", "cast_member", "staff"])
def test_outsider_never_sees_the_form_of_a_new_campaign(request: pytest.FixtureRequest, name: str) -> None:
    somebody: Someone = request.getfixturevalue(name)

    answer = somebody.browser.post("/desk/campaigns/new", data={})

    assert answer.status_code == 403
    assert "entry_limit" not in answer.text
