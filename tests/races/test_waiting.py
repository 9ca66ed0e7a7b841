"""Nobody at the table waits for somebody who may be waiting for them."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from campaign.accounts.actor import Actor
from campaign.campaigns.models import State
from campaign.campaigns.window import hold_window
from campaign.clock import database_now
from campaign.db import Lock, db, lock_exclusive, transaction
from campaign.errors import Conflict
from campaign.jobs import Attempt
from campaign.jobs.models import Job
from campaign.judging.allocation.agenda import agendas_of, put_first, strike
from campaign.judging.allocation.conflicts import Against, declare_conflict
from campaign.judging.allocation.dealing import next_assignments
from campaign.judging.allocation.filling import spare
from campaign.judging.allocation.following import follow_conflict, follow_opening
from campaign.judging.allocation.handing import hand_out_planned
from campaign.judging.life.origins import Source
from campaign.judging.life.plan import Plan
from campaign.judging.life.rounds import close_round, create_round, open_round, reopen_round
from campaign.judging.life.window import hold_round
from campaign.judging.methods.shape import Method, Said, photos_in
from campaign.judging.models import Assignment, DeclaredConflict, Round, TieRule
from campaign.judging.results.reckoning import reckon
from campaign.judging.results.selection import choose
from campaign.judging.results.tiebreak import decide_tie
from campaign.judging.voting.ballots import cast_ballot
from campaign.judging.voting.sitting import sit_for
from campaign.judging.voting.stepping_aside import declare
from campaign.submissions.queries import locked_submission
from tests.factories import add_photos, make_campaign
from tests.people import meet
from tests.races.table import Scene, at_once, beside, until_somebody_waits


def ahead_of(round_id: UUID, judge: Actor) -> list[UUID]:
    assert judge.person_id is not None
    return agendas_of(round_id)[judge.person_id]


def test_a_photo_is_planned_for_a_judge_who_is_just_voting(scene: Scene) -> None:
    round_id, judge, other = scene.round(1), *scene.judges[:2]
    judge_id = judge.person_id
    assert judge_id is not None
    photos = ahead_of(round_id, other)

    with transaction():
        sit_for(round_id, judge_id)
        with beside(scene, lambda: at_once(lambda: put_first(round_id, judge_id, photos))):
            pass
    assert ahead_of(round_id, judge)[: len(photos)] == photos


def test_whoever_is_about_to_take_from_others_does_not_hold_their_own_yet(scene: Scene) -> None:
    round_id, judge = scene.round(1), scene.judges[0]
    own = ahead_of(round_id, judge)[0]
    db.session.rollback()

    with transaction():
        lock_exclusive(Lock.ALLOCATION, round_id)
        with beside(scene, lambda: [UUID(one.subject) for one in next_assignments(judge, round_id, 20)]) as taking:
            until_somebody_waits()
            at_once(lambda: strike(round_id, own))
            db.session.commit()
    assert taking.result()
    assert own not in taking.result()


def test_a_duel_that_lay_for_long_is_left_to_its_judge_who_decides_it_now(scene: Scene) -> None:
    campaign = make_campaign(scene.marketer, State.CLOSED, title="Two photos")
    assert scene.marketer.person_id is not None
    add_photos(campaign, scene.marketer.person_id, 2)
    with transaction():
        plan = Plan(title="One against the other", method=Method.DUEL, quorum=1)
        round_id = create_round(scene.marketer, campaign.id, plan).id
    with transaction():
        open_round(scene.marketer, round_id)
    judge, other = scene.judges[:2]
    with transaction():
        duel = next_assignments(judge, round_id, 1)[0].id
        late = database_now() - timedelta(seconds=1)
        db.session.execute(update(Assignment).where(Assignment.id == duel).values(held_until=late))

    with transaction():
        subject = db.session.scalar(select(Assignment.subject).where(Assignment.id == duel))
        assert subject is not None
        cast_ballot(judge, duel, Said(winner=photos_in(subject)[0]))
        with beside(scene, lambda: at_once(lambda: len(next_assignments(other, round_id, 1)))) as coming:
            pass
    assert coming.result() == 0


def test_a_conflict_is_noted_for_a_judge_who_is_declaring_it(scene: Scene) -> None:
    round_id, judge = scene.round(1), scene.judges[0]
    judge_id = judge.person_id
    assert judge_id is not None
    photo = ahead_of(round_id, judge)[0]
    db.session.rollback()

    with transaction():
        sit_for(round_id, judge_id)
        with beside(
            scene,
            lambda: declare_conflict(scene.marketer, round_id, Against(submission_id=photo), judge_id=judge_id).id,
        ):
            until_somebody_waits()
            at_once(lambda: declare(scene.campaign.id, judge_id, [photo], why="", by=judge_id))
            db.session.commit()
    assert db.session.scalars(select(DeclaredConflict.submission_id)).all() == [photo]


def test_a_photo_that_staff_look_at_is_handed_to_a_judge(scene: Scene) -> None:
    round_id, judge = scene.round(1), scene.judges[0]
    photo = ahead_of(round_id, judge)[0]
    db.session.rollback()

    with transaction():
        locked_submission(photo)
        with beside(
            scene, lambda: at_once(lambda: [one.subject for one in next_assignments(judge, round_id, 1)])
        ) as hand:
            pass
    assert hand.result() == [str(photo)]


def test_what_another_takes_over_while_it_is_shown_again_is_not_kept_for_its_judge(scene: Scene) -> None:
    round_id, judge = scene.round(1), scene.judges[0]
    with transaction():
        lying = next_assignments(judge, round_id, 1)[0].id
        late = database_now() - timedelta(seconds=1)
        db.session.execute(update(Assignment).where(Assignment.id == lying).values(held_until=late))

    with transaction():
        taken = {"gone_at": database_now(), "held_until": None}
        db.session.execute(update(Assignment).where(Assignment.id == lying).values(taken))
        with beside(scene, lambda: [one.id for one in next_assignments(judge, round_id, 1)]) as shown:
            until_somebody_waits()
            db.session.commit()
    assert shown.result() == [lying]
    assert db.session.get_one(Assignment, lying).held_until is None


def test_whoever_spares_a_judge_a_photo_does_not_wait_for_one_who_is_just_coming(scene: Scene) -> None:
    round_id, (coming, other) = scene.round(1), scene.judges[:2]
    coming_id = coming.person_id
    assert coming_id is not None
    photo, others = ahead_of(round_id, other)[0], [ahead_of(round_id, one)[0] for one in scene.judges[2:6]]
    with transaction():
        put_first(round_id, coming_id, [*others, photo])

    def too_many() -> None:
        lock_exclusive(Lock.ALLOCATION, round_id)
        spare(db.session.get_one(Round, round_id), photo)

    with transaction():
        sit_for(round_id, coming_id)
        hand_out_planned(round_id, coming_id, 1, database_now())
        with beside(scene, lambda: at_once(too_many)):
            pass
    assert photo in ahead_of(round_id, coming)
    assert photo not in agendas_of(round_id).get(other.person_id or coming_id, [])


def test_what_photos_are_drawn_from_is_not_decided_about_meanwhile(scene: Scene) -> None:
    chair = scene.judges[0]
    assert chair.person_id is not None
    plan = Plan(title="Ties", quorum=1, panel=[chair.person_id], chair=chair.person_id, tie_rule=TieRule.CHAIR)
    with transaction():
        first = create_round(scene.marketer, scene.campaign.id, plan).id
        open_round(scene.marketer, first)
        tied = [(one.id, UUID(one.subject)) for one in next_assignments(chair, first, 2)]
        for assignment, _ in tied:
            cast_ballot(chair, assignment, Said(stars=5))
        reckon(close_round(scene.marketer, first))
    with transaction():
        best = Plan(title="The best", quorum=1, source=Source(round_id=first, top=1))
        then = create_round(scene.marketer, scene.campaign.id, best).id

    def decide() -> str:
        with pytest.raises(Conflict) as refused:
            decide_tie(chair, first, 1, [photo for _, photo in tied])
        return refused.value.code

    with transaction():
        open_round(scene.marketer, then)
        with beside(scene, decide) as decided:
            until_somebody_waits()
            db.session.commit()
    assert decided.result() == "drawn_from"


def test_taking_the_top_of_a_result_holds_nothing_of_it_while_it_waits_for_the_campaign(scene: Scene) -> None:
    round_id = scene.round(1)
    with transaction():
        close_round(scene.marketer, round_id)
    browser = meet(scene.app, "marketer").browser
    form = {"winners": "1", "finalists": "0"}

    with transaction():
        hold_window(scene.campaign.id)
        with beside(scene, lambda: browser.post(f"/desk/rounds/{round_id}/top", data=form).status_code) as posted:
            until_somebody_waits()
            at_once(lambda: hold_round(round_id))
            db.session.commit()
    assert posted.result() == 302


def test_nothing_is_chosen_from_a_round_that_was_opened_again_meanwhile(scene: Scene) -> None:
    round_id = scene.round(1)
    with transaction():
        close_round(scene.marketer, round_id)
    closed = db.session.get_one(Round, round_id)
    assert closed.is_judged

    with beside(scene, lambda: reopen_round(scene.marketer, round_id, "Two judges were ill").stage):
        pass
    with pytest.raises(Conflict) as refused:
        choose(scene.marketer, closed, [], [])
    assert refused.value.code == "round_not_closed"


def test_a_photo_published_while_the_round_opens_is_judged_in_it(scene: Scene) -> None:
    person_id, campaign = scene.marketer.person_id, scene.campaign
    assert person_id is not None
    with transaction():
        round_id = create_round(scene.marketer, campaign.id, Plan(title="Opening", quorum=2)).id

    with transaction():
        open_round(scene.marketer, round_id)
        with beside(scene, lambda: add_photos(campaign, person_id, first_entry=31)[0].id) as published:
            pass
    told = db.session.scalars(select(Job.payload).where(Job.kind == "judging.follow_opening.opened")).one()
    follow_opening(told, attempt=Attempt(round_id, "judging.follow_opening.opened", 1, 0))
    assert [one for ahead in agendas_of(round_id).values() for one in ahead].count(published.result()) == 2


def test_a_conflict_declared_while_the_round_opens_counts_in_it(scene: Scene) -> None:
    judge = scene.judges[0]
    assert judge.person_id is not None
    with transaction():
        plan = Plan(title="Opening", quorum=1, panel=[one.person_id for one in scene.judges[:2] if one.person_id])
        round_id = create_round(scene.marketer, scene.campaign.id, plan).id

    with transaction():
        open_round(scene.marketer, round_id)
        photo = ahead_of(round_id, judge)[0]
        with beside(scene, lambda: declare_conflict(judge, round_id, Against(submission_id=photo)).id):
            pass
    assert photo in ahead_of(round_id, judge)
    told = db.session.scalars(select(Job.payload).where(Job.kind == "judging.follow_conflict")).one()
    follow_conflict(told, attempt=Attempt(round_id, "judging.follow_conflict", 1, 0))
    assert photo in ahead_of(round_id, scene.judges[1])
    assert photo not in ahead_of(round_id, judge)
