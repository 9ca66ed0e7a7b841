"""The mail server: does it answer, encrypt and let us in? Nothing is sent."""

from __future__ import annotations

import smtplib
import ssl

from campaign.config import Settings
from campaign.doctor.finding import Ailing, Finding

NAME = "mail"


def examine_mail(settings: Settings) -> Finding:
    """Raises Ailing where mails could not be handed over."""
    if settings.mail_server is None and settings.mail_folder:
        return Finding(NAME, f"kept in {settings.mail_folder} and sent to nobody", note=True)
    if settings.mail_server is None:
        return Finding(NAME, "none: fans are told in the app alone. MAIL_SERVER would tell them by mail too", note=True)
    here = f"{settings.mail_server}:{settings.mail_port}"
    try:
        with _connection(settings) as server:
            server.ehlo_or_helo_if_needed()
            if settings.starttls:
                server.starttls(context=ssl.create_default_context())
            if settings.mail_username:
                server.login(settings.mail_username, settings.mail_password.get_secret_value())
            server.noop()
    except smtplib.SMTPAuthenticationError as problem:
        raise Ailing(f"{here} refuses the password", "Check MAIL_USERNAME and MAIL_PASSWORD.") from problem
    except ssl.SSLError as problem:
        raise Ailing(
            f"{here} cannot be spoken to in confidence: {problem.reason or problem}",
            "Check MAIL_PORT, MAIL_USE_TLS and MAIL_USE_SSL, and the server's certificate.",
        ) from problem
    except smtplib.SMTPNotSupportedError as problem:
        raise Ailing(
            f"{here} lacks something we were told to use: {problem}", "Check MAIL_USE_TLS and MAIL_USERNAME."
        ) from problem
    except (OSError, smtplib.SMTPException) as problem:
        raise Ailing(f"{here} does not answer: {problem}", "Check MAIL_SERVER and MAIL_PORT.") from problem
    return Finding(NAME, f"{here} takes mail from {settings.mail_from}")


def _connection(settings: Settings) -> smtplib.SMTP:
    kind = smtplib.SMTP_SSL if settings.mail_use_ssl else smtplib.SMTP
    return kind(str(settings.mail_server), settings.mail_port, timeout=settings.mail_timeout)
