"""From a closed round to its result, its dossier and the choice of winners."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import click
import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import update

from campaign.campaigns.lifecycle import move_campaign
from campaign.campaigns.models import Campaign, State
from campaign.db import db, transaction
from campaign.errors import Conflict, InvalidInput, NotFound, NotPermitted
from campaign.judging.commands import add_commands
from campaign.judging.life.rounds import Plan, create_round
from campaign.judging.models import Award, Ballot, Placement, Round
from campaign.judging.record.proof import verify
from campaign.judging.record.sealing import dossier_of
from campaign.judging.results.sealed import results_of
from campaign.judging.results.selection import announced_selection, choose, selection_of
from campaign.submissions.models import Submission, SubmissionState
from campaign.submissions.moderation import decline_submission
from tests.people import Someone


def withdraw(photo: Submission) -> None:
    with transaction():
        photo.state, photo.published_at, photo.entry_number = SubmissionState.WITHDRAWN, None, None


def test_the_result_ranks_and_tells_ties(closed_round: Round, photos: list[Submission], staff: Someone) -> None:
    number = {photo.id: index for index, photo in enumerate(photos)}

    first, *equals, last = results_of(staff.actor, closed_round)

    assert (number[first.submission_id], first.place, first.tied, first.raw["mean"]) == (0, 1, False, 4.5)
    assert {(number[one.submission_id], one.rank, one.place, one.tied, one.raw["mean"]) for one in equals} == {
        (1, 2, 2, True, 4.0),
        (2, 2, 2, True, 4.0),
    }
    assert (number[last.submission_id], last.rank, last.ballots, last.below_quorum) == (3, 4, 1, True)
    assert all((one.low or 0) < (one.score or 0) < (one.high or 0) for one in (first, *equals, last))


def test_there_is_no_result_before_closing(open_round: Round, admin: Someone) -> None:
    with pytest.raises(Conflict, match="Until then nobody sees a score"):
        results_of(admin.actor, open_round)


@pytest.mark.parametrize("name", ["fan", "cast_member"])
def test_the_result_is_for_the_desk(request: pytest.FixtureRequest, closed_round: Round, name: str) -> None:
    with pytest.raises(NotPermitted):
        results_of(request.getfixturevalue(name).actor, closed_round)


def test_the_dossier_gives_the_result_and_names_nobody(
    final_round: Round, staff: Someone, cast_member: Someone, other_cast_member: Someone, fan: Someone
) -> None:
    dossier = dossier_of(final_round.id)

    assert (verify(dossier, seal=final_round.seal), verify(dossier, seal=final_round.final_seal)) == ([], [])
    told = [(str(one.submission_id), one.place, one.score) for one in results_of(staff.actor, final_round)]
    assert told == [(one.submission, one.place, one.score) for one in dossier.result]
    written = dossier.canonical().decode()
    for somebody in (cast_member, other_cast_member, fan):
        assert str(somebody.person_id) not in written
        assert somebody.actor.display_name not in written


def test_a_round_that_may_still_change_has_no_dossier(closed_round: Round) -> None:
    with pytest.raises(Conflict, match="once the round is final"):
        dossier_of(closed_round.id)
    with pytest.raises(NotFound):
        dossier_of(uuid4())


def test_the_command_line_exports_and_verifies(app: Flask, final_round: Round, tmp_path: Path) -> None:
    group = click.Group("flaunt")
    add_commands(group, lambda: app)
    file = tmp_path / "dossier.json"

    exported = CliRunner().invoke(group, ["dossier", "export", str(final_round.id), "-o", str(file)], obj=lambda: app)
    verified = CliRunner().invoke(group, ["dossier", "verify", str(file), "--seal", str(final_round.seal)])

    assert (exported.exit_code, verified.exit_code) == (0, 0)
    assert "4 photos, 2 judges, 7 events, 7 ballots" in verified.output
    document: dict[str, Any] = json.loads(file.read_text())
    document["round"]["quorum"] = 1
    file.write_text(json.dumps(document))
    assert CliRunner().invoke(group, ["dossier", "verify", str(file)]).exit_code == 1


def test_winners_take_places_in_the_order_given(
    closed_round: Round, photos: list[Submission], marketer: Someone
) -> None:
    with transaction():
        choose(marketer.actor, closed_round, [photos[0].id, photos[2].id], [photos[1].id, photos[0].id])

    chosen = {key: (one.award, one.place) for key, one in selection_of(closed_round.campaign_id).items()}
    assert chosen == {
        photos[1].id: (Award.WINNER, 1),
        photos[0].id: (Award.WINNER, 2),
        photos[2].id: (Award.FINALIST, None),
    }


def test_a_new_choice_replaces_the_old_one(closed_round: Round, photos: list[Submission], marketer: Someone) -> None:
    for winner in (0, 1, 1):
        with transaction():
            choose(marketer.actor, closed_round, [], [photos[winner].id])

    assert [*selection_of(closed_round.campaign_id)] == [photos[1].id]


@pytest.mark.parametrize("name", ["fan", "cast_member", "staff"])
def test_others_do_not_choose(
    request: pytest.FixtureRequest, closed_round: Round, photos: list[Submission], name: str
) -> None:
    with pytest.raises(NotPermitted):
        choose(request.getfixturevalue(name).actor, closed_round, [], [photos[0].id])


def test_a_choice_waits_for_the_closing(open_round: Round, photos: list[Submission], marketer: Someone) -> None:
    with pytest.raises(Conflict, match="once the round has closed"):
        choose(marketer.actor, open_round, [], [photos[0].id])


def test_only_photos_of_the_round_that_are_still_published_are_chosen(
    closed_round: Round, photos: list[Submission], marketer: Someone
) -> None:
    withdraw(photos[0])

    for winners in ([uuid4()], [photos[0].id], [photos[1].id, photos[1].id]):
        with pytest.raises(InvalidInput) as refusal:
            choose(marketer.actor, closed_round, [], winners)
        assert list(refusal.value.fields) == ["winners"]


def test_announcing_asks_for_a_winner_and_a_closed_round(
    open_round: Round, closed_campaign: Campaign, photos: list[Submission], marketer: Someone
) -> None:
    with pytest.raises(Conflict, match="still open"):
        move_campaign(marketer.actor, closed_campaign.id, State.ANNOUNCED)


def test_announcing_needs_a_winner_that_still_hangs(
    closed_round: Round, closed_campaign: Campaign, photos: list[Submission], marketer: Someone
) -> None:
    with pytest.raises(Conflict, match="No winner is chosen"):
        move_campaign(marketer.actor, closed_campaign.id, State.ANNOUNCED)
    with transaction():
        choose(marketer.actor, closed_round, [photos[1].id], [photos[0].id])
    withdraw(photos[0])
    with pytest.raises(Conflict, match="No winner is chosen"):
        move_campaign(marketer.actor, closed_campaign.id, State.ANNOUNCED)


def test_nobody_sees_the_choice_before_the_announcement_and_withdrawn_winners_never(
    closed_round: Round, closed_campaign: Campaign, photos: list[Submission], marketer: Someone
) -> None:
    with transaction():
        choose(marketer.actor, closed_round, [photos[3].id], [photos[2].id, photos[0].id, photos[1].id])
    assert announced_selection(closed_campaign) == []

    with transaction():
        move_campaign(marketer.actor, closed_campaign.id, State.ANNOUNCED)
    withdraw(photos[0])

    announced = db.session.get_one(Campaign, closed_campaign.id)
    assert [(one.submission_id, one.place) for one in announced_selection(announced)] == [
        (photos[2].id, 1),
        (photos[1].id, 3),
        (photos[3].id, None),
    ]
    for act in (
        lambda: choose(marketer.actor, closed_round, [], [photos[1].id]),
        lambda: create_round(marketer.actor, closed_campaign.id, Plan(title="Again", quorum=1)),
    ):
        with pytest.raises(Conflict, match="announced"):
            act()


def test_a_seal_depends_on_the_photos(final_round: Round) -> None:
    dossier = dossier_of(final_round.id)
    changed = dossier.model_copy(update={"entries": [*dossier.entries[1:], str(UUID(int=0))]})

    assert "seal: does not fit the rules, the photos, the panel, its plan and its chains" in verify(changed)


def test_what_is_forged_in_the_tables_is_found(final_round: Round) -> None:
    with transaction():
        db.session.execute(update(Ballot).values(scores=[5]))
        db.session.execute(update(Placement).values(score=5.0))

    assert any(finding.startswith("result, row 1: ") for finding in verify(dossier_of(final_round.id)))


def test_chosen_photo_stays_until_the_choice_changes(
    closed_round: Round, photos: list[Submission], marketer: Someone, staff: Someone
) -> None:
    with transaction():
        choose(marketer.actor, closed_round, [photos[1].id], [photos[0].id])

    with pytest.raises(Conflict, match="chosen as a finalist") as refusal:
        decline_submission(staff.actor, photos[1].id, "Too dark to see.")
    assert refusal.value.code == "must_stay"

    with transaction():
        choose(marketer.actor, closed_round, [], [photos[0].id])
        decline_submission(staff.actor, photos[1].id, "Too dark to see.")


def test_winner_can_be_taken_down_after_the_announcement(
    closed_round: Round, photos: list[Submission], marketer: Someone, staff: Someone
) -> None:
    with transaction():
        choose(marketer.actor, closed_round, [], [photos[0].id, photos[1].id])
        announced = move_campaign(marketer.actor, closed_round.campaign_id, State.ANNOUNCED)

    with transaction():
        decline_submission(staff.actor, photos[0].id, "Somebody in it would rather not be shown.")

    assert [one.submission_id for one in announced_selection(announced)] == [photos[1].id]
