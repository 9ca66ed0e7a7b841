"""The people behind the desk: of one campaign, and of the whole installation."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from campaign.accounts.actor import Actor
from campaign.accounts.authentication import current_actor
from campaign.accounts.invitations import revoke_invitation
from campaign.accounts.models import Invitation, Role, RoleGrant
from campaign.accounts.permissions import require
from campaign.accounts.role_words import ROLE_LABELS
from campaign.campaigns.models import Campaign
from campaign.campaigns.queries import campaign_by_slug
from campaign.campaigns.views import view_campaign
from campaign.clock import database_now
from campaign.db import transaction
from campaign.errors import Conflict, InvalidInput
from campaign.extensions import settings
from campaign.moments.delivery import sends_mail
from campaign.team.inviting import Means, Wish, invite_to_team, renew_in_team
from campaign.team.roles import revoke_role
from campaign.team.roster import campaigns_as, open_invitations, people_of
from campaign.team.views import invited, may_give, members
from campaign.web.forms import Form
from campaign.web.pagination import Page, paginate

pages = Blueprint("team", __name__)

LINK = "team_link"
"""Where a new link waits in the signed cookie of whoever made it, for the one page that shows it."""
EVERYWHERE = "-"
"""What the form says for a role in every campaign."""


@pages.get("/desk/team")
def team() -> ResponseReturnValue:
    return _page(current_actor(), None, Form())


@pages.get("/desk/c/<slug>/team")
def campaign_team(slug: str) -> ResponseReturnValue:
    actor = current_actor()
    return _page(actor, campaign_by_slug(slug, actor), Form())


@pages.post("/desk/team/invitations")
def create_invitation() -> ResponseReturnValue:
    """Invite, from either page; `here` names the campaign whose page it was."""
    actor = current_actor()
    require(actor, "team.view")
    given = request.form
    here = campaign_by_slug(given["here"], actor) if given.get("here") else None
    try:
        with transaction():
            invitation, secret = invite_to_team(actor, _wish(actor), means())
            _say(invitation, secret)
    except (InvalidInput, Conflict) as problem:
        fields = problem.fields if isinstance(problem, InvalidInput) else {"role": problem.message}
        return _page(actor, here, Form(given.to_dict(), fields)), 422
    return redirect(_back())


@pages.post("/desk/team/invitations/<uuid:id>/renewal")
def renew(id: UUID) -> ResponseReturnValue:  # noqa: A002 -- the name in the address
    try:
        with transaction():
            _say(*renew_in_team(current_actor(), id, means()))
    except Conflict as refused:
        flash(refused.message, "refused")
    return redirect(_back())


@pages.post("/desk/team/invitations/<uuid:id>/revocation")
def take_back(id: UUID) -> ResponseReturnValue:  # noqa: A002 -- the name in the address
    try:
        with transaction():
            revoke_invitation(current_actor(), id)
    except Conflict as refused:
        flash(refused.message, "refused")
    else:
        flash("The invitation is taken back. Its link opens nothing any more.")
    return redirect(_back())


@pages.post("/desk/team/roles/<uuid:id>/revocation")
def end_role(id: UUID) -> ResponseReturnValue:  # noqa: A002 -- the name in the address
    try:
        with transaction():
            grant = revoke_role(current_actor(), id, request.form.get("why", ""))
            name, label = grant.person.display_name, ROLE_LABELS[grant.role]
    except (Conflict, InvalidInput) as refused:
        flash(refused.message, "refused")
    else:
        flash(f"{name} is not “{label}” any more, from this moment on.")
    return redirect(_back())


def means() -> Means:
    """How invitations leave this installation."""
    return Means(mails=sends_mail(settings()), secret_key=settings().secret_key.get_secret_value())


def link_of(secret: str) -> str:
    return f"{settings().base_url.rstrip('/')}{url_for('accounts.invitation', token=secret)}"


def _wish(actor: Actor) -> Wish:
    given = request.form
    where = given.get("campaign", "")
    if where not in {EVERYWHERE, ""}:
        campaign_id = campaign_by_slug(where, actor).id
    elif where == EVERYWHERE:
        campaign_id = None
    else:
        raise InvalidInput("Choose where.", fields={"campaign": "Choose a campaign."})
    try:
        role = Role(given.get("role", ""))
    except ValueError:
        raise InvalidInput("Choose a role.", fields={"role": "Choose one of the roles."}) from None
    return Wish(role, campaign_id, given.get("email"), given.get("note", ""))


def _say(invitation: Invitation, secret: str | None) -> None:
    if secret is None:
        flash(f"The invitation goes to {invitation.email} in a moment.")
    else:
        session[LINK] = link_of(secret)


def _back() -> str:
    slug = request.form.get("here")
    return url_for("team.campaign_team", slug=slug) if slug else url_for("team.team")


def _page(actor: Actor, campaign: Campaign | None, form: Form) -> str:
    people = paginate(
        people_of(actor, campaign),
        at=RoleGrant.created_at,
        cursor=request.args.get("after"),
    )
    manages = may_give(actor, campaign.id) if campaign else _inviting(actor)
    waiting = _waiting(actor, campaign) if manages else None
    places = [campaign] if campaign else campaigns_as(actor, Role.MARKETER) if manages else []
    return render_template(
        "desk/team.html",
        campaign=view_campaign(campaign) if campaign else None,
        members=members(people.items, actor),
        next_cursor=people.next_cursor,
        invitations=invited(waiting.items, actor, database_now()) if waiting else [],
        next_invitations=waiting.next_cursor if waiting else None,
        manages=manages,
        form=form,
        places=[(one.slug, one.title) for one in places],
        roles=[(role.value, ROLE_LABELS[role]) for role in _roles(actor, campaign)],
        everywhere=EVERYWHERE if actor.is_admin and campaign is None else None,
        link=session.pop(LINK, None),
        mails=sends_mail(settings()),
    )


def _waiting(actor: Actor, campaign: Campaign | None) -> Page[Invitation]:
    return paginate(
        open_invitations(actor, campaign),
        at=Invitation.created_at,
        cursor=request.args.get("invitations_after"),
    )


def _inviting(actor: Actor) -> bool:
    mine = actor.campaigns_as(Role.MARKETER)
    return mine is None or bool(mine)


def _roles(actor: Actor, campaign: Campaign | None) -> list[Role]:
    return [role for role in Role if role is not Role.ADMIN or (actor.is_admin and campaign is None)]
