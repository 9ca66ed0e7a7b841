"""The panel without a script: each method's form, what is not whole comes back, and no photo says who sent it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import select

from campaign.db import db, transaction
from campaign.judging.methods.shape import Criterion, Method, Vote
from campaign.judging.models import Ballot, BallotEvent, Round, RoundStage
from campaign.judging.plan import Plan
from campaign.judging.rounds import edit_round, extend_round, move_round
from campaign.submissions.models import Submission
from tests.people import Someone


def page(somebody: Someone, judged: Round) -> str:
    answer = somebody.browser.get(f"/panel/{judged.id}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def address(html: str, way: str) -> str:
    found = re.search(rf'action="(/panel/assignments/[0-9a-f-]+/{way})"', html)
    assert found
    return found.group(1)


def opened(draft: Round, marketer: Someone, **changes: Any) -> Round:
    with transaction():
        edit_round(marketer.actor, draft.id, Plan(**({"title": "Look", "quorum": 1} | changes)))
        return move_round(marketer.actor, draft.id, RoundStage.OPEN)


@pytest.fixture
def weighted(draft_round: Round, photos: list[Submission], marketer: Someone) -> Round:
    return opened(draft_round, marketer, criteria=[Criterion("Light", 2), Criterion("Story & all")])


@pytest.fixture
def shortlist(draft_round: Round, photos: list[Submission], marketer: Someone) -> Round:
    return opened(draft_round, marketer, method=Method.SHORTLIST)


def test_each_criterion_has_its_row(weighted: Round, cast_member: Someone) -> None:
    html = page(cast_member, weighted)
    assert html.count('type="radio"') == 10
    form = {"score:Light": "5", "score:Story & all": "2"}

    voted = cast_member.browser.post(address(html, "ballot"), data=form)

    assert (voted.status_code, voted.location) == (302, f"/panel/{weighted.id}")
    assert db.session.scalars(select(Ballot.scores)).all() == [[5, 2]]
    (event,) = db.session.scalars(select(BallotEvent))
    assert event.body["word"] == {"scores": {"Light": 5, "Story & all": 2}}


@pytest.mark.parametrize("form", [{}, {"score:Light": "5"}, {"score:Light": "5", "score:Story & all": "x"},
                                  {"stars": "4"}, {"vote": "yes"}])  # fmt: skip
def test_ballot_that_is_not_whole_comes_back_on_the_same_photo(
    weighted: Round, cast_member: Someone, form: dict[str, str]
) -> None:
    way = address(page(cast_member, weighted), "ballot")

    answer = cast_member.browser.post(way, data=form)

    html = answer.get_data(as_text=True)
    assert (answer.status_code, address(html, "ballot")) == (422, way)
    assert "stars" in re.sub(r"\s+", " ", html.split('data-part="tell">')[1].split("<")[0])
    assert html.count(" checked>") == int("score:Light" in form)
    assert db.session.scalars(select(Ballot)).all() == []


def test_shortlist_asks_for_yes_maybe_or_no(shortlist: Round, cast_member: Someone) -> None:
    for vote in Vote:
        way = address(page(cast_member, shortlist), "ballot")
        assert cast_member.browser.post(way, data={"vote": vote.value}).status_code == 302

    assert sorted(db.session.scalars(select(Ballot.vote))) == ["maybe", "no", "yes"]
    strange = cast_member.browser.post(address(page(cast_member, shortlist), "ballot"), data={"vote": "perhaps"})
    assert strange.status_code == 422


def test_skipping_is_told_and_brings_the_photo_back_at_the_end(shortlist: Round, cast_member: Someone) -> None:
    html = page(cast_member, shortlist)
    first = address(html, "skip")

    assert cast_member.browser.post(first).status_code == 302

    assert "It is no vote" in page(cast_member, shortlist)
    seen = []
    for _ in range(4):
        html = page(cast_member, shortlist)
        seen.append((address(html, "skip") == first, 'data-part="aside" hidden' in html))
        cast_member.browser.post(address(html, "ballot"), data={"vote": "no"})
    assert seen == [(False, True)] * 3 + [(True, False)]
    assert "1 put aside" not in cast_member.browser.get("/panel").get_data(as_text=True)


def test_what_is_put_aside_is_counted_at_the_front_door(shortlist: Round, cast_member: Someone) -> None:
    cast_member.browser.post(address(page(cast_member, shortlist), "skip"))

    assert "1 put aside" in cast_member.browser.get("/panel").get_data(as_text=True)


@pytest.mark.parametrize(("name", "status"), [("anonymous", 401), ("fan", 403), ("staff", 403),
                                              ("other_cast_member", 404)])  # fmt: skip
@pytest.mark.parametrize("way", ["ballot", "skip", "undo"])
def test_others_are_refused_whatever_they_send(
    request: pytest.FixtureRequest, shortlist: Round, cast_member: Someone, name: str, status: int, way: str
) -> None:
    where = address(page(cast_member, shortlist), "ballot").replace("/ballot", f"/{way}")

    assert request.getfixturevalue(name).browser.post(where, data={"vote": "perhaps"}).status_code == status


def test_deadline_is_told_on_both_clocks(shortlist: Round, marketer: Someone, cast_member: Someone) -> None:
    assert 'class="until"' not in page(cast_member, shortlist)
    with transaction():
        moved = extend_round(marketer.actor, shortlist.id, shortlist.created_at.replace(year=2099))
        assert moved.closes_at is not None

    for html in (page(cast_member, shortlist), cast_member.browser.get("/panel").get_data(as_text=True)):
        assert "2099" in html
        assert "data-reader-time=" in html


def test_panel_never_says_whose_photo_it_is(shortlist: Round, cast_member: Someone, fan: Someone) -> None:
    html = page(cast_member, shortlist)
    api = cast_member.browser.get(f"/api/v1/rounds/{shortlist.id}/next").get_data(as_text=True)
    largest = re.search(r'href="([^"]+)" data-part="zoom"', html)

    assert largest
    assert re.fullmatch(r"/media/photos/[0-9a-f-]+/\w+/640\.webp", largest.group(1))
    for told in (html, api):
        assert fan.actor.display_name not in told
        assert str(fan.person_id) not in told
