"""Mails through a real mail server: whole, and once."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, update

from campaign.accounts.models import Person
from campaign.config import Settings
from campaign.db import db, transaction
from campaign.jobs.models import Job, JobState
from campaign.moments import postman
from campaign.moments.models import MailState, Moment
from campaign.submissions.models import SubmissionState
from tests.factories import add_photos, make_campaign
from tests.moments.conftest import Postbox, Work, arrive, happen, told, wait_out, waiting_job
from tests.people import Someone

ADDRESS = "fan@example.test"


def part(mail: EmailMessage, kind: str) -> str:
    found = mail.get_body(preferencelist=(kind,))
    assert found is not None
    return str(found.get_content())


def test_mail_has_both_forms_and_the_headers_mail_programs_look_for(
    fan: Someone, photo: UUID, smtp: Settings, postbox: Postbox, work: Work
) -> None:
    arrive(photo, work)

    (mail,) = postbox.mails
    (message,) = told(fan)
    assert mail["to"] == ADDRESS
    assert mail["from"] == "Flaunt <photos@example.test>"
    assert mail["message-id"] == f"<{message.id.hex}.1@localhost>"
    assert mail["auto-submitted"] == "auto-generated"
    assert mail["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
    link = mail["list-unsubscribe"].strip("<>")
    assert link.startswith("http://localhost/unsubscribe/")
    for form in (part(mail, "plain"), part(mail, "html")):
        assert "Hello Fan," in form
        assert "http://localhost/me/photos" in form
        assert "The people behind Flaunt your city" in form
        assert link in form
        assert "http://localhost/me/messages/choices" in form
    assert message.mail is MailState.SENT
    assert message.mailed_at is not None


def test_html_carries_the_campaigns_colour_and_nothing_that_acts(
    photo: UUID, smtp: Settings, postbox: Postbox, work: Work
) -> None:
    arrive(photo, work)

    html = part(postbox.mails[0], "html")
    assert "background: #ffb547" in html
    for unwanted in ("<script", "<img", " style=", "onclick", "http://cdn"):
        assert unwanted not in html


def test_what_people_wrote_is_text_in_a_mail(
    marketer: Someone, fan: Someone, smtp: Settings, postbox: Postbox, work: Work
) -> None:
    assert fan.person_id is not None
    campaign = make_campaign(marketer.actor, title="Cats & <dogs> {name}")
    with transaction():
        db.session.execute(update(Person).where(Person.id == fan.person_id).values(display_name="<b>{link}</b>"))
    photo = add_photos(campaign, fan.person_id, 1, SubmissionState.READY)[0].id
    arrive(photo, work)

    (mail,) = postbox.mails
    assert "Hello &lt;b&gt;{link}&lt;/b&gt;," in part(mail, "html")
    assert "Hello <b>{link}</b>," in part(mail, "plain")
    assert "Cats &amp; &lt;dogs&gt; {name}" in part(mail, "html")


def test_repeat_after_a_crash_is_the_same_mail(
    fan: Someone, photo: UUID, smtp: Settings, postbox: Postbox, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as crashing:
        crashing.setattr(postman, "record_sent", _crash)
        arrive(photo, work)
    wait_out()
    work()

    assert len(postbox.mails) == 2
    assert len({mail["message-id"] for mail in postbox.mails}) == 1
    assert told(fan)[0].mail is MailState.SENT


def _crash(*_args: object, **_kwargs: object) -> None:
    raise RuntimeError("the power went")


def test_mail_is_sent_once_however_often_its_job_is_delivered(
    fan: Someone, photo: UUID, smtp: Settings, postbox: Postbox, work: Work
) -> None:
    arrive(photo, work)
    with transaction():
        db.session.execute(update(Job).where(Job.kind == "moments.mail").values(state="due", finished_at=None))
    work()

    assert len(postbox.mails) == 1


def test_job_that_gives_up_leaves_its_reason(
    fan: Someone, photo: UUID, smtp: Settings, work: Work, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postman, "deliver", _crash)
    arrive(photo, work)
    for _ in range(2):
        wait_out()
        work()

    assert waiting_job().state is JobState.FAILED
    (message,) = told(fan)
    assert message.mail is MailState.FAILED
    assert "It stopped unexpectedly (RuntimeError)." in message.mail_problem


def test_without_a_way_for_mail_messages_are_in_the_app_only(
    fan: Someone, photo: UUID, work: Work, postbox: Postbox
) -> None:
    arrive(photo, work)

    assert [one.mail for one in told(fan)] == [MailState.APP]
    assert db.session.scalar(select(Job.id).where(Job.kind == "moments.mail")) is None


def test_person_without_an_address_is_told_in_the_app_only(
    fan: Someone, photo: UUID, smtp: Settings, postbox: Postbox, work: Work
) -> None:
    with transaction():
        db.session.execute(update(Person).where(Person.id == fan.person_id).values(email=None))
    arrive(photo, work)

    assert ([one.mail for one in told(fan)], postbox.mails) == ([MailState.APP], [])


def test_folder_keeps_one_file_for_each_mail(fan: Someone, photo: UUID, folder: Path, work: Work) -> None:
    arrive(photo, work)

    (file,) = folder.iterdir()
    (message,) = told(fan)
    assert file.name == f"{message.id.hex}.1@localhost.eml"
    assert file.stat().st_mode & 0o777 == 0o600
    assert b"Subject: Your photo reached us\r\n" in file.read_bytes()


def test_person_is_gone_before_the_mail_leaves(
    fan: Someone, photo: UUID, smtp: Settings, postbox: Postbox, work: Work
) -> None:
    happen("submission.received", submission_id=photo)
    work()
    with transaction():
        db.session.execute(db.delete(Moment))
    wait_out()
    work()

    assert postbox.mails == []
    assert waiting_job().state is JobState.DONE
