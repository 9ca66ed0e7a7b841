"""What a fan hears about one photo, and that nothing untrue is said when a decision is taken back."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import func, update

from campaign.campaigns.models import Campaign, Stage
from campaign.db import db, transaction
from campaign.moments.models import Kind, MailState
from campaign.submissions.models import SubmissionState
from campaign.submissions.moderation import decline_submission, publish_submission, undo_decision
from campaign.submissions.processing import record_refusal
from campaign.submissions.withdrawal import withdraw_submission
from tests.factories import add_photos
from tests.moments.conftest import Postbox, Work, happen, told, wait_out
from tests.people import Someone
from uploads.reasons import Reason


@pytest.fixture
def photo(campaign: Campaign, fan: Someone) -> UUID:
    assert fan.person_id is not None
    return add_photos(campaign, fan.person_id, 1, SubmissionState.READY)[0].id


def publish(staff: Someone, photo: UUID) -> None:
    with transaction():
        publish_submission(staff.actor, photo)


def decline(staff: Someone, photo: UUID, reason: str = "It is too dark to see the tram.") -> None:
    with transaction():
        decline_submission(staff.actor, photo, reason)


def undo(staff: Someone, photo: UUID) -> None:
    with transaction():
        undo_decision(staff.actor, photo)


def said(fan: Someone) -> list[tuple[Kind, bool]]:
    """Kinds told, and whether each still holds."""
    return [(one.kind, one.retracted_at is None) for one in told(fan)]


def test_arrival_is_told_once_in_the_app_at_once_and_by_mail_a_little_later(
    fan: Someone, photo: UUID, smtp: None, postbox: Postbox, work: Work
) -> None:
    for _ in range(2):
        happen("submission.received", submission_id=photo)
    work()

    (message,) = told(fan)
    assert (message.kind, message.title) == (Kind.RECEIVED, "Your photo reached us")
    assert "Hello Fan," in message.body
    assert "“Photo 1” is safe with us" in message.body
    assert postbox.mails == []
    wait_out()
    work()
    assert [one["subject"] for one in postbox.mails] == ["Your photo reached us"]


def test_file_that_cannot_be_used_is_one_mail_not_two(
    campaign: Campaign, fan: Someone, smtp: None, postbox: Postbox, work: Work
) -> None:
    assert fan.person_id is not None
    photo = add_photos(campaign, fan.person_id, 1, SubmissionState.RECEIVED)[0].id
    happen("submission.received", submission_id=photo)
    work()
    with transaction():
        record_refusal(photo, Reason.TRUNCATED)
    work()
    wait_out()
    work()

    assert [one["subject"] for one in postbox.mails] == ["Your photo needs another try"]
    arrival, refusal = told(fan)
    assert arrival.mail is MailState.DROPPED
    assert "The file stops in the middle of the picture." in refusal.body


def test_published_is_told_after_a_grace(
    fan: Someone, staff: Someone, photo: UUID, smtp: None, postbox: Postbox, work: Work
) -> None:
    publish(staff, photo)
    work()
    assert told(fan) == []

    wait_out()
    work()

    (message,) = told(fan)
    assert (message.kind, message.path, message.mail) == (Kind.PUBLISHED, f"/photos/{photo}", MailState.SENT)
    assert len(postbox.mails) == 1


def test_decision_taken_back_in_time_is_never_heard_of(
    fan: Someone, staff: Someone, photo: UUID, smtp: None, postbox: Postbox, work: Work
) -> None:
    publish(staff, photo)
    work()
    undo(staff, photo)
    decline(staff, photo)
    work()
    wait_out()
    work()

    assert said(fan) == [(Kind.DECLINED, True)]
    assert [one["subject"] for one in postbox.mails] == ["About your photo “Photo 1”"]
    assert "It is too dark to see the tram." in told(fan)[0].body


def test_result_is_told_instead_of_a_publishing_that_it_overtook(
    campaign: Campaign, fan: Someone, staff: Someone, photo: UUID, work: Work
) -> None:
    publish(staff, photo)
    with transaction():
        now = {"stage": Stage.CLOSED, "closed_at": func.clock_timestamp(), "announces_at": func.clock_timestamp()}
        db.session.execute(update(Campaign).values(**now))
    settle(work)

    assert said(fan) == []


def test_decision_taken_back_later_is_taken_out_of_the_app(
    fan: Someone, staff: Someone, photo: UUID, smtp: None, postbox: Postbox, work: Work
) -> None:
    publish(staff, photo)
    wait_out()
    work()
    wait_out()
    work()
    undo(staff, photo)
    work()

    assert said(fan) == [(Kind.PUBLISHED, False)]
    assert fan.browser.get(f"/me/messages/{told(fan)[0].id}").status_code == 404


def settle(work: Work) -> None:
    work()
    wait_out()
    work()


def test_same_decision_again_is_shown_again_but_not_mailed_again(
    fan: Someone, staff: Someone, photo: UUID, smtp: None, postbox: Postbox, work: Work
) -> None:
    publish(staff, photo)
    settle(work)
    undo(staff, photo)
    work()
    publish(staff, photo)
    settle(work)

    assert said(fan) == [(Kind.PUBLISHED, True)]
    assert len(postbox.mails) == 1


def test_who_last_read_otherwise_is_mailed_again(
    fan: Someone, staff: Someone, photo: UUID, smtp: None, postbox: Postbox, work: Work
) -> None:
    publish(staff, photo)
    settle(work)
    decline(staff, photo)
    settle(work)
    undo(staff, photo)
    publish(staff, photo)
    settle(work)

    assert said(fan) == [(Kind.DECLINED, False), (Kind.PUBLISHED, True)]
    assert [one["subject"].split()[0] for one in postbox.mails] == ["Your", "About", "Your"]
    assert len({one["message-id"] for one in postbox.mails}) == 3


def test_another_reason_is_told(
    fan: Someone, staff: Someone, photo: UUID, smtp: None, postbox: Postbox, work: Work
) -> None:
    decline(staff, photo)
    settle(work)
    undo(staff, photo)
    decline(staff, photo, "There is a stranger’s face in it.")
    settle(work)

    (message,) = told(fan)
    assert "There is a stranger’s face in it." in message.body
    assert len(postbox.mails) == 2


def test_no_mail_about_a_photo_that_was_taken_back(
    fan: Someone, staff: Someone, photo: UUID, smtp: None, postbox: Postbox, work: Work
) -> None:
    happen("submission.received", submission_id=photo)
    publish(staff, photo)
    work()
    with transaction():
        withdraw_submission(fan.actor, photo)
    wait_out()
    work()

    assert postbox.mails == []
    assert [(one.kind, one.mail) for one in told(fan)] == [(Kind.RECEIVED, MailState.DROPPED)]


def test_photo_that_is_gone_is_no_stumbling_block(campaign: Campaign, work: Work) -> None:
    gone = UUID(int=1)
    for kind in ("received", "rejected", "published", "declined", "decision_undone", "withdrawn"):
        happen(f"submission.{kind}", submission_id=gone)
    work()

    assert told() == []
