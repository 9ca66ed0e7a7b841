"""The desk's pages of rounds: the form of a draft, more time, the panel's progress, and the way on from a result."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from werkzeug.datastructures import MultiDict

from campaign.accounts.models import Role
from campaign.accounts.people import ensure_person, grant_role
from campaign.campaigns.models import Campaign, State
from campaign.clock import database_now
from campaign.db import db, transaction
from campaign.judging.desk.source_forms import read_source
from campaign.judging.life.rounds import Plan, create_round, move_round
from campaign.judging.models import Award, Round, RoundStage
from campaign.judging.results.selection import selection_of
from campaign.submissions.models import Submission
from tests.counting import statements
from tests.factories import add_photos, make_campaign
from tests.people import ISSUER, Someone

Vote = Callable[[Someone, dict[UUID, int]], None]


def page(somebody: Someone, address: str, status: int = 200) -> str:
    answer = somebody.browser.get(address)
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def at(judged: Round, *rest: str) -> str:
    return "/".join(["/desk/rounds", str(judged.id), *rest])


def form(judge: Someone, **changes: Any) -> dict[str, Any]:
    return {"title": "Changed", "method": "stars", "quorum": "1", "panel": [str(judge.person_id)], **changes}


def test_draft_is_changed_by_its_form(draft_round: Round, marketer: Someone, cast_member: Someone) -> None:
    assert 'value="First look"' in page(marketer, at(draft_round, "edit"))
    criteria = {"criterion-1": "Light", "weight-1": "3", "criterion-3": "Story", "weight-3": ""}

    changed = marketer.browser.post(at(draft_round, "edit"), data=form(cast_member, **criteria))

    assert (changed.status_code, changed.location) == (302, at(draft_round))
    assert db.session.get_one(Round, draft_round.id).criteria == [
        {"name": "Light", "weight": 3},
        {"name": "Story", "weight": 1},
    ]
    html = page(marketer, at(draft_round, "edit"))
    assert 'value="Light"' in html
    assert "Light ×3, Story" in text_of(page(marketer, at(draft_round)))


@pytest.mark.parametrize(
    "changes",
    [{"title": ""}, {"method": "moon"}, {"criterion-1": "Light", "weight-1": "x"}, {"source": "x"},
     {"criterion-1": "A", "criterion-2": "a"}],
)  # fmt: skip
def test_change_that_cannot_be_comes_back_with_words(
    draft_round: Round, marketer: Someone, cast_member: Someone, changes: dict[str, str]
) -> None:
    answer = marketer.browser.post(at(draft_round, "edit"), data=form(cast_member, **changes))

    assert answer.status_code == 422
    assert 'role="alert"' in answer.get_data(as_text=True)
    assert db.session.get_one(Round, draft_round.id).title == "First look"


def test_draft_is_deleted_and_what_has_opened_is_not(open_round: Round, marketer: Someone) -> None:
    with transaction():
        spare = create_round(marketer.actor, open_round.campaign_id, Plan(title="Spare", quorum=1))

    assert marketer.browser.post(at(spare, "delete")).status_code == 302
    assert marketer.browser.post(at(open_round, "delete")).status_code == 302

    html = page(marketer, f"/desk/c/{open_round.campaign.slug}/rounds")
    assert ("Spare</b>" in html, "First look</b>" in html) == (False, True)
    assert marketer.browser.get(at(open_round, "edit")).location == at(open_round)


def test_deadline_moves_later_by_the_form(open_round: Round, marketer: Someone) -> None:
    moved = marketer.browser.post(at(open_round, "deadline"), data={"closes_at": "2099-01-01T20:00"})
    earlier = marketer.browser.post(at(open_round, "deadline"), data={"closes_at": "2098-01-01T20:00"})
    strange = marketer.browser.post(at(open_round, "deadline"), data={"closes_at": "soon"})

    assert (moved.status_code, earlier.status_code, strange.status_code) == (302, 422, 422)
    assert "promised more time" in earlier.get_data(as_text=True)
    assert "Choose a day and a time" in strange.get_data(as_text=True)
    kept = db.session.get_one(Round, open_round.id).closes_at
    assert kept is not None
    assert kept.year == 2099


@pytest.mark.parametrize(("name", "status"), [("anonymous", 401), ("fan", 403), ("cast_member", 403), ("staff", 403)])
@pytest.mark.parametrize("way", ["edit", "delete", "deadline", "transitions", "selection", "top"])
def test_outsiders_are_refused_before_anything_is_read(
    request: pytest.FixtureRequest, closed_round: Round, name: str, status: int, way: str
) -> None:
    """With nothing right in the form: that is for those to hear who may send it."""
    browser = request.getfixturevalue(name).browser

    assert browser.post(at(closed_round, way), data={"to": "moon", "winners": "x"}).status_code == status


@pytest.mark.parametrize(("name", "status"), [("fan", 403), ("cast_member", 403), ("staff", 403)])
def test_form_of_a_draft_is_the_marketers(
    request: pytest.FixtureRequest, draft_round: Round, anonymous: Someone, name: str, status: int
) -> None:
    page(request.getfixturevalue(name), at(draft_round, "edit"), status)
    assert anonymous.browser.get(at(draft_round, "edit")).location.startswith("/sign-in")


def test_progress_of_the_panel_is_told_without_a_score(
    open_round: Round,
    photos: list[Submission],
    vote: Vote,
    marketer: Someone,
    staff: Someone,
    cast_member: Someone,
    other_cast_member: Someone,
) -> None:
    assert other_cast_member.person_id is not None
    add_photos(open_round.campaign, other_cast_member.person_id)
    vote(cast_member, {photos[0].id: 5, photos[1].id: 5})

    told = text_of(page(staff, at(open_round)))

    assert "2 ballots so far, 8 to come" in told
    assert re.search(r"Cast member 2 \d+ – ", told)
    assert re.search(r"Other cast member 0 \d+ – none yet yet to begin", told)
    seats = marketer.browser.get(f"/api/v1/rounds/{open_round.id}/panel").get_json()["data"]
    assert [(one["display_name"], one["done"], one["total"]) for one in seats] == [
        ("Cast member", 2, 4),
        ("Other cast member", 0, 4),
    ]
    assert [bool(one["last_vote_at"]) for one in seats] == [True, False]


def test_result_leads_to_the_next_round_with_its_top_filled_in(
    closed_round: Round, marketer: Someone, cast_member: Someone
) -> None:
    slug = closed_round.campaign.slug
    html = page(marketer, at(closed_round))
    assert f'<input type="hidden" name="source" value="{closed_round.id}">' in html

    filled = page(marketer, f"/desk/c/{slug}/rounds/new?source={closed_round.id}&top=2")
    assert f'<option value="{closed_round.id}" selected>' in filled
    assert re.search(r'name="top"[^>]*value="2"', filled)
    source = {"source": str(closed_round.id), "top": "2"}
    made = marketer.browser.post(f"/desk/c/{slug}/rounds/new", data=form(cast_member, **source))

    told = text_of(page(marketer, made.location))
    assert (
        "From the top 2 of First look : 3 photos as the gallery hangs now, because 1 more shares the last place" in told
    )


def test_result_leads_to_the_announcement_in_two_steps(
    closed_round: Round, photos: list[Submission], marketer: Someone
) -> None:
    chosen = marketer.browser.post(at(closed_round, "top"), data={"winners": "1", "finalists": "2"})

    assert chosen.location == f"/desk/c/{closed_round.campaign.slug}/announce"
    kept = selection_of(closed_round.campaign_id)
    assert {key: (one.award, one.place) for key, one in kept.items()} == {
        photos[0].id: (Award.WINNER, 1),
        photos[1].id: (Award.FINALIST, None),
        photos[2].id: (Award.FINALIST, None),
    }
    assert page(marketer, chosen.location)


def test_equals_at_the_last_place_are_all_chosen_and_told(
    closed_round: Round, photos: list[Submission], marketer: Someone
) -> None:
    chosen = marketer.browser.post(at(closed_round, "top"), data={"winners": "2", "finalists": "0"})

    assert chosen.location == at(closed_round)
    assert set(selection_of(closed_round.campaign_id)) == {photo.id for photo in photos[:3]}
    assert "3 photos win, because equals share the last place" in page(marketer, at(closed_round))


@pytest.mark.parametrize("counts", [{}, {"winners": "0", "finalists": "1"}, {"winners": "1", "finalists": "501"}])
def test_counts_that_cannot_be_change_nothing(closed_round: Round, marketer: Someone, counts: dict[str, str]) -> None:
    assert marketer.browser.post(at(closed_round, "top"), data=counts).location == at(closed_round)
    assert selection_of(closed_round.campaign_id) == {}
    assert "Say how many win" in page(marketer, at(closed_round))


def test_nothing_is_chosen_from_the_desk_once_the_embargo_has_ended(closed_round: Round, marketer: Someone) -> None:
    with transaction():
        campaign = db.session.get_one(Campaign, closed_round.campaign_id)
        campaign.announces_at = database_now() - timedelta(minutes=1)

    html = page(marketer, at(closed_round))

    assert "Save finalists and winners" not in html
    assert "What next?" not in html


def test_lists_of_rounds_ask_as_often_for_30_as_for_1(
    draft_round: Round, closed_campaign: Campaign, marketer: Someone
) -> None:
    address, counts = f"/desk/c/{closed_campaign.slug}/rounds", []
    for more in (0, 29):
        for number in range(more):
            with transaction():
                create_round(marketer.actor, closed_campaign.id, Plan(title=f"Round {number}", quorum=1))
        db.session.expire_all()
        page(marketer, address)
        with statements() as queries:
            assert page(marketer, address).count("For each photo") == 2 + more
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_pages_of_a_round_ask_as_often_for_30_judges_and_photos_as_for_1(marketer: Someone, fan: Someone) -> None:
    assert fan.person_id is not None
    counts: list[tuple[int, ...]] = []
    for size in (1, 30):
        campaign = make_campaign(marketer.actor, State.CLOSED, title=f"City {size}")
        add_photos(campaign, fan.person_id, size)
        with transaction():
            judges = [ensure_person(ISSUER, f"judge-{n}", f"Judge {n}") for n in range(size)]
            for judge in judges:
                grant_role(judge, Role.CAST)
            plan = Plan(title="One", quorum=1, panel=[judge.id for judge in judges])
            prepared = create_round(marketer.actor, campaign.id, plan)
        asked = []
        for to in (None, RoundStage.OPEN, RoundStage.CLOSED):
            with transaction():
                judged = move_round(marketer.actor, prepared.id, to) if to else prepared
            addresses = [at(judged), f"/api/v1/rounds/{judged.id}/panel"]
            for address in addresses if to else [*addresses, at(judged, "edit")]:
                db.session.expire_all()
                page(marketer, address)
                with statements() as queries:
                    assert page(marketer, address).count("Judge ") >= size
                asked.append(len(queries))
        counts.append(tuple(asked))

    assert counts[0] == counts[1]


@pytest.mark.parametrize(("words", "least"), [("60 %", 0.6), ("62,5%", 0.625), ("3.5", 3.5), ("%", None)])
def test_score_from_which_photos_come_over_is_read_as_results_tell_it(words: str, least: float | None) -> None:
    errors: dict[str, str] = {}
    given = MultiDict({"source_kind": "least", "source": str(uuid4()), "least": words})
    source = read_source(given, errors)

    assert (source.least if source else None, list(errors)) == (least, [] if least else ["least"])
