"""Who is given what: never one's own, as it was planned, from who is behind, and never more than the quorum."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import select, text, update

from campaign.campaigns.models import Campaign
from campaign.db import db, transaction
from campaign.errors import Conflict, NotPermitted, SignInNeeded
from campaign.jobs import Attempt
from campaign.judging.allocation.agenda import put_first
from campaign.judging.allocation.dealing import next_assignments
from campaign.judging.allocation.following import follow_gallery
from campaign.judging.allocation.planning import plan_of
from campaign.judging.allocation.progress import progress_of
from campaign.judging.life.rounds import Plan, create_round, move_round
from campaign.judging.methods.shape import Said
from campaign.judging.models import Assignment, PanelMember, Round, RoundStage
from campaign.judging.voting.ballots import cast_ballot, undo_ballot
from campaign.submissions.models import Submission, SubmissionState
from tests.counting import statements
from tests.factories import add_photos
from tests.judging.conftest import end_deadline
from tests.people import Someone

Hand = Callable[..., list[Assignment]]
ATTEMPT = Attempt(UUID(int=0), "judging.follow_gallery.published", 1, 0)


def subjects(assignments: list[Assignment]) -> list[UUID]:
    return [UUID(one.subject) for one in assignments]


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
    (late, *_) = add_photos(closed_campaign, fan.person_id, 16, first_entry=5)
    follow_gallery({"submission_id": str(late.id)}, attempt=ATTEMPT)

    first, second = subjects(hand(cast_member, 20)), subjects(hand(other_cast_member, 20))

    assert len(first) == 20
    assert set(first) == set(second)
    assert first != second


@pytest.fixture
def thin_round(closed_campaign: Campaign, photos: list[Submission], marketer: Someone, cast_member: Someone,
               other_cast_member: Someone) -> Round:  # fmt: skip
    """Each photo is seen by one of the two judges."""
    with transaction():
        prepared = create_round(marketer.actor, closed_campaign.id, Plan(title="One look", quorum=1))
        return move_round(marketer.actor, prepared.id, RoundStage.OPEN)


def _lay_ahead(judged: Round, judge: Someone, one: Assignment) -> None:
    """Let a photo be taken over without being looked at yet."""
    assert judge.person_id is not None
    with transaction():
        gone = {"gone_at": one.handed_at, "held_until": None}
        db.session.execute(update(Assignment).where(Assignment.id == one.id).values(gone))
        put_first(judged.id, judge.person_id, [UUID(one.subject)])


def judges_of(judged: Round) -> Counter[str]:
    """How many judges have, or will have, each photo."""
    db.session.expire_all()
    query = select(Assignment.subject).where(Assignment.round_id == judged.id, Assignment.gone_at.is_(None))
    held = Counter(db.session.scalars(query))
    return held + Counter(str(photo) for ahead in plan_of(judged.id).values() for photo in ahead)


def test_loads_are_planned_level_and_whoever_is_ahead_takes_from_who_is_behind(
    thin_round: Round, cast_member: Someone, other_cast_member: Someone
) -> None:
    assert sorted(map(len, plan_of(thin_round.id).values())) == [2, 2]
    with transaction():
        first = next_assignments(cast_member.actor, thin_round.id, 3)
        second = next_assignments(other_cast_member.actor, thin_round.id, 3)
        third = next_assignments(cast_member.actor, thin_round.id, 4)

    assert (len(first), len(second), len(third)) == (3, 1, 3)
    assert not set(subjects(first)) & set(subjects(second))
    assert set(judges_of(thin_round).values()) == {1}
    assert progress_of(thin_round, other_cast_member.person_id or UUID(int=0)) == (0, 1, 0, 0, 4)


def test_what_waits_for_too_long_is_taken_over_and_the_quorum_is_kept(
    thin_round: Round, cast_member: Someone, other_cast_member: Someone
) -> None:
    with transaction():
        held = next_assignments(cast_member.actor, thin_round.id, 4)
        (own,) = next_assignments(other_cast_member.actor, thin_round.id, 4)
    assert len(held) == 3
    let_holds_lapse()

    with transaction():
        kept_by_other, taken_over = next_assignments(other_cast_member.actor, thin_round.id, 4)
    assert kept_by_other.id == own.id
    assert set(judges_of(thin_round).values()) == {1}

    kept = next(one for one in held if one.subject != taken_over.subject)
    with transaction():
        cast_ballot(cast_member.actor, kept.id, Said(stars=3))
    (late,) = [one for one in held if one.subject == taken_over.subject]
    with transaction():
        told = cast_ballot(cast_member.actor, late.id, Said(stars=3))
    assert (told.sitting.judged, told.sitting.panel_done, told.sitting.planned) == (2, 2, 5)
    assert judges_of(thin_round) == {one.subject: 1 + (one.id == late.id) for one in [*held, own]}


def test_a_late_word_spares_whoever_has_the_photo_still_to_come(
    thin_round: Round, cast_member: Someone, other_cast_member: Someone
) -> None:
    with transaction():
        held = next_assignments(cast_member.actor, thin_round.id, 4)
    let_holds_lapse()
    with transaction():
        (top,) = next_assignments(other_cast_member.actor, thin_round.id, 1)
    _lay_ahead(thin_round, other_cast_member, late := next(one for one in held if one.subject != top.subject))

    with transaction():
        assert cast_ballot(cast_member.actor, late.id, Said(stars=3)).sitting.planned == 4
    assert set(judges_of(thin_round).values()) == {1}
    assert plan_of(thin_round.id) == {}


def test_whoever_comes_back_in_time_finds_what_lay_there(
    thin_round: Round, cast_member: Someone, other_cast_member: Someone
) -> None:
    with transaction():
        held = next_assignments(cast_member.actor, thin_round.id, 4)
    let_holds_lapse()

    with transaction():
        assert [one.id for one in next_assignments(cast_member.actor, thin_round.id, 4)] == [one.id for one in held]
        (own,) = next_assignments(other_cast_member.actor, thin_round.id, 4)
    assert own.subject not in {one.subject for one in held}


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
        (own,) = next_assignments(other_cast_member.actor, thin_round.id, 4)
    assert own.subject != first.subject
    assert set(judges_of(thin_round).values()) == {1}


def test_progress_counts_what_is_done_before_and_still_to_come(
    hand: Hand, open_round: Round, cast_member: Someone
) -> None:
    assert cast_member.person_id is not None
    assert progress_of(open_round, cast_member.person_id) == (0, 4, 0, 0, 8)

    (first, _) = hand(cast_member, 2)
    with transaction():
        cast_ballot(cast_member.actor, first.id, Said(stars=5))
    assert progress_of(open_round, cast_member.person_id) == (1, 4, 0, 1, 8)


def test_a_photo_taken_down_is_passed_over_and_struck(
    hand: Hand, open_round: Round, photos: list[Submission], cast_member: Someone
) -> None:
    assert cast_member.person_id is not None
    with transaction():
        photos[0].state, photos[0].published_at, photos[0].entry_number = SubmissionState.WITHDRAWN, None, None

    assert set(subjects(hand(cast_member))) == {photo.id for photo in photos[1:]}
    follow_gallery({"submission_id": str(photos[0].id)}, attempt=ATTEMPT)
    assert judges_of(open_round) == {str(photo.id): 2 for photo in photos[1:]}
    assert progress_of(open_round, cast_member.person_id) == (0, 3, 0, 0, 6)


def test_a_photo_published_late_is_planned_for_its_quorum_and_comes_next(
    hand: Hand, open_round: Round, closed_campaign: Campaign, fan: Someone, cast_member: Someone
) -> None:
    assert fan.person_id is not None
    (late,) = add_photos(closed_campaign, fan.person_id, first_entry=9)
    follow_gallery({"submission_id": str(late.id)}, attempt=ATTEMPT)
    follow_gallery({"submission_id": str(late.id)}, attempt=ATTEMPT)

    assert subjects(hand(cast_member, 1)) == [late.id]
    assert judges_of(open_round)[str(late.id)] == 2


def test_a_photo_published_late_comes_into_every_open_round(
    open_round: Round, closed_campaign: Campaign, fan: Someone, marketer: Someone
) -> None:
    with transaction():
        other = create_round(marketer.actor, closed_campaign.id, Plan(title="Beside it", quorum=1))
        move_round(marketer.actor, other.id, RoundStage.OPEN)
    assert fan.person_id is not None
    (late,) = add_photos(closed_campaign, fan.person_id, first_entry=9)
    follow_gallery({"submission_id": str(late.id)}, attempt=ATTEMPT)

    assert judges_of(open_round)[str(late.id)] == 2
    assert judges_of(other)[str(late.id)] == 1


def test_a_round_that_too_few_may_judge_does_not_open_and_names_the_photos(
    draft_round: Round, photos: list[Submission], closed_campaign: Campaign, marketer: Someone, cast_member: Someone
) -> None:
    assert cast_member.person_id is not None
    (own,) = add_photos(closed_campaign, cast_member.person_id)

    with pytest.raises(Conflict, match=f"“{own.caption}”, {own.place}"):
        move_round(marketer.actor, draft_round.id, RoundStage.OPEN)


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
    (late, *_) = add_photos(closed_campaign, fan.person_id, 30, first_entry=5)
    follow_gallery({"submission_id": str(late.id)}, attempt=ATTEMPT)
    counts = []
    for judge, limit in ((cast_member, 1), (other_cast_member, 20)):
        actor, round_id = judge.actor, db.session.scalars(select(Round.id)).one()
        with statements() as queries, transaction():
            assert len(next_assignments(actor, round_id, limit)) == limit
        counts.append(len(queries))

    assert counts[0] == counts[1]
