"""Whose a photo is, and second opinions."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import select

from campaign.accounts.audit import AuditEntry
from campaign.accounts.models import Role
from campaign.accounts.people import grant_role
from campaign.accounts.queries import find_person
from campaign.campaigns.models import Campaign
from campaign.db import db, transaction
from campaign.errors import Conflict, InvalidInput, NotPermitted, SignInNeeded
from campaign.submissions.assigning import assign_submission, crew_of
from campaign.submissions.models import SubmissionState
from campaign.submissions.moderation import publish_submission
from campaign.submissions.opinions import ask_second_opinion, drop_second_opinion
from tests.factories import add_photos, make_campaign
from tests.people import Someone
from tests.submissions.conftest import stored

MODERATION = "/desk/c/flaunt-your-city/moderation"


@pytest.fixture
def waiting(campaign: Campaign, fan: Someone) -> UUID:
    assert fan.person_id is not None
    return add_photos(campaign, fan.person_id, state=SubmissionState.READY)[0].id


def actions(submission_id: UUID) -> list[str]:
    query = select(AuditEntry.action).where(AuditEntry.subject_id == submission_id).order_by(AuditEntry.created_at)
    return list(db.session.scalars(query))


def test_photo_is_taken_on_given_away_and_put_down(staff: Someone, admin: Someone, waiting: UUID) -> None:
    address = f"/desk/photos/{waiting}/assignment"
    for person, was in ((staff.person_id, ""), (admin.person_id, staff.person_id), ("nobody", admin.person_id)):
        answer = staff.browser.post(address, data={"person_id": str(person), "was": str(was)})
        assert answer.location == f"{MODERATION}?photo={waiting}"
        assert stored(waiting).assigned_to == (None if person == "nobody" else person)

    assert actions(waiting) == ["submission.assigned", "submission.assigned", "submission.unassigned"]


def test_page_shows_whose_it_is(staff: Someone, admin: Someone, waiting: UUID) -> None:
    with transaction():
        assign_submission(admin.actor, waiting, admin.person_id)

    assert "It is with <b>Admin</b>." in staff.browser.get(MODERATION).text
    assert "It is with <b>you</b>." in admin.browser.get(f"{MODERATION}?photo={waiting}").text


def test_photo_that_went_to_another_meanwhile_stays_there(staff: Someone, admin: Someone, waiting: UUID) -> None:
    with transaction():
        assign_submission(admin.actor, waiting, admin.person_id, was="")

    answer = staff.browser.post(
        f"/desk/photos/{waiting}/assignment", data={"person_id": str(staff.person_id), "was": ""}
    )

    assert "This photo is with Admin now" in staff.browser.get(answer.location).text
    assert stored(waiting).assigned_to == admin.person_id


def test_only_the_crew_of_the_campaign_can_be_given_a_photo(
    staff: Someone, fan: Someone, cast_member: Someone, marketer: Someone, campaign: Campaign, waiting: UUID
) -> None:
    elsewhere = make_campaign(marketer.actor, slug="elsewhere")
    with transaction():
        grant_role(find_person(str(fan.person_id)), Role.STAFF, elsewhere.id)

    assert {one.display_name for one in crew_of(campaign.id)} == {"Marketer", "Staff"}
    assert {one.display_name for one in crew_of(elsewhere.id)} == {"Fan", "Marketer", "Staff"}
    for stranger in (fan, cast_member):
        with pytest.raises(InvalidInput) as refused:
            assign_submission(staff.actor, waiting, stranger.person_id)
        assert list(refused.value.fields) == ["person_id"]


def test_decided_photo_is_given_to_nobody(staff: Someone, waiting: UUID) -> None:
    with transaction():
        publish_submission(staff.actor, waiting)

    with pytest.raises(Conflict):
        assign_submission(staff.actor, waiting, staff.person_id)
    with pytest.raises(Conflict):
        ask_second_opinion(staff.actor, waiting)


def test_second_opinion_is_shown_listed_and_ended_by_a_decision(staff: Someone, admin: Someone, waiting: UUID) -> None:
    asked = staff.browser.post(f"/desk/photos/{waiting}/opinion", data={"note": "Is this a real bridge?"})
    assert asked.location == f"{MODERATION}?photo={waiting}"

    listed = staff.browser.get(MODERATION, query_string={"whose": "opinion"}).text
    assert "<b>Staff</b> asks for a second opinion" in listed
    assert "“Is this a real bridge?”" in listed
    with transaction():
        publish_submission(staff.actor, waiting)  # the asker still may

    submission = stored(waiting)
    assert (submission.opinion_asked_at, submission.opinion_by, submission.opinion_note) == (None, None, "")
    assert actions(waiting) == ["submission.second_opinion_asked", "submission.published"]


def test_second_opinion_can_be_asked_of_one_person_and_taken_back(
    staff: Someone, admin: Someone, waiting: UUID
) -> None:
    staff.browser.post(f"/desk/photos/{waiting}/opinion", data={"note": " ", "person_id": str(admin.person_id)})
    assert stored(waiting).opinion_note == "What do you think?"
    assert stored(waiting).assigned_to == admin.person_id

    staff.browser.post(f"/desk/photos/{waiting}/opinion", data={"drop": "1"})
    assert stored(waiting).opinion_asked_at is None
    assert actions(waiting) == ["submission.second_opinion_asked", "submission.second_opinion_dropped"]


def test_long_notes_and_odd_people_are_told(staff: Someone, fan: Someone, waiting: UUID) -> None:
    for part, data, said in (
        ("opinion", {"note": "x" * 501}, "500 fit"),
        ("opinion", {"person_id": str(fan.person_id)}, "Choose one of the crew"),
        ("assignment", {"person_id": "odd"}, "Choose somebody of the crew."),
    ):
        answer = staff.browser.post(f"/desk/photos/{waiting}/{part}", data=data)
        assert said in staff.browser.get(answer.location).text
    assert stored(waiting).assigned_to is None


def test_strangers_stay_outside(fan: Someone, cast_member: Someone, anonymous: Someone, waiting: UUID) -> None:
    for stranger in (fan, cast_member):
        for refused in (assign_submission, ask_second_opinion):
            with pytest.raises(NotPermitted):
                refused(stranger.actor, waiting, None)  # type: ignore[operator]  # refused before it is read
        with pytest.raises(NotPermitted):
            drop_second_opinion(stranger.actor, waiting)
        for part in ("assignment", "opinion", "again"):
            assert stranger.browser.post(f"/desk/photos/{waiting}/{part}").status_code == 403
    with pytest.raises(SignInNeeded):
        assign_submission(anonymous.actor, waiting, None)
    for part in ("assignment", "opinion", "again"):
        assert anonymous.browser.post(f"/desk/photos/{waiting}/{part}").status_code == 401
