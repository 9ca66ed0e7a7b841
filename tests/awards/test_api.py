"""Releases for programs: what pages do, and how it is refused."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from campaign.accounts.models import Scope
from campaign.awards.models import Release
from campaign.campaigns.models import Campaign
from campaign.submissions.models import Submission
from tests.awards.conftest import WORDS
from tests.people import Someone

API = "/api/v1"
HERE = f"{API}/campaigns/flaunt-your-city"


def test_from_the_words_to_the_answer(
    campaign: Campaign, chosen: list[Submission], marketer: Someone, fan: Someone, staff: Someone
) -> None:
    written = marketer.browser.post(f"{HERE}/release-words", json={"text": WORDS})
    assert (written.status_code, written.json["version"], written.json["text"]) == (201, 1, WORDS)
    asked = marketer.browser.post(f"{HERE}/releases", json={"answer_by": "2099-01-01T00:00:00+01:00"})
    assert (asked.status_code, asked.json) == (200, {"version": 1, "asked": 2, "asked_before": 0})
    assert marketer.browser.post(f"{HERE}/releases", json={}).json["asked_before"] == 2

    mine = fan.browser.get(f"{API}/me/releases").json["data"]
    assert [(one["version"], one["text"], one["answer"], one["closed"]) for one in mine] == [(1, WORDS, None, None)]
    question = f"{API}/me/releases/{mine[0]['id']}"
    for given in ("accepted", "refused", "accepted"):
        answered = fan.browser.put(f"{question}/answer", json={"answer": given})
        assert (answered.status_code, answered.json["answer"]) == (200, given)
    assert fan.browser.get(question).json == answered.json

    rows = staff.browser.get(f"{HERE}/releases?limit=1").json
    assert [(one["standing"], one["award"], one["place"]) for one in rows["data"]] == [("accepted", "winner", 1)]
    further = staff.browser.get(f"{HERE}/releases?limit=1&cursor={rows['next_cursor']}").json
    assert [(one["standing"], one["award"]) for one in further["data"]] == [("waiting", "finalist")]
    assert further["next_cursor"] is None
    assert [one["version"] for one in staff.browser.get(f"{HERE}/release-words").json["data"]] == [1]


@pytest.mark.parametrize(
    ("place", "body", "field"),
    [
        ("release-words", {"text": ""}, "text"),
        ("release-words", {}, "text"),
        ("release-words", {"text": "x", "version": 3}, "version"),
        ("releases", {"answer_by": "2020-01-01T00:00:00Z"}, "answer_by"),
        ("releases", {"answer_by": "2099-01-01T00:00:00"}, "answer_by"),
        ("releases", {"submissions": [str(uuid4())]}, "submissions"),
        ("releases", {"submissions": ["x"]}, "submissions"),
        ("originals", {"submissions": "all"}, "submissions"),
    ],
)
def test_bad_input_is_told_by_field(
    asked: list[Release], marketer: Someone, place: str, body: dict[str, Any], field: str
) -> None:
    answer = marketer.browser.post(f"{HERE}/{place}", json=body)

    assert answer.status_code == 422
    assert field in {name.split(".")[0] for name in answer.json["fields"]}


def test_an_answer_is_yes_or_no(asked: list[Release], fan: Someone) -> None:
    answer = fan.browser.put(f"{API}/me/releases/{asked[0].id}/answer", json={"answer": "perhaps"})

    assert (answer.status_code, list(answer.json["fields"])) == (422, ["answer"])


@pytest.mark.parametrize(("name", "status"), [("anonymous", 401), ("fan", 403), ("cast_member", 403)])
def test_the_desks_part_is_the_desks(
    request: pytest.FixtureRequest, asked: list[Release], name: str, status: int
) -> None:
    browser = request.getfixturevalue(name).browser

    answers = [
        browser.get(f"{HERE}/release-words"),
        browser.post(f"{HERE}/release-words", json={"text": "Mine"}),
        browser.get(f"{HERE}/releases"),
        browser.post(f"{HERE}/releases", json={}),
    ]

    assert [one.status_code for one in answers] == [status] * 4


def test_a_question_is_its_fans_alone(request: pytest.FixtureRequest, asked: list[Release]) -> None:
    question = f"{API}/me/releases/{asked[0].id}"
    for name, status in (("anonymous", 401), ("other_fan", 404), ("marketer", 404), ("admin", 404)):
        browser = request.getfixturevalue(name).browser
        assert browser.get(question).status_code == status
        assert browser.put(f"{question}/answer", json={"answer": "accepted"}).status_code == status
    assert request.getfixturevalue("anonymous").browser.get(f"{API}/me/releases").status_code == 401


def test_a_token_that_may_only_read_answers_nothing(asked: list[Release], fan: Someone) -> None:
    question = f"{API}/me/releases/{asked[0].id}"
    headers = fan.bearer(Scope.READ)

    answers = [
        fan.browser.get(f"{API}/me/releases", headers=headers),
        fan.browser.put(f"{question}/answer", json={"answer": "accepted"}, headers=headers),
    ]

    assert [(one.status_code, one.json["code"]) for one in answers] == [(403, "scope_missing")] * 2
    assert fan.browser.get(question, headers=fan.bearer(Scope.SUBMIT)).status_code == 200


def test_a_cursor_of_nobodys_is_told(asked: list[Release], marketer: Someone) -> None:
    for place in ("releases", "release-words", "downloads"):
        assert marketer.browser.get(f"{HERE}/{place}?cursor=x").status_code == 422
