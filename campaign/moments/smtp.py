"""The way to the mail server: flask-mailman's, with certificates checked and a goodbye that cannot undo a delivery."""

from __future__ import annotations

import smtplib
import ssl
from typing import Any
from urllib.parse import urlsplit

from flask_mailman.backends import smtp

from campaign.extensions import settings


class EmailBackend(smtp.EmailBackend):  # type: ignore[misc]  # flask-mailman is not annotated
    """One connection, closed after use whatever happened on it.

    flask-mailman's own begins TLS without looking at the server's certificate, leaves the connection open when a
    server refuses, and asks the resolver for this machine's name first, which may take long.
    """

    connection: smtplib.SMTP | None

    def open(self) -> bool:
        """Connect, encrypt and sign in as the settings say. Raises SMTPException or OSError."""
        if self.connection:
            return False
        named: dict[str, Any] = {"local_hostname": urlsplit(settings().base_url).hostname, "timeout": self.timeout}
        if self.use_ssl:
            opened: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, context=ssl.create_default_context(), **named)
        else:
            opened = smtplib.SMTP(self.host, self.port, **named)
        self.connection = opened  # closed from here on, whatever the server answers
        if self.use_tls:
            opened.starttls(context=ssl.create_default_context())
        if self.username:
            opened.login(self.username, self.password)
        return True

    def close(self) -> None:
        """What the server accepted stays accepted, however the goodbye goes."""
        connection, self.connection = self.connection, None
        if connection is None:
            return
        try:
            connection.quit()
        except (smtplib.SMTPException, OSError):
            connection.close()
