"""`/api/v1/team`: who holds which role, and invitations."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

from campaign.accounts.actor import Actor
from campaign.accounts.authentication import current_actor
from campaign.accounts.idempotency import keep_no_answer
from campaign.accounts.invitations import InvitationState, revoke_invitation
from campaign.accounts.models import Invitation, Role, RoleGrant
from campaign.accounts.permissions import require
from campaign.campaigns.models import Campaign
from campaign.campaigns.queries import campaign_by_slug
from campaign.clock import database_now
from campaign.db import transaction
from campaign.team.inviting import Wish, invite_to_team, renew_in_team
from campaign.team.pages import link_of, means
from campaign.team.roles import revoke_role
from campaign.team.roster import open_invitations, people_of
from campaign.team.views import Invited, Member, invited, members
from campaign.web.api import api_blueprint
from campaign.web.pagination import PageQuery, page_asked
from campaign.web.times import iso

api = api_blueprint("team")

Instant = Annotated[datetime, PlainSerializer(iso, return_type=str)]
LONGEST_SENT = 2_000


class TeamQuery(PageQuery):
    """`campaign` is a campaign's short name; without it, everything that the asking person looks after."""

    campaign: str | None = Field(default=None, max_length=LONGEST_SENT)


class MemberOut(BaseModel):
    """One role of one person. `campaign` is null for a role in every campaign, `given_by` for one the operator gave."""

    model_config = ConfigDict(use_enum_values=True)

    id: UUID
    person_id: UUID
    display_name: str
    role: Role
    campaign: str | None
    since: Instant
    given_by: str | None


class MembersOut(BaseModel):
    data: list[MemberOut]
    next_cursor: str | None


class InvitationIn(BaseModel):
    """`campaign` is a short name, or null for every campaign; with `email` the link is mailed."""

    role: Role
    campaign: str | None = Field(max_length=LONGEST_SENT)
    email: str | None = Field(default=None, max_length=LONGEST_SENT)
    note: str = Field(default="", max_length=LONGEST_SENT)


class InvitationOut(BaseModel):
    """`link` is there once, in the answer to the request that made it, and only where no mail brings it."""

    model_config = ConfigDict(use_enum_values=True)

    id: UUID
    role: Role
    campaign: str | None
    email: str | None
    note: str
    invited_by: str | None
    created_at: Instant
    expires_at: Instant
    state: InvitationState
    sent_at: Instant | None
    send_problem: str
    link: str | None


class InvitationsOut(BaseModel):
    data: list[InvitationOut]
    next_cursor: str | None


class WhyIn(BaseModel):
    """The reason is kept in the audit log."""

    why: str = Field(default="", max_length=LONGEST_SENT)


@api.get("/team")
@api.input(TeamQuery, location="query")
@api.output(MembersOut)
@api.doc(summary="Who holds which role", responses=[404])
def get_team(query_data: TeamQuery) -> MembersOut:
    """The people behind the desk and on the panels, newest role first."""
    actor = current_actor()
    page = page_asked(people_of(actor, _campaign(actor, query_data.campaign)), query_data, at=RoleGrant.created_at)
    return MembersOut(data=[_member(one) for one in members(page.items, actor)], next_cursor=page.next_cursor)


@api.post("/team/roles/<uuid:id>/revocation")
@api.input(WhyIn)
@api.output(MemberOut)
@api.doc(summary="Take a role back")
def post_role_revocation(id: UUID, json_data: WhyIn) -> MemberOut:  # noqa: A002 -- the name in the address
    """The person loses the role at once. The last admin stays one."""
    actor = current_actor()
    with transaction():
        return _member(members([revoke_role(actor, id, json_data.why)], actor)[0])


@api.get("/team/invitations")
@api.input(TeamQuery, location="query")
@api.output(InvitationsOut)
@api.doc(summary="Open invitations", responses=[404])
def get_invitations(query_data: TeamQuery) -> InvitationsOut:
    """Those that nobody used or took back, for whoever may invite; those past their time included."""
    actor = current_actor()
    page = page_asked(
        open_invitations(actor, _campaign(actor, query_data.campaign)), query_data, at=Invitation.created_at
    )
    shown = invited(page.items, actor, database_now())
    return InvitationsOut(data=[_invitation(one) for one in shown], next_cursor=page.next_cursor)


@api.post("/team/invitations")
@api.input(InvitationIn)
@api.output(InvitationOut, status_code=201)
@api.doc(summary="Invite somebody", responses=[404])
def post_invitation(json_data: InvitationIn) -> InvitationOut:
    """A link for one person, good for two weeks: in this answer, or by mail."""
    actor = current_actor()
    keep_no_answer()
    campaign = _campaign(actor, json_data.campaign)
    wish = Wish(json_data.role, campaign.id if campaign else None, json_data.email, json_data.note)
    with transaction():
        return _made(actor, *invite_to_team(actor, wish, means()))


@api.post("/team/invitations/<uuid:id>/renewal")
@api.output(InvitationOut)
@api.doc(summary="Make a new link")
def post_invitation_renewal(id: UUID) -> InvitationOut:  # noqa: A002 -- the name in the address
    """A new link and two more weeks; the one before opens nothing any more."""
    actor = current_actor()
    keep_no_answer()
    with transaction():
        return _made(actor, *renew_in_team(actor, id, means()))


@api.delete("/team/invitations/<uuid:id>")
@api.output({}, status_code=204)
@api.doc(summary="Take an invitation back")
def delete_invitation(id: UUID) -> str:  # noqa: A002 -- the name in the address
    """Its link stops working at once."""
    with transaction():
        revoke_invitation(current_actor(), id)
    return ""


def _campaign(actor: Actor, slug: str | None) -> Campaign | None:
    require(actor, "team.view")  # strangers are not told which campaigns there are
    return campaign_by_slug(slug, actor) if slug is not None else None


def _made(actor: Actor, invitation: Invitation, secret: str | None) -> InvitationOut:
    shown = _invitation(invited([invitation], actor, database_now())[0])
    shown.link = None if secret is None else link_of(secret)
    return shown


def _member(one: Member) -> MemberOut:
    return MemberOut(
        id=one.id,
        person_id=one.person.id,
        display_name=one.person.display_name,
        role=one.role,
        campaign=one.place.slug,
        since=one.since,
        given_by=one.giver,
    )


def _invitation(one: Invited) -> InvitationOut:
    return InvitationOut(
        id=one.id,
        role=one.role,
        campaign=one.place.slug,
        email=one.email,
        note=one.note,
        invited_by=one.by,
        created_at=one.made_at,
        expires_at=one.expires_at,
        state=one.state,
        sent_at=one.sent_at,
        send_problem=one.send_problem,
        link=None,
    )
