"""The one table of who may do what."""

from __future__ import annotations

from typing import get_args
from uuid import UUID, uuid4

import pytest

from campaign.accounts.actor import Actor
from campaign.accounts.models import Role, Scope
from campaign.accounts.permissions import RULES, About, Action, can, require
from campaign.errors import NotPermitted, SignInNeeded

HERE, ELSEWHERE = uuid4(), uuid4()
SOMEBODY = uuid4()

FAN = "fan"
ROLES = (FAN, *Role)
ALLOWED: dict[Action, set[str]] = {
    "campaign.create": {"marketer", "admin"},
    "campaign.edit": {"marketer", "admin"},
    "campaign.transition": {"marketer", "admin"},
    "campaign.view_draft": {"staff", "marketer", "admin"},
    "campaign.desk": {"staff", "marketer", "admin"},
    "submission.create": {"fan", "cast", "staff", "marketer", "admin"},
    "submission.view": {"staff", "marketer", "admin"},
    "submission.withdraw": set(),
    "submission.edit": set(),
    "submission.decide": {"staff", "marketer", "admin"},
    "round.manage": {"marketer", "admin"},
    "round.judge": {"cast"},
    "round.results": {"staff", "marketer", "admin"},
    "selection.choose": {"marketer", "admin"},
    "release.ask": {"marketer", "admin"},
    "release.answer": set(),
    "originals.download": {"marketer", "admin"},
    "moments.edit": {"marketer", "admin"},
    "moments.watch": {"staff", "marketer", "admin"},
    "insight.view": {"staff", "marketer", "admin"},
    "team.view": {"staff", "marketer", "admin"},
    "team.manage": {"marketer", "admin"},
    "audit.view": {"staff", "marketer", "admin"},
    "jobs.retry": {"staff", "marketer", "admin"},
    "profile.edit": {"fan", "cast", "staff", "marketer", "admin"},
    "invitation.create": {"marketer", "admin"},
}
ACTIONS = get_args(Action)


def someone(role: str = FAN, where: UUID | None = None, scopes: frozenset[Scope] | None = None) -> Actor:
    grants = frozenset() if role == FAN else frozenset({(Role(role), where)})
    return Actor(uuid4(), "Somebody", grants, scopes)


def test_table_names_every_action() -> None:
    assert set(RULES) == set(ACTIONS) == set(ALLOWED)


@pytest.mark.parametrize("action", ACTIONS)
def test_role_everywhere_decides_in_any_campaign(action: Action) -> None:
    allowed = {role for role in ROLES if can(someone(role), action, About(HERE, SOMEBODY))}
    assert allowed == ALLOWED[action]


@pytest.mark.parametrize("action", ACTIONS)
def test_role_elsewhere_is_a_fan_here(action: Action) -> None:
    allowed = {role for role in ROLES if can(someone(role, ELSEWHERE), action, About(HERE, SOMEBODY))}
    assert allowed == (set(ROLES) if RULES[action].anyone_signed_in else set())


@pytest.mark.parametrize("action", ACTIONS)
def test_anonymous_may_do_nothing_and_is_asked_to_sign_in(action: Action) -> None:
    with pytest.raises(SignInNeeded):
        require(Actor.anonymous(), action, About(HERE))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", ACTIONS)
def test_role_here_says_the_same_as_role_everywhere(action: Action, role: Role) -> None:
    if role is Role.ADMIN:
        return  # an admin is one for the whole installation
    assert can(someone(role, HERE), action, About(HERE)) == can(someone(role), action, About(HERE))


def test_owner_sees_and_withdraws_their_own() -> None:
    owner = someone()
    mine = About(HERE, owner.person_id)
    assert can(owner, "submission.view", mine)
    assert can(owner, "submission.withdraw", mine)
    assert not can(someone(), "submission.view", mine)


def test_thing_without_owner_belongs_to_nobody() -> None:
    assert not can(Actor.anonymous(), "submission.withdraw", About(HERE, None))


def test_campaign_marketer_may_not_create_campaigns() -> None:
    assert can(someone("marketer"), "campaign.create")
    assert not can(someone("marketer", HERE), "campaign.create")


def test_desk_and_panel_open_for_a_role_in_any_campaign() -> None:
    assert can(someone("staff", HERE), "campaign.desk")
    assert can(someone("cast", HERE), "round.judge")
    assert not can(someone("cast", HERE), "campaign.desk")
    assert not can(someone("staff", HERE), "campaign.desk", About(ELSEWHERE))


@pytest.mark.parametrize("action", ACTIONS)
def test_token_needs_the_scope_of_the_action(action: Action) -> None:
    everything = frozenset(Scope)
    needed = RULES[action].scope
    role = next(iter(ALLOWED[action] - {FAN}), "fan")
    person = someone(role, None, everything - {needed} if needed is not Scope.READ else frozenset())
    subject = About(HERE, person.person_id)
    assert not can(person, action, subject)
    with pytest.raises(NotPermitted) as refusal:
        require(person, action, subject)
    assert refusal.value.code == "scope_missing"


def test_any_scope_reads() -> None:
    assert can(someone("staff", None, frozenset({Scope.MODERATE})), "campaign.view_draft", About(HERE))


def test_scopes_never_give_more_than_the_person_may() -> None:
    assert not can(someone("cast", None, frozenset(Scope)), "campaign.edit", About(HERE))


def test_campaigns_as_is_all_for_a_role_everywhere() -> None:
    assert someone("marketer").campaigns_as(Role.MARKETER) is None
    assert someone("marketer", HERE).campaigns_as(Role.MARKETER) == {HERE}
    assert someone("admin").campaigns_as(Role.CAST) is None
    assert someone().campaigns_as(Role.CAST) == frozenset()
