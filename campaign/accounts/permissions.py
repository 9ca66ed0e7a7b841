"""Who may do what: one table and one question.

The table speaks of people. Whether the thing is in a state that allows it (a closed campaign, a panel one sits on) is
for the verb that does it. With one exception: what tells whose photo is whose is kept from those who judge the campaign
blind, whichever roles they hold besides (`veil.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol
from uuid import UUID

from campaign.accounts.actor import Actor
from campaign.accounts.models import Role, Scope
from campaign.accounts.veil import veiled_campaigns
from campaign.errors import NotPermitted, SignInNeeded

Action = Literal[
    "campaign.create",
    "campaign.edit",
    "campaign.transition",
    "campaign.view_draft",
    "campaign.desk",
    "submission.create",
    "submission.view",
    "submission.withdraw",
    "submission.edit",
    "submission.decide",
    "round.manage",
    "round.judge",
    "round.results",
    "selection.choose",
    "release.ask",
    "release.answer",
    "originals.download",
    "moments.edit",
    "moments.watch",
    "insight.view",
    "team.view",
    "team.manage",
    "audit.view",
    "jobs.retry",
    "profile.edit",
    "invitation.create",
]


class Subject(Protocol):
    """What an action is done to: anything that knows its campaign and its owner, either of which may be None."""

    @property
    def campaign_id(self) -> UUID | None: ...

    @property
    def owner_id(self) -> UUID | None: ...


@dataclass(frozen=True, slots=True)
class About:
    """A subject made on the spot: `About(campaign_id=campaign.id)`."""

    campaign_id: UUID | None = None
    owner_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may act: holders of the roles, an admin, the owner, or anyone signed in; and the scope a token needs.

    With `somewhere`, asking without a subject is answered by a role in any campaign: the desk's and the panel's front
    doors. Otherwise, without a campaign, only roles that count in all campaigns answer. What `tells_whose` photo is
    whose, no role opens to somebody who judges the campaign blind.
    """

    scope: Scope
    roles: frozenset[Role] = frozenset()
    admin: bool = True
    owner: bool = False
    anyone_signed_in: bool = False
    somewhere: bool = False
    tells_whose: bool = False


CREW = frozenset({Role.STAFF, Role.MARKETER})
MARKETERS = frozenset({Role.MARKETER})
CAST = frozenset({Role.CAST})

RULES: dict[Action, Rule] = {
    "campaign.create": Rule(Scope.MANAGE, MARKETERS),
    "campaign.edit": Rule(Scope.MANAGE, MARKETERS),
    "campaign.transition": Rule(Scope.MANAGE, MARKETERS),
    "campaign.view_draft": Rule(Scope.READ, CREW),
    "campaign.desk": Rule(Scope.READ, CREW, somewhere=True),
    "submission.create": Rule(Scope.SUBMIT, anyone_signed_in=True),
    # Of what is not published; what is published is for everybody and asks nobody.
    "submission.view": Rule(Scope.READ, CREW, owner=True, tells_whose=True),
    # No admin in these: nobody withdraws, writes or consents for a fan, and nobody judges without having been cast.
    "submission.withdraw": Rule(Scope.SUBMIT, owner=True, admin=False),
    "submission.edit": Rule(Scope.SUBMIT, owner=True, admin=False),
    "submission.decide": Rule(Scope.MODERATE, CREW, tells_whose=True),
    "round.manage": Rule(Scope.MANAGE, MARKETERS),
    "round.judge": Rule(Scope.JUDGE, CAST, admin=False, somewhere=True),
    "round.results": Rule(Scope.READ, CREW),
    "selection.choose": Rule(Scope.MANAGE, MARKETERS),
    "release.ask": Rule(Scope.MANAGE, MARKETERS, tells_whose=True),
    "release.answer": Rule(Scope.SUBMIT, owner=True, admin=False),
    "originals.download": Rule(Scope.MANAGE, MARKETERS, tells_whose=True),
    "moments.edit": Rule(Scope.MANAGE, MARKETERS),
    "moments.watch": Rule(Scope.READ, CREW, tells_whose=True),
    "insight.view": Rule(Scope.READ, CREW),
    "team.view": Rule(Scope.READ, CREW, somewhere=True),
    "team.manage": Rule(Scope.MANAGE, MARKETERS),
    "audit.view": Rule(Scope.READ, CREW, somewhere=True),
    # Jobs belong to the installation, not to a campaign.
    "jobs.retry": Rule(Scope.MANAGE, CREW),
    "profile.edit": Rule(Scope.SUBMIT, anyone_signed_in=True),
    "invitation.create": Rule(Scope.MANAGE, MARKETERS),
}


def can(actor: Actor, action: Action, subject: Subject | None = None) -> bool:
    """Whether this person may do this to that, by role, ownership and the token's scopes, and not judging blind."""
    rule = RULES[action]
    if actor.person_id is None or not _in_scope(actor, rule.scope):
        return False
    if rule.anyone_signed_in:
        return True
    if rule.owner and subject is not None and subject.owner_id == actor.person_id:
        return True
    by_role = (rule.admin and actor.is_admin) or bool(_roles(actor, rule, subject) & rule.roles)
    return by_role and not _is_veiled(actor, rule, subject)


def require(actor: Actor, action: Action, subject: Subject | None = None) -> None:
    """Pass in silence, or raise `SignInNeeded` (nobody is signed in) or `NotPermitted`."""
    if can(actor, action, subject):
        return
    if not actor.is_signed_in:
        raise SignInNeeded("Please sign in first. You will come straight back here.")
    if actor.scopes is not None and not _in_scope(actor, RULES[action].scope):
        raise NotPermitted(
            f"This token is not meant for that. Make one with the scope “{RULES[action].scope}” and use it instead.",
            code="scope_missing",
        )
    if _is_veiled(actor, RULES[action], subject):
        raise NotPermitted(
            "You judge a blind round of this campaign: whose photo is whose stays hidden from you until that is final. "
            "Please leave this to a colleague.",
            code="judging_blind",
        )
    raise NotPermitted(
        "This part is for other people on the team. If you should be able to do this, ask whoever invited you."
    )


def _in_scope(actor: Actor, scope: Scope) -> bool:
    if actor.scopes is None:
        return True
    return scope in actor.scopes or (scope is Scope.READ and bool(actor.scopes))


def _is_veiled(actor: Actor, rule: Rule, subject: Subject | None) -> bool:
    return rule.tells_whose and subject is not None and subject.campaign_id in veiled_campaigns(actor)


def _roles(actor: Actor, rule: Rule, subject: Subject | None) -> frozenset[Role]:
    if subject is None:
        return actor.roles_anywhere() if rule.somewhere else actor.roles_in(None)
    return actor.roles_in(subject.campaign_id)
