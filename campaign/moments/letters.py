"""A message as a mail: text and simple HTML, and the headers that mail programs need to treat it well."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import current_app
from flask_mailman import EmailMultiAlternatives

from campaign.campaigns.accent import ink_on
from campaign.moments.models import Kind, Moment
from campaign.moments.readers import Means
from campaign.moments.unsubscribing import CHOICES_PATH, unsubscribe_path

TO_JUDGES = (Kind.PANEL_OPENED, Kind.PANEL_REMINDED, Kind.PANEL_SEALED)
LONGEST_LINE = 998
PARAGRAPHS = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail before it is one: plain values only, so that no transaction is open while the server is spoken to."""

    message_id: str
    address: str
    title: str
    paragraphs: tuple[str, ...]
    button: str
    url: str
    signed: str
    language: str
    campaign: str
    to_judge: bool
    """Whether the reader gets it for sitting on a panel, and not for a photo of theirs."""
    accent: str
    on_accent: str
    unsubscribe_url: str
    choices_url: str


class Mail(EmailMultiAlternatives):  # type: ignore[misc]  # flask-mailman is not annotated
    """A mail whose headers are folded only where a mail server would not take them longer (RFC 5322, 2.1.1).

    Folded at 78, the address in `List-Unsubscribe` would begin on a line of its own, which not every program finds.
    """

    def message(self) -> Any:
        message = super().message()
        message.policy = message.policy.clone(max_line_length=LONGEST_LINE)
        return message


def letter_of(moment: Moment, address: str, means: Means, secret_key: str) -> Letter:
    """The mail of a message. Its Message-ID is made of the message, so a repeat after a crash is the same mail."""
    host = urlsplit(means.base_url).hostname
    return Letter(
        message_id=f"<{moment.id.hex}.{moment.edition}@{host}>",
        address=address,
        title=moment.title,
        paragraphs=paragraphs_of(moment.body),
        button=moment.button,
        url=means.address(moment.path),
        signed=moment.signed,
        language=moment.language,
        campaign=moment.campaign.title,
        to_judge=moment.kind in TO_JUDGES,
        accent=moment.campaign.accent,
        on_accent=ink_on(moment.campaign.accent),
        unsubscribe_url=means.address(unsubscribe_path(moment.person_id, secret_key)),
        choices_url=means.address(CHOICES_PATH),
    )


def paragraphs_of(body: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in PARAGRAPHS.split(body) if part.strip())


def compose(letter: Letter) -> Mail:
    """The mail with both of its forms. Needs an application context for the templates and the sender."""
    message = Mail(
        letter.title,
        _render("moments/mail.txt", letter=letter),
        to=[letter.address],
        headers={
            "Message-ID": letter.message_id,
            "List-Unsubscribe": f"<{letter.unsubscribe_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
            "Content-Language": letter.language,
        },
    )
    message.attach_alternative(_render("moments/mail.html", letter=letter), "text/html")
    return message


def _render(name: str, **values: Any) -> str:
    """Flask's own `render_template` asks the request who acts, and a worker has none."""
    return current_app.jinja_env.get_template(name).render(**values)
