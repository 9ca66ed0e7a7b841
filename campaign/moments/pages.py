"""A person's messages in the app, what they want by mail, and the way out of our mails."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign.accounts.authentication import PROVES_ITSELF, current_actor
from campaign.campaigns.views import view_campaign
from campaign.db import transaction
from campaign.extensions import settings
from campaign.moments.choices import choose_by_link, choose_mail, mail_choices
from campaign.moments.inbox import mark_read, messages_of, open_message, reader_id
from campaign.moments.letters import paragraphs_of
from campaign.moments.models import Moment
from campaign.moments.readers import Group
from campaign.moments.tasks import means_of
from campaign.moments.unsubscribing import person_of_token
from campaign.web.pagination import paginate

pages = Blueprint("moments", __name__)


@pages.get("/me/messages")
def messages() -> ResponseReturnValue:
    """Everything this person was told, newest first."""
    person_id = reader_id(current_actor())
    page = paginate(messages_of(person_id), at=Moment.told_at, cursor=request.args.get("after"))
    return render_template(
        "moments/messages.html",
        messages=page.items,
        any_unread=any(one.read_at is None for one in page.items),
        next_cursor=page.next_cursor,
    )


@pages.get("/me/messages/<uuid:id>")
def message(id: UUID) -> ResponseReturnValue:  # noqa: A002 -- the name in the address
    """One message, whole. Opening it marks it as read."""
    with transaction():
        open_message(current_actor(), id)
    moment = open_message(current_actor(), id)
    return render_template(
        "moments/message.html",
        message=moment,
        paragraphs=paragraphs_of(moment.body),
        link=means_of(settings()).address(moment.path),
        campaign=view_campaign(moment.campaign),
    )


@pages.post("/me/messages/read")
def read_all() -> ResponseReturnValue:
    with transaction():
        mark_read(current_actor())
    flash("All read.")
    return redirect(url_for("moments.messages"))


@pages.get("/me/messages/choices")
def choices() -> ResponseReturnValue:
    chosen = mail_choices(reader_id(current_actor()))
    return render_template("moments/choices.html", chosen=chosen)


@pages.post("/me/messages/choices")
def choose() -> ResponseReturnValue:
    with transaction():
        choose_mail(current_actor(), _groups())
    flash("Kept. In the app every message is there, whatever comes by mail.")
    return redirect(url_for("moments.choices"))


@pages.get("/unsubscribe/<token>")
def unsubscribe(token: str) -> ResponseReturnValue:
    """Asks with one button. Looking alone changes nothing: mail programs look at links by themselves."""
    return _unsubscribe_page(token)


@pages.post("/unsubscribe/<token>")
def stop(token: str) -> ResponseReturnValue:
    """Stop every mail, from the page or by a mail program's own button; `groups` takes some up again.

    Answers with a page and not with a redirect, which mail programs do not follow (RFC 8058, 3.1).
    """
    with transaction():
        choose_by_link(_person(token), _groups())
    return _unsubscribe_page(token)


setattr(stop, PROVES_ITSELF, True)


def _person(token: str) -> UUID:
    return person_of_token(token, settings().secret_key.get_secret_value())


def _unsubscribe_page(token: str) -> str:
    chosen = mail_choices(_person(token))
    return render_template("moments/unsubscribe.html", token=token, chosen=chosen, groups=list(Group))


def _groups() -> list[Group]:
    """The ticked groups; others than ours are passed over."""
    return [group for group in Group if group.value in request.form.getlist("groups")]
