"""A campaign, mail that really leaves, a mail server that can be told to misbehave, and a hand that does the jobs."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from flask import Flask
from sqlalchemy import inspect, select, text, update

from campaign.campaigns.models import Campaign
from campaign.config import Settings
from campaign.db import db, transaction
from campaign.dev import ports
from campaign.extensions import mail
from campaign.jobs import record, runner
from campaign.jobs.models import Job, JobState
from campaign.moments.delivery import mail_config
from campaign.moments.models import Moment
from campaign.submissions.models import SubmissionState
from tests.factories import add_photos, make_campaign
from tests.people import Someone

Work = Callable[[], int]


@pytest.fixture
def campaign(marketer: Someone) -> Campaign:
    return make_campaign(marketer.actor)


@pytest.fixture
def work(database: None) -> Work:
    """Do every job that is due, and what follows from it; returns how many attempts that took."""

    def do() -> int:
        done = 0
        while due := _due():
            for job_id in due:
                runner.run(str(job_id))
                done += 1
        return done

    return do


def _due() -> list[UUID]:
    query = select(Job.id).where(Job.state == JobState.DUE, Job.run_at <= text("clock_timestamp()"))
    return list(db.session.scalars(query.order_by(Job.run_at, Job.id)))


def wait_out(kind: str = "moments.%") -> None:
    """Let the time pass for which jobs of this kind wait."""
    with transaction():
        waiting = (Job.kind.like(kind), Job.state == JobState.DUE)
        db.session.execute(update(Job).where(*waiting).values(run_at=text("clock_timestamp()")))


def happen(kind: str, **payload: Any) -> None:
    with transaction():
        record(kind, {name: str(value) for name, value in payload.items()})


def again(campaign: Campaign) -> Campaign:
    """The same campaign in the session of now: jobs leave objects of before behind."""
    return db.session.get_one(Campaign, inspect(campaign).identity)


def told(person: Someone | None = None) -> list[Moment]:
    """Messages as stored now, oldest first."""
    query = select(Moment).order_by(Moment.told_at, Moment.id).execution_options(populate_existing=True)
    return list(db.session.scalars(query if person is None else query.where(Moment.person_id == person.person_id)))


class Postbox:
    """What the mail server took, and how it behaves: `refuses` maps an address to a reply, `stalls` says nothing."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.mails: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.refuses: dict[str, str] = {}
        self.data_reply = "250 Taken"
        self.stalls = False

    async def handle_RCPT(  # noqa: N802 -- aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.stalls:
            await asyncio.Event().wait()
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 -- aiosmtpd's name
        content = envelope.content
        assert isinstance(content, bytes)
        if self.data_reply.startswith("250"):
            self.mails.append(BytesParser(EmailMessage, policy=policy.default).parsebytes(content))
            self.recipients += envelope.rcpt_tos
        return self.data_reply


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    """A real mail server on a port of its own."""
    box = Postbox(port=ports.choose(("smtp",))["smtp"])
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


def use_mail(app: Flask, monkeypatch: pytest.MonkeyPatch, **changes: Any) -> Settings:
    """Let the application send mail as these settings say, until the test ends."""
    given: Settings = app.extensions["flaunt_settings"].model_copy(update=changes)
    monkeypatch.setitem(app.extensions, "flaunt_settings", given)
    for name, value in mail_config(given).items():
        monkeypatch.setitem(app.config, name, value)
    monkeypatch.setitem(app.extensions, "mailman", None)
    mail.init_app(app)
    return given


@pytest.fixture
def smtp(app: Flask, postbox: Postbox, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The application's mails go to the postbox."""
    return use_mail(
        app,
        monkeypatch,
        mail_server="127.0.0.1",
        mail_port=postbox.port,
        mail_use_tls=False,
        mail_from="Flaunt <photos@example.test>",
        mail_timeout=0.5,
    )


@pytest.fixture
def folder(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The application's mails go into a folder."""
    use_mail(app, monkeypatch, mail_folder=tmp_path / "mail")
    return tmp_path / "mail"


def self_signed(folder: Path) -> ssl.SSLContext:
    """A server's side of TLS, with a certificate it made itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    (folder / "certificate.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
    return context


@pytest.fixture
def photo(campaign: Campaign, fan: Someone) -> UUID:
    assert fan.person_id is not None
    return add_photos(campaign, fan.person_id, 1, SubmissionState.READY)[0].id


def arrive(photo: UUID, work: Work) -> None:
    """A photo arrives, and the mail about it tries to leave."""
    happen("submission.received", submission_id=photo)
    work()
    wait_out()
    work()


def waiting_job() -> Job:
    db.session.expire_all()
    return db.session.scalars(select(Job).where(Job.kind == "moments.mail")).one()
