"""Publish, decline, undo: who may, from where, until when."""

from __future__ import annotations

from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from campaign.accounts.actor import Actor
from campaign.accounts.audit import AuditEntry
from campaign.accounts.models import Role
from campaign.campaigns.models import Campaign, Stage
from campaign.db import db, transaction
from campaign.errors import Conflict, InvalidInput, NotFound, NotPermitted, SignInNeeded
from campaign.jobs.models import Job
from campaign.submissions.guards import guard_takedown
from campaign.submissions.models import Submission, SubmissionState
from campaign.submissions.moderation import decline_submission, publish_submission, undo_decision
from campaign.submissions.sight import sight_of
from tests.factories import add_photos, make_campaign
from tests.people import Someone
from tests.submissions.conftest import stored


@pytest.fixture
def waiting(campaign: Campaign, fan: Someone) -> UUID:
    assert fan.person_id is not None
    return add_photos(campaign, fan.person_id, state=SubmissionState.READY)[0].id


def publish(actor: Actor, submission_id: UUID) -> Submission:
    with transaction():
        return publish_submission(actor, submission_id)


def decline(actor: Actor, submission_id: UUID, reason: str = "It is a little too dark.") -> Submission:
    with transaction():
        return decline_submission(actor, submission_id, reason)


def undo(actor: Actor, submission_id: UUID) -> Submission:
    with transaction():
        return undo_decision(actor, submission_id)


def test_published_photo_is_signed_by_who_decided(staff: Someone, waiting: UUID) -> None:
    publish(staff.actor, waiting)

    submission = stored(waiting)
    assert submission.state is SubmissionState.PUBLISHED
    assert submission.published_at == submission.decided_at
    assert submission.decided_by == staff.person_id


def test_publishing_twice_keeps_the_first(staff: Someone, admin: Someone, waiting: UUID) -> None:
    first = publish(staff.actor, waiting).published_at
    publish(admin.actor, waiting)

    assert stored(waiting).published_at == first
    assert stored(waiting).decided_by == staff.person_id


def test_declined_photo_carries_the_reason(staff: Someone, waiting: UUID) -> None:
    decline(staff.actor, waiting, "  Too\ndark ")

    assert stored(waiting).state is SubmissionState.DECLINED
    assert stored(waiting).reason == "Too dark"
    assert stored(waiting).entry_number == 1


@pytest.mark.parametrize("reason", ["", "  \n ", "x" * 1001])
def test_decline_wants_words_for_the_fan(staff: Someone, waiting: UUID, reason: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        decline(staff.actor, waiting, reason)

    assert "reason" in refused.value.fields


def test_declined_photo_can_be_published_after_all(staff: Someone, waiting: UUID) -> None:
    decline(staff.actor, waiting)
    publish(staff.actor, waiting)

    assert stored(waiting).state is SubmissionState.PUBLISHED
    assert stored(waiting).reason == ""


def test_published_photo_can_be_declined_and_caches_are_told(staff: Someone, waiting: UUID) -> None:
    publish(staff.actor, waiting)
    decline(staff.actor, waiting)

    paths = [f"/media/{rendition.key}" for rendition in stored(waiting).photo.renditions]
    purge = db.session.scalars(select(Job).where(Job.kind == "photo.purge")).one()
    assert stored(waiting).published_at is None
    assert purge.payload == {"paths": paths}


def test_undo_puts_the_photo_back(staff: Someone, waiting: UUID) -> None:
    for decided in (publish, decline):
        decided(staff.actor, waiting)
        undo(staff.actor, waiting)

        submission = stored(waiting)
        assert submission.state is SubmissionState.READY
        assert (submission.published_at, submission.decided_at, submission.reason) == (None, None, "")


def test_nothing_decided_is_nothing_to_undo(staff: Someone, waiting: UUID) -> None:
    with pytest.raises(Conflict):
        undo(staff.actor, waiting)


def test_announced_campaign_keeps_its_decisions(staff: Someone, waiting: UUID) -> None:
    publish(staff.actor, waiting)
    with transaction():
        campaign = stored(waiting).campaign
        campaign.stage, campaign.closed_at, campaign.announced_at = (
            Stage.ANNOUNCED,
            campaign.closes_at,
            campaign.closes_at,
        )

    with pytest.raises(Conflict) as refused:
        undo(staff.actor, waiting)

    assert refused.value.code == "announced"


@pytest.mark.parametrize(
    "state", [SubmissionState.TICKETED, SubmissionState.RECEIVED, SubmissionState.REJECTED, SubmissionState.WITHDRAWN]
)
def test_only_photos_that_can_be_seen_are_decided(staff: Someone, waiting: UUID, state: SubmissionState) -> None:
    with transaction():
        submission = stored(waiting)
        submission.state = state
        if state in (SubmissionState.REJECTED, SubmissionState.WITHDRAWN):
            submission.entry_number, submission.reason = None, "not_an_image"

    with pytest.raises(Conflict):
        publish(staff.actor, waiting)
    with pytest.raises(Conflict):
        decline(staff.actor, waiting)


def test_fans_and_cast_may_not_decide(fan: Someone, cast_member: Someone, anonymous: Someone, waiting: UUID) -> None:
    for stranger in (fan, cast_member):
        with pytest.raises(NotPermitted):
            publish(stranger.actor, waiting)
    with pytest.raises(SignInNeeded):
        publish(anonymous.actor, waiting)


def test_staff_of_another_campaign_may_not_decide(marketer: Someone, staff: Someone, waiting: UUID) -> None:
    elsewhere = make_campaign(marketer.actor, slug="elsewhere")
    actor = Actor(person_id=staff.person_id, grants=frozenset({(Role.STAFF, elsewhere.id)}))

    with pytest.raises(NotPermitted):
        publish(actor, waiting)


def test_unknown_photo_is_not_found(staff: Someone, campaign: Campaign) -> None:
    with pytest.raises(NotFound):
        publish(staff.actor, campaign.id)


def test_guard_keeps_a_photo_in_the_gallery(app: Flask, staff: Someone, waiting: UUID) -> None:
    publish(staff.actor, waiting)
    guards: list[object] = app.extensions.setdefault("flaunt_takedown_guards", [])
    before = list(guards)
    guard_takedown(app, lambda _submission: "It is a finalist.")
    try:
        for taken_down in (decline, undo):
            with pytest.raises(Conflict) as refused:
                taken_down(staff.actor, waiting)
            assert refused.value.message == "It is a finalist."
    finally:
        guards[:] = before

    assert stored(waiting).state is SubmissionState.PUBLISHED


def test_decision_counts_only_for_the_photo_as_it_was_seen(staff: Someone, admin: Someone, waiting: UUID) -> None:
    seen = sight_of(stored(waiting))
    decline(admin.actor, waiting)

    for late in (publish_submission, lambda *given, **seen: decline_submission(*given, "Too dark.", **seen)):
        with pytest.raises(Conflict) as refused, transaction():
            late(staff.actor, waiting, seen=seen)
        assert refused.value.code == "changed_meanwhile"
        assert "Admin declined this photo meanwhile" in refused.value.message
        assert "It is a little too dark." in refused.value.message
    assert stored(waiting).decided_by == admin.person_id


def test_both_publish_and_the_second_is_told(staff: Someone, admin: Someone, waiting: UUID) -> None:
    seen = sight_of(stored(waiting))
    publish(admin.actor, waiting)

    with pytest.raises(Conflict) as refused, transaction():
        publish_submission(staff.actor, waiting, seen=seen)

    assert "Admin published this photo meanwhile" in refused.value.message


def test_own_second_click_is_no_news(staff: Someone, waiting: UUID) -> None:
    seen = sight_of(stored(waiting))
    for _ in range(2):
        with transaction():
            publish_submission(staff.actor, waiting, seen=seen)

    assert stored(waiting).state is SubmissionState.PUBLISHED


def test_new_words_of_the_fan_want_a_new_look(staff: Someone, waiting: UUID) -> None:
    seen = sight_of(stored(waiting))
    with transaction():
        stored(waiting).caption = "Call this number"

    with pytest.raises(Conflict) as refused, transaction():
        publish_submission(staff.actor, waiting, seen=seen)

    assert "the fan wrote other words" in refused.value.message
    assert stored(waiting).state is SubmissionState.READY


def test_every_decision_is_in_the_audit_log(staff: Someone, waiting: UUID) -> None:
    decline(staff.actor, waiting, "Too dark.")
    undo(staff.actor, waiting)
    publish(staff.actor, waiting)

    logged = db.session.scalars(select(AuditEntry).order_by(AuditEntry.created_at)).all()[-3:]
    assert [(one.action, one.why) for one in logged] == [
        ("submission.declined", "Too dark."),
        ("submission.decision_undone", ""),
        ("submission.published", ""),
    ]
    assert {(one.actor_id, one.subject_id) for one in logged} == {(staff.person_id, waiting)}


def test_refused_decision_is_not_logged(staff: Someone, waiting: UUID) -> None:
    with pytest.raises(InvalidInput):
        decline(staff.actor, waiting, "")

    assert db.session.scalar(select(AuditEntry).where(AuditEntry.subject_id == waiting)) is None
