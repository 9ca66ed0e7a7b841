"""Campaigns by state, words and order, for the desk's list and the API's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from campaign.campaigns.models import Campaign, Stage, State
from campaign.db import db
from campaign.web.pagination import DEFAULT_LIMIT, Page, paginate
from campaign.wording import one_line

LONGEST_WORDS = 120


class Order(StrEnum):
    NEWEST = "newest"
    """Made last, first."""
    CLOSING = "closing"
    """The earliest closing time first."""
    LATEST = "latest"
    """The latest closing time first."""


ORDERS: dict[Order, tuple[InstrumentedAttribute[Any], bool]] = {
    Order.NEWEST: (Campaign.created_at, True),
    Order.CLOSING: (Campaign.closes_at, False),
    Order.LATEST: (Campaign.closes_at, True),
}


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Which campaigns, in which order. No state stands for all of them."""

    state: State | None = None
    words: str = ""
    order: Order = Order.NEWEST


def listed(
    query: Select[Campaign], choice: Choice, now: datetime, *, cursor: str | None, limit: int = DEFAULT_LIMIT
) -> Page[Campaign]:
    """One page of what the query allows and the choice asks for."""
    query = _saying(query, choice.words)
    if choice.state is not None:
        query = query.where(is_in(choice.state, now))
    at, newest_first = ORDERS[choice.order]
    return paginate(query, at=at, limit=limit, cursor=cursor, newest_first=newest_first)


def count_states(query: Select[Campaign], choice: Choice, now: datetime) -> dict[State, int]:
    """How many campaigns of the query are in each state, in one statement."""
    found = _saying(query, choice.words).with_only_columns(
        *(func.count().filter(is_in(state, now)).label(state.value) for state in State)
    )
    row = db.session.execute(found).one()
    return {state: row[place] for place, state in enumerate(State)}


def is_in(state: State, now: datetime) -> ColumnElement[bool]:
    """What `Campaign.state_at(now)` answers, as a condition for the database."""
    launched, closed = Campaign.stage == Stage.LAUNCHED, Campaign.stage == Stage.CLOSED
    under_way = and_(launched, Campaign.opens_at <= now, Campaign.closes_at > now)
    conditions: dict[State, ColumnElement[bool]] = {
        State.DRAFT: Campaign.stage == Stage.DRAFT,
        State.SCHEDULED: and_(launched, Campaign.opens_at > now),
        State.OPEN: and_(under_way, Campaign.paused_at.is_(None)),
        State.PAUSED: and_(under_way, Campaign.paused_at.is_not(None)),
        State.CLOSED: or_(
            and_(launched, Campaign.closes_at <= now),
            and_(closed, or_(Campaign.announces_at.is_(None), Campaign.announces_at > now)),
        ),
        State.ANNOUNCED: or_(Campaign.stage == Stage.ANNOUNCED, and_(closed, Campaign.announces_at <= now)),
    }
    return conditions[state]


def nobody_yet(query: Select[Campaign]) -> bool:
    """Whether the query holds no campaign at all, so that the list says how to begin."""
    return not db.session.scalar(select(query.order_by(None).exists()))


def _saying(query: Select[Campaign], words: str) -> Select[Campaign]:
    for word in one_line(words)[:LONGEST_WORDS].split():
        says = (column.icontains(word, autoescape=True) for column in (Campaign.title, Campaign.slug, Campaign.brief))
        query = query.where(or_(*says))
    return query
