"""`/dev/mail`: the mails in the folder that stands for a mail server. The application has it in development only."""

from __future__ import annotations

from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from campaign.errors import NotFound
from campaign.extensions import settings
from campaign.moments.folder import SOUND_NAME

outbox = Blueprint("outbox", __name__)

MOST_SHOWN = 100
SEALED = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'self'"
"""A mail may style itself and do nothing else: no script, no request, no form, and no look at this site."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail of the folder."""

    name: str
    message: EmailMessage

    @property
    def text(self) -> str:
        return self._part("plain")

    @property
    def html(self) -> str:
        return self._part("html")

    def _part(self, kind: str) -> str:
        part = self.message.get_body(preferencelist=(kind,))
        return str(part.get_content()) if part else ""


@outbox.get("/dev/mail")
def mails() -> ResponseReturnValue:
    """The newest mails, newest first."""
    newest = sorted(_files(), key=lambda path: path.stat().st_mtime, reverse=True)
    shown = [_read(path) for path in newest[:MOST_SHOWN]]
    return render_template("moments/outbox.html", mails=shown, total=len(newest), folder=settings().mail_folder)


@outbox.get("/dev/mail/<name>")
def mail(name: str) -> ResponseReturnValue:
    """One mail: its headers, its text, and its HTML in a sealed frame."""
    return render_template("moments/outbox_mail.html", mail=_named(name))


@outbox.get("/dev/mail/<name>/html")
def html(name: str) -> ResponseReturnValue:
    """The HTML alone, as a mail program would show it."""
    response = Response(_named(name).html, mimetype="text/html")
    response.headers["Content-Security-Policy"] = SEALED
    return response


def _named(name: str) -> Mail:
    found = next((path for path in _files() if path.name == name), None) if SOUND_NAME.match(name) else None
    if found is None:
        raise NotFound("There is no such mail in the folder.")
    return _read(found)


def _files() -> list[Path]:
    folder = settings().mail_folder
    return [] if folder is None or not folder.is_dir() else [path for path in folder.glob("*.eml") if path.is_file()]


def _read(path: Path) -> Mail:
    return Mail(path.name, BytesParser(EmailMessage, policy=policy.default).parsebytes(path.read_bytes()))
