"""The chair's page: after the closing only, for the chair alone; ties are decided by places written beside photos."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from campaign.campaigns.models import Campaign
from campaign.db import transaction
from campaign.judging.life.plan import Plan
from campaign.judging.life.rounds import create_round, move_round
from campaign.judging.models import Round, RoundStage, TieRule
from campaign.submissions.models import Submission
from tests.people import Someone

Give = Callable[[Someone, dict[UUID, int]], None]


@pytest.fixture
def draft_round(
    closed_campaign: Campaign, marketer: Someone, cast_member: Someone, other_cast_member: Someone
) -> Round:
    """Chaired by `cast_member`, who decides ties."""
    with transaction():
        plan = Plan(title="First look", quorum=2, chair=cast_member.person_id, tie_rule=TieRule.CHAIR)
        return create_round(marketer.actor, closed_campaign.id, plan)


@pytest.fixture
def tied(
    open_round: Round, photos: list[Submission], vote: Give, marketer: Someone, cast_member: Someone,
    other_cast_member: Someone,
) -> Round:  # fmt: skip
    """Closed, with its first two photos at one place."""
    for judge in (cast_member, other_cast_member):
        vote(judge, dict(zip((photo.id for photo in photos), (5, 5, 3, 1), strict=True)))
    with transaction():
        return move_round(marketer.actor, open_round.id, RoundStage.CLOSED)


def test_chair_decides_and_may_change_it(tied: Round, photos: list[Submission], cast_member: Someone) -> None:
    address = f"/panel/{tied.id}/chair"
    html = cast_member.browser.get(address).get_data(as_text=True)
    assert "Place 1, shared by 2" in html
    assert "How the panel agreed" in html
    first, second = (str(photo.id) for photo in photos[:2])

    for order in ((second, first), (first, second)):
        places = {f"place:{photo}": str(place) for place, photo in enumerate(order, start=1)}
        decided = cast_member.browser.post(f"/panel/{tied.id}/ties/1", data=places)
        assert (decided.status_code, decided.location) == (302, address)
        html = cast_member.browser.get(address).get_data(as_text=True)
        assert re.findall(r'name="place:([0-9a-f-]+)"', html) == list(order)


@pytest.mark.parametrize("places", [("1", "1"), ("1", ""), ("", "")])
def test_places_that_are_no_order_are_told(
    tied: Round, photos: list[Submission], cast_member: Someone, places: tuple[str, str]
) -> None:
    form = {f"place:{photo.id}": place for photo, place in zip(photos[:2], places, strict=True)}

    answer = cast_member.browser.post(f"/panel/{tied.id}/ties/1", data=form)

    assert answer.status_code == 422
    assert 'class="mend"' in answer.get_data(as_text=True)


@pytest.mark.parametrize(("name", "status"), [("other_cast_member", 403), ("fan", 403), ("marketer", 403)])
def test_page_is_for_the_chair(request: pytest.FixtureRequest, tied: Round, name: str, status: int) -> None:
    somebody = request.getfixturevalue(name)

    assert somebody.browser.get(f"/panel/{tied.id}/chair").status_code == status
    assert somebody.browser.post(f"/panel/{tied.id}/ties/1").status_code == status


def test_nothing_is_told_before_the_closing(open_round: Round, cast_member: Someone) -> None:
    seen = cast_member.browser.get(f"/panel/{open_round.id}/chair")
    decided = cast_member.browser.post(f"/panel/{open_round.id}/ties/1", data={f"place:{uuid4()}": "1"})

    assert [(one.status_code, one.location) for one in (seen, decided)] == [(302, "/panel")] * 2


def test_front_door_thanks_and_leads_the_chair(tied: Round, cast_member: Someone, other_cast_member: Someone) -> None:
    html = cast_member.browser.get("/panel").get_data(as_text=True)
    other = other_cast_member.browser.get("/panel").get_data(as_text=True)

    assert "You gave 4 ballots." in html
    assert (f"/panel/{tied.id}/chair" in html, f"/panel/{tied.id}/chair" in other) == (True, False)
