"""Submissions for programs: each route works, refuses the outsider and the anonymous, and says what is wrong."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
import requests

from campaign.accounts.models import Scope
from campaign.campaigns.models import Campaign, State
from campaign.submissions.models import SubmissionState
from tests.factories import add_photos, make_campaign
from tests.people import Someone
from tests.submissions.conftest import Send, Work, stored
from uploads.storage import Storage

SUBMISSIONS = "/api/v1/campaigns/flaunt-your-city/submissions"


def body(**changes: object) -> dict[str, object]:
    photo = {"filename": "IMG_1.jpg", "content_type": "image/jpeg", "bytes": 1000}
    return {"caption": "Home", "place": "Lisbon", "rules_version": 1, "photo": photo} | changes


@pytest.fixture
def waiting(campaign: Campaign, fan: Someone) -> UUID:
    assert fan.person_id is not None
    return add_photos(campaign, fan.person_id, state=SubmissionState.READY)[0].id


def test_whole_path_with_a_token(
    campaign: Campaign, fan: Someone, staff: Someone, anonymous: Someone, store: Storage, work: Work, jpeg: bytes
) -> None:
    token = fan.bearer(Scope.SUBMIT)
    photo = {"filename": "a.jpg", "content_type": "image/jpeg", "bytes": len(jpeg)}

    issued = anonymous.browser.post(SUBMISSIONS, json=body(photo=photo), headers=token)
    assert issued.status_code == 201
    assert set(issued.json) == {"id", "state", "upload"}
    assert set(issued.json["upload"]) == {"method", "url", "headers", "expires_at"}
    assert issued.json["upload"]["expires_at"].endswith("Z")
    upload, one = issued.json["upload"], f"/api/v1/submissions/{issued.json['id']}"
    requests.request(
        upload["method"], upload["url"], headers=upload["headers"], data=jpeg, timeout=10
    ).raise_for_status()
    for _ in range(2):
        completed = anonymous.browser.post(f"{one}/complete", headers=token)
        assert (completed.status_code, completed.json["state"]) == (202, "received")
    work()
    assert anonymous.browser.get(one).status_code == 404
    ready = anonymous.browser.get(one, headers=token).json
    assert (ready["state"], ready["width"], ready["height"]) == ("ready", 900, 600)
    decided = anonymous.browser.post(
        f"{one}/decision", json={"decision": "publish"}, headers=staff.bearer(Scope.MODERATE)
    )
    assert (decided.status_code, decided.json["state"]) == (200, "published")

    listed = anonymous.browser.get(SUBMISSIONS).json
    assert listed["next_cursor"] is None
    assert [item["id"] for item in listed["data"]] == [issued.json["id"]]
    rendition = listed["data"][0]["renditions"][0]
    assert set(rendition) == {"name", "width", "height", "url"}
    assert rendition["url"].startswith("http://localhost/media/photos/")
    assert anonymous.browser.get(rendition["url"].removeprefix("http://localhost")).content_type == "image/webp"


def test_browser_sends_with_cookie_and_intent(campaign: Campaign, fan: Someone) -> None:
    assert fan.browser.post(SUBMISSIONS, json=body()).status_code == 201

    fan.browser.intent = False
    assert fan.browser.post(SUBMISSIONS, json=body()).status_code == 400


def test_anonymous_is_asked_to_sign_in(campaign: Campaign, anonymous: Someone, waiting: UUID) -> None:
    one = f"/api/v1/submissions/{waiting}"
    answers = [
        anonymous.browser.post(SUBMISSIONS, json=body()),
        anonymous.browser.post(f"{one}/ticket"),
        anonymous.browser.post(f"{one}/complete"),
        anonymous.browser.post(f"{one}/decision", json={"decision": "publish"}),
        anonymous.browser.delete(f"{one}/decision"),
        anonymous.browser.post(f"{one}/withdraw"),
        anonymous.browser.get("/api/v1/me/submissions"),
        anonymous.browser.get(SUBMISSIONS, query_string={"state": "ready"}),
    ]

    assert [answer.status_code for answer in answers] == [401] * 8
    assert {answer.content_type for answer in answers} == {"application/problem+json"}


def test_outsider_learns_nothing(other_fan: Someone, cast_member: Someone, waiting: UUID) -> None:
    one = f"/api/v1/submissions/{waiting}"
    for stranger in (other_fan, cast_member):
        browser = stranger.browser
        assert browser.get(one).status_code == 404
        assert browser.post(f"{one}/ticket").status_code == 404
        assert browser.post(f"{one}/complete").status_code == 404
        assert browser.post(f"{one}/withdraw").status_code == 404
        assert browser.post(f"{one}/decision", json={"decision": "publish"}).status_code == 403
        assert browser.delete(f"{one}/decision").status_code == 403
        assert browser.get(SUBMISSIONS, query_string={"state": "ready"}).status_code == 403
        assert browser.get("/api/v1/me/submissions").json["data"] == []


def test_owner_may_not_decide(fan: Someone, waiting: UUID) -> None:
    answer = fan.browser.post(f"/api/v1/submissions/{waiting}/decision", json={"decision": "publish"})

    assert answer.status_code == 403
    assert stored(waiting).state is SubmissionState.READY


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"caption": ""}, "caption"),
        ({"caption": "x" * 281}, "caption"),
        ({"caption": None}, "caption"),
        ({"place": " "}, "place"),
        ({"rules_version": "soon"}, "rules_version"),
        ({"photo": {"filename": "a.jpg", "content_type": "image/jpeg", "bytes": 31 * 2**20}}, "photo"),
        ({"photo": {"filename": "a.gif", "content_type": "image/gif", "bytes": 10}}, "photo"),
        ({"photo": {"filename": "a.jpg", "content_type": "image/jpeg"}}, "photo.bytes"),
        ({"photo": None}, "photo"),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_what_cannot_be_used_is_named(campaign: Campaign, fan: Someone, changes: dict[str, object], field: str) -> None:
    answer = fan.browser.post(SUBMISSIONS, json=body(**changes))

    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    assert list(answer.json["fields"]) == [field]


@pytest.mark.parametrize("data", ["[]", "null", '"x"', "{", "\x00", '{"caption": "\\ud800"}'])
def test_odd_bodies_are_refused(campaign: Campaign, fan: Someone, data: str) -> None:
    answer = fan.browser.post(SUBMISSIONS, data=data, content_type="application/json")

    assert answer.status_code in {400, 422}


def test_limit_and_cursor_are_checked(campaign: Campaign, anonymous: Someone) -> None:
    for query in ({"limit": 0}, {"limit": 101}, {"limit": "x"}, {"cursor": "x"}, {"state": "x"}):
        assert anonymous.browser.get(SUBMISSIONS, query_string=query).status_code == 422


def test_pages_follow_the_cursor(campaign: Campaign, fan: Someone, anonymous: Someone) -> None:
    assert fan.person_id is not None
    add_photos(campaign, fan.person_id, 3)

    first = anonymous.browser.get(SUBMISSIONS, query_string={"limit": 2}).json
    second = anonymous.browser.get(SUBMISSIONS, query_string={"limit": 2, "cursor": first["next_cursor"]}).json

    ids = [item["id"] for item in first["data"] + second["data"]]
    assert (len(first["data"]), len(second["data"]), second["next_cursor"]) == (2, 1, None)
    assert len(set(ids)) == 3


def test_entry_limit_and_closing_are_conflicts(marketer: Someone, fan: Someone) -> None:
    make_campaign(marketer.actor, entry_limit=1)
    make_campaign(marketer.actor, State.CLOSED, slug="over", title="Over")

    assert fan.browser.post(SUBMISSIONS, json=body()).status_code == 201
    taken = fan.browser.post(SUBMISSIONS, json=body())
    closed = fan.browser.post("/api/v1/campaigns/over/submissions", json=body())

    assert (taken.status_code, taken.json["code"]) == (409, "entry_limit")
    assert (closed.status_code, closed.json["code"]) == (409, "closed")


def test_name_that_no_campaign_can_have_is_not_found(fan: Someone) -> None:
    assert fan.browser.get("/api/v1/campaigns/%00/submissions").status_code == 404
    assert fan.browser.get("/c/%00/enter").status_code == 404


def test_draft_is_not_known(marketer: Someone, fan: Someone) -> None:
    make_campaign(marketer.actor, State.DRAFT, slug="secret")

    assert fan.browser.get("/api/v1/campaigns/secret/submissions").status_code == 404
    assert fan.browser.post("/api/v1/campaigns/secret/submissions", json=body()).status_code == 404


def test_ticket_is_signed_anew(campaign: Campaign, fan: Someone) -> None:
    issued = fan.browser.post(SUBMISSIONS, json=body()).json

    answer = fan.browser.post(f"/api/v1/submissions/{issued['id']}/ticket")

    assert answer.status_code == 200
    assert set(answer.json["upload"]) == {"method", "url", "headers", "expires_at"}
    assert answer.json["upload"]["url"].split("?")[0] == issued["upload"]["url"].split("?")[0]


def test_complete_before_the_bytes_says_so(campaign: Campaign, fan: Someone, store: Storage) -> None:
    issued = fan.browser.post(SUBMISSIONS, json=body()).json

    answer = fan.browser.post(f"/api/v1/submissions/{issued['id']}/complete")

    assert (answer.status_code, answer.json["code"]) == (409, "not_arrived")


def test_decline_needs_a_reason_and_the_fan_reads_it(staff: Someone, fan: Someone, waiting: UUID) -> None:
    one = f"/api/v1/submissions/{waiting}"

    without = staff.browser.post(f"{one}/decision", json={"decision": "decline"})
    declined = staff.browser.post(f"{one}/decision", json={"decision": "decline", "reason": "A little too dark."})

    assert (without.status_code, list(without.json["fields"])) == (422, ["reason"])
    assert declined.json["state"] == "declined"
    assert fan.browser.get(one).json["reason"] == "A little too dark."
    assert staff.browser.delete(f"{one}/decision").json["state"] == "ready"


@pytest.mark.parametrize("decision", [{}, {"decision": "maybe"}, {"decision": "publish", "reason": 5}])
def test_odd_decisions_are_refused(staff: Someone, waiting: UUID, decision: dict[str, object]) -> None:
    assert staff.browser.post(f"/api/v1/submissions/{waiting}/decision", json=decision).status_code == 422


def test_rejected_photo_tells_why_in_words_and_in_code(fan: Someone, send: Send, work: Work) -> None:
    submission_id = send(fan.actor, data=b"no photo at all, just words")
    work()

    answer = fan.browser.get(f"/api/v1/submissions/{submission_id}").json

    assert answer["state"] == "rejected"
    assert answer["reason_code"] == "not_an_image"
    assert answer["reason"] == "We looked inside and found no picture."


def test_fan_takes_a_photo_back(fan: Someone, waiting: UUID) -> None:
    answer = fan.browser.post(f"/api/v1/submissions/{waiting}/withdraw")

    assert (answer.status_code, answer.json["state"], answer.json["renditions"]) == (200, "withdrawn", [])


def test_own_photos_are_listed_in_every_state(fan: Someone, waiting: UUID) -> None:
    assert [item["id"] for item in fan.browser.get("/api/v1/me/submissions").json["data"]] == [str(waiting)]


def test_desk_lists_by_state(staff: Someone, waiting: UUID) -> None:
    listed = staff.browser.get(SUBMISSIONS, query_string={"state": "ready"}).json["data"]

    assert [item["id"] for item in listed] == [str(waiting)]


def test_unknown_submission_is_not_found(staff: Someone) -> None:
    one = f"/api/v1/submissions/{uuid4()}"

    assert staff.browser.get(one).status_code == 404
    assert staff.browser.post(f"{one}/decision", json={"decision": "publish"}).status_code == 404
    assert staff.browser.post(f"{one}/withdraw").status_code == 404
    assert staff.browser.post(f"{one}/complete").status_code == 404
    assert staff.browser.post(f"{one}/ticket").status_code == 404
