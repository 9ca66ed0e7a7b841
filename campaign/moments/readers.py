"""The people we write to: how to call them, in which language, and what they want by mail."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select

from campaign.accounts.models import Person
from campaign.db import db
from campaign.moments.models import Kind, MailChoice


class Group(StrEnum):
    """What a person can have by mail or not, each by itself."""

    PHOTOS = "photos"
    RESULTS = "results"
    JUDGING = "judging"
    """What a judge hears of rounds."""


GROUPS: Mapping[Kind, Group | None] = {
    Kind.RECEIVED: Group.PHOTOS,
    Kind.REJECTED: Group.PHOTOS,
    Kind.PUBLISHED: Group.PHOTOS,
    Kind.DECLINED: Group.PHOTOS,
    Kind.FINALIST: Group.RESULTS,
    Kind.WINNER: Group.RESULTS,
    Kind.NOT_THIS_TIME: Group.RESULTS,
    Kind.RELEASE_ASKED: Group.RESULTS,
    Kind.PANEL_OPENED: Group.JUDGING,
    Kind.PANEL_REMINDED: Group.JUDGING,
    Kind.PANEL_SEALED: Group.JUDGING,
    Kind.TEST: None,
}
"""A test goes to whoever asked for it, whatever they chose."""


@dataclass(frozen=True, slots=True)
class Means:
    """What this installation has to reach people with: its own address, and whether it sends mail at all."""

    base_url: str
    mails: bool

    def address(self, path: str) -> str:
        return self.base_url.rstrip("/") + path


@dataclass(frozen=True, slots=True)
class Reader:
    """One person as a message needs them."""

    person_id: UUID
    name: str
    language: str
    time_zone: str | None
    has_address: bool
    wants: frozenset[Group]

    def gets_mail(self, kind: Kind) -> bool:
        """Whether a message of this kind goes to them by mail."""
        group = GROUPS[kind]
        return self.has_address and (group is None or group in self.wants)


def readers(person_ids: Collection[UUID]) -> Mapping[UUID, Reader]:
    """These people by their ids, in one query however many; whoever was erased is left out."""
    columns = (
        Person.id,
        Person.display_name,
        Person.language,
        Person.time_zone,
        Person.email,
        MailChoice.photos,
        MailChoice.results,
        MailChoice.judging,
    )
    query = select(*columns).outerjoin(MailChoice, MailChoice.person_id == Person.id).where(Person.id.in_(person_ids))
    return {
        row.id: Reader(
            row.id,
            row.display_name,
            row.language,
            row.time_zone,
            bool(row.email),
            groups_wanted(photos=row.photos, results=row.results, judging=row.judging),
        )
        for row in db.session.execute(query)
    }


def groups_wanted(*, photos: bool | None, results: bool | None, judging: bool | None) -> frozenset[Group]:
    """The groups a person gets; None, without a choice of theirs, means yes."""
    given = {Group.PHOTOS: photos, Group.RESULTS: results, Group.JUDGING: judging}
    return frozenset(group for group, wanted in given.items() if wanted is not False)
