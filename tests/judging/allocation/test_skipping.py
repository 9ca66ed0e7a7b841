"""To put a photo aside is no vote: it comes back after the others, others may have it meanwhile, and it is recorded."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import select

from campaign.db import db, transaction
from campaign.errors import Conflict, NotFound, NotPermitted
from campaign.judging.allocation.dealing import deal
from campaign.judging.life.plan import Plan
from campaign.judging.life.rounds import create_round, edit_round, move_round
from campaign.judging.methods.shape import Method, Said
from campaign.judging.models import Assignment, Ballot, BallotEvent, Round, RoundStage
from campaign.judging.record.proof import verify
from campaign.judging.record.sealing import dossier_of
from campaign.judging.results.sealed import results_of
from campaign.judging.voting.ballots import cast_ballot, skip_assignment, undo_ballot
from campaign.submissions.models import Submission
from tests.people import Someone

Hand = Callable[..., list[Assignment]]


def put_aside(judge: Someone, assignment: Assignment) -> None:
    with transaction():
        skip_assignment(judge.actor, assignment.id)


def kinds() -> list[str]:
    return [one.body["kind"] for one in db.session.scalars(select(BallotEvent).order_by(BallotEvent.sequence))]


def test_skipped_photo_comes_back_after_all_the_others(hand: Hand, cast_member: Someone) -> None:
    first = hand(cast_member, 1)[0]
    put_aside(cast_member, first)

    seen = []
    for _ in range(4):
        (top,) = hand(cast_member, 1)
        seen.append(top.id)
        with transaction():
            cast_ballot(cast_member.actor, top.id, Said(stars=3))

    assert seen[-1] == first.id
    assert len(set(seen)) == 4
    assert hand(cast_member) == []


def test_skipping_is_no_vote_and_is_told_in_the_progress(hand: Hand, open_round: Round, cast_member: Someone) -> None:
    put_aside(cast_member, hand(cast_member)[0])

    assert db.session.scalars(select(Ballot)).all() == []
    assert kinds() == ["skipped"]
    with transaction():
        assert deal(cast_member.actor, open_round.id, 5).progress == (0, 4, 1, 0, 8)


def test_skipped_photo_is_taken_by_who_has_nothing_else(
    draft_round: Round, photos: list[Submission], marketer: Someone, cast_member: Someone, other_cast_member: Someone
) -> None:
    with transaction():
        edit_round(marketer.actor, draft_round.id, Plan(title="One look", quorum=1))
        move_round(marketer.actor, draft_round.id, RoundStage.OPEN)
        first, *_ = deal(cast_member.actor, draft_round.id, 4).assignments
    put_aside(cast_member, first)
    put_aside(cast_member, first)

    with transaction():
        (_own, taken) = deal(other_cast_member.actor, draft_round.id, 4).assignments
    assert taken.subject == first.subject
    put_aside(cast_member, first)
    assert kinds() == ["skipped", "skipped"]

    with transaction():
        cast_ballot(cast_member.actor, first.id, Said(stars=4))
    assert kinds() == ["skipped", "skipped", "cast"]


def test_putting_aside_is_taken_back_like_a_word(hand: Hand, cast_member: Someone) -> None:
    first, *_ = hand(cast_member)
    put_aside(cast_member, first)
    for _ in range(2):
        with transaction():
            told = undo_ballot(cast_member.actor, first.id)
        assert (told.skipped, told.sitting.judged) == (False, 0)

    assert hand(cast_member)[0].id == first.id
    assert hand(cast_member)[0].skipped_at is None
    assert kinds() == ["skipped", "undone"]


def test_skipped_photo_that_nobody_took_is_judged_after_all(hand: Hand, cast_member: Someone) -> None:
    first = hand(cast_member, 1)[0]
    put_aside(cast_member, first)

    with transaction():
        cast_ballot(cast_member.actor, first.id, Said(stars=4))
    db.session.expire_all()

    assert db.session.get_one(Assignment, first.id).skipped_at is None
    assert kinds() == ["skipped", "cast"]


def test_what_is_judged_is_not_skipped(hand: Hand, cast_member: Someone) -> None:
    first = hand(cast_member)[0]
    with transaction():
        cast_ballot(cast_member.actor, first.id, Said(stars=4))

    with pytest.raises(Conflict, match="judged this photo already"):
        skip_assignment(cast_member.actor, first.id)


@pytest.mark.parametrize(("name", "refusal"), [("fan", NotPermitted), ("other_cast_member", NotFound)])
def test_nobody_else_skips_for_a_judge(
    request: pytest.FixtureRequest, hand: Hand, cast_member: Someone, name: str, refusal: type[Exception]
) -> None:
    first = hand(cast_member)[0]

    with pytest.raises(refusal):
        skip_assignment(request.getfixturevalue(name).actor, first.id)


def test_nothing_is_skipped_after_the_closing(
    hand: Hand, open_round: Round, cast_member: Someone, marketer: Someone
) -> None:
    first = hand(cast_member)[0]
    with transaction():
        move_round(marketer.actor, open_round.id, RoundStage.CLOSED)

    with pytest.raises(Conflict, match="has closed"):
        skip_assignment(cast_member.actor, first.id)


def test_shortlist_from_the_first_vote_to_its_result(
    draft_round: Round,
    photos: list[Submission],
    marketer: Someone,
    staff: Someone,
    cast_member: Someone,
    other_cast_member: Someone,
) -> None:
    with transaction():
        edit_round(marketer.actor, draft_round.id, Plan(title="Shortlist", quorum=2, method=Method.SHORTLIST))
        move_round(marketer.actor, draft_round.id, RoundStage.OPEN)
    votes = ((cast_member, ("yes", "yes", "maybe", None)), (other_cast_member, ("yes", "no", "maybe", "no")))
    for judge, said in votes:
        with transaction():
            assignments = {UUID(one.subject): one for one in deal(judge.actor, draft_round.id, 20).assignments}
            for photo, vote in zip(photos, said, strict=True):
                one = assignments[photo.id]
                if vote is None:
                    skip_assignment(judge.actor, one.id)
                else:
                    cast_ballot(judge.actor, one.id, Said(vote="no"))
                    undo_ballot(judge.actor, one.id)
                    cast_ballot(judge.actor, one.id, Said(vote=vote))
    with transaction():
        closed = move_round(marketer.actor, draft_round.id, RoundStage.CLOSED)

    with transaction():
        rows = {one.submission_id: one for one in results_of(staff.actor, closed)}
        assert [rows[photo.id].ballots for photo in photos] == [2, 2, 2, 1]
        assert (rows[photos[0].id].place, rows[photos[3].id].below_quorum) == (1, True)
        assert {name: rows[photos[2].id].raw[name] for name in ("yes", "maybe", "no")} == {
            "yes": 0,
            "maybe": 2,
            "no": 0,
        }
        move_round(marketer.actor, closed.id, RoundStage.FINAL)
    assert verify(dossier_of(closed.id), seal=closed.seal) == []


def test_round_of_another_method_is_told_so(
    draft_round: Round, photos: list[Submission], marketer: Someone, cast_member: Someone
) -> None:
    with transaction():
        create_round(marketer.actor, draft_round.campaign_id, Plan(title="List", quorum=1, method=Method.SHORTLIST))
        move_round(marketer.actor, draft_round.id, RoundStage.OPEN)
        first = deal(cast_member.actor, draft_round.id, 1).assignments[0]

    with pytest.raises(Exception, match="judged by stars"):
        cast_ballot(cast_member.actor, first.id, Said(vote="yes"))
