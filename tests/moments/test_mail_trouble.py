"""Mails and a real mail server in trouble: patient with outages, and plain about refusals."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import update

from campaign.accounts.models import Person
from campaign.config import Settings
from campaign.db import db, transaction
from campaign.dev import ports
from campaign.jobs.models import JobState
from campaign.moments.models import MailState
from tests.moments.conftest import Postbox, Work, arrive, self_signed, told, use_mail, wait_out, waiting_job
from tests.people import Someone

ADDRESS = "fan@example.test"


def test_server_that_is_away_is_waited_for(
    fan: Someone, photo: UUID, smtp: Settings, postbox: Postbox, work: Work, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as away:
        use_mail(app, away, mail_port=1)
        arrive(photo, work)
        job = waiting_job()
        assert (job.state, job.strikes) == (JobState.DUE, 0)
        assert job.problem == "The mail server does not answer just now. The mail leaves when it does."
        assert told(fan)[0].mail is MailState.WAITING

    wait_out()
    work()

    assert postbox.recipients == [ADDRESS]
    assert told(fan)[0].mail is MailState.SENT


def test_server_that_stalls_is_not_waited_for_without_end(
    fan: Someone, photo: UUID, smtp: Settings, postbox: Postbox, work: Work
) -> None:
    postbox.stalls = True
    arrive(photo, work)
    assert waiting_job().state is JobState.DUE

    postbox.stalls = False
    wait_out()
    work()

    assert told(fan)[0].mail is MailState.SENT


def test_address_refused_for_good_fails_at_once_with_words(
    fan: Someone, photo: UUID, smtp: Settings, postbox: Postbox, work: Work
) -> None:
    postbox.refuses = {ADDRESS: f"550 5.1.1 <{ADDRESS}>: no such mailbox"}
    arrive(photo, work)

    (message,) = told(fan)
    assert message.mail is MailState.FAILED
    assert message.mail_problem == (
        "The mail server does not take mail for this address: “550 5.1.1 <…>: no such mailbox”."
    )
    assert waiting_job().state is JobState.DONE


@pytest.mark.parametrize("reply", ["451 4.7.1 Greylisted, come again", "452 4.2.2 The mailbox is full"])
def test_refusal_for_now_is_tried_again(
    fan: Someone, photo: UUID, smtp: Settings, postbox: Postbox, work: Work, reply: str
) -> None:
    postbox.refuses = {ADDRESS: reply}
    arrive(photo, work)
    assert told(fan)[0].mail is MailState.WAITING
    assert reply[4:] in (waiting_job().problem or "")

    postbox.refuses = {}
    wait_out()
    work()

    assert told(fan)[0].mail is MailState.SENT


def test_mail_refused_for_what_it_says_fails_at_once(
    fan: Someone, photo: UUID, smtp: Settings, postbox: Postbox, work: Work
) -> None:
    postbox.data_reply = "554 5.7.1 Looks like spam"
    arrive(photo, work)

    (message,) = told(fan)
    assert (message.mail, message.mail_problem) == (
        MailState.FAILED,
        "The mail server refused this mail: “554 5.7.1 Looks like spam”.",
    )


def test_server_without_the_encryption_we_ask_for_gets_nothing(
    fan: Someone, photo: UUID, smtp: Settings, postbox: Postbox, work: Work, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_mail(app, monkeypatch, mail_use_tls=None)
    arrive(photo, work)

    assert postbox.mails == []
    assert "MAIL_USE_TLS" in (waiting_job().problem or "")


def test_server_with_a_certificate_nobody_vouches_for_gets_nothing(
    fan: Someone, photo: UUID, smtp: Settings, work: Work, app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    box = Postbox(port=ports.choose(("smtp",))["smtp"])
    controller = Controller(box, hostname="127.0.0.1", port=box.port, tls_context=self_signed(tmp_path))
    controller.start()
    try:
        use_mail(app, monkeypatch, mail_port=box.port, mail_use_tls=True)
        arrive(photo, work)
    finally:
        controller.stop()

    assert box.mails == []
    assert "certificate is not one we can trust" in (waiting_job().problem or "")
    assert told(fan)[0].mail is MailState.WAITING


@pytest.mark.parametrize("address", ["nobody", "ü@example.test", "a@b@c", "two words@example.test"])
def test_address_that_is_none_fails_with_words(
    fan: Someone, photo: UUID, smtp: Settings, postbox: Postbox, work: Work, address: str
) -> None:
    with transaction():
        db.session.execute(update(Person).where(Person.id == fan.person_id).values(email=address))
    arrive(photo, work)

    (message,) = told(fan)
    assert (message.mail, postbox.mails) == (MailState.FAILED, [])
    assert message.mail_problem == "Their mail address is not one that mail can be sent to."
