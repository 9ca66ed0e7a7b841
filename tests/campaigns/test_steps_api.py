"""Pause, resume, extend, reopen, duplicate and the announcement for programs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from campaign.campaigns.models import State
from campaign.clock import database_now
from campaign.db import transaction
from tests.factories import make_campaign
from tests.people import Someone

URL = "/api/v1/campaigns/flaunt-your-city"


def _iso(after: timedelta) -> str:
    return (database_now() + after).replace(microsecond=0).isoformat()


WEEK = timedelta(weeks=1)
CALLS: list[tuple[str, str, State, dict[str, Any]]] = [
    ("POST", "/pause", State.OPEN, {"reason": "A day off"}),
    ("POST", "/extend", State.OPEN, {"closes_at": WEEK}),
    ("POST", "/reopen", State.CLOSED, {"closes_at": WEEK, "reason": "The trains stood still"}),
    ("POST", "/duplicate", State.OPEN, {"title": "Once more", "closes_at": WEEK}),
    ("PUT", "/announcement", State.CLOSED, {"announces_at": WEEK, "tell_before_hours": 3}),
]


def _body(given: dict[str, Any]) -> dict[str, Any]:
    return {name: _iso(value) if isinstance(value, timedelta) else value for name, value in given.items()}


@pytest.mark.usefixtures("nothing_in_the_way")
@pytest.mark.parametrize(("method", "path", "state", "body"), CALLS)
def test_step_works(marketer: Someone, method: str, path: str, state: State, body: dict[str, Any]) -> None:
    make_campaign(marketer.actor, state)

    answer = marketer.browser.open(URL + path, method=method, json=_body(body))

    assert answer.status_code == (201 if path == "/duplicate" else 200)
    becomes = {
        "/pause": "paused",
        "/extend": "open",
        "/reopen": "open",
        "/duplicate": "draft",
        "/announcement": "closed",
    }
    assert answer.json["state"] == becomes[path]


@pytest.mark.usefixtures("nothing_in_the_way")
@pytest.mark.parametrize(("method", "path", "state", "body"), CALLS)
@pytest.mark.parametrize(("name", "status"), [("anonymous", 401), ("fan", 403), ("cast_member", 403), ("staff", 403)])
def test_step_by_others_is_refused(
    request: pytest.FixtureRequest, marketer: Someone, method: str, path: str, state: State, body: dict[str, Any],
    name: str, status: int,
) -> None:  # fmt: skip
    make_campaign(marketer.actor, state)
    somebody: Someone = request.getfixturevalue(name)

    assert somebody.browser.open(URL + path, method=method, json=_body(body)).status_code == status


@pytest.mark.usefixtures("nothing_in_the_way")
@pytest.mark.parametrize(("method", "path", "state", "body"), CALLS)
def test_step_with_a_body_that_does_not_fit_is_told(
    marketer: Someone, method: str, path: str, state: State, body: dict[str, Any]
) -> None:
    make_campaign(marketer.actor, state)

    answer = marketer.browser.open(URL + path, method=method, json=dict.fromkeys(body, "") | {"surprise": 1})

    assert answer.status_code == 422
    assert "surprise" in answer.json["fields"]


@pytest.mark.parametrize(("method", "path", "state", "body"), [call for call in CALLS if call[1] != "/duplicate"])
def test_step_that_does_not_fit_the_state_is_explained(
    marketer: Someone, method: str, path: str, state: State, body: dict[str, Any]
) -> None:
    make_campaign(marketer.actor, State.DRAFT)
    assert state is not State.DRAFT

    answer = marketer.browser.open(URL + path, method=method, json=_body(body))

    assert (answer.status_code, answer.json["code"]) == (409, "illegal_transition")


def test_paused_campaign_says_why_to_everybody(marketer: Someone, anonymous: Someone) -> None:
    make_campaign(marketer.actor)
    marketer.browser.post(f"{URL}/pause", json={"reason": "A day off"})

    seen = anonymous.browser.get(URL).json
    resumed = marketer.browser.post(f"{URL}/resume")

    assert (seen["state"], seen["pause_reason"], seen["paused_at"] is not None) == ("paused", "A day off", True)
    assert (resumed.json["state"], resumed.json["pause_reason"], resumed.json["paused_at"]) == ("open", "", None)


def test_resume_by_others_is_refused(marketer: Someone, fan: Someone, anonymous: Someone) -> None:
    make_campaign(marketer.actor)

    assert fan.browser.post(f"{URL}/resume").status_code == 403
    assert anonymous.browser.post(f"{URL}/resume").status_code == 401
    assert marketer.browser.post(f"{URL}/resume").json["code"] == "illegal_transition"


@pytest.mark.usefixtures("nothing_in_the_way")
def test_announcement_is_for_the_desk_alone_and_can_be_called_off(marketer: Someone, anonymous: Someone) -> None:
    make_campaign(marketer.actor, State.CLOSED)
    at = _iso(WEEK)

    arranged = marketer.browser.put(f"{URL}/announcement", json={"announces_at": at, "tell_before_hours": 3}).json
    public = anonymous.browser.get(URL).json
    refused = anonymous.browser.delete(f"{URL}/announcement")
    called_off = marketer.browser.delete(f"{URL}/announcement").json

    assert datetime.fromisoformat(arranged["announces_at"]) == datetime.fromisoformat(at)
    assert (arranged["tell_before_hours"], arranged["announced_at"]) == (3, None)
    desk_only = ("announces_at", "tell_before_hours", "told_at", "decline_reasons", "waiting_count")
    assert [public[name] for name in desk_only] == [None] * 5
    assert refused.status_code == 401
    assert called_off["announces_at"] is None


def test_announced_by_time_is_said_before_anybody_wrote_it_down(marketer: Someone, anonymous: Someone) -> None:
    campaign = make_campaign(marketer.actor, State.CLOSED)
    with transaction():
        campaign.announces_at = database_now() - timedelta(seconds=1)

    seen = anonymous.browser.get(URL).json

    assert seen["state"] == "announced"
    assert seen["announced_at"] is not None


def test_new_fields_come_back_as_they_were_sent(marketer: Someone, anonymous: Someone) -> None:
    given = {
        "title": "First snow", "closes_at": _iso(WEEK), "rules_text": "Yours, please.", "wanted": "Snow.",
        "categories": ["Roof", "Street"], "decline_reasons": ["Too dark."], "tell_before_hours": 5,
    }  # fmt: skip
    sent = {name: value for name, value in given.items() if name != "closes_at"}

    made = marketer.browser.post("/api/v1/campaigns", json=given).json
    patched = marketer.browser.patch("/api/v1/campaigns/first-snow", json={"categories": []}).json

    assert {name: made[name] for name in sent} == sent
    assert {name: patched[name] for name in sent} == sent | {"categories": []}


def test_reasons_left_out_are_a_few_to_begin_with(marketer: Someone) -> None:
    body = {"title": "First snow", "closes_at": _iso(WEEK), "rules_text": "Yours, please."}

    made = marketer.browser.post("/api/v1/campaigns", json=body).json

    assert len(made["decline_reasons"]) == 5


def test_list_is_sifted_by_state_and_words(marketer: Someone, anonymous: Someone) -> None:
    make_campaign(marketer.actor, title="First snow", slug="first-snow")
    make_campaign(marketer.actor, State.CLOSED, title="Night windows", slug="night-windows")

    def slugs(**query: object) -> list[str]:
        page = anonymous.browser.get("/api/v1/campaigns", query_string=query).json
        return [campaign["slug"] for campaign in page["data"]]

    assert slugs(state="closed") == ["night-windows"]
    assert slugs(q="snow", sort="closing") == ["first-snow"]
    assert anonymous.browser.get("/api/v1/campaigns?desk=true").status_code == 401
    assert anonymous.browser.get("/api/v1/campaigns?state=gone").status_code == 422
