"""Who is given what: never one's own, the least seen first, until the quorum."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import select, text

from campaign.campaigns.models import Campaign
from campaign.db import db, transaction
from campaign.errors import Conflict, NotPermitted, SignInNeeded
from campaign.judging.ballots import cast_ballot, undo_ballot
from campaign.judging.dealing import next_assignments
from campaign.judging.methods.shape import Said
from campaign.judging.models import Assignment, Coverage, PanelMember, Round, RoundStage
from campaign.judging.progress import progress_of
from campaign.judging.rounds import Plan, create_round, move_round
from campaign.submissions.models import Submission, SubmissionState
from tests.counting import statements
from tests.factories import add_photos
from tests.judging.conftest import end_deadline
from tests.people import Someone

Hand = Callable[..., list[Assignment]]


def subjects(assignments: list[Assignment]) -> list[UUID]:
    return [UUID(one.subject) for one in assignments]


def coverage() -> dict[UUID, int]:
    db.session.expire_all()
    return {one.submission_id: one.judges for one in db.session.scalars(select(Coverage))}


def let_holds_lapse() -> None:
    with transaction():
        db.session.execute(
            text("UPDATE assignment SET held_until = held_until - interval '31 minutes' WHERE held_until IS NOT NULL")
        )
    db.session.expire_all()


def test_a_judge_is_given_every_photo_once(hand: Hand, cast_member: Someone, photos: list[Submission]) -> None:
    given = hand(cast_member)

    assert set(subjects(given)) == {photo.id for photo in photos}
    assert len(given) == 4
    assert [one.id for one in hand(cast_member)] == [one.id for one in given]


def test_a_judge_never_meets_their_own_photo(
    hand: Hand, cast_member: Someone, closed_campaign: Campaign, photos: list[Submission]
) -> None:
    assert cast_member.person_id is not None
    own = add_photos(closed_campaign, cast_member.person_id, 2)

    given = hand(cast_member, 20)

    assert set(subjects(given)) == {photo.id for photo in photos}
    assert not set(subjects(given)) & {photo.id for photo in own}


def test_judges_see_different_orders(
    hand: Hand, closed_campaign: Campaign, fan: Someone, cast_member: Someone, other_cast_member: Someone
) -> None:
    assert fan.person_id is not None
    add_photos(closed_campaign, fan.person_id, 16, first_entry=5)

    first, second = subjects(hand(cast_member, 20)), subjects(hand(other_cast_member, 20))

    assert set(first) == set(second)
    assert first != second


def test_photos_seen_least_come_first(
    hand: Hand, photos: list[Submission], cast_member: Someone, other_cast_member: Someone
) -> None:
    seen = subjects(hand(cast_member, 2))

    order = subjects(hand(other_cast_member, 4))

    assert set(order[:2]) == {photo.id for photo in photos} - set(seen)
    assert set(order[2:]) == set(seen)


@pytest.fixture
def thin_round(closed_campaign: Campaign, photos: list[Submission], marketer: Someone, cast_member: Someone,
               other_cast_member: Someone) -> Round:  # fmt: skip
    """Each photo is seen by one of the two judges."""
    with transaction():
        prepared = create_round(marketer.actor, closed_campaign.id, Plan(title="One look", quorum=1))
        return move_round(marketer.actor, prepared.id, RoundStage.OPEN)


def test_a_photo_with_its_quorum_is_given_to_nobody_else(
    thin_round: Round, cast_member: Someone, other_cast_member: Someone
) -> None:
    with transaction():
        first = next_assignments(cast_member.actor, thin_round.id, 3)
        second = next_assignments(other_cast_member.actor, thin_round.id, 3)
        third = next_assignments(cast_member.actor, thin_round.id, 4)

    assert (len(first), len(second), len(third)) == (3, 1, 3)
    assert not set(subjects(first)) & set(subjects(second))
    assert progress_of(thin_round, other_cast_member.person_id or UUID(int=0)) == (0, 1, 0)


def test_a_photo_held_too_long_is_free_again_and_counts_when_it_is_judged_after_all(
    thin_round: Round, cast_member: Someone, other_cast_member: Someone
) -> None:
    with transaction():
        held = next_assignments(cast_member.actor, thin_round.id, 4)
        assert next_assignments(other_cast_member.actor, thin_round.id, 4) == []
    let_holds_lapse()

    with transaction():
        taken_over = next_assignments(other_cast_member.actor, thin_round.id, 3)
    assert len(taken_over) == 3
    assert sorted(coverage().values()) == [0, 1, 1, 1]

    for assignment in held:
        with transaction():
            cast_ballot(cast_member.actor, assignment.id, Said(stars=3))
    assert sorted(coverage().values()) == [1, 2, 2, 2]


def test_taking_a_ballot_back_keeps_the_photo_with_its_judge(
    thin_round: Round, cast_member: Someone, other_cast_member: Someone
) -> None:
    with transaction():
        (first, *_) = next_assignments(cast_member.actor, thin_round.id, 4)
        cast_ballot(cast_member.actor, first.id, Said(stars=4))
    with transaction():
        undo_ballot(cast_member.actor, first.id)

    with transaction():
        assert next_assignments(cast_member.actor, thin_round.id, 1)[0].id == first.id
        assert next_assignments(other_cast_member.actor, thin_round.id, 4) == []
    assert set(coverage().values()) == {1}


def test_progress_counts_what_is_done_before_and_still_to_come(
    hand: Hand, open_round: Round, cast_member: Someone, photos: list[Submission]
) -> None:
    assert cast_member.person_id is not None
    assert progress_of(open_round, cast_member.person_id) == (0, 4, 0)

    (first, second) = hand(cast_member, 2)
    with transaction():
        cast_ballot(cast_member.actor, first.id, Said(stars=5))
    assert progress_of(open_round, cast_member.person_id) == (1, 4, 0)

    with transaction():
        photo = db.session.get_one(Submission, UUID(second.subject))
        photo.state, photo.published_at, photo.entry_number = SubmissionState.WITHDRAWN, None, None
    assert progress_of(open_round, cast_member.person_id) == (1, 3, 0)
    assert UUID(second.subject) not in subjects(hand(cast_member))


def test_a_photo_published_meanwhile_joins_the_pool(
    hand: Hand, closed_campaign: Campaign, fan: Someone, cast_member: Someone
) -> None:
    assert len(hand(cast_member, 20)) == 4
    assert fan.person_id is not None
    (late,) = add_photos(closed_campaign, fan.person_id, first_entry=9)

    assert late.id in subjects(hand(cast_member, 20))


@pytest.mark.parametrize(("name", "refusal"), [("anonymous", SignInNeeded), ("fan", NotPermitted),
                                               ("marketer", NotPermitted), ("admin", NotPermitted)])  # fmt: skip
def test_others_are_given_nothing(
    request: pytest.FixtureRequest, hand: Hand, name: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        hand(request.getfixturevalue(name))


def test_cast_outside_the_panel_are_given_nothing(hand: Hand, open_round: Round, cast_member: Someone) -> None:
    with transaction():
        db.session.delete(db.session.get_one(PanelMember, (open_round.id, cast_member.person_id)))

    with pytest.raises(NotPermitted, match="not on the panel"):
        hand(cast_member)


def test_nothing_is_given_before_opening_or_after_the_deadline(
    draft_round: Round, photos: list[Submission], marketer: Someone, cast_member: Someone
) -> None:
    with pytest.raises(Conflict, match="not opened"):
        next_assignments(cast_member.actor, draft_round.id, 1)
    with transaction():
        move_round(marketer.actor, draft_round.id, RoundStage.OPEN)
    end_deadline(draft_round)

    with pytest.raises(Conflict, match="has closed"):
        next_assignments(cast_member.actor, draft_round.id, 1)


def test_a_hand_of_20_asks_as_often_as_a_hand_of_1(
    hand: Hand, closed_campaign: Campaign, fan: Someone, cast_member: Someone, other_cast_member: Someone
) -> None:
    assert fan.person_id is not None
    add_photos(closed_campaign, fan.person_id, 30, first_entry=5)
    counts = []
    for judge, limit in ((cast_member, 1), (other_cast_member, 20)):
        actor, round_id = judge.actor, db.session.scalars(select(Round.id)).one()
        with statements() as queries, transaction():
            assert len(next_assignments(actor, round_id, limit)) == limit
        counts.append(len(queries))

    assert counts[0] == counts[1]
