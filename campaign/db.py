"""The database: one session per request or task, explicit transactions, and the two-step lock of the closing rule."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any, TypeVar
from uuid import UUID, uuid4

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import CheckConstraint, DateTime, Dialect, MetaData, Text, TypeDecorator, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={datetime: DateTime(timezone=True), str: Text(), dict[str, Any]: JSONB()},
    )


db = SQLAlchemy(model_class=Base, disable_autonaming=True)


class Identified:
    """A row known by a random id and the instant it was written."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    created_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))


Choices = TypeVar("Choices", bound=StrEnum)


class Choice(TypeDecorator[Choices]):
    """Text in the database, a member of the enum in Python, so that states may be compared with `is`."""

    impl = Text
    cache_ok = True

    def __init__(self, choices: type[Choices]) -> None:
        super().__init__()
        self.choices = choices

    def process_bind_param(self, value: Choices | None, dialect: Dialect) -> str | None:  # noqa: ARG002 -- SQLAlchemy's signature
        return None if value is None else self.choices(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> Choices | None:  # noqa: ARG002 -- SQLAlchemy's signature
        return None if value is None else self.choices(value)


def one_of(column: str, states: type[StrEnum]) -> CheckConstraint:
    """A check that a text column holds one of the enum's values."""
    values = ", ".join(f"'{state.value}'" for state in states)
    return CheckConstraint(f"{column} IN ({values})", name=column)


@contextmanager
def transaction() -> Iterator[None]:
    """Commit what the block did, or nothing of it."""
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise


class Lock(IntEnum):
    """Kinds of advisory lock. The pair (kind, hash of the id) is the lock; two ids that collide only wait longer."""

    CAMPAIGN = 1
    ROUND = 2
    ENTRIES = 3
    ALLOCATION = 4
    CLOCK = 5
    CHAIN = 6
    LOOKING = 7
    RECKONING = 8


def lock_shared(kind: Lock, name: object) -> None:
    """Join the people who add while the thing is open. Read its window in a *later* statement, never before.

    Held to the end of the transaction. A row lock would not do: under load, sharers overtake a waiting closer.
    """
    db.session.execute(
        text("SELECT pg_advisory_xact_lock_shared(:kind, hashtext(:name))"),
        {"kind": int(kind), "name": str(name)},
    )


def lock_exclusive(kind: Lock, name: object) -> None:
    """Wait until everybody who is adding has finished, and keep others out to the end of the transaction."""
    db.session.execute(
        text("SELECT pg_advisory_xact_lock(:kind, hashtext(:name))"), {"kind": int(kind), "name": str(name)}
    )
