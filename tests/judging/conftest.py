"""A closed campaign with four published photos, and a round of it that two of the cast judge."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import text

from campaign.campaigns.models import Campaign, State
from campaign.db import db, transaction
from campaign.judging.allocation.dealing import next_assignments
from campaign.judging.life.rounds import Plan, create_round, move_round
from campaign.judging.methods.shape import Said
from campaign.judging.models import Assignment, Round, RoundStage
from campaign.judging.voting.ballots import cast_ballot
from campaign.submissions.models import Submission
from tests.factories import add_photos, make_campaign
from tests.people import Someone


@pytest.fixture
def closed_campaign(marketer: Someone) -> Campaign:
    return make_campaign(marketer.actor, State.CLOSED)


@pytest.fixture
def photos(closed_campaign: Campaign, fan: Someone) -> list[Submission]:
    assert fan.person_id is not None
    return add_photos(closed_campaign, fan.person_id, 4)


@pytest.fixture
def draft_round(
    closed_campaign: Campaign, marketer: Someone, cast_member: Someone, other_cast_member: Someone
) -> Round:
    with transaction():
        return create_round(marketer.actor, closed_campaign.id, Plan(title="First look", quorum=2))


@pytest.fixture
def open_round(draft_round: Round, photos: list[Submission], marketer: Someone) -> Round:
    with transaction():
        return move_round(marketer.actor, draft_round.id, RoundStage.OPEN)


@pytest.fixture
def hand(open_round: Round) -> Callable[..., list[Assignment]]:
    """What lies before a judge."""

    def deal(judge: Someone, limit: int = 5) -> list[Assignment]:
        with transaction():
            return next_assignments(judge.actor, open_round.id, limit)

    return deal


@pytest.fixture
def vote(hand: Callable[..., list[Assignment]]) -> Callable[[Someone, dict[UUID, int]], None]:
    """Let a judge give stars, by photo."""

    def give(judge: Someone, stars: dict[UUID, int]) -> None:
        for assignment in hand(judge, 20):
            photo_id = UUID(assignment.subject)
            if photo_id in stars:
                with transaction():
                    cast_ballot(judge.actor, assignment.id, Said(stars=stars[photo_id]))

    return give


@pytest.fixture
def closed_round(
    open_round: Round,
    photos: list[Submission],
    vote: Callable[[Someone, dict[UUID, int]], None],
    marketer: Someone,
    cast_member: Someone,
    other_cast_member: Someone,
) -> Round:
    """Photos 0 to 3 got 5+4, 4+4, 3+5 and one 1."""
    ids = [photo.id for photo in photos]
    vote(cast_member, dict(zip(ids, (5, 4, 3, 1), strict=True)))
    vote(other_cast_member, dict(zip(ids[:3], (4, 4, 5), strict=True)))
    with transaction():
        return move_round(marketer.actor, open_round.id, RoundStage.CLOSED)


@pytest.fixture
def final_round(closed_round: Round, marketer: Someone) -> Round:
    with transaction():
        return move_round(marketer.actor, closed_round.id, RoundStage.FINAL)


def end_deadline(judged: Round) -> None:
    """Let the round's deadline lie just behind the database's clock."""
    with transaction():
        db.session.execute(
            text("UPDATE round SET closes_at = clock_timestamp() - interval '1 second' WHERE id = :id"),
            {"id": judged.id},
        )
    db.session.expire_all()


@pytest.fixture
def deal_in() -> Callable[[Round, Someone], set[UUID]]:
    """All photos that a judge who asks for more and more gets in any round: of others' stacks half a share at once."""

    def deal(judged: Round, judge: Someone) -> set[UUID]:
        dealt: set[UUID] = set()
        while True:
            with transaction():
                now = {UUID(one.subject) for one in next_assignments(judge.actor, judged.id, 20)}
            if now == dealt:
                return dealt
            dealt = now

    return deal
