"""Several people at the desk in the same moment: one decision counts, the others are told, nobody shares a photo."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from campaign.accounts.actor import Actor
from campaign.accounts.audit import AuditEntry
from campaign.accounts.models import Role
from campaign.accounts.people import ensure_person, grant_role
from campaign.accounts.queries import actor_for
from campaign.campaigns.models import Campaign
from campaign.db import db, transaction
from campaign.errors import Conflict
from campaign.submissions.batches import Deed, Outcome, Pick, decide_together, undo_batch
from campaign.submissions.desk_filter import DeskFilter
from campaign.submissions.desk_models import BatchAction
from campaign.submissions.models import Submission, SubmissionState
from campaign.submissions.moderation import decline_submission, publish_submission
from campaign.submissions.moderation_queries import first_free
from campaign.submissions.presence import holder, look_at
from campaign.submissions.sight import sight_of
from tests.factories import add_photos, make_campaign
from tests.people import ISSUER, meet

PEOPLE = 8


@pytest.fixture
def desk(app: Flask, committed: None) -> list[Actor]:
    """Eight of the staff."""
    with transaction():
        people = [ensure_person(ISSUER, f"staff {number}", f"Staff {number}") for number in range(PEOPLE)]
        for person in people:
            grant_role(person, Role.STAFF)
        ids = [person.id for person in people]
    return [actor_for(person_id) for person_id in ids]


@pytest.fixture
def campaign(app: Flask, committed: None) -> Campaign:
    return make_campaign(meet(app, "marketer").actor, entry_limit=100)


@pytest.fixture
def waiting(app: Flask, campaign: Campaign) -> list[UUID]:
    fan = meet(app, "fan")
    assert fan.person_id is not None
    photos = [one.id for one in add_photos(campaign, fan.person_id, 10, SubmissionState.READY)]
    db.session.commit()
    return photos


def at_once(app: Flask, work: list[Callable[[], object]]) -> list[object]:
    """Each in a thread and a request of its own; a refusal is the answer of that one."""
    start = Barrier(len(work))

    def run(one: Callable[[], object]) -> object:
        with app.app_context():
            start.wait()
            try:
                with transaction():
                    return one()
            except Conflict as refused:
                return refused

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(run, work))


@pytest.mark.parametrize("attempt", range(3))
def test_one_of_two_who_decide_wins_and_the_other_is_told(
    app: Flask, desk: list[Actor], waiting: list[UUID], attempt: int
) -> None:
    photo = waiting[attempt]
    seen = sight_of(db.session.get_one(Submission, photo))
    db.session.rollback()

    def decide(number: int) -> UUID:
        actor = desk[number]
        if number % 2:
            publish_submission(actor, photo, seen=seen)
        else:
            decline_submission(actor, photo, f"Staff {number} says no.", seen=seen)
        return photo

    told = at_once(app, [partial(decide, number) for number in range(PEOPLE)])

    submission = db.session.get_one(Submission, photo)
    winner = next(number for number, answer in enumerate(told) if answer == photo)
    losers = [answer for answer in told if isinstance(answer, Conflict)]
    assert len(losers) == PEOPLE - 1
    assert submission.decided_by == desk[winner].person_id
    did = "published" if winner % 2 else "declined"
    assert {one.code for one in losers} == {"changed_meanwhile"}
    assert all(one.message.startswith(f"Staff {winner} {did} this photo meanwhile") for one in losers)
    entries = select(func.count()).select_from(AuditEntry).where(AuditEntry.subject_id == photo)
    assert db.session.scalar(entries) == 1


def test_nobody_is_put_before_the_same_photo(
    app: Flask, desk: list[Actor], campaign: Campaign, waiting: list[UUID]
) -> None:
    campaign_id = campaign.id
    db.session.rollback()

    def next_one(actor: Actor) -> UUID:
        while True:
            found = first_free(campaign_id, actor, DeskFilter())
            assert found is not None
            with transaction():
                if holder(look_at(actor, found), actor) is None:
                    return found

    opened = at_once(app, [partial(next_one, actor) for actor in desk])

    assert len(set(opened)) == PEOPLE
    assert set(opened) <= set(waiting)


def test_batches_that_cross_decide_each_photo_once(
    app: Flask, desk: list[Actor], campaign: Campaign, waiting: list[UUID]
) -> None:
    campaign_id = campaign.id
    picks = [Pick(one, sight_of(db.session.get_one(Submission, one))) for one in waiting]
    db.session.rollback()

    def decide(number: int) -> Outcome:
        action = BatchAction.PUBLISH if number % 2 else BatchAction.DECLINE
        ordered = picks if number % 3 else picks[::-1]
        place = db.session.get_one(Campaign, campaign_id)
        return decide_together(desk[number], place, Deed(action, "Too dark."), ordered)

    outcomes = [one for one in at_once(app, [partial(decide, n) for n in range(PEOPLE)]) if isinstance(one, Outcome)]

    assert len(outcomes) == PEOPLE
    assert sorted(one for outcome in outcomes for one in outcome.done) == sorted(waiting)
    assert sum(len(outcome.skipped) for outcome in outcomes) == (PEOPLE - 1) * len(waiting)


def test_undoing_a_batch_twice_at_once_is_once(
    app: Flask, desk: list[Actor], campaign: Campaign, waiting: list[UUID]
) -> None:
    with transaction():
        picks = [Pick(one) for one in waiting]
        place = db.session.get_one(Campaign, campaign.id)
        batch_id = decide_together(desk[0], place, Deed(BatchAction.PUBLISH), picks).batch_id
    assert batch_id is not None

    answers = at_once(app, [partial(undo_batch, actor, batch_id) for actor in desk])

    done = [one for one in answers if isinstance(one, Outcome)]
    assert [len(one.done) for one in done] == [len(waiting)]
    assert {one.code for one in answers if isinstance(one, Conflict)} == {"already_undone"}
    states = set(db.session.scalars(select(Submission.state)))
    assert states == {SubmissionState.READY}
