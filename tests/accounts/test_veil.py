"""Who judges a campaign blind may not be told whose photo is whose, whatever their roles; asked once for a request."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from flask import Flask

from campaign.accounts.actor import Actor
from campaign.accounts.models import Role
from campaign.accounts.permissions import RULES, About, can, require
from campaign.accounts.veil import bind_veil, veiled_campaigns
from campaign.errors import NotPermitted

HERE, ELSEWHERE = uuid4(), uuid4()
EVERY_ROLE = Actor(uuid4(), "Somebody", frozenset((role, None) for role in Role))
KEPT_FROM_BLIND_JUDGES = {
    "submission.view",
    "submission.decide",
    "release.ask",
    "originals.download",
    "moments.watch",
}


@pytest.fixture
def asked() -> list[UUID | None]:
    return []


@pytest.fixture
def veiled(asked: list[UUID | None]) -> Flask:
    app = Flask("veiled")

    def veil(actor: Actor) -> frozenset[UUID]:
        asked.append(actor.person_id)
        return frozenset({HERE})

    bind_veil(app, veil)
    return app


def test_what_tells_whose_photo_is_whose_is_kept_from_a_blind_judge_of_the_campaign(veiled: Flask) -> None:
    with veiled.app_context():
        refused = {action for action in RULES if not can(EVERY_ROLE, action, About(HERE)) and not RULES[action].owner}
        elsewhere = {action for action in RULES if can(EVERY_ROLE, action, About(ELSEWHERE))}
    unveiled = {action for action in RULES if can(EVERY_ROLE, action, About(HERE))}
    assert refused == KEPT_FROM_BLIND_JUDGES - {"submission.view"}
    assert elsewhere == unveiled > KEPT_FROM_BLIND_JUDGES


def test_refusal_says_why_and_that_a_colleague_can(veiled: Flask) -> None:
    with veiled.app_context(), pytest.raises(NotPermitted) as refusal:
        require(EVERY_ROLE, "submission.decide", About(HERE))
    assert refusal.value.code == "judging_blind"
    assert "colleague" in refusal.value.message


def test_own_photo_stays_visible_and_that_of_others_does_not(veiled: Flask) -> None:
    with veiled.app_context():
        assert can(EVERY_ROLE, "submission.view", About(HERE, EVERY_ROLE.person_id))
        assert not can(EVERY_ROLE, "submission.view", About(HERE, uuid4()))


def test_one_request_asks_once_for_each_person(veiled: Flask, asked: list[UUID | None]) -> None:
    other = Actor(uuid4(), "Other")
    with veiled.test_request_context():
        for person in (EVERY_ROLE, other, EVERY_ROLE, other):
            assert veiled_campaigns(person) == {HERE}
    assert asked == [EVERY_ROLE.person_id, other.person_id]


def test_nobody_signed_in_is_not_asked_about(veiled: Flask, asked: list[UUID | None]) -> None:
    with veiled.test_request_context():
        assert veiled_campaigns(Actor.anonymous()) == frozenset()
    assert asked == []
