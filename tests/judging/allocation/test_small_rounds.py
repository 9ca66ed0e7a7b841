"""Duels and lists where few are left: everybody on the panel finds some, an absent judge holds nobody up."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

import pytest
from sqlalchemy import text

from campaign.campaigns.models import Campaign
from campaign.clock import database_now
from campaign.db import db, transaction
from campaign.errors import Conflict
from campaign.judging.allocation.changes import Change, apply_change, preview_change
from campaign.judging.allocation.dealing import deal
from campaign.judging.allocation.progress import progress_of, seats_of
from campaign.judging.keeper.proposals import Remedy, proposals
from campaign.judging.keeper.reminding import remind_judge
from campaign.judging.keeper.watching import course_of
from campaign.judging.life.rounds import Plan, create_round, move_round
from campaign.judging.methods.shape import Method, Said
from campaign.judging.models import Assignment, Round, RoundStage
from campaign.judging.voting.ballots import cast_ballot, skip_assignment
from campaign.submissions.models import Submission
from tests.factories import add_photos
from tests.people import Someone


def opened(
    campaign: Campaign, marketer: Someone, method: Method, quorum: int = 2, *panel: Someone, list_size: int = 4
) -> Round:
    people = [one.person_id for one in panel if one.person_id] or None
    plan = Plan(title="Beside each other", quorum=quorum, method=method, list_size=list_size, panel=people)
    with transaction():
        prepared = create_round(marketer.actor, campaign.id, plan)
        return move_round(marketer.actor, prepared.id, RoundStage.OPEN)


def hand_of(judge: Someone, judged: Round, limit: int = 20) -> list[Assignment]:
    with transaction():
        return deal(judge.actor, judged.id, limit).assignments


def answer(judge: Someone, one: Assignment) -> None:
    ids = one.subject.split("+")
    said = Said(winner=ids[0]) if one.round.method is Method.DUEL else Said(ranking=[[photo] for photo in ids])
    with transaction():
        cast_ballot(judge.actor, one.id, said)


def seen_in(judged: Round) -> Counter[str]:
    rows = db.session.query(Assignment.subject).where(Assignment.round_id == judged.id, Assignment.judged)
    return Counter(photo for (subject,) in rows for photo in subject.split("+"))


@pytest.mark.usefixtures("photos")
@pytest.mark.parametrize("method", [Method.DUEL, Method.RANKING])
def test_a_small_round_is_shared_and_done_is_done(
    closed_campaign: Campaign, fan: Someone, marketer: Someone, cast_member: Someone, other_cast_member: Someone,
    method: Method,
) -> None:  # fmt: skip
    assert fan.person_id is not None
    assert cast_member.person_id is not None
    assert other_cast_member.person_id is not None
    add_photos(closed_campaign, fan.person_id, 2, first_entry=5)
    judged = opened(closed_campaign, marketer, method)

    first, second = hand_of(cast_member, judged), hand_of(other_cast_member, judged)
    assert 1 <= len(first) <= 2
    assert len(second) == 1
    assert progress_of(judged, other_cast_member.person_id)[:2] == (0, judged.planned // 2 + judged.planned % 2)
    while hand := hand_of(cast_member, judged):
        answer(cast_member, hand[0])
    done = progress_of(judged, cast_member.person_id)
    assert done.done == done.total == done.panel_done >= judged.planned - 1
    assert progress_of(judged, other_cast_member.person_id)[:3] == (0, 1, 0)

    answer(other_cast_member, second[0])
    assert hand_of(other_cast_member, judged) == []
    assert min(seen_in(judged).values()) == 2


@pytest.mark.usefixtures("photos")
@pytest.mark.parametrize("method", [Method.DUEL, Method.RANKING])
def test_what_an_absent_judge_holds_or_put_aside_is_chosen_anew(
    closed_campaign: Campaign, marketer: Someone, cast_member: Someone, other_cast_member: Someone, method: Method
) -> None:
    judged = opened(closed_campaign, marketer, method, 1, list_size=2)
    (held,) = hand_of(cast_member, judged)
    with transaction():
        skip_assignment(cast_member.actor, held.id)
    (lies,) = hand_of(cast_member, judged, 1)
    while hand := hand_of(other_cast_member, judged):
        answer(other_cast_member, hand[0])
    assert seen_in(judged).total() == 2  # what was put aside; the other is still looked at
    with transaction():
        db.session.execute(text("UPDATE assignment SET held_until = held_until - interval '31 minutes'"))

    (taken,) = hand_of(other_cast_member, judged)
    assert taken.subject == lies.subject
    answer(other_cast_member, taken)
    assert seen_in(judged) == dict.fromkeys(seen_in(judged), 1)
    assert len(seen_in(judged)) == 4
    assert hand_of(other_cast_member, judged) == hand_of(cast_member, judged) == []


@pytest.mark.usefixtures("photos")
def test_who_finds_nothing_is_told_why(
    closed_campaign: Campaign, marketer: Someone, cast_member: Someone, other_cast_member: Someone
) -> None:
    judged = opened(closed_campaign, marketer, Method.RANKING, 1)
    (held,) = hand_of(cast_member, judged)
    assert "look in again in half an hour" in other_cast_member.browser.get(f"/panel/{judged.id}").text

    answer(cast_member, held)
    assert "judged as often as was asked" in other_cast_member.browser.get(f"/panel/{judged.id}").text
    assert "That was the last one" in cast_member.browser.get(f"/panel/{judged.id}").text


@pytest.mark.usefixtures("photos")
def test_who_has_not_begun_a_duel_has_their_part_left_for_the_keeper_and_in_a_change(
    closed_campaign: Campaign, marketer: Someone, cast_member: Someone, other_cast_member: Someone
) -> None:
    judged = opened(closed_campaign, marketer, Method.DUEL, 3)
    assert sorted((one.done, one.left) for one in course_of(judged).judges) == [(0, 3), (0, 3)]
    answer(cast_member, hand_of(cast_member, judged)[0])
    assert sorted((one.done, one.left) for one in course_of(judged).judges) == [(0, 3), (1, 2)]

    change = Change(drop=frozenset({other_cast_member.person_id or UUID(int=0)}))
    foreseen = preview_change(marketer.actor, judged.id, change)
    with transaction():
        assert apply_change(marketer.actor, judged.id, change) == foreseen
    told = {one.person_id: (one.now, one.then) for one in foreseen.judges}
    assert told == {cast_member.person_id: (2, 5), other_cast_member.person_id: (3, 0)}
    left = {one.person_id: one.total - one.done for one in seats_of(judged)}
    assert left == {one.person_id: one.then for one in foreseen.judges}


def test_a_list_that_holds_all_photos_comes_once_to_each_judge(
    closed_campaign: Campaign, marketer: Someone, cast_member: Someone, photos: list[Submission]
) -> None:
    assert len(photos) == 4
    with pytest.raises(Conflict, match="a photo can be on 1 list, not on 2"):
        opened(closed_campaign, marketer, Method.RANKING, 2, cast_member)


@pytest.mark.parametrize("method", [Method.DUEL, Method.RANKING])
def test_duels_and_lists_join_all_photos_and_reach_the_quorum(
    closed_campaign: Campaign,
    photos: list[Submission],
    marketer: Someone,
    cast_member: Someone,
    other_cast_member: Someone,
    method: Method,
) -> None:
    prepared = opened(closed_campaign, marketer, method, list_size=3)
    asked: list[tuple[UUID, str]] = []
    for judge in (cast_member, other_cast_member) * 3:
        with transaction():
            for one in deal(judge.actor, prepared.id, 1).assignments:
                ids = one.subject.split("+")
                said = Said(winner=ids[0]) if method is Method.DUEL else Said(ranking=[[photo] for photo in ids])
                asked.append((one.judge_id, one.subject))
                cast_ballot(judge.actor, one.id, said)

    seen = Counter(photo for _, subject in asked for photo in subject.split("+"))
    assert set(seen) == {str(photo.id) for photo in photos}
    assert min(seen.values()) >= 2
    assert len(set(asked)) == len(asked)


@pytest.mark.parametrize("method", [Method.DUEL, Method.RANKING])
def test_nobody_is_waited_for_who_may_compare_no_two_photos(
    closed_campaign: Campaign, marketer: Someone, cast_member: Someone, other_cast_member: Someone, method: Method
) -> None:
    """One judge sent three of four photos, and says of the other's one, too, that they know whose it is."""
    assert cast_member.person_id is not None
    assert other_cast_member.person_id is not None
    add_photos(closed_campaign, cast_member.person_id, 3)
    theirs = add_photos(closed_campaign, other_cast_member.person_id, 1, first_entry=4)
    judged = opened(closed_campaign, marketer, method, 2, list_size=3)
    barred, able = cast_member.person_id, other_cast_member.person_id

    assert hand_of(cast_member, judged) == []
    assert progress_of(judged, barred)[:2] == (0, 0)
    while hand := hand_of(other_cast_member, judged):
        assert progress_of(judged, able).total > progress_of(judged, able).done
        answer(other_cast_member, hand[0])
    assert theirs[0].id not in {UUID(one) for one in seen_in(judged)}

    done = progress_of(judged, able)
    assert (done.total, done.panel_total > done.panel_done) == (done.done, True)
    course = course_of(db.session.get_one(Round, judged.id))
    assert [one.left for one in course.judges] == [0, 0]
    assert [one.remedy for one in proposals(course, database_now())] == [Remedy.CLOSE]
    with pytest.raises(Conflict, match="nothing left to judge"):
        remind_judge(marketer.actor, judged.id, barred)


@pytest.mark.parametrize("method", [Method.STARS, Method.DUEL])
def test_what_was_taken_down_does_not_wait(
    closed_campaign: Campaign, photos: list[Submission], marketer: Someone, cast_member: Someone, method: Method
) -> None:
    assert cast_member.person_id is not None
    judged = opened(closed_campaign, marketer, method, 1, cast_member)
    before = hand_of(cast_member, judged, 1)[0]
    down = UUID(before.subject.split("+")[0])
    with transaction():
        db.session.execute(
            text("UPDATE submission SET state = 'declined', reason = 'Blurred', published_at = NULL WHERE id = :id"),
            {"id": down},
        )

    assert [(one.held, one.done) for one in seats_of(judged)] == [(0, 0)]
    waiting = 3 if method is Method.STARS else 2
    assert progress_of(judged, cast_member.person_id)[:2] == (0, waiting)
