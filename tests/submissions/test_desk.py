"""The moderation page at the desk."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from campaign.campaigns.models import Campaign
from campaign.submissions.models import SubmissionState
from tests.factories import add_photos
from tests.people import Someone
from tests.submissions.conftest import Issue, stored

MODERATION = "/desk/c/flaunt-your-city/moderation"


@pytest.fixture
def waiting(campaign: Campaign, fan: Someone) -> list[UUID]:
    assert fan.person_id is not None
    return [one.id for one in add_photos(campaign, fan.person_id, 2, SubmissionState.READY)]


def test_waiting_photos_are_shown_to_staff(staff: Someone, marketer: Someone, waiting: list[UUID]) -> None:
    for someone in (staff, marketer):
        page = someone.browser.get(MODERATION)
        assert page.status_code == 200
        assert "Photo 1" in page.text
        assert f"/desk/photos/{waiting[0]}/decision" in page.text


def test_nothing_waiting_is_a_page_too(campaign: Campaign, staff: Someone) -> None:
    assert staff.browser.get(MODERATION).status_code == 200


def test_photo_asked_for_is_opened(staff: Someone, waiting: list[UUID]) -> None:
    page = staff.browser.get(MODERATION, query_string={"photo": str(waiting[1])}).text

    assert f"/desk/photos/{waiting[1]}/decision" in page


@pytest.mark.parametrize("state", [state.value for state in SubmissionState])
def test_every_state_can_be_looked_up(
    fan: Someone, staff: Someone, waiting: list[UUID], issue: Issue, state: str
) -> None:
    ticketed = issue(fan.actor).submission.id
    query = {"state": state, "photo": str(ticketed)}

    assert staff.browser.get(MODERATION, query_string=query).status_code == 200


def test_fans_and_cast_stay_outside(
    fan: Someone, cast_member: Someone, anonymous: Someone, waiting: list[UUID]
) -> None:
    decision = f"/desk/photos/{waiting[0]}/decision"
    for stranger in (fan, cast_member):
        assert stranger.browser.get(MODERATION).status_code == 403
        assert stranger.browser.post(decision, data={"decision": "publish"}).status_code == 403
        assert stranger.browser.post(decision, data={}).status_code == 403
        assert stranger.browser.post(f"/desk/photos/{waiting[0]}/undo").status_code == 403
    assert anonymous.browser.get(MODERATION).status_code == 302
    assert anonymous.browser.post(decision, data={"decision": "publish"}).status_code == 401
    assert anonymous.browser.post(f"/desk/photos/{waiting[0]}/undo").status_code == 401
    assert stored(waiting[0]).state is SubmissionState.READY


def test_publish_then_next_then_undo(staff: Someone, waiting: list[UUID]) -> None:
    answer = staff.browser.post(f"/desk/photos/{waiting[0]}/decision", data={"decision": "publish"})

    assert (answer.status_code, answer.location) == (302, MODERATION)
    assert stored(waiting[0]).state is SubmissionState.PUBLISHED
    page = staff.browser.get(MODERATION).text
    assert f"/desk/photos/{waiting[1]}/decision" in page
    assert f"/desk/photos/{waiting[0]}/undo" in page

    staff.browser.post(f"/desk/photos/{waiting[0]}/undo")
    assert stored(waiting[0]).state is SubmissionState.READY


def test_decline_without_words_is_sent_back(staff: Someone, waiting: list[UUID]) -> None:
    answer = staff.browser.post(f"/desk/photos/{waiting[0]}/decision", data={"decision": "decline", "reason": " "})

    assert answer.location == f"{MODERATION}?photo={waiting[0]}"
    assert "Tell the fan why" in staff.browser.get(answer.location).text
    assert stored(waiting[0]).state is SubmissionState.READY


def test_declined_photo_is_found_by_its_state(staff: Someone, waiting: list[UUID]) -> None:
    staff.browser.post(f"/desk/photos/{waiting[0]}/decision", data={"decision": "decline", "reason": "Too dark."})

    page = staff.browser.get(MODERATION, query_string={"state": "declined"})

    assert stored(waiting[0]).reason == "Too dark."
    assert "Photo 1" in page.text


def test_odd_requests_are_told(staff: Someone, waiting: list[UUID]) -> None:
    assert staff.browser.get(MODERATION, query_string={"state": "odd"}).status_code == 422
    assert staff.browser.get(MODERATION, query_string={"photo": str(uuid4())}).status_code == 404
    assert staff.browser.get(MODERATION, query_string={"after": "odd"}).status_code == 422
    assert staff.browser.post(f"/desk/photos/{uuid4()}/decision", data={"decision": "publish"}).status_code == 404
    assert staff.browser.post(f"/desk/photos/{uuid4()}/undo").status_code == 404
    staff.browser.post(f"/desk/photos/{waiting[0]}/decision", data={"decision": "maybe"})
    assert stored(waiting[0]).state is SubmissionState.READY
