"""A folder in place of a mail server, for development: one file for each mail, named by its Message-ID."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

from flask_mailman.backends.base import BaseEmailBackend

from campaign.extensions import settings

SOUND_NAME = re.compile(r"^[A-Za-z0-9.@_-]+\.eml$")


class EmailBackend(BaseEmailBackend):  # type: ignore[misc]  # flask-mailman is not annotated
    """Writes each mail whole or not at all; the same mail again replaces its file."""

    def send_messages(self, email_messages: Sequence[object]) -> int:
        folder = settings().mail_folder
        assert folder is not None, "this backend is chosen where there is a folder"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for email in email_messages:
            self._write(folder, email.message())  # type: ignore[attr-defined]  # flask-mailman's message
        return len(email_messages)

    @staticmethod
    def _write(folder: Path, message: object) -> None:
        name = file_name(message["Message-ID"])  # type: ignore[index]  # a MIME message
        fresh = folder / f".{name}.{os.getpid()}"
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(message.as_bytes(linesep="\r\n"))  # type: ignore[attr-defined]  # a MIME message
        fresh.replace(folder / name)


def file_name(message_id: str) -> str:
    """The file of the mail with this Message-ID."""
    return re.sub(r"[^A-Za-z0-9.@_-]", "", message_id) + ".eml"
