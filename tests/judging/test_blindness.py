"""From when to when a campaign's photos are veiled from a judge, which words are hidden, and what is left to see."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import update

from campaign.accounts.models import Person, Role
from campaign.accounts.people import grant_role
from campaign.campaigns.models import Campaign, Stage
from campaign.db import db, transaction
from campaign.judging.blindness import campaigns_judged_blind
from campaign.judging.life.rounds import move_round
from campaign.judging.models import PanelMember, Round, RoundStage
from campaign.submissions.models import Submission
from tests.counting import statements
from tests.factories import add_photos
from tests.people import Someone

NOW = datetime.now(UTC)
OVER: dict[str, Any] = {"opened_at": NOW, "closed_at": NOW, "seal": "0" * 64}
ENOUGH = 12
"""Photos whose order by chance is that of their arrival once in 479 million times."""


@pytest.fixture
def blind_round(open_round: Round) -> Round:
    return change(open_round, is_blind=True)


def change(judged: Round, **values: Any) -> Round:
    with transaction():
        db.session.execute(update(Round).where(Round.id == judged.id).values(**values))
    return judged


@pytest.mark.parametrize(
    ("stage", "is_veiled"),
    [
        ({"stage": RoundStage.DRAFT}, True),
        ({"stage": RoundStage.OPEN, "opened_at": NOW}, True),
        ({"stage": RoundStage.OPEN, "opened_at": NOW, "closes_at": NOW}, True),
        ({"stage": RoundStage.CLOSED, **OVER}, True),
        ({"stage": RoundStage.FINAL, **OVER, "finished_at": NOW, "final_seal": "0" * 64}, False),
        ({"is_blind": False}, False),
    ],
    ids=["prepared", "open", "past its deadline", "closed", "final", "not blind"],
)
def test_veil_hangs_from_the_preparation_until_the_round_is_final(
    draft_round: Round, cast_member: Someone, *, stage: dict[str, Any], is_veiled: bool
) -> None:
    change(draft_round, **{"is_blind": True, **stage})
    expected = {draft_round.campaign_id} if is_veiled else set()
    assert campaigns_judged_blind(cast_member.actor) == expected


def test_announcing_the_campaign_lifts_it(blind_round: Round, cast_member: Someone) -> None:
    announced = {"stage": Stage.ANNOUNCED, "announced_at": NOW}
    with transaction():
        db.session.execute(update(Campaign).where(Campaign.id == blind_round.campaign_id).values(**announced))
    assert campaigns_judged_blind(cast_member.actor) == set()


def test_it_is_for_the_panel_and_not_for_who_has_left_it(
    blind_round: Round, cast_member: Someone, other_cast_member: Someone, marketer: Someone
) -> None:
    left = update(PanelMember).where(PanelMember.person_id == other_cast_member.person_id).values(left_at=NOW)
    with transaction():
        db.session.execute(left)
    assert campaigns_judged_blind(cast_member.actor) == {blind_round.campaign_id}
    assert campaigns_judged_blind(other_cast_member.actor) == campaigns_judged_blind(marketer.actor) == set()


def test_it_costs_a_judge_one_statement_for_a_page_and_others_none(
    blind_round: Round, photos: list[Submission], cast_member: Someone, fan: Someone, marketer: Someone
) -> None:
    address = f"/api/v1/campaigns/{photos[0].campaign.slug}/submissions"
    asked = {}
    for person in (cast_member, fan, marketer):
        with statements() as sent:
            shown = person.browser.get(address).get_json()["data"]
        asked[person.name] = len([one for one in sent if "panel_member" in one])
        assert [one["is_veiled"] for one in shown] == [person is cast_member] * len(photos)
    assert asked == {"cast_member": 1, "fan": 0, "marketer": 0}


def test_search_tells_a_blind_judge_nothing_by_finding_nor_by_counting(
    blind_round: Round, photos: list[Submission], cast_member: Someone, fan: Someone
) -> None:
    campaign = f"/api/v1/campaigns/{photos[0].campaign.slug}"
    for wish in ("q=lisbon", "q=photo", "place=Lisbon"):
        assert fan.browser.get(f"{campaign}/facets?{wish}").get_json()["count"] == len(photos)
        told = cast_member.browser.get(f"{campaign}/facets?{wish}").get_json()
        assert (told["count"], told["categories"]) == (0, [])
        assert cast_member.browser.get(f"{campaign}/submissions?{wish}").get_json()["data"] == []
    assert cast_member.browser.get(f"{campaign}/facets").get_json()["places"] == []
    page = cast_member.browser.get(f"/c/{photos[0].campaign.slug}").text
    assert 'role="search"' not in page
    assert "You judge a blind round here" in page


def test_own_photo_keeps_its_words_and_is_found_by_them(blind_round: Round, cast_member: Someone) -> None:
    assert cast_member.person_id is not None
    (own,) = add_photos(blind_round.campaign, cast_member.person_id)
    campaign = f"/api/v1/campaigns/{blind_round.campaign.slug}"
    (found,) = cast_member.browser.get(f"{campaign}/submissions?q=lisbon").get_json()["data"]
    assert (found["id"], found["caption"], found["by"]) == (str(own.id), "Photo 1", "Cast member")
    assert not found["is_veiled"]


def test_panel_of_a_round_that_is_not_blind_tells_words_and_no_name(open_round: Round, cast_member: Someone) -> None:
    (shown,) = cast_member.browser.get(f"/api/v1/rounds/{open_round.id}/next?limit=1").get_json()["data"]
    (photo,) = shown["submissions"]
    assert photo["place"] == "Lisbon"
    assert photo["caption"].startswith("Photo ")
    assert "by" not in photo


def test_page_of_a_veiled_photo_says_why_it_says_nothing(
    blind_round: Round, photos: list[Submission], cast_member: Someone
) -> None:
    page = cast_member.browser.get(f"/photos/{photos[0].id}").text
    assert "<h1>A photo</h1>" in page
    assert '<meta property="og:title" content="A photo">' in page
    assert "You judge it without knowing whose it is" in page


def test_moderating_is_left_to_a_colleague(
    blind_round: Round, photos: list[Submission], cast_member: Someone, staff: Someone
) -> None:
    _also(cast_member, Role.STAFF)
    address = f"/api/v1/submissions/{photos[0].id}/decision"
    sent = {"json": {"decision": "decline", "reason": "Too dark to see"}}
    refused = cast_member.browser.post(address, **sent)
    assert (refused.status_code, refused.get_json()["code"]) == (403, "judging_blind")
    assert staff.browser.post(address, **sent).status_code == 200


def test_refusal_to_open_names_photos_without_their_words(
    draft_round: Round, cast_member: Someone, other_cast_member: Someone, marketer: Someone
) -> None:
    assert other_cast_member.person_id is not None
    (theirs,) = add_photos(draft_round.campaign, other_cast_member.person_id)
    change(draft_round, is_blind=True)
    _also(cast_member, Role.MARKETER)
    address, sent = f"/api/v1/rounds/{draft_round.id}/transitions", {"json": {"to": "open"}}
    assert f"judge photo {theirs.id}: it is theirs" in cast_member.browser.post(address, **sent).get_json()["detail"]
    assert "judge “Photo 1”, Lisbon: it is theirs" in marketer.browser.post(address, **sent).get_json()["detail"]


def test_panel_is_not_dealt_in_the_order_of_arrival(
    draft_round: Round, fan: Someone, marketer: Someone, cast_member: Someone
) -> None:
    assert fan.person_id is not None
    sent = [str(one.id) for one in add_photos(draft_round.campaign, fan.person_id, ENOUGH)]
    with transaction():
        move_round(marketer.actor, draft_round.id, RoundStage.OPEN)
    dealt = cast_member.browser.get(f"/api/v1/rounds/{draft_round.id}/next?limit=20").get_json()["data"]
    order = [sent.index(one["submissions"][0]["id"]) for one in dealt]
    assert sorted(order) == list(range(ENOUGH))
    assert order not in (sorted(order), sorted(order, reverse=True))


def _also(person: Someone, role: Role) -> None:
    with transaction():
        grant_role(db.session.get_one(Person, person.person_id), role)
