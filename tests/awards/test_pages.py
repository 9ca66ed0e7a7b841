"""The fan's question and the desk's pages, as people meet them without a script."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from campaign.awards.models import Release, ReleaseAnswer
from campaign.awards.releases import ask_for_release
from campaign.awards.words import PROPOSED, write_words
from campaign.campaigns.models import Campaign, State
from campaign.db import db, transaction
from campaign.judging.models import Round
from campaign.submissions.models import Submission
from tests.awards.chosen import announce_at, choose_photos, close_a_round
from tests.awards.conftest import WORDS
from tests.counting import statements
from tests.factories import add_photos, make_campaign
from tests.people import Someone

DESK = "/desk/c/flaunt-your-city/release"


def page(somebody: Someone, address: str, status: int = 200) -> str:
    answer = somebody.browser.get(address)
    assert answer.status_code == status
    return str(answer.get_data(as_text=True))


def test_a_fan_reads_and_answers_in_one_tap_each(asked: list[Release], fan: Someone) -> None:
    address = f"/me/releases/{asked[0].id}"
    html = page(fan, address)
    assert WORDS in html
    assert re.findall(r'name="answer" value="(\w+)"', html) == ["accepted", "refused"]

    for given, said in (("accepted", "You said yes."), ("refused", "You said no,")):
        answer = fan.browser.post(f"{address}/answer", data={"answer": given})
        assert (answer.status_code, answer.location) == (302, address)
        assert said in page(fan, address)

    assert db.session.scalars(select(ReleaseAnswer.answer).order_by(ReleaseAnswer.created_at)).all() == [
        "accepted",
        "refused",
    ]
    assert "you said no" in page(fan, "/me/releases")


def test_once_closed_the_question_has_no_buttons_and_a_tap_is_told(
    campaign: Campaign, asked: list[Release], fan: Someone
) -> None:
    announce_at(campaign.id, timedelta(seconds=-1))
    address = f"/me/releases/{asked[0].id}"

    assert "/answer" not in page(fan, address)
    assert "gave no answer" in page(fan, address)
    assert fan.browser.post(f"{address}/answer", data={"answer": "accepted"}).status_code == 302
    assert "stays as it is" in page(fan, address)
    assert db.session.scalars(select(ReleaseAnswer)).all() == []


def test_a_question_with_newer_words_leads_to_them(
    campaign: Campaign, asked: list[Release], marketer: Someone, fan: Someone
) -> None:
    with transaction():
        write_words(marketer.actor, campaign.id, "Newer words.")
        newer = ask_for_release(marketer.actor, campaign.id).made[0]

    assert "The words have changed since" in page(fan, f"/me/releases/{asked[0].id}")
    listed = page(fan, "/me/releases")
    assert f"/me/releases/{newer.id}" in listed
    assert str(asked[0].id) not in listed


def test_a_fan_who_is_asked_nothing_reads_so(other_fan: Someone) -> None:
    assert "Nothing is asked of you" in page(other_fan, "/me/releases")


def test_a_tap_that_says_nothing_is_told(asked: list[Release], fan: Someone) -> None:
    answer = fan.browser.post(f"/me/releases/{asked[0].id}/answer", data={"answer": "perhaps"})

    assert answer.status_code == 422


def test_the_question_is_its_fans_alone(
    request: pytest.FixtureRequest, asked: list[Release], anonymous: Someone
) -> None:
    address = f"/me/releases/{asked[0].id}"
    for name in ("other_fan", "cast_member", "staff", "marketer", "admin"):
        somebody = request.getfixturevalue(name)
        page(somebody, address, 404)
        for answer in ("accepted", "perhaps"):
            assert somebody.browser.post(f"{address}/answer", data={"answer": answer}).status_code == 404
    for place in (address, "/me/releases"):
        assert anonymous.browser.get(place).location.startswith("/sign-in")
    assert anonymous.browser.post(f"{address}/answer", data={"answer": "accepted"}).status_code == 401


def test_a_tap_without_intent_is_refused(asked: list[Release], fan: Someone) -> None:
    fan.browser.intent = False

    answer = fan.browser.post(f"/me/releases/{asked[0].id}/answer", data={"answer": "accepted"})

    assert answer.status_code in (400, 403)
    assert db.session.scalars(select(ReleaseAnswer)).all() == []


def test_the_desk_writes_words_and_asks_all_in_one_click(
    campaign: Campaign, chosen: list[Submission], marketer: Someone, fan: Someone
) -> None:
    assert PROPOSED.splitlines()[0][:40] in page(marketer, DESK)
    assert marketer.browser.post(f"{DESK}/words", data={"text": WORDS}).location == DESK
    assert "The words, version 1" in page(marketer, DESK)

    answer = marketer.browser.post(f"{DESK}/ask", data={"answer_by": "2099-01-31T20:00"})

    assert answer.location == DESK
    assert "2 fans are asked now." in page(marketer, DESK)
    assert {one.answer_by for one in db.session.scalars(select(Release))} == {datetime(2099, 1, 31, 20, tzinfo=UTC)}
    fan.browser.post(f"/me/releases/{_mine(chosen[0]).id}/answer", data={"answer": "refused"})
    html = page(marketer, DESK)
    assert html.count('class="tag stand-refused"') == 1
    assert html.count('class="tag stand-waiting"') == 1


def _mine(submission: Submission) -> Release:
    return db.session.scalars(select(Release).where(Release.submission_id == submission.id)).one()


def test_the_desk_asks_one(campaign: Campaign, chosen: list[Submission], marketer: Someone) -> None:
    marketer.browser.post(f"{DESK}/words", data={"text": WORDS})

    marketer.browser.post(f"{DESK}/ask", data={"submission": str(chosen[1].id)})

    assert db.session.scalars(select(Release.submission_id)).all() == [chosen[1].id]
    assert "1 fan is asked now." in page(marketer, DESK)


@pytest.mark.parametrize(
    ("place", "form"),
    [
        ("words", {"text": "  "}),
        ("ask", {"answer_by": "soon"}),
        ("ask", {"answer_by": "2020-01-01T00:00"}),
        ("ask", {"submission": "x"}),
        ("ask", {"submission": "00000000-0000-0000-0000-000000000000"}),
    ],
)
def test_a_form_comes_back_with_words(
    asked: list[Release], marketer: Someone, place: str, form: dict[str, Any]
) -> None:
    answer = marketer.browser.post(f"{DESK}/{place}", data=form)

    assert answer.status_code == 422
    html = answer.get_data(as_text=True)
    assert 'role="alert"' in html
    assert form.get("answer_by", "") in html


def test_asking_before_there_is_a_choice_is_told(campaign: Campaign, marketer: Someone) -> None:
    marketer.browser.post(f"{DESK}/words", data={"text": WORDS})
    marketer.browser.post(f"{DESK}/ask")

    html = page(marketer, DESK)
    assert "No finalist or winner is chosen yet" in html
    assert "Nobody to ask yet" in html


def test_staff_read_and_change_nothing(asked: list[Release], staff: Someone) -> None:
    html = page(staff, DESK)
    assert "stand-waiting" in html
    assert "<textarea" not in html
    for place in ("words", "ask"):
        assert staff.browser.post(f"{DESK}/{place}", data={"text": "x"}).status_code == 403


@pytest.mark.parametrize("name", ["fan", "cast_member"])
def test_the_desks_page_is_for_the_desk(
    request: pytest.FixtureRequest, asked: list[Release], anonymous: Someone, name: str
) -> None:
    page(request.getfixturevalue(name), DESK, 403)
    assert anonymous.browser.get(DESK).location.startswith("/sign-in")
    for place in ("words", "ask"):
        assert request.getfixturevalue(name).browser.post(f"{DESK}/{place}").status_code == 403
        assert anonymous.browser.post(f"{DESK}/{place}").status_code == 401


def test_after_the_announcement_the_desk_only_reads(
    campaign: Campaign, asked: list[Release], marketer: Someone
) -> None:
    announce_at(campaign.id, timedelta(seconds=-1))

    html = page(marketer, DESK)

    assert "stand-waiting" in html
    assert "<form" not in html.split("<main")[1]


def test_lists_ask_as_often_for_30_rows_as_for_1(
    marketer: Someone, fan: Someone, request: pytest.FixtureRequest
) -> None:
    assert fan.person_id is not None
    counts = []
    for slug, many in (("one-city", 1), ("many-cities", 30)):
        campaign = make_campaign(marketer.actor, State.CLOSED, title=slug, slug=slug, entry_limit=40)
        photos = add_photos(campaign, fan.person_id, many)
        judged: Round = close_a_round(campaign, photos)
        choose_photos(marketer.actor, judged, photos)
        with transaction():
            write_words(marketer.actor, campaign.id, WORDS)
            ask_for_release(marketer.actor, campaign.id)
        for release in db.session.scalars(select(Release).where(Release.campaign_id == campaign.id)).all():
            fan.browser.post(f"/me/releases/{release.id}/answer", data={"answer": "accepted"})
        places = [f"/desk/c/{slug}/release", f"/desk/c/{slug}/originals", f"/api/v1/campaigns/{slug}/releases"]
        counts.append([_queries(marketer, place) for place in places] + [_queries(fan, "/api/v1/me/releases")])

    assert counts[0] == counts[1]


def _queries(somebody: Someone, address: str) -> int:
    page(somebody, address)
    db.session.expunge_all()
    with statements() as sent:
        page(somebody, address)
    return len(sent)


def test_my_photos_leads_to_the_question_while_it_waits(asked: list[Release], fan: Someone, staff: Someone) -> None:
    address = f"/me/releases/{asked[0].id}"

    assert f'href="{address}"' in page(fan, "/me/photos")
    assert "/me/releases" not in page(staff, "/me/photos")

    fan.browser.post(f"{address}/answer", data={"answer": "refused"})
    assert "/me/releases" not in page(fan, "/me/photos")


def test_my_photos_leads_to_all_questions_where_several_wait(
    judged: Round, photos: list[Submission], marketer: Someone, fan: Someone
) -> None:
    choose_photos(marketer.actor, judged, photos[:1], photos[1:2])
    with transaction():
        write_words(marketer.actor, judged.campaign_id, WORDS)
        ask_for_release(marketer.actor, judged.campaign_id)

    assert 'href="/me/releases"' in page(fan, "/me/photos")


def test_my_photos_asks_nothing_once_it_is_too_late(campaign: Campaign, asked: list[Release], fan: Someone) -> None:
    announce_at(campaign.id, timedelta(seconds=-1))

    assert "/me/releases" not in page(fan, "/me/photos")
