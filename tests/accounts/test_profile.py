"""What a person says about themselves, and where they are signed in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from campaign.accounts.actor import Actor
from campaign.accounts.devices import device_name
from campaign.accounts.faces import hue, initials
from campaign.accounts.models import Person, Scope, WebSession
from campaign.accounts.profile import (
    About,
    edit_profile,
    my_devices,
    my_profile,
    sign_out_device,
    sign_out_elsewhere,
)
from campaign.accounts.sessions import open_session
from campaign.db import db, transaction
from campaign.errors import InvalidInput, NotFound, NotPermitted, SignInNeeded
from tests.people import Someone


def about(**changes: str | None) -> About:
    given: dict[str, str | None] = {"display_name": "Ada Lovelace", "language": "en", "time_zone": None}
    return About(**(given | changes))  # type: ignore[arg-type]  # the changes are the test's own


def test_name_changes_everywhere(fan: Someone) -> None:
    with transaction():
        edit_profile(fan.actor, about(display_name="  Ada \u200b Lovelace\x00 "))
    assert fan.actor.display_name == "Ada Lovelace"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"display_name": ""}, "display_name"),
        ({"display_name": "\u200b \x07"}, "display_name"),
        ({"display_name": "x" * 81}, "display_name"),
        ({"language": "klingon"}, "language"),
        ({"language": ""}, "language"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"time_zone": "../etc/passwd"}, "time_zone"),
    ],
)
def test_what_cannot_be_kept_is_told_beside_its_field(fan: Someone, changes: dict[str, str], field: str) -> None:
    with pytest.raises(InvalidInput) as problem:
        edit_profile(fan.actor, about(**changes))
    assert list(problem.value.fields) == [field]


def test_zone_kept_from_before_may_stay(fan: Someone) -> None:
    with transaction():
        db.session.get_one(Person, fan.person_id).time_zone = "US/Eastern"
        edit_profile(fan.actor, about(time_zone="US/Eastern"))
    assert fan.actor.time_zone == "US/Eastern"


def test_nobody_has_no_profile() -> None:
    with pytest.raises(SignInNeeded):
        my_profile(Actor.anonymous())


def test_token_needs_its_scope(fan: Someone) -> None:
    reading = Actor(fan.person_id, "Fan", scopes=frozenset({Scope.READ}))
    with pytest.raises(NotPermitted, match="token"):
        edit_profile(reading, about())


def test_one_device_is_signed_out(fan: Someone) -> None:
    signed_in(fan, "Firefox on Android")
    there = signed_in(fan, "Chrome on a Mac")
    with transaction():
        sign_out_device(fan.actor, there.id)
    assert [device.device for device in my_devices(fan.actor)] == ["Firefox on Android"]


def test_somebody_elses_device_is_not_there(fan: Someone, other_fan: Someone) -> None:
    theirs = signed_in(other_fan, "Safari on iPhone")
    with pytest.raises(NotFound):
        sign_out_device(fan.actor, theirs.id)
    assert len(my_devices(other_fan.actor)) == 1


def test_everywhere_else_leaves_here(fan: Someone, other_fan: Someone) -> None:
    signed_in(other_fan, "Safari on iPhone")
    for _ in range(3):
        signed_in(fan, "Chrome on a Mac")
    with transaction():
        secret = open_session(fan.person_id, lifetime=timedelta(days=1), device="Firefox on Android")
    with transaction():
        assert sign_out_elsewhere(fan.actor, secret) == 3
    assert [device.device for device in my_devices(fan.actor)] == ["Firefox on Android"]
    assert len(my_devices(other_fan.actor)) == 1


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0", "Firefox on Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile/15E148 Safari/604.1",
         "Safari on iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/150.0.0.0 Safari/537.36 Edg/150.0",
         "Edge on Windows"),
        ("curl/8.9", "A browser"),
        ("", "A browser"),
    ],
)  # fmt: skip
def test_device_is_named_in_words(header: str, name: str) -> None:
    assert device_name(header) == name


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Ada Lovelace", "AL"),
        ("Ada", "A"),
        ("ada maria (she) lovelace", "AL"),
        ("élodie", "É"),
        ("🌊", "🌊"),
        ("", "?"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_hue_is_one_that_the_stylesheet_knows(fan: Someone, other_fan: Someone) -> None:
    assert hue(fan.person_id) in range(12)
    assert hue(fan.person_id) == hue(fan.person_id)


def signed_in(someone: Someone, device: str) -> WebSession:
    with transaction():
        open_session(someone.person_id, lifetime=timedelta(days=1), device=device)
    newest = select(WebSession).where(WebSession.person_id == someone.person_id).order_by(WebSession.created_at.desc())
    found = db.session.scalars(newest).first()
    assert found is not None
    return found


def test_sessions_that_ran_out_are_not_listed(fan: Someone) -> None:
    device = signed_in(fan, "Firefox on Android")
    device.expires_at = func.now() - timedelta(days=1)
    db.session.commit()
    assert my_devices(fan.actor) == []
