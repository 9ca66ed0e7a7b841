"""What the team's pages and its API show, with one statement for each kind of thing however long the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from campaign.accounts.actor import Actor
from campaign.accounts.invitations import InvitationState, invitation_state
from campaign.accounts.models import Invitation, Person, Role, RoleGrant
from campaign.accounts.permissions import About, can
from campaign.accounts.role_words import ROLE_LABELS
from campaign.team.roster import titles_of


@dataclass(frozen=True, slots=True)
class Place:
    """Where a role counts; without a slug, everywhere."""

    slug: str | None
    title: str


EVERYWHERE = Place(None, "every campaign")


@dataclass(frozen=True, slots=True)
class Member:
    """One role of one person; `giver` is None where the operator gave it."""

    id: UUID
    person: Person
    role: Role
    label: str
    place: Place
    since: datetime
    giver: str | None
    can_revoke: bool


@dataclass(frozen=True, slots=True)
class Invited:
    """One invitation that is open or has run out."""

    id: UUID
    role: Role
    label: str
    place: Place
    email: str | None
    note: str
    by: str | None
    made_at: datetime
    expires_at: datetime
    state: InvitationState
    sent_at: datetime | None
    send_problem: str
    can_manage: bool


def may_give(actor: Actor, campaign_id: UUID | None) -> bool:
    """Whether `require_giver` would let this person pass."""
    allowed = can(actor, "team.manage", About(campaign_id=campaign_id))
    return allowed and (campaign_id is not None or actor.is_admin)


def members(grants: Sequence[RoleGrant], actor: Actor) -> list[Member]:
    places = _places([one.campaign_id for one in grants])
    return [
        Member(
            id=one.id,
            person=one.person,
            role=one.role,
            label=ROLE_LABELS[one.role],
            place=places[one.campaign_id],
            since=one.created_at,
            giver=one.giver.display_name if one.giver else None,
            can_revoke=may_give(actor, one.campaign_id),
        )
        for one in grants
    ]


def invited(invitations: Sequence[Invitation], actor: Actor, now: datetime) -> list[Invited]:
    places = _places([one.campaign_id for one in invitations])
    return [
        Invited(
            id=one.id,
            role=one.role,
            label=ROLE_LABELS[one.role],
            place=places[one.campaign_id],
            email=one.email,
            note=one.note,
            by=one.inviter.display_name if one.inviter else None,
            made_at=one.created_at,
            expires_at=one.expires_at,
            state=invitation_state(one, now),
            sent_at=one.sent_at,
            send_problem=one.send_problem,
            can_manage=may_give(actor, one.campaign_id),
        )
        for one in invitations
    ]


def _places(campaign_ids: Sequence[UUID | None]) -> dict[UUID | None, Place]:
    known = titles_of(campaign_ids)
    return {None: EVERYWHERE} | {key: Place(slug, title) for key, (title, slug) in known.items()}
