"""The life of a round: who may prepare, open and close it, and what stands in the way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from campaign.campaigns.models import Campaign, State
from campaign.db import db, transaction
from campaign.errors import Conflict, InvalidInput, NotFound, NotPermitted, SignInNeeded
from campaign.judging.life.rounds import Plan, close_round, create_round, move_round
from campaign.judging.life.rounds import open_round as open_it
from campaign.judging.models import PanelMember, Round, RoundEntry, RoundStage
from campaign.judging.tasks import close_due_rounds
from campaign.submissions.models import Submission, SubmissionState
from tests.factories import add_photos, make_campaign
from tests.judging.conftest import end_deadline
from tests.people import Someone

NOW = datetime.now(UTC)


def test_the_whole_cast_judge_unless_named(
    draft_round: Round, cast_member: Someone, other_cast_member: Someone
) -> None:
    members = db.session.scalars(select(PanelMember).where(PanelMember.round_id == draft_round.id)).all()

    assert {one.person_id for one in members} == {cast_member.person_id, other_cast_member.person_id}
    assert len({one.commitment for one in members}) == 2
    assert (draft_round.number, draft_round.stage) == (1, RoundStage.DRAFT)


@pytest.mark.parametrize(("name", "refusal"), [("anonymous", SignInNeeded), ("fan", NotPermitted),
                                               ("staff", NotPermitted), ("cast_member", NotPermitted)])  # fmt: skip
def test_others_do_not_prepare_rounds(
    request: pytest.FixtureRequest, closed_campaign: Campaign, name: str, refusal: type[Exception]
) -> None:
    somebody: Someone = request.getfixturevalue(name)

    with pytest.raises(refusal):
        create_round(somebody.actor, closed_campaign.id, Plan(title="Mine", quorum=1))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"quorum": 0}, "quorum"),
        ({"quorum": 3}, "quorum"),
        ({"panel": []}, "panel"),
        ({"panel": [uuid4(), uuid4()]}, "panel"),
        ({"closes_at": NOW - timedelta(hours=1)}, "closes_at"),
    ],
)
@pytest.mark.usefixtures("cast_member", "other_cast_member")
def test_a_plan_that_cannot_work_is_told_by_field(
    closed_campaign: Campaign, marketer: Someone, changes: dict[str, Any], field: str
) -> None:
    plan: dict[str, Any] = {"title": "First look", "quorum": 2, **changes}

    with pytest.raises(InvalidInput) as refusal:
        create_round(marketer.actor, closed_campaign.id, Plan(**plan))

    assert list(refusal.value.fields) == [field]


def test_opening_and_closing_are_written_down(open_round: Round, marketer: Someone) -> None:
    assert (open_round.stage, open_round.opened_at is not None) == (RoundStage.OPEN, True)

    with transaction():
        closed = move_round(marketer.actor, open_round.id, RoundStage.CLOSED)

    assert (closed.stage, len(closed.seal or "")) == (RoundStage.CLOSED, 64)
    assert db.session.scalar(select(func.count()).select_from(RoundEntry)) == 4


@pytest.mark.usefixtures("cast_member")
def test_a_campaign_that_still_takes_photos_is_not_judged_yet(marketer: Someone, fan: Someone) -> None:
    campaign = make_campaign(marketer.actor, State.OPEN)
    assert fan.person_id is not None
    add_photos(campaign, fan.person_id)
    with transaction():
        prepared = create_round(marketer.actor, campaign.id, Plan(title="Early", quorum=1))

    with pytest.raises(Conflict, match="still takes photos"):
        open_it(marketer.actor, prepared.id)


def test_a_round_without_photos_does_not_open(draft_round: Round, marketer: Someone) -> None:
    with pytest.raises(Conflict, match="No photo is published"):
        open_it(marketer.actor, draft_round.id)


def test_rounds_are_judged_side_by_side(open_round: Round, closed_campaign: Campaign, marketer: Someone) -> None:
    with transaction():
        second = create_round(marketer.actor, closed_campaign.id, Plan(title="Second", quorum=1))
    open_it(marketer.actor, second.id)

    with transaction():
        move_round(marketer.actor, open_round.id, RoundStage.CLOSED)

    assert (second.number, second.stage, open_round.stage) == (2, RoundStage.OPEN, RoundStage.CLOSED)


def test_a_panel_that_shrank_below_the_quorum_does_not_open(
    draft_round: Round, photos: list[Submission], marketer: Someone, cast_member: Someone
) -> None:
    with transaction():
        db.session.delete(db.session.get_one(PanelMember, (draft_round.id, cast_member.person_id)))

    with pytest.raises(Conflict, match="the panel has 1"):
        open_it(marketer.actor, draft_round.id)


def test_what_was_opened_or_closed_is_not_again(closed_round: Round, marketer: Someone) -> None:
    with pytest.raises(Conflict, match="opened before"):
        open_it(marketer.actor, closed_round.id)
    with pytest.raises(Conflict, match="closed already"):
        close_round(marketer.actor, closed_round.id)


def test_a_draft_is_not_closed(draft_round: Round, marketer: Someone) -> None:
    with pytest.raises(Conflict, match="not opened yet"):
        close_round(marketer.actor, draft_round.id)


def test_a_round_that_is_not_there_is_not_found(marketer: Someone) -> None:
    with pytest.raises(NotFound):
        open_it(marketer.actor, uuid4())


def test_the_clock_seals_a_round_at_its_deadline(open_round: Round) -> None:
    assert close_due_rounds() == 0
    end_deadline(open_round)

    assert close_due_rounds() == 1

    closed = db.session.get_one(Round, open_round.id)
    assert (closed.stage, closed.closed_at) == (RoundStage.CLOSED, closed.closes_at)
    assert close_due_rounds() == 0


def test_only_published_photos_enter_the_result(open_round: Round, photos: list[Submission], marketer: Someone) -> None:
    with transaction():
        photos[0].state, photos[0].published_at = SubmissionState.READY, None
    with transaction():
        close_round(marketer.actor, open_round.id)

    entered = set(db.session.scalars(select(RoundEntry.submission_id)))

    assert entered == {photo.id for photo in photos[1:]}
