"""The panel without a script: each method's form, what is not whole comes back, and no photo says who sent it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update

from campaign.db import db, transaction
from campaign.judging.life.plan import Plan
from campaign.judging.life.rounds import edit_round, extend_round, move_round
from campaign.judging.methods.shape import Criterion, Method, Vote
from campaign.judging.models import Ballot, BallotEvent, Round, RoundStage
from campaign.judging.views import AssignmentView
from campaign.judging.voting.seating import seated
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
    assert html.index('<div class="line">') < html.index('data-part="tell">') < html.index('<div class="easel"')
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
    assert ">Begin<" in cast_member.browser.get("/panel").get_data(as_text=True)
    cast_member.browser.post(address(page(cast_member, shortlist), "skip"))

    door = cast_member.browser.get("/panel").get_data(as_text=True)
    assert ("1 put aside" in door, ">Go on<" in door, ">Begin<" in door) == (True, True, False)


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


def test_duel_is_two_buttons_and_its_word_is_the_winner(
    draft_round: Round, photos: list[Submission], marketer: Someone, cast_member: Someone
) -> None:
    duel = opened(draft_round, marketer, method=Method.DUEL)
    html = page(cast_member, duel)
    left, right = re.findall(r'name="winner" value="([0-9a-f-]+)"', html)

    voted = cast_member.browser.post(address(html, "ballot"), data={"winner": right})

    assert (voted.status_code, left != right) == (302, True)
    assert db.session.scalars(select(Ballot.winner)).all() == [right]
    strange = cast_member.browser.post(address(html, "ballot"), data={"winner": "neither"})
    assert strange.status_code == 422


def test_list_is_ranked_by_places_with_ties_and_with_some_left_out(
    draft_round: Round, photos: list[Submission], marketer: Someone, cast_member: Someone
) -> None:
    ranking = opened(draft_round, marketer, method=Method.RANKING, list_size=4)
    html = page(cast_member, ranking)
    one, two, three, four = re.findall(r'name="place:([0-9a-f-]+)"', html)
    way = address(html, "ballot")

    places = {f"place:{one}": "7", f"place:{two}": "2", f"place:{three}": "7", f"place:{four}": ""}
    assert cast_member.browser.post(way, data=places).status_code == 302

    assert db.session.scalars(select(Ballot.ranking)).all() == [[[two], sorted((one, three))]]
    again = cast_member.browser.get(f"/panel/{ranking.id}?look={way.split('/')[3]}").get_data(as_text=True)
    assert re.findall(rf'place:{two}"[^>]+value="(\d*)"', again) == ["1"]
    alone = cast_member.browser.post(way, data={f"place:{one}": "1"})
    assert (alone.status_code, "Put at least two photos in order" in alone.get_data(as_text=True)) == (422, True)


def test_scale_of_ten_has_ten_buttons(
    draft_round: Round, photos: list[Submission], marketer: Someone, cast_member: Someone
) -> None:
    ten = opened(draft_round, marketer, scale=10)
    html = page(cast_member, ten)

    assert html.count('name="stars"') == 10
    assert cast_member.browser.post(address(html, "ballot"), data={"stars": "10"}).status_code == 302


def test_ballots_so_far_can_be_looked_at_changed_and_narrowed(shortlist: Round, cast_member: Someone) -> None:
    way = address(page(cast_member, shortlist), "ballot")
    for word in ("yes", "maybe", "no"):
        cast_member.browser.post(address(page(cast_member, shortlist), "ballot"), data={"vote": word})
    cast_member.browser.post(address(page(cast_member, shortlist), "skip"))

    def mine(only: str = "") -> list[str]:
        html = cast_member.browser.get(f"/panel/{shortlist.id}/mine?only={only}").get_data(as_text=True)
        return re.findall(r"<p><b>([^<]+)</b>", html)

    assert mine() == ["no", "maybe", "yes"]
    assert (mine("maybe"), mine("skipped"), mine("favourites")) == (["maybe"], ["put aside"], [])
    looked = cast_member.browser.get(f"/panel/{shortlist.id}?look={way.split('/')[3]}").get_data(as_text=True)
    assert 'value="yes" aria-pressed="true"' in looked
    cast_member.browser.post(way, data={"vote": "no"})
    assert mine() == ["no", "no", "maybe"]
    cast_member.browser.post(way.replace("/ballot", "/undo"))
    assert mine() == ["no", "maybe"]


def test_judge_who_comes_back_is_told_where_they_were(shortlist: Round, cast_member: Someone) -> None:
    cast_member.browser.post(address(page(cast_member, shortlist), "ballot"), data={"vote": "yes"})
    assert "Welcome back" not in page(cast_member, shortlist)
    with transaction():
        db.session.execute(update(Ballot).values(cast_at=Ballot.cast_at - timedelta(hours=22)))

    html = re.sub(r"<[^>]+>", "", page(cast_member, shortlist))

    assert re.search(r"Welcome back: 1 of 4\. The last one was “Photo \d”, yesterday\.", html)


def test_two_photos_hang_side_by_side(shortlist: Round, cast_member: Someone) -> None:
    first = cast_member.browser.get(f"/api/v1/rounds/{shortlist.id}/next").get_json()["data"]
    ids = [one["submissions"][0]["id"] for one in first][:2]
    here = f"/panel/{shortlist.id}/compare"
    assert "Two favourites first" in cast_member.browser.get(here).get_data(as_text=True)
    for one in ids:
        cast_member.browser.post(f"/panel/{shortlist.id}/marks/{one}", data={"favourite": "yes"})

    assert cast_member.browser.get(here).get_data(as_text=True).count('name="photo"') == 2
    html = cast_member.browser.get(here, query_string={"photo": ids}).get_data(as_text=True)
    assert html.count("data-largest") == 2


def test_stepping_aside_is_explained_and_done(shortlist: Round, cast_member: Someone) -> None:
    way = address(page(cast_member, shortlist), "ballot")
    form = way.replace("/ballot", "/recusal")
    assert "somebody else judges it" in cast_member.browser.get(form).get_data(as_text=True)

    answer = cast_member.browser.post(form, data={"reason": "My sister's kitchen"})

    assert answer.status_code == 302
    assert "it does not come back to you" in page(cast_member, shortlist)
    assert [event.body["kind"] for event in db.session.scalars(select(BallotEvent))] == ["recused"]
    assert way not in page(cast_member, shortlist)


def test_sides_and_lists_are_turned_by_the_assignment_not_by_the_photos() -> None:
    photos = tuple(range(3))
    first = [
        seated(AssignmentView(id=UUID(int=turn), photos=photos, skipped=False)).photos  # type: ignore[arg-type]  # numbers for photos
        for turn in range(4)
    ]

    assert first == [(0, 1, 2), (1, 2, 0), (2, 0, 1), (0, 1, 2)]
