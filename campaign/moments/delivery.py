"""Handing a mail over, and telling apart what trying again can help from what it cannot."""

from __future__ import annotations

import re
import smtplib
import ssl

from flask_mailman import EmailMultiAlternatives

from campaign.config import Settings
from campaign.extensions import mail
from campaign.jobs import Retry

PERMANENT = 500
"""Replies from 500 on will not change by asking again (RFC 5321, 4.2.1)."""
LONGEST_REPLY = 200
SOUND_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[^\s@<>,;:\"()]+", re.ASCII)
"""ASCII before the sign, since few servers take more (RFC 6531); after it also an international name."""


class Undeliverable(Exception):
    """A mail that will never arrive. `words` are for the desk, without the address."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def mail_config(settings: Settings) -> dict[str, object]:
    """flask-mailman's settings, from ours. Without a server and without a folder nothing is ever handed over."""
    backend = "smtp" if settings.mail_server else "folder"
    return {
        "MAIL_BACKEND": f"campaign.moments.{backend}",
        "MAIL_SERVER": settings.mail_server,
        "MAIL_PORT": settings.mail_port,
        "MAIL_USE_TLS": settings.starttls,
        "MAIL_USE_SSL": settings.mail_use_ssl,
        "MAIL_USERNAME": settings.mail_username,
        "MAIL_PASSWORD": settings.mail_password.get_secret_value(),
        "MAIL_DEFAULT_SENDER": settings.mail_from or "Flaunt <photos@localhost>",
        "MAIL_TIMEOUT": settings.mail_timeout,
    }


def sends_mail(settings: Settings) -> bool:
    """Whether there is a way for mails to leave, or a folder that stands for one."""
    return bool(settings.mail_server or settings.mail_folder)


def deliver(message: EmailMultiAlternatives) -> None:
    """Hand one mail to the server. Raises `Undeliverable`, or `Retry` where the server may take it later."""
    if not all(SOUND_ADDRESS.fullmatch(address) for address in message.recipients()):
        raise Undeliverable("Their mail address is not one that mail can be sent to.")
    try:
        with mail.get_connection() as connection:
            connection.send_messages([message])
    except smtplib.SMTPRecipientsRefused as refused:
        code, reply = next(iter(refused.recipients.values()))
        _refused(code, reply, message, "The mail server does not take mail for this address")
    except smtplib.SMTPDataError as refused:
        _refused(refused.smtp_code, refused.smtp_error, message, "The mail server refused this mail")
    except smtplib.SMTPException as problem:
        raise Retry(_words_for(problem)) from problem
    except ssl.SSLError as problem:
        raise Retry(
            "The mail server’s certificate is not one we can trust. See MAIL_SERVER and MAIL_USE_TLS."
        ) from problem
    except OSError as problem:
        raise Retry("The mail server does not answer just now. The mail leaves when it does.") from problem


def _refused(code: int, reply: bytes | str, message: EmailMultiAlternatives, words: str) -> None:
    said = _without_addresses(reply, message)
    if code >= PERMANENT:
        raise Undeliverable(f"{words}: “{code} {said}”.")
    raise Retry(f"{words} yet: “{code} {said}”. It is tried again.")


def _words_for(problem: smtplib.SMTPException) -> str:
    if isinstance(problem, smtplib.SMTPAuthenticationError):
        return "The mail server does not accept our name and password. See MAIL_USERNAME and MAIL_PASSWORD."
    if isinstance(problem, smtplib.SMTPSenderRefused):
        return "The mail server does not let us send from this address. See MAIL_FROM."
    if isinstance(problem, smtplib.SMTPNotSupportedError):
        return "The mail server offers no TLS or no sign-in. See MAIL_USE_TLS, MAIL_USE_SSL and MAIL_USERNAME."
    return "The mail server broke off. The mail leaves when it is well again."


def _without_addresses(reply: bytes | str, message: EmailMultiAlternatives) -> str:
    """One line of what the server said; whose mail it was stays with the person's row."""
    said = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    for address in message.recipients():
        said = said.replace(address, "…")
    return " ".join(said.split())[:LONGEST_REPLY]
