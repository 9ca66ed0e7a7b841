"""The panel, the desk's rounds and the winners' page, as people meet them without a script."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import select

from campaign.campaigns.lifecycle import move_campaign
from campaign.campaigns.models import Campaign, State
from campaign.db import db, transaction
from campaign.judging.life.rounds import Plan, create_round, move_round
from campaign.judging.models import Ballot, Round, RoundStage
from campaign.judging.results.selection import choose, selection_of
from campaign.submissions.models import Submission
from tests.counting import statements
from tests.factories import add_photos, make_campaign
from tests.people import Someone


def page(somebody: Someone, address: str, status: int = 200) -> str:
    answer = somebody.browser.get(address)
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def ballot_form(html: str) -> str:
    found = re.search(r'action="(/panel/assignments/[0-9a-f-]+/ballot)"', html)
    assert found
    return found.group(1)


def test_a_judge_votes_and_takes_back_by_plain_forms(open_round: Round, cast_member: Someone) -> None:
    panel = f"/panel/{open_round.id}"
    form = ballot_form(page(cast_member, panel))

    voted = cast_member.browser.post(form, data={"stars": "4"})

    assert (voted.status_code, voted.location) == (302, panel)
    assert db.session.scalars(select(Ballot.scores[1])).all() == [4]
    html = page(cast_member, panel)
    assert "1 of 4" in html
    undo = form.replace("/ballot", "/undo")
    assert f'action="{undo}"' in html
    assert cast_member.browser.post(undo).status_code == 302
    assert db.session.scalars(select(Ballot.scores[1])).all() == []
    assert ballot_form(page(cast_member, panel)) == form


def test_the_panel_ends_when_all_is_judged(open_round: Round, cast_member: Someone) -> None:
    panel = f"/panel/{open_round.id}"
    for _ in range(4):
        cast_member.browser.post(ballot_form(page(cast_member, panel)), data={"stars": "3"})

    html = page(cast_member, panel)

    assert "/ballot" not in html
    assert "4 of 4" in html
    assert "First look" in page(cast_member, "/panel")


def test_the_panel_does_not_name_the_fan(open_round: Round, cast_member: Someone, fan: Someone) -> None:
    assert fan.actor.display_name not in page(cast_member, f"/panel/{open_round.id}")


def test_a_closed_round_sends_the_judge_home_with_words(closed_round: Round, cast_member: Someone) -> None:
    answer = cast_member.browser.get(f"/panel/{closed_round.id}")

    assert (answer.status_code, answer.location) == (302, "/panel")
    assert "has closed" in page(cast_member, "/panel")


@pytest.mark.parametrize("stars", ["", "6", "x", "4.5"])
def test_a_form_without_stars_is_told(open_round: Round, cast_member: Someone, stars: str) -> None:
    form = ballot_form(page(cast_member, f"/panel/{open_round.id}"))

    assert cast_member.browser.post(form, data={"stars": stars}).status_code == 422


def test_the_panel_is_for_the_panel(
    open_round: Round, cast_member: Someone, fan: Someone, staff: Someone, anonymous: Someone
) -> None:
    form = ballot_form(page(cast_member, f"/panel/{open_round.id}"))
    for address in ("/panel", f"/panel/{open_round.id}"):
        assert anonymous.browser.get(address).location.startswith("/sign-in")
        for somebody in (fan, staff):
            page(somebody, address, 403)
    for somebody, status in ((anonymous, 401), (fan, 403), (staff, 403)):
        assert somebody.browser.post(form, data={"stars": "1"}).status_code == status
        assert somebody.browser.post(form.replace("/ballot", "/undo")).status_code == status


def test_a_write_without_intent_is_refused(open_round: Round, cast_member: Someone) -> None:
    form = ballot_form(page(cast_member, f"/panel/{open_round.id}"))
    cast_member.browser.intent = False

    assert cast_member.browser.post(form, data={"stars": "1"}).status_code in (400, 403)
    assert db.session.scalars(select(Ballot)).all() == []


def test_the_desk_prepares_opens_and_closes_a_round(
    closed_campaign: Campaign, photos: list[Submission], marketer: Someone, cast_member: Someone
) -> None:
    rounds = f"/desk/c/{closed_campaign.slug}/rounds"
    assert str(cast_member.person_id) in page(marketer, f"{rounds}/new")
    form = {
        "title": "First look",
        "quorum": "1",
        "closes_at": "2099-01-31T20:00",
        "panel": [str(cast_member.person_id)],
    }

    made = marketer.browser.post(f"{rounds}/new", data=form)

    assert made.status_code == 302
    prepared = db.session.scalars(select(Round)).one()
    assert made.location == f"/desk/rounds/{prepared.id}"
    assert prepared.closes_at is not None
    assert prepared.closes_at.isoformat() == "2099-01-31T20:00:00+00:00"
    for to in ("open", "closed"):
        moved = marketer.browser.post(f"{made.location}/transitions", data={"to": to})
        assert moved.status_code == 302
    assert "First look" in page(marketer, rounds)
    assert photos[0].caption in page(marketer, made.location)


@pytest.mark.parametrize("changes", [{"title": ""}, {"quorum": "x"}, {"quorum": "9"}, {"panel": []}, {"panel": ["x"]},
                                     {"closes_at": "soon"}, {"closes_at": "2020-01-01T00:00"}])  # fmt: skip
def test_a_round_form_comes_back_with_words(
    closed_campaign: Campaign, marketer: Someone, cast_member: Someone, changes: dict[str, Any]
) -> None:
    form = {"title": "Kept title", "quorum": "1", "closes_at": "", "panel": [str(cast_member.person_id)], **changes}

    answer = marketer.browser.post(f"/desk/c/{closed_campaign.slug}/rounds/new", data=form)

    assert answer.status_code == 422
    assert changes.get("title") == "" or "Kept title" in answer.get_data(as_text=True)
    assert db.session.scalars(select(Round)).all() == []


def test_opening_too_early_is_explained_on_the_page(draft_round: Round, marketer: Someone) -> None:
    marketer.browser.post(f"/desk/rounds/{draft_round.id}/transitions", data={"to": "open"})

    assert "No photo is published yet" in page(marketer, f"/desk/rounds/{draft_round.id}")
    strange = marketer.browser.post(f"/desk/rounds/{draft_round.id}/transitions", data={"to": "draft"})
    assert strange.status_code == 422


def test_the_desk_chooses_and_the_page_keeps_it(
    closed_round: Round, photos: list[Submission], marketer: Someone
) -> None:
    address = f"/desk/rounds/{closed_round.id}"
    form = {"finalists": [str(photos[1].id)], "winners": [str(photos[0].id)]}

    assert marketer.browser.post(f"{address}/selection", data=form).status_code == 302

    assert set(selection_of(closed_round.campaign_id)) == {photos[0].id, photos[1].id}
    assert page(marketer, address).count("checked") == 3
    assert marketer.browser.post(f"{address}/selection", data={"winners": ["x"]}).status_code == 422


@pytest.mark.parametrize(("name", "status"), [("fan", 403), ("cast_member", 403)])
def test_the_desk_is_for_the_desk(
    request: pytest.FixtureRequest, closed_round: Round, anonymous: Someone, name: str, status: int
) -> None:
    somebody: Someone = request.getfixturevalue(name)
    address, rounds = f"/desk/rounds/{closed_round.id}", "/desk/c/flaunt-your-city/rounds"

    for place in (address, rounds, f"{rounds}/new"):
        page(somebody, place, status)
        assert anonymous.browser.get(place).location.startswith("/sign-in")
    for place in (f"{address}/transitions", f"{address}/selection", f"{rounds}/new"):
        assert somebody.browser.post(place, data={"to": "closed"}).status_code == status
        assert anonymous.browser.post(place, data={"to": "closed"}).status_code == 401


def test_staff_see_rounds_and_change_none(closed_round: Round, photos: list[Submission], staff: Someone) -> None:
    address = f"/desk/rounds/{closed_round.id}"
    page(staff, address)
    page(staff, "/desk/c/flaunt-your-city/rounds")

    assert staff.browser.post(f"{address}/transitions", data={"to": "open"}).status_code == 403
    assert staff.browser.post(f"{address}/selection", data={"winners": [str(photos[0].id)]}).status_code == 403
    page(staff, "/desk/c/flaunt-your-city/rounds/new", 403)


def test_winners_appear_with_the_announcement(
    closed_round: Round, closed_campaign: Campaign, photos: list[Submission], marketer: Someone, anonymous: Someone
) -> None:
    with transaction():
        choose(marketer.actor, closed_round, [photos[1].id], [photos[0].id])
    address = f"/c/{closed_campaign.slug}/winners"
    for somebody in (anonymous, marketer):
        assert str(photos[0].photo.id) not in page(somebody, address)

    with transaction():
        move_campaign(marketer.actor, closed_campaign.id, State.ANNOUNCED)

    html = page(anonymous, address)
    assert photos[0].caption in html
    assert photos[1].caption in html
    assert photos[2].caption not in html


def test_the_panels_front_door_asks_as_often_for_30_rounds_as_for_1(
    marketer: Someone, fan: Someone, cast_member: Someone
) -> None:
    assert fan.person_id is not None
    counts = []
    for number in range(30):
        campaign = make_campaign(marketer.actor, State.CLOSED, title=f"City {number}")
        add_photos(campaign, fan.person_id)
        with transaction():
            prepared = create_round(marketer.actor, campaign.id, Plan(title=f"Look {number}", quorum=1))
            move_round(marketer.actor, prepared.id, RoundStage.OPEN)
        if number in (0, 29):
            page(cast_member, "/panel")
            with statements() as queries:
                assert page(cast_member, "/panel").count(">Look ") == number + 1
            counts.append(len(queries))

    assert counts[0] == counts[1]
