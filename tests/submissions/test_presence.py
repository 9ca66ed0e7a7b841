"""Two people are never on the same photo without knowing it."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select, update

from campaign.accounts.audit import AuditEntry
from campaign.campaigns.models import Campaign
from campaign.db import db, transaction
from campaign.errors import NotPermitted
from campaign.submissions.desk_models import Looking
from campaign.submissions.models import SubmissionState
from campaign.submissions.presence import holder, look_at, take_over, watchers
from campaign.submissions.sight import sight_of
from tests.factories import add_photos
from tests.people import Someone
from tests.submissions.conftest import stored

MODERATION = "/desk/c/flaunt-your-city/moderation"


@pytest.fixture
def waiting(campaign: Campaign, fan: Someone) -> list[UUID]:
    assert fan.person_id is not None
    return [one.id for one in add_photos(campaign, fan.person_id, 3, SubmissionState.READY)]


def open_page(someone: Someone, photo: UUID | None = None) -> str:
    page: str = someone.browser.get(MODERATION, query_string={"photo": str(photo)} if photo else {}).text
    return page


def opened(page: str) -> str:
    return re.findall(r'action="/desk/photos/([^/]+)/looking"', page)[0]


def time_passes(seconds: int = 60) -> None:
    with transaction():
        db.session.execute(update(Looking).values(seen_until=Looking.seen_until - timedelta(seconds=seconds)))


def names(photo: UUID) -> list[tuple[str, bool]]:
    return [(one.name, one.holds) for one in watchers([photo]).get(photo, [])]


def test_second_person_gets_the_next_photo(staff: Someone, admin: Someone, waiting: list[UUID]) -> None:
    assert opened(open_page(staff)) == str(waiting[0])
    assert opened(open_page(admin)) == str(waiting[1])
    assert opened(open_page(staff)) == str(waiting[0])


def test_who_opens_a_taken_photo_sees_who_has_it_and_cannot_decide_by_chance(
    staff: Someone, admin: Someone, waiting: list[UUID]
) -> None:
    open_page(staff, waiting[0])

    page = open_page(admin, waiting[0])

    assert "<b>Staff</b> is looking at this one." in page
    assert f"/desk/photos/{waiting[0]}/takeover" in page
    assert f"/desk/photos/{waiting[0]}/decision" not in page


def test_taking_over_is_deliberate_and_told_to_the_other(staff: Someone, admin: Someone, waiting: list[UUID]) -> None:
    open_page(staff, waiting[0])
    open_page(admin, waiting[0])

    answer = admin.browser.post(f"/desk/photos/{waiting[0]}/takeover")

    assert f"/desk/photos/{waiting[0]}/decision" in admin.browser.get(answer.location).text
    heard = staff.browser.post(f"/desk/photos/{waiting[0]}/looking").get_json()
    assert heard == {"changed": "", "held_by": "Admin", "others": ["Admin"]}
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "submission.taken_over")).one()
    assert entry.details == {"from": [str(staff.person_id)]}


def test_who_has_not_heard_of_the_takeover_decides_nothing(staff: Someone, admin: Someone, waiting: list[UUID]) -> None:
    open_page(staff, waiting[0])
    admin.browser.post(f"/desk/photos/{waiting[0]}/takeover")
    decision = f"/desk/photos/{waiting[0]}/decision"

    refused = staff.browser.post(decision, data={"decision": "publish"}, follow_redirects=True)

    assert "Admin took this photo over a moment ago" in refused.text
    assert stored(waiting[0]).state is SubmissionState.READY
    staff.browser.post(f"/desk/photos/{waiting[0]}/takeover")
    staff.browser.post(decision, data={"decision": "publish"})
    assert stored(waiting[0]).state is SubmissionState.PUBLISHED


def test_look_ends_by_itself(staff: Someone, admin: Someone, waiting: list[UUID]) -> None:
    open_page(staff, waiting[0])
    time_passes()

    assert opened(open_page(admin)) == str(waiting[0])


def test_who_comes_back_after_a_while_comes_second(staff: Someone, admin: Someone, waiting: list[UUID]) -> None:
    open_page(staff, waiting[0])
    time_passes()
    open_page(admin, waiting[0])
    open_page(staff, waiting[0])

    assert names(waiting[0]) == [("Admin", True), ("Staff", False)]


def test_open_page_keeps_looking_and_a_closed_one_does_not(staff: Someone, waiting: list[UUID]) -> None:
    open_page(staff, waiting[0])
    time_passes()

    staff.browser.post(f"/desk/photos/{waiting[0]}/looking")
    assert names(waiting[0]) == [("Staff", True)]
    time_passes(seconds=5)
    staff.browser.post(f"/desk/photos/{waiting[0]}/looking", data={"leave": "1"})
    assert names(waiting[0]) == []


def test_goodbye_of_a_page_that_is_loaded_again_says_nothing(staff: Someone, waiting: list[UUID]) -> None:
    open_page(staff, waiting[0])

    staff.browser.post(f"/desk/photos/{waiting[0]}/looking", data={"leave": "1"})

    assert names(waiting[0]) == [("Staff", True)]


def test_going_on_leaves_the_last_photo(staff: Someone, waiting: list[UUID]) -> None:
    open_page(staff, waiting[0])
    open_page(staff, waiting[1])

    assert names(waiting[0]) == []
    assert db.session.scalar(select(func.count()).select_from(Looking)) == 1


def test_two_windows_of_one_person_keep_both_photos(staff: Someone, waiting: list[UUID]) -> None:
    open_page(staff, waiting[0])
    open_page(staff, waiting[1])

    for photo in waiting[:2]:
        staff.browser.post(f"/desk/photos/{photo}/looking")

    assert [names(photo) for photo in waiting[:2]] == [[("Staff", True)], [("Staff", True)]]


def test_decision_made_meanwhile_is_told_by_the_beat(staff: Someone, admin: Someone, waiting: list[UUID]) -> None:
    seen = sight_of(stored(waiting[0]))
    open_page(staff, waiting[0])
    admin.browser.post(f"/desk/photos/{waiting[0]}/decision", data={"decision": "decline", "reason": "Too dark."})

    heard = staff.browser.post(f"/desk/photos/{waiting[0]}/looking", data={"seen": seen}).get_json()

    assert heard["changed"] == "Admin declined this photo meanwhile with the words “Too dark.”."


def test_next_after_a_decision_is_a_free_one(staff: Someone, admin: Someone, waiting: list[UUID]) -> None:
    open_page(admin, waiting[1])

    answer = staff.browser.post(f"/desk/photos/{waiting[0]}/decision", data={"decision": "publish"})

    assert answer.location == f"{MODERATION}?photo={waiting[2]}"


def test_list_says_who_looks_at_what(staff: Someone, admin: Someone, waiting: list[UUID]) -> None:
    open_page(admin, waiting[0])

    assert "Admin is looking" in open_page(staff)


def test_all_taken_is_a_page_too(staff: Someone, admin: Someone, marketer: Someone, waiting: list[UUID]) -> None:
    with transaction():
        for photo in waiting[1:]:
            submission = stored(photo)
            submission.state, submission.published_at = SubmissionState.PUBLISHED, submission.ready_at
    open_page(admin, waiting[0])

    assert "Others are on what is left" in open_page(staff)


def test_strangers_neither_look_nor_take_over(
    fan: Someone, cast_member: Someone, anonymous: Someone, waiting: list[UUID]
) -> None:
    for stranger in (fan, cast_member):
        with pytest.raises(NotPermitted):
            look_at(stranger.actor, waiting[0])
        with pytest.raises(NotPermitted):
            take_over(stranger.actor, waiting[0])
        for part in ("looking", "takeover"):
            assert stranger.browser.post(f"/desk/photos/{waiting[0]}/{part}").status_code == 403
        assert stranger.browser.post(f"/desk/photos/{waiting[0]}/looking", data={"leave": "1"}).status_code == 403
    assert anonymous.browser.post(f"/desk/photos/{waiting[0]}/looking").status_code == 401
    assert anonymous.browser.post(f"/desk/photos/{waiting[0]}/takeover").status_code == 401


def test_unknown_photo_is_not_found(staff: Someone, campaign: Campaign) -> None:
    for part in ("looking", "takeover", "assignment", "opinion", "again"):
        assert staff.browser.post(f"/desk/photos/{campaign.id}/{part}").status_code == 404


def test_nobody_is_held_up_by_themselves(staff: Someone, waiting: list[UUID]) -> None:
    with transaction():
        watching = look_at(staff.actor, waiting[0])

    assert holder(watching, staff.actor) is None
