"""How a round ends: closed and sealed, final; and opened again with a reason, its chains going on."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from campaign.accounts.audit import AuditEntry
from campaign.accounts.people import ERASED
from campaign.campaigns.models import Campaign
from campaign.db import db, transaction
from campaign.errors import Conflict, InvalidInput, NotPermitted
from campaign.jobs import Attempt
from campaign.jobs.models import Job
from campaign.judging.commands import dossier_group
from campaign.judging.life.plan import Source
from campaign.judging.life.rounds import (
    Plan,
    close_round,
    create_round,
    finish_round,
    move_round,
    open_round,
    reopen_round,
)
from campaign.judging.models import BallotEvent, PanelMember, Placement, Reckoning, Reopening, Round, RoundStage
from campaign.judging.record.proof import verify
from campaign.judging.record.sealing import dossier_of
from campaign.judging.results.sealed import sealed_result
from campaign.judging.results.settling import ask_for_more
from campaign.judging.tasks import reckon_closed_round
from campaign.submissions.models import Submission
from tests.judging.conftest import end_deadline
from tests.people import Someone

Vote = Callable[[Someone, dict[UUID, int]], None]


def test_result_is_kept_by_its_seal(closed_round: Round) -> None:
    with transaction():
        first = [(one.submission_id, one.score) for one in sealed_result(closed_round)]
    with transaction():
        db.session.execute(update(Placement).where(Placement.ordinal == 1).values(score=0.5))

    assert sealed_result(closed_round)[0].score == 0.5
    with transaction():
        db.session.execute(update(Reckoning).values(seal="another"))
    assert [(one.submission_id, one.score) for one in sealed_result(closed_round)] == first


def test_result_is_reckoned_behind_the_closing(closed_round: Round) -> None:
    assert db.session.scalar(select(func.count()).select_from(Reckoning)) == 0
    job = db.session.scalars(select(Job).where(Job.kind == "judging.reckon_closed_round")).one()

    reckon_closed_round(job.payload, attempt=Attempt(job.id, job.kind, 1, 0))

    assert db.session.scalars(select(Reckoning.seal)).one() == closed_round.seal


def test_final_round_stands(final_round: Round, marketer: Someone) -> None:
    assert (final_round.stage, len(final_round.final_seal or "")) == (RoundStage.FINAL, 64)
    assert final_round.finished_at is not None

    for act in (finish_round, close_round, open_round):
        with pytest.raises(Conflict):
            act(marketer.actor, final_round.id)
    with pytest.raises(Conflict, match="does not become a draft"):
        move_round(marketer.actor, final_round.id, RoundStage.DRAFT)


def test_only_what_is_closed_becomes_final(draft_round: Round, marketer: Someone, staff: Someone) -> None:
    with pytest.raises(Conflict, match="has not closed yet"):
        finish_round(marketer.actor, draft_round.id)
    with pytest.raises(NotPermitted):
        finish_round(staff.actor, draft_round.id)


def test_reopened_with_a_reason_the_chains_go_on_and_the_dossier_tells_it(
    final_round: Round, photos: list[Submission], vote: Vote, marketer: Someone, other_cast_member: Someone
) -> None:
    former, events = final_round.seal, db.session.scalar(select(func.count()).select_from(BallotEvent))
    with transaction():
        opened = move_round(marketer.actor, final_round.id, RoundStage.OPEN, "  One judge was ill. ")
    assert (opened.stage, opened.seal, opened.final_seal, opened.closed_at) == (RoundStage.OPEN, None, None, None)
    with pytest.raises(Conflict):
        sealed_result(opened)

    vote(other_cast_member, {photos[3].id: 2})
    with transaction():
        closed = close_round(marketer.actor, final_round.id)
    with transaction():
        final = finish_round(marketer.actor, final_round.id)

    dossier = dossier_of(final.id)
    assert (closed.seal != former, verify(dossier)) == (True, [])
    assert [(one.reason, one.seal) for one in dossier.reopenings] == [("One judge was ill.", former)]
    assert sum(len(one.events) for one in dossier.panel) == (events or 0) + 1
    assert [one.ballots for one in dossier.result] == [2, 2, 2, 2]
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "round.reopened")).one()
    assert entry.why == "One judge was ill."


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
def test_opening_again_needs_a_reason(closed_round: Round, marketer: Someone, reason: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        reopen_round(marketer.actor, closed_round.id, reason)

    assert list(refusal.value.fields) == ["reason"]


def test_deadline_that_has_passed_goes_with_the_reopening(open_round: Round, marketer: Someone) -> None:
    end_deadline(open_round)
    with transaction():
        close_round(marketer.actor, open_round.id)
    with transaction():
        opened = reopen_round(marketer.actor, open_round.id, "More time was asked for.")

    assert (opened.closes_at, opened.state_at(opened.opened_at)) == (None, RoundStage.OPEN)  # type: ignore[arg-type]  # opened


def test_past_its_deadline_a_round_is_sealed_before_it_opens_again(open_round: Round, marketer: Someone) -> None:
    end_deadline(open_round)

    with pytest.raises(Conflict, match="is just being sealed"):
        reopen_round(marketer.actor, open_round.id, "Once more.")


def test_what_a_later_round_drew_from_stays_closed(
    closed_round: Round, closed_campaign: Campaign, marketer: Someone
) -> None:
    with transaction():
        later = create_round(marketer.actor, closed_campaign.id, Plan(title="Final", quorum=1,
                                                                     source=Source(closed_round.id, 2)))  # fmt: skip
    with transaction():
        reopen_round(marketer.actor, closed_round.id, "A draft drew nothing yet.")
    with pytest.raises(Conflict, match="has no result just now"):
        open_round(marketer.actor, later.id)
    with transaction():
        close_round(marketer.actor, closed_round.id)
    with transaction():
        open_round(marketer.actor, later.id)
    with transaction():
        close_round(marketer.actor, later.id)

    with pytest.raises(Conflict, match="took its photos"):
        reopen_round(marketer.actor, closed_round.id, "Too late.")
    assert db.session.scalar(select(func.count()).select_from(Reopening)) == 1


def test_what_an_earlier_release_sealed_is_sealed_anew_by_opening_it_again(
    closed_round: Round, marketer: Someone
) -> None:
    with transaction():
        closed_round.record_format = 2
    with pytest.raises(Conflict, match="earlier release sealed"):
        finish_round(marketer.actor, closed_round.id)

    for stage in (RoundStage.OPEN, RoundStage.CLOSED, RoundStage.FINAL):
        with transaction():
            move_round(marketer.actor, closed_round.id, stage, "To seal it anew.")
    assert verify(dossier_of(closed_round.id)) == []


def test_asking_for_more_goes_on_with_what_was_planned_and_never_given(
    open_round: Round, photos: list[Submission], marketer: Someone
) -> None:
    ids = [one.id for one in photos[:2]]
    with transaction():
        close_round(marketer.actor, open_round.id)
    with transaction():
        opened, planned = ask_for_more(marketer.actor, open_round.id, ids, 1, "Nobody had come yet.")

    assert (opened.stage, planned) == (RoundStage.OPEN, 0)


def test_a_judge_is_erased_by_one_command_and_the_dossier_still_verifies(
    app: Flask, final_round: Round, cast_member: Someone, other_cast_member: Someone, fan: Someone
) -> None:
    before = dossier_of(final_round.id).canonical()
    who = str(cast_member.person_id)

    erased = app.test_cli_runner().invoke(dossier_group, ["forget", who, "--yes"], obj=lambda: app)

    assert (erased.exit_code, erased.output.partition(" stay")[0]) == (0, "Erased. The ballots given on 1 panel")
    db.session.expire_all()
    member = db.session.scalars(select(PanelMember).where(PanelMember.person_id == cast_member.person_id)).one()
    assert (member.salt, member.person.display_name, member.person.email, member.person.identities) == (
        None, ERASED, None, [],
    )  # fmt: skip
    assert (verify(dossier_of(final_round.id)), dossier_of(final_round.id).canonical()) == ([], before)
    for somebody in (cast_member, other_cast_member, fan):
        assert str(somebody.person_id) not in before.decode()


def test_nobody_is_erased_who_sits_on_an_open_round_or_has_photos(
    app: Flask, open_round: Round, cast_member: Someone, fan: Someone
) -> None:
    def forget(who: Someone) -> tuple[int, str]:
        asked = app.test_cli_runner().invoke(dossier_group, ["forget", str(who.person_id), "--yes"], obj=lambda: app)
        return asked.exit_code, asked.output.rpartition(". ")[2]

    assert forget(cast_member) == (1, "Take them off it first; their ballots stay.\n")
    assert forget(fan) == (1, "They are withdrawn first.\n")
