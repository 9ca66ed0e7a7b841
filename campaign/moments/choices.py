"""What each person wants by mail. In the app every message is there, whatever they choose."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.sql import func

from campaign.accounts.actor import Actor
from campaign.accounts.models import Person
from campaign.accounts.permissions import require
from campaign.db import db
from campaign.errors import NotFound
from campaign.moments.models import MailChoice
from campaign.moments.readers import Group, groups_wanted


def mail_choices(person_id: UUID) -> frozenset[Group]:
    """The groups this person gets by mail: all of them until they chose otherwise."""
    row = db.session.get(MailChoice, person_id)
    if row is None:
        return frozenset(Group)
    return groups_wanted(photos=row.photos, results=row.results, judging=row.judging)


def choose_mail(actor: Actor, groups: Collection[Group]) -> None:
    """From now on only these by mail; none of them is a choice too. What waits is looked at again as it leaves."""
    require(actor, "profile.edit")
    assert actor.person_id is not None, "the permission asked for somebody signed in"
    _keep(actor.person_id, groups)


def stop_mail(person_id: UUID) -> None:
    """The link in a mail: nothing by mail any more. The link itself proves who asks. Raises NotFound."""
    choose_by_link(person_id, ())


def choose_by_link(person_id: UUID, groups: Collection[Group]) -> None:
    """What the page behind that link offers besides: all of it again. Raises NotFound for who was erased."""
    if db.session.get(Person, person_id) is None:
        raise NotFound("This link belonged to somebody who is not with us any more. No mail goes there.")
    _keep(person_id, groups)


def _keep(person_id: UUID, groups: Collection[Group]) -> None:
    chosen = {group.value: group in groups for group in Group}
    statement = insert(MailChoice).values(person_id=person_id, **chosen)
    changed = {**chosen, "changed_at": func.clock_timestamp()}
    db.session.execute(statement.on_conflict_do_update(index_elements=[MailChoice.person_id], set_=changed))
