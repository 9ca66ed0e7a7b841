"""Messages for programs: one's own, and a campaign's as the desk sees them."""

from __future__ import annotations

from uuid import UUID

from campaign.accounts.authentication import current_actor
from campaign.accounts.permissions import require
from campaign.campaigns.queries import campaign_by_slug
from campaign.db import db, transaction
from campaign.extensions import settings
from campaign.moments.choices import choose_mail, mail_choices
from campaign.moments.inbox import count_unread, mark_read, messages_of, reader_id
from campaign.moments.models import Moment
from campaign.moments.readers import Group
from campaign.moments.schemas import (
    MailChoices,
    MessageList,
    MessageOut,
    ReadIn,
    UnreadOut,
    WatchedList,
    WatchedOut,
    WatchQuery,
)
from campaign.moments.tasks import means_of
from campaign.moments.watching import campaign_messages, count_by_mail, reasons, try_again
from campaign.web.api import api_blueprint
from campaign.web.pagination import PageQuery, page_asked

api = api_blueprint("moments")


@api.get("/me/messages")
@api.input(PageQuery, location="query")
@api.output(MessageList)
def list_messages(query_data: PageQuery) -> MessageList:
    """What I was told, newest first. Reading them here marks nothing as read."""
    person_id = reader_id(current_actor())
    page = page_asked(messages_of(person_id), query_data, at=Moment.told_at)
    return MessageList(
        data=[_message(one) for one in page.items], next_cursor=page.next_cursor, unread=count_unread(person_id)
    )


@api.post("/me/messages/read")
@api.input(ReadIn)
@api.output(UnreadOut)
def post_read(json_data: ReadIn) -> UnreadOut:
    """Mark messages of mine as read: those named, or all. Ids that are not mine are passed over."""
    actor = current_actor()
    with transaction():
        mark_read(actor, json_data.ids)
    return UnreadOut(unread=count_unread(reader_id(actor)))


@api.get("/me/mail-choices")
@api.output(MailChoices)
def get_mail_choices() -> MailChoices:
    """What I get by mail."""
    chosen = mail_choices(reader_id(current_actor()))
    return MailChoices(**{group.value: group in chosen for group in Group})


@api.put("/me/mail-choices")
@api.input(MailChoices)
@api.output(MailChoices)
def put_mail_choices(json_data: MailChoices) -> MailChoices:
    """Choose what I get by mail; all false is no mail at all."""
    with transaction():
        choose_mail(current_actor(), [group for group in Group if getattr(json_data, group.value)])
    return json_data


@api.get("/campaigns/<slug>/messages")
@api.input(WatchQuery, location="query")
@api.output(WatchedList)
def list_campaign_messages(slug: str, query_data: WatchQuery) -> WatchedList:
    """Who was told what in a campaign, and what became of each mail; `mail=failed` for those that need somebody."""
    actor = current_actor()
    campaign = campaign_by_slug(slug, actor)
    require(actor, "moments.watch", campaign)
    page = page_asked(campaign_messages(campaign.id, query_data.mail), query_data, at=Moment.told_at)
    problems = reasons(page.items)
    return WatchedList(
        data=[_watched(one, problems.get(one.id, "")) for one in page.items],
        next_cursor=page.next_cursor,
        counts={state.value: count for state, count in count_by_mail(campaign.id).items()},
    )


@api.post("/campaigns/<slug>/messages/<uuid:moment_id>/retry")
@api.output(WatchedOut)
def post_retry(slug: str, moment_id: UUID) -> WatchedOut:
    """Send a failed mail once more."""
    actor = current_actor()
    campaign = campaign_by_slug(slug, actor)
    require(actor, "moments.watch", campaign)
    with transaction():
        try_again(actor, campaign, moment_id)
    return _watched(db.session.get_one(Moment, moment_id), "")


def _message(moment: Moment) -> MessageOut:
    return MessageOut(
        id=moment.id,
        kind=moment.kind,
        campaign=moment.campaign.slug,
        title=moment.title,
        body=moment.body,
        signed=moment.signed,
        language=moment.language,
        button=moment.button,
        url=means_of(settings()).address(moment.path),
        told_at=moment.told_at,
        read_at=moment.read_at,
    )


def _watched(moment: Moment, problem: str) -> WatchedOut:
    return WatchedOut(
        id=moment.id,
        kind=moment.kind,
        to=moment.person.display_name,
        title=moment.title,
        mail=moment.mail,
        problem=problem,
        told_at=moment.told_at,
        mailed_at=moment.mailed_at,
        read_at=moment.read_at,
    )
