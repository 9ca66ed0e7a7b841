"""A fan changes the words of a photo, until somebody looked at it."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from campaign.accounts.models import Scope
from campaign.campaigns.models import Campaign
from campaign.db import transaction
from campaign.submissions.editing import EDITABLE, WHY_NOT
from campaign.submissions.models import SubmissionState
from tests.factories import add_photos
from tests.people import Someone
from tests.submissions.conftest import Issue, stored

WORDS = {"caption": "The last ferry", "place": "Porto"}


@pytest.fixture
def waiting(campaign: Campaign, fan: Someone) -> UUID:
    assert fan.person_id is not None
    return add_photos(campaign, fan.person_id, state=SubmissionState.READY)[0].id


def words_of(submission_id: UUID) -> tuple[str, str, str]:
    submission = stored(submission_id)
    return submission.caption, submission.place, submission.category


def in_state(campaign: Campaign, fan: Someone, state: SubmissionState) -> UUID:
    """A photo in any state, those that gave their entry back included."""
    assert fan.person_id is not None
    submission_id = add_photos(campaign, fan.person_id, state=SubmissionState.READY)[0].id
    with transaction():
        submission = stored(submission_id)
        submission.state, submission.reason = state, "empty"
        if state in (SubmissionState.REJECTED, SubmissionState.WITHDRAWN, SubmissionState.EXPIRED):
            submission.entry_number = None
        if state is SubmissionState.PUBLISHED:
            submission.published_at = submission.ready_at
    return submission_id


def test_page_shows_the_words_and_keeps_new_ones(fan: Someone, waiting: UUID) -> None:
    path = f"/me/photos/{waiting}/edit"

    shown = fan.browser.get(path)
    answer = fan.browser.post(path, data=WORDS)

    assert shown.status_code == 200
    assert 'value="Photo 1"' in shown.text
    assert (answer.status_code, answer.location) == (302, "/me/photos")
    assert words_of(waiting) == ("The last ferry", "Porto", "")


def test_api_changes_what_is_named_and_leaves_the_rest(fan: Someone, anonymous: Someone, waiting: UUID) -> None:
    token = fan.bearer(Scope.SUBMIT)

    answer = anonymous.browser.patch(f"/api/v1/submissions/{waiting}", json={"place": "  Porto "}, headers=token)

    assert answer.status_code == 200
    assert (answer.json["caption"], answer.json["place"]) == ("Photo 1", "Porto")


def test_words_on_the_way_can_be_changed_too(fan: Someone, issue: Issue) -> None:
    submission_id = issue(fan.actor).submission.id

    assert fan.browser.patch(f"/api/v1/submissions/{submission_id}", json=WORDS).status_code == 200
    assert words_of(submission_id)[0] == "The last ferry"


@pytest.mark.parametrize("state", SubmissionState)
def test_words_stay_once_somebody_looked(campaign: Campaign, fan: Someone, state: SubmissionState) -> None:
    submission_id = in_state(campaign, fan, state)
    path = f"/me/photos/{submission_id}/edit"

    shown = fan.browser.get(path)
    posted = fan.browser.post(path, data=WORDS)
    patched = fan.browser.patch(f"/api/v1/submissions/{submission_id}", json=WORDS)

    if state in EDITABLE:
        assert (shown.status_code, posted.status_code, patched.status_code) == (200, 302, 200)
        return
    assert (shown.status_code, posted.status_code, patched.status_code) == (409, 409, 409)
    assert (patched.json["code"], patched.json["detail"]) == ("not_editable", WHY_NOT[state])
    assert words_of(submission_id)[0] == "Photo 1"


def test_decision_and_change_do_not_pass_each_other(fan: Someone, staff: Someone, waiting: UUID) -> None:
    staff.browser.post(f"/api/v1/submissions/{waiting}/decision", json={"decision": "publish"})

    assert fan.browser.patch(f"/api/v1/submissions/{waiting}", json=WORDS).status_code == 409


def test_what_cannot_be_kept_comes_back_as_typed(fan: Someone, waiting: UUID) -> None:
    answer = fan.browser.post(f"/me/photos/{waiting}/edit", data={"caption": "x" * 281, "place": "Porto"})
    refused = fan.browser.patch(f"/api/v1/submissions/{waiting}", json={"caption": " ", "place": ""})

    assert answer.status_code == 422
    assert "281 characters" in answer.text
    assert 'value="Porto"' in answer.text
    assert (refused.status_code, list(refused.json["fields"])) == (422, ["caption", "place"])
    assert words_of(waiting)[0] == "Photo 1"


def test_category_is_one_of_the_campaigns(campaign: Campaign, fan: Someone, waiting: UUID) -> None:
    with transaction():
        campaign.categories = ["Streets", "Water"]
    one = f"/api/v1/submissions/{waiting}"

    without = fan.browser.patch(one, json=WORDS)
    strange = fan.browser.patch(one, json={"category": "Cats"})
    kept = fan.browser.patch(one, json={"category": "Water"})

    assert (without.status_code, list(without.json["fields"])) == (422, ["category"])
    assert "“Streets”, “Water”" in strange.json["fields"]["category"]
    assert kept.json["category"] == "Water"
    assert "<option selected>Water</option>" in fan.browser.get(f"/me/photos/{waiting}/edit").text


@pytest.mark.parametrize("body", [{"caption": 5}, {"surprise": "x"}, []])
def test_odd_bodies_are_refused(fan: Someone, waiting: UUID, body: object) -> None:
    assert fan.browser.patch(f"/api/v1/submissions/{waiting}", json=body).status_code == 422


def test_nobody_else_changes_them(
    fan: Someone, other_fan: Someone, staff: Someone, admin: Someone, anonymous: Someone, waiting: UUID
) -> None:
    page, one = f"/me/photos/{waiting}/edit", f"/api/v1/submissions/{waiting}"

    for stranger, expected in ((other_fan, 404), (staff, 403), (admin, 403)):
        answers = (
            stranger.browser.get(page),
            stranger.browser.post(page, data=WORDS),
            stranger.browser.patch(one, json=WORDS),
        )
        assert [answer.status_code for answer in answers] == [expected] * 3
    assert anonymous.browser.patch(one, json=WORDS).status_code == 401
    assert anonymous.browser.post(page, data=WORDS).status_code == 401
    assert anonymous.browser.get(page).status_code == 404
    assert fan.browser.patch(f"/api/v1/submissions/{uuid4()}", json=WORDS).status_code == 404
    assert words_of(waiting)[0] == "Photo 1"
