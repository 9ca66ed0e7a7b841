"""The bell in the header: how many messages nobody has read yet."""

from __future__ import annotations

from sqlalchemy.exc import SQLAlchemyError

from campaign.accounts.authentication import shown_actor
from campaign.moments.inbox import MOST_COUNTED, count_unread


def ring() -> dict[str, object]:
    """Give pages `unread()`: asked only where a header shows it, so that other pages cost nothing."""
    return {"unread": unread}


def unread() -> str:
    """The number as it is shown: empty for none, `9+` beyond nine, empty too while the database is away."""
    actor = shown_actor()
    if actor.person_id is None:
        return ""
    try:
        count = count_unread(actor.person_id)
    except SQLAlchemyError:
        return ""
    return "9+" if count >= MOST_COUNTED else str(count or "")
