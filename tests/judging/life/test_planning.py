"""A round is changed while it is a draft, its deadline moves later while it is open, and the desk's log knows of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from campaign.accounts.audit import AuditEntry
from campaign.campaigns.models import Campaign, State
from campaign.db import db, transaction
from campaign.errors import Conflict, InvalidInput, NotPermitted
from campaign.judging.life.plan import Plan, Source
from campaign.judging.life.rounds import create_round, delete_round, edit_round, extend_round, move_round
from campaign.judging.methods.shape import Criterion, Method
from campaign.judging.models import PanelMember, Round, RoundCandidate, RoundEntry, RoundStage
from campaign.judging.record.proof import verify
from campaign.judging.record.sealing import dossier_of
from campaign.submissions.models import Submission, SubmissionState
from tests.factories import add_photos, make_campaign
from tests.judging.conftest import end_deadline
from tests.people import Someone

SOON = datetime.now(UTC) + timedelta(days=2)


def plan(**changes: object) -> Plan:
    return Plan(**({"title": "Changed", "quorum": 1} | changes))  # type: ignore[arg-type]  # the changes are the test's own


def commitments(judged: Round) -> dict[UUID, str]:
    members = db.session.scalars(select(PanelMember).where(PanelMember.round_id == judged.id))
    return {one.person_id: one.commitment for one in members}


def test_draft_is_changed_whole_and_judges_who_stay_keep_their_name_in_the_record(
    draft_round: Round, marketer: Someone, cast_member: Someone, other_cast_member: Someone
) -> None:
    before = commitments(draft_round)
    criteria = [Criterion("  Light ", 2), Criterion("Story")]
    assert cast_member.person_id is not None

    with transaction():
        edit_round(
            marketer.actor, draft_round.id, plan(panel=[cast_member.person_id], criteria=criteria, closes_at=SOON)
        )

    changed = db.session.get_one(Round, draft_round.id)
    assert (changed.title, changed.quorum, changed.closes_at) == ("Changed", 1, SOON)
    assert changed.terms.criteria == (Criterion("Light", 2), Criterion("Story", 1))
    assert commitments(changed) == {cast_member.person_id: before[cast_member.person_id]}


def test_draft_becomes_a_shortlist_and_stars_again(draft_round: Round, marketer: Someone) -> None:
    for method, criteria in ((Method.SHORTLIST, []), (Method.STARS, [{"name": "Overall", "weight": 1}])):
        with transaction():
            edit_round(marketer.actor, draft_round.id, plan(method=method))
        changed = db.session.get_one(Round, draft_round.id)
        assert (changed.method, changed.criteria) == (method, criteria)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"quorum": 9}, "quorum"),
        ({"criteria": []}, "criteria"),
        ({"criteria": [Criterion("Light"), Criterion("LIGHT")]}, "criteria"),
        ({"method": Method.SHORTLIST, "criteria": [Criterion("Light")]}, "criteria"),
        ({"source": Source(uuid4(), 3)}, "source"),
    ],
)
def test_change_that_cannot_work_is_told_by_field(
    draft_round: Round, marketer: Someone, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        edit_round(marketer.actor, draft_round.id, plan(**changes))

    assert list(refusal.value.fields) == [field]


def test_what_has_opened_is_neither_changed_nor_deleted(open_round: Round, marketer: Someone) -> None:
    with pytest.raises(Conflict, match="stays as the panel met it"):
        edit_round(marketer.actor, open_round.id, plan())
    with pytest.raises(Conflict, match="is kept"):
        delete_round(marketer.actor, open_round.id)


def test_draft_is_deleted_with_its_panel(draft_round: Round, marketer: Someone) -> None:
    with transaction():
        delete_round(marketer.actor, draft_round.id)

    assert db.session.scalars(select(Round)).all() == []
    assert db.session.scalars(select(PanelMember)).all() == []


@pytest.mark.parametrize("name", ["fan", "cast_member", "staff"])
def test_others_neither_change_nor_delete_nor_extend(
    request: pytest.FixtureRequest, draft_round: Round, name: str
) -> None:
    actor = request.getfixturevalue(name).actor

    for act in (
        lambda: edit_round(actor, draft_round.id, plan()),
        lambda: delete_round(actor, draft_round.id),
        lambda: extend_round(actor, draft_round.id, SOON),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_deadline_of_an_open_round_only_moves_later(open_round: Round, marketer: Someone) -> None:
    later = SOON + timedelta(hours=1)
    for moment in (SOON, later, None):
        with transaction():
            assert extend_round(marketer.actor, open_round.id, moment).closes_at == moment
    with transaction():
        extend_round(marketer.actor, open_round.id, later)

    for moment in (SOON, datetime.now(UTC) - timedelta(minutes=1), datetime(9000, 1, 1, tzinfo=UTC)):
        with pytest.raises(InvalidInput) as refusal:
            extend_round(marketer.actor, open_round.id, moment)
        assert list(refusal.value.fields) == ["closes_at"]
        db.session.rollback()


def test_deadline_of_what_is_not_open_does_not_move(open_round: Round, marketer: Someone) -> None:
    end_deadline(open_round)

    with pytest.raises(Conflict, match="Only a round that is open"):
        extend_round(marketer.actor, open_round.id, SOON)


def test_desk_log_knows_every_step(draft_round: Round, photos: list[Submission], marketer: Someone) -> None:
    with transaction():
        edit_round(marketer.actor, draft_round.id, plan(quorum=2))
        move_round(marketer.actor, draft_round.id, RoundStage.OPEN)
        extend_round(marketer.actor, draft_round.id, SOON)
        move_round(marketer.actor, draft_round.id, RoundStage.CLOSED)
        spare = create_round(marketer.actor, draft_round.campaign_id, plan(title="Spare"))
        delete_round(marketer.actor, spare.id)

    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.action.startswith("round.")))
    told = {(one.action, one.subject_id, one.actor_id) for one in entries}
    steps = ("created", "edited", "opened", "extended", "closed")
    assert told == {
        *((f"round.{step}", draft_round.id, marketer.person_id) for step in steps),
        ("round.created", spare.id, marketer.person_id),
        ("round.deleted", spare.id, marketer.person_id),
    }


def test_round_of_the_best_takes_all_who_share_the_last_rank(
    closed_round: Round, photos: list[Submission], marketer: Someone, fan: Someone
) -> None:
    """Photos 1 and 2 tie for second place, so the top two are three."""
    with transaction():
        finals = create_round(marketer.actor, closed_round.campaign_id, plan(source=Source(closed_round.id, 2)))
        move_round(marketer.actor, finals.id, RoundStage.OPEN)
    assert fan.person_id is not None
    add_photos(closed_round.campaign, fan.person_id, first_entry=9)

    over = db.session.scalars(select(RoundCandidate.submission_id).where(RoundCandidate.round_id == finals.id))
    assert set(over) == {photo.id for photo in photos[:3]}


def test_round_of_the_best_judges_and_seals_only_what_came_over(
    closed_round: Round,
    photos: list[Submission],
    marketer: Someone,
    cast_member: Someone,
    deal_in: Callable[[Round, Someone], set[UUID]],
) -> None:
    with transaction():
        finals = create_round(marketer.actor, closed_round.campaign_id, plan(source=Source(closed_round.id, 2)))
        move_round(marketer.actor, finals.id, RoundStage.OPEN)

    assert deal_in(finals, cast_member) == {photo.id for photo in photos[:3]}
    with transaction():
        photos[1].state, photos[1].published_at, photos[1].entry_number = SubmissionState.WITHDRAWN, None, None
    with transaction():
        closed = move_round(marketer.actor, finals.id, RoundStage.CLOSED)
    with transaction():
        move_round(marketer.actor, finals.id, RoundStage.FINAL)

    entered = db.session.scalars(select(RoundEntry.submission_id).where(RoundEntry.round_id == finals.id))
    assert set(entered) == {photos[0].id, photos[2].id}
    dossier = dossier_of(finals.id)
    assert verify(dossier, seal=closed.seal) == []
    source = dossier.round.source
    assert (source.kind, source.round, source.top) == ("top", str(closed_round.id), 2)


def test_source_is_a_closed_round_of_the_same_campaign(
    draft_round: Round, closed_campaign: Campaign, marketer: Someone
) -> None:
    elsewhere = make_campaign(marketer.actor, State.CLOSED, title="Elsewhere")

    for campaign_id, words in ((closed_campaign.id, "has no result yet"), (elsewhere.id, "no such round")):
        with pytest.raises(InvalidInput) as refusal:
            create_round(marketer.actor, campaign_id, plan(source=Source(draft_round.id, 2)))
        assert words in refusal.value.fields["source"]
        db.session.rollback()


def test_round_of_the_best_needs_one_that_still_hangs(
    closed_round: Round, photos: list[Submission], marketer: Someone, fan: Someone
) -> None:
    with transaction():
        finals = create_round(marketer.actor, closed_round.campaign_id, plan(source=Source(closed_round.id, 2)))
        for photo in photos:
            photo.state, photo.published_at, photo.entry_number = SubmissionState.WITHDRAWN, None, None
    assert fan.person_id is not None
    add_photos(closed_round.campaign, fan.person_id)

    with pytest.raises(Conflict, match="No photo that was judged"):
        move_round(marketer.actor, finals.id, RoundStage.OPEN)


def test_no_round_opens_once_the_announcement_has_its_date(
    draft_round: Round, photos: list[Submission], marketer: Someone
) -> None:
    with transaction():
        db.session.get_one(Campaign, draft_round.campaign_id).announces_at = SOON

    with pytest.raises(Conflict, match="has its date"):
        move_round(marketer.actor, draft_round.id, RoundStage.OPEN)


def test_nothing_is_prepared_once_the_embargo_has_ended(draft_round: Round, marketer: Someone) -> None:
    with transaction():
        db.session.get_one(Campaign, draft_round.campaign_id).announces_at = datetime.now(UTC) - timedelta(minutes=1)

    for act in (
        lambda: create_round(marketer.actor, draft_round.campaign_id, plan()),
        lambda: edit_round(marketer.actor, draft_round.id, plan()),
    ):
        with pytest.raises(Conflict, match="is announced"):
            act()
        db.session.rollback()
