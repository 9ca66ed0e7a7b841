"""Cursor pages: newest first, stable while rows are added, one query whatever the depth."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Select, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from campaign.db import db
from campaign.errors import InvalidInput

T = TypeVar("T")

DEFAULT_LIMIT = 30
LARGEST_LIMIT = 100
LONGEST_CURSOR = 400


class PageQuery(BaseModel):
    """What every list takes: `limit` (1 to 100) and the `cursor` that the page before gave."""

    model_config = ConfigDict(extra="ignore")

    limit: int = Field(default=DEFAULT_LIMIT, ge=1, le=LARGEST_LIMIT)
    cursor: str | None = Field(default=None, max_length=LONGEST_CURSOR)


@dataclass(frozen=True)
class Page(Generic[T]):
    items: Sequence[T]
    next_cursor: str | None


def paginate(
    query: Select[T],
    *,
    at: InstrumentedAttribute[Any],
    limit: int = DEFAULT_LIMIT,
    cursor: str | None = None,
    newest_first: bool = True,
    identity: InstrumentedAttribute[UUID] | None = None,
) -> Page[T]:
    """One page of `query`, ordered by the instant column `at` and then by its row's id, or by `identity` instead.

    Raises InvalidInput for a cursor that no page of ours gave.
    """
    identity = at.class_.id if identity is None else identity
    place = tuple_(at, identity)
    if cursor:
        after = tuple_(*_decode(cursor))
        query = query.where(place < after if newest_first else place > after)
    order = (at.desc(), identity.desc()) if newest_first else (at.asc(), identity.asc())
    rows = db.session.scalars(query.order_by(*order).limit(limit + 1)).unique().all()
    items = rows[:limit]
    more = len(rows) > limit
    last = items[-1] if items else None
    return Page(items, _encode(getattr(last, at.key), getattr(last, identity.key)) if more and last else None)


def page_asked(query: Select[T], asked: PageQuery, *, at: InstrumentedAttribute[Any]) -> Page[T]:
    """The page that a program asked for, newest first. Raises as `paginate` does."""
    return paginate(query, at=at, limit=asked.limit, cursor=asked.cursor)


def _encode(at: datetime, identity: UUID) -> str:
    return base64.urlsafe_b64encode(json.dumps([at.isoformat(), identity.hex]).encode()).decode().rstrip("=")


def _decode(cursor: str) -> tuple[datetime, UUID]:
    cursor = cursor[:LONGEST_CURSOR]  # none of ours is longer, and JSON without end can be nested without end
    try:
        at, identity = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return datetime.fromisoformat(at).astimezone(UTC), UUID(identity)
    except (ValueError, TypeError, AttributeError, OverflowError):
        raise InvalidInput(
            "That page mark is not one of ours. Start again from the first page.", fields={"cursor": "not one of ours"}
        ) from None
