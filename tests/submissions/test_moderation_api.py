"""Moderation through the API: lists, decisions about one and about several, whose it is, second opinions."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from campaign.accounts.models import Scope
from campaign.campaigns.models import Campaign
from campaign.db import transaction
from campaign.submissions.models import SubmissionState
from campaign.submissions.moderation import decline_submission
from tests.counting import statements
from tests.factories import add_photos
from tests.people import Someone
from tests.submissions.conftest import stored

API = "/api/v1"
LIST = f"{API}/campaigns/flaunt-your-city/moderation"
TOGETHER = f"{API}/campaigns/flaunt-your-city/decisions"


@pytest.fixture
def waiting(campaign: Campaign, fan: Someone) -> list[UUID]:
    assert fan.person_id is not None
    return [one.id for one in add_photos(campaign, fan.person_id, 2, SubmissionState.READY)]


def ask(someone: Someone, method: str, address: str, body: Any = None, **query: str) -> Any:
    headers = someone.bearer(Scope.MODERATE) if someone.person_id else {}
    return someone.browser.open(address, method=method, json=body, headers=headers, query_string=query)


def of(photo: UUID, part: str) -> str:
    return f"{API}/submissions/{photo}/{part}"


def test_list_holds_what_only_the_desk_knows(staff: Someone, admin: Someone, waiting: list[UUID]) -> None:
    ask(admin, "PUT", of(waiting[0], "assignment"), {"person_id": str(admin.person_id)})
    ask(staff, "PUT", of(waiting[0], "second-opinion"), {"note": "A real bridge?"})
    admin.browser.get("/desk/c/flaunt-your-city/moderation")

    listed = ask(staff, "GET", LIST).get_json()["data"]

    assert [one["submission"]["id"] for one in listed] == [str(one) for one in waiting]
    assert listed[0]["assigned_to"] == {"id": str(admin.person_id), "display_name": "Admin"}
    assert (listed[0]["second_opinion"]["by"], listed[0]["second_opinion"]["note"]) == ("Staff", "A real bridge?")
    assert listed[0]["looked_at_by"] == ["Admin"]
    assert listed[0]["waiting_since"].endswith("Z")
    assert (listed[1]["assigned_to"], listed[1]["second_opinion"], listed[1]["looked_at_by"]) == (None, None, [])


def test_list_is_filtered_and_paged(staff: Someone, waiting: list[UUID]) -> None:
    with transaction():
        stored(waiting[1]).assigned_to = staff.person_id

    def ids(**query: str) -> list[str]:
        return [one["submission"]["id"] for one in ask(staff, "GET", LIST, **query).get_json()["data"]]

    assert ids(whose="mine") == [str(waiting[1])]
    assert ids(whose="unassigned") == [str(waiting[0])]
    assert ids(q="photo 2") == [str(waiting[1])]
    assert ids(category="None") == []
    assert ids(order="newest") == [str(waiting[1]), str(waiting[0])]
    assert ids(state="published") == []
    first = ask(staff, "GET", LIST, limit="1").get_json()
    assert ids(limit="1", cursor=first["next_cursor"]) == [str(waiting[1])]


@pytest.mark.parametrize(
    "query", [{"state": "odd"}, {"whose": "odd"}, {"order": "odd"}, {"cursor": "odd"}, {"limit": "0"}]
)
def test_odd_lists_are_told(staff: Someone, campaign: Campaign, query: dict[str, str]) -> None:
    answer = ask(staff, "GET", LIST, **query)

    assert answer.status_code == 422
    assert answer.get_json()["code"] == "invalid_input"


def test_list_asks_as_often_for_thirty_as_for_one(campaign: Campaign, fan: Someone, staff: Someone) -> None:
    assert fan.person_id is not None
    counts = []
    ask(staff, "GET", LIST)  # makes the token
    for first, count in ((1, 1), (2, 29)):
        add_photos(campaign, fan.person_id, count, SubmissionState.READY, first_entry=first)
        with statements() as sent:
            ask(staff, "GET", LIST)
        counts.append(len(sent))

    assert counts[0] == counts[1]


def test_one_photo_comes_with_its_facts(staff: Someone, waiting: list[UUID]) -> None:
    ask(staff, "POST", of(waiting[0], "decision"), {"decision": "decline", "reason": "Too dark."})

    shown = ask(staff, "GET", of(waiting[0], "moderation")).get_json()

    assert shown["decided_by"] == "Staff"
    assert (shown["facts"]["format"], shown["facts"]["bytes"], shown["facts"]["filename"]) == ("JPEG", 1000, "1.jpg")
    assert [one["id"] for one in shown["facts"]["others"]] == [str(waiting[1])]
    assert [(did["who"], did["what"], did["why"]) for did in shown["facts"]["history"]] == [
        ("Staff", "declined it", "Too dark.")
    ]


def test_decision_with_a_mark_counts_only_for_what_was_seen(
    staff: Someone, admin: Someone, waiting: list[UUID]
) -> None:
    seen = ask(staff, "GET", LIST).get_json()["data"][0]["seen"]
    with transaction():
        decline_submission(admin.actor, waiting[0], "Too dark.")

    late = ask(staff, "POST", of(waiting[0], "decision"), {"decision": "publish", "seen": seen})

    assert late.status_code == 409
    assert late.get_json()["code"] == "changed_meanwhile"
    assert "Admin declined this photo meanwhile" in late.get_json()["detail"]


def test_several_are_decided_and_undone(staff: Someone, waiting: list[UUID]) -> None:
    unknown = uuid4()
    photos = [{"id": str(one)} for one in (*waiting, unknown)]

    done = ask(staff, "POST", TOGETHER, {"action": "decline", "reason": "Too dark.", "photos": photos}).get_json()

    assert sorted(done["done"]) == sorted(str(one) for one in waiting)
    assert [one["id"] for one in done["skipped"]] == [str(unknown)]
    assert {stored(one).reason for one in waiting} == {"Too dark."}
    back = ask(staff, "POST", f"{API}/decisions/{done['batch']}/undo").get_json()
    assert sorted(back["done"]) == sorted(done["done"])
    again = ask(staff, "POST", f"{API}/decisions/{done['batch']}/undo")
    assert (again.status_code, again.get_json()["code"]) == (409, "already_undone")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"action": "publish", "photos": []}, "photos"),
        ({"action": "decline", "photos": [{"id": str(uuid4())}]}, "reason"),
        ({"action": "assign", "person_id": str(uuid4()), "photos": [{"id": str(uuid4())}]}, "person_id"),
        ({"action": "publish", "photos": [{"id": str(uuid4())} for _ in range(101)]}, "photos"),
        ({"action": "odd", "photos": []}, "action"),
    ],
)
def test_odd_decisions_are_told(staff: Someone, campaign: Campaign, body: dict[str, Any], field: str) -> None:
    answer = ask(staff, "POST", TOGETHER, body)

    assert answer.status_code == 422
    assert field in answer.get_json()["fields"]


def test_crew_assignment_and_putting_down(staff: Someone, admin: Someone, waiting: list[UUID]) -> None:
    crew = ask(staff, "GET", f"{API}/campaigns/flaunt-your-city/crew").get_json()["data"]
    assert [one["display_name"] for one in crew] == ["Admin", "Marketer", "Staff"]

    given = ask(staff, "PUT", of(waiting[0], "assignment"), {"person_id": crew[0]["id"]}).get_json()
    assert given["assigned_to"] == crew[0]
    down = ask(staff, "PUT", of(waiting[0], "assignment"), {"person_id": None}).get_json()
    assert down["assigned_to"] is None
    assert ask(staff, "PUT", of(waiting[0], "assignment"), {"person_id": str(uuid4())}).status_code == 422


def test_second_opinion_is_asked_and_dropped(staff: Someone, waiting: list[UUID]) -> None:
    asked = ask(staff, "PUT", of(waiting[0], "second-opinion"), {}).get_json()
    assert asked["second_opinion"]["note"] == "What do you think?"
    assert ask(staff, "DELETE", of(waiting[0], "second-opinion")).get_json()["second_opinion"] is None
    assert ask(staff, "PUT", of(waiting[0], "second-opinion"), {"note": "x" * 501}).status_code == 422


def test_failed_photo_is_tried_again(staff: Someone, waiting: list[UUID]) -> None:
    assert ask(staff, "POST", of(waiting[0], "again")).status_code == 409
    with transaction():
        submission = stored(waiting[0])
        submission.state, submission.reason, submission.entry_number = SubmissionState.REJECTED, "out_of_memory", None
        submission.photo.renditions.clear()

    assert ask(staff, "GET", of(waiting[0], "moderation")).get_json()["facts"]["can_try_again"] is True
    answer = ask(staff, "POST", of(waiting[0], "again"))
    assert (answer.status_code, answer.get_json()["submission"]["state"]) == (202, "received")


def test_desk_is_closed_to_fans_cast_and_nobody(
    fan: Someone, cast_member: Someone, anonymous: Someone, staff: Someone, waiting: list[UUID]
) -> None:
    photos = [{"id": str(waiting[0])}]
    batch = ask(staff, "POST", TOGETHER, {"action": "publish", "photos": photos}).get_json()["batch"]
    calls = [
        ("GET", LIST, None),
        ("GET", f"{API}/campaigns/flaunt-your-city/crew", None),
        ("GET", of(waiting[1], "moderation"), None),
        ("POST", of(waiting[1], "decision"), {"decision": "publish"}),
        ("DELETE", of(waiting[0], "decision"), None),
        ("POST", TOGETHER, {"action": "publish", "photos": photos}),
        ("POST", f"{API}/decisions/{batch}/undo", None),
        ("PUT", of(waiting[1], "assignment"), {"person_id": None}),
        ("PUT", of(waiting[1], "second-opinion"), {}),
        ("DELETE", of(waiting[1], "second-opinion"), None),
        ("POST", of(waiting[1], "again"), None),
    ]
    for method, address, body in calls:
        for stranger in (fan, cast_member):
            assert ask(stranger, method, address, body).status_code == 403, (method, address)
        assert ask(anonymous, method, address, body).status_code == 401, (method, address)
        missing = address.replace(str(waiting[0]), str(uuid4())).replace(str(waiting[1]), str(uuid4()))
        missing = missing.replace(str(batch), str(uuid4())).replace("flaunt-your-city", "nowhere")
        assert ask(staff, method, missing, body).status_code == 404, (method, missing)
