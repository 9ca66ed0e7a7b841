"""The moderation page at the desk."""

from __future__ import annotations

import re
from html import unescape
from uuid import UUID, uuid4

import pytest

from campaign.campaigns.models import Campaign
from campaign.db import db, transaction
from campaign.submissions.models import SubmissionState
from campaign.submissions.sight import sight_of
from tests.counting import statements
from tests.factories import add_photos, make_campaign
from tests.people import Someone
from tests.submissions.conftest import Issue, stored

MODERATION = "/desk/c/flaunt-your-city/moderation"


@pytest.fixture
def waiting(campaign: Campaign, fan: Someone) -> list[UUID]:
    assert fan.person_id is not None
    return [one.id for one in add_photos(campaign, fan.person_id, 2, SubmissionState.READY)]


def test_waiting_photos_are_shown_to_staff(staff: Someone, marketer: Someone, waiting: list[UUID]) -> None:
    for someone, photo in ((staff, waiting[0]), (marketer, waiting[1])):  # the first is looked at by then
        page = someone.browser.get(MODERATION)
        assert page.status_code == 200
        assert "Photo 1" in page.text
        assert f"/desk/photos/{photo}/decision" in page.text
        listed = re.findall(r'href="([^"]+photo=[^"&]+)"', page.text)[:2]
        assert [f"{MODERATION}?photo={one}" for one in waiting] == listed


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

    assert (answer.status_code, answer.location) == (302, f"{MODERATION}?photo={waiting[1]}")
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
    for odd in ({"whose": "odd"}, {"order": "odd"}):
        assert staff.browser.get(MODERATION, query_string=odd).status_code == 422


def test_photo_of_another_campaign_is_not_here(marketer: Someone, staff: Someone, waiting: list[UUID]) -> None:
    make_campaign(marketer.actor, slug="elsewhere")

    page = staff.browser.get("/desk/c/elsewhere/moderation", query_string={"photo": str(waiting[0])})

    assert page.status_code == 404


def test_filters_leave_out_what_was_not_asked_for(
    fan: Someone, staff: Someone, campaign: Campaign, waiting: list[UUID]
) -> None:
    with transaction():
        first, second = (stored(one) for one in waiting)
        first.caption, first.place, first.category = "Ferry at dawn", "São Paulo", "Water"
        second.caption, second.assigned_to = "Old tram", staff.person_id

    def shown(**query: str) -> list[str]:
        page = staff.browser.get(MODERATION, query_string=query).text
        return [caption for caption in ("Ferry at dawn", "Old tram") if f"<b>{caption}</b>" in page]

    assert shown() == ["Ferry at dawn", "Old tram"]
    assert shown(q="sao fer") == ["Ferry at dawn"]
    assert shown(q="%") == []
    assert shown(category="Water") == ["Ferry at dawn"]
    assert shown(whose="mine") == ["Old tram"]
    assert shown(whose="unassigned") == ["Ferry at dawn"]
    assert shown(whose="opinion") == []
    assert shown(state="published") == []


def test_order_can_be_turned_round(staff: Someone, waiting: list[UUID]) -> None:
    oldest = staff.browser.get(MODERATION).text
    newest = staff.browser.get(MODERATION, query_string={"order": "newest"}).text

    assert oldest.index("<b>Photo 1</b>") < oldest.index("<b>Photo 2</b>")
    assert newest.index("<b>Photo 2</b>") < newest.index("<b>Photo 1</b>")


def test_filters_are_kept_by_a_decision(staff: Someone, waiting: list[UUID]) -> None:
    answer = staff.browser.post(
        f"/desk/photos/{waiting[1]}/decision?order=newest&q=photo", data={"decision": "publish"}
    )

    assert answer.location == f"{MODERATION}?q=photo&order=newest&photo={waiting[0]}"
    page = staff.browser.get(answer.location).text
    assert f"/desk/photos/{waiting[0]}/decision?q=photo&amp;order=newest" in page


def test_a_hundred_photos_come_in_pages_that_keep_the_filter(campaign: Campaign, fan: Someone, staff: Someone) -> None:
    assert fan.person_id is not None
    add_photos(campaign, fan.person_id, 35, SubmissionState.READY)

    first = staff.browser.get(MODERATION, query_string={"q": "photo"}).text
    more = unescape(re.findall(r'href="([^"]+)" data-more', first)[0])
    second = staff.browser.get(more).text

    assert "q=photo" in more
    assert first.count("data-pick") == 30
    assert second.count("data-pick") == 5
    assert "<b>Photo 31</b>" in second


def test_chosen_reason_is_sent_and_own_words_go_first(staff: Someone, waiting: list[UUID]) -> None:
    for photo, reason in zip(waiting, ("", "My own words."), strict=True):
        staff.browser.post(
            f"/desk/photos/{photo}/decision",
            data={"decision": "decline", "choice": "It is too dark.", "reason": reason},
        )

    assert [stored(one).reason for one in waiting] == ["It is too dark.", "My own words."]


def test_reasons_of_the_campaign_are_offered(staff: Someone, campaign: Campaign, waiting: list[UUID]) -> None:
    with transaction():
        db.session.get_one(Campaign, campaign.id).decline_reasons = ["It is too dark.", "We see a stranger’s face."]

    page = staff.browser.get(MODERATION).text

    assert 'name="choice" value="It is too dark."' in page
    assert "We see a stranger’s face." in page


def test_second_decision_is_told_who_was_first(staff: Someone, admin: Someone, waiting: list[UUID]) -> None:
    seen = sight_of(stored(waiting[0]))
    admin.browser.post(f"/desk/photos/{waiting[0]}/decision", data={"decision": "publish", "seen": seen})

    answer = staff.browser.post(
        f"/desk/photos/{waiting[0]}/decision", data={"decision": "decline", "reason": "Too dark.", "seen": seen}
    )
    page = staff.browser.get(answer.location).text

    assert answer.location == f"{MODERATION}?photo={waiting[0]}"
    assert "Admin published this photo meanwhile." in page
    assert stored(waiting[0]).state is SubmissionState.PUBLISHED


def test_facts_about_file_fan_and_history_are_shown(staff: Someone, waiting: list[UUID]) -> None:
    decline = {"decision": "decline", "reason": "Too dark."}
    staff.browser.post(f"/desk/photos/{waiting[0]}/decision", data=decline)
    staff.browser.post(f"/desk/photos/{waiting[0]}/undo")

    page = staff.browser.get(MODERATION, query_string={"photo": str(waiting[0])}).text

    assert "JPEG, 1600 × 1200" in page
    assert "1 other photo by Fan here" in page
    assert f'href="{MODERATION}?photo={waiting[1]}"' in page
    assert "Staff declined it" in page
    assert "“Too dark.”" in page
    assert "Staff took the decision back" in page


def test_file_that_could_not_be_opened_says_why(staff: Someone, waiting: list[UUID]) -> None:
    with transaction():
        submission = stored(waiting[0])
        submission.state, submission.entry_number = SubmissionState.REJECTED, None
        submission.reason = "decoder_timeout"
        submission.photo.renditions.clear()
    query = {"state": "rejected"}

    page = staff.browser.get(MODERATION, query_string=query).text
    assert "Opening it took far too long." in page
    assert f"/desk/photos/{waiting[0]}/again" in page

    answer = staff.browser.post(f"/desk/photos/{waiting[0]}/again?state=rejected")
    assert answer.location == f"{MODERATION}?state=rejected"
    assert stored(waiting[0]).state is SubmissionState.RECEIVED


@pytest.mark.parametrize(
    "query", ["", "?state=rejected", "?state=published", "?q=nothing", "?whose=mine", "?whose=opinion"]
)
def test_empty_lists_say_something_kind(campaign: Campaign, staff: Someone, query: str) -> None:
    page = staff.browser.get(MODERATION + query)

    assert page.status_code == 200
    assert 'class="empty"' in page.text


def test_page_asks_the_database_as_often_for_thirty_as_for_one(
    campaign: Campaign, fan: Someone, staff: Someone
) -> None:
    assert fan.person_id is not None
    counts = []
    for first, count in ((1, 1), (2, 29)):
        for one in add_photos(campaign, fan.person_id, count, SubmissionState.READY, first_entry=first):
            with transaction():
                stored(one.id).assigned_to = staff.person_id
        staff.browser.get(MODERATION)
        with statements() as sent:
            assert staff.browser.get(MODERATION).status_code == 200
        counts.append(len(sent))

    assert counts[0] == counts[1]
    assert counts[0] <= 30
