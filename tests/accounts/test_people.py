"""How people become known, are found, and hold roles."""

from __future__ import annotations

import threading
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from campaign.accounts.models import Person, Role, RoleGrant
from campaign.accounts.people import ensure_person, grant_role, record_age
from campaign.accounts.queries import actor_for, find_person, people_with_role
from campaign.db import db, transaction
from campaign.errors import Conflict, NotFound
from tests.people import ISSUER, Someone


def test_person_is_the_pair_of_issuer_and_subject(database: None) -> None:
    ada = ensure_person(ISSUER, "ada", "Ada", "ada@example.test")
    assert ensure_person(ISSUER, "ada", "Another name", "new@example.test").id == ada.id
    assert (ada.display_name, ada.email) == ("Ada", "new@example.test")
    assert ensure_person("https://elsewhere.test", "ada", "Ada", "ada@example.test").id != ada.id
    assert ensure_person(ISSUER, "ADA", "Ada").id != ada.id


def test_person_without_a_name_is_a_fan(database: None) -> None:
    assert ensure_person(ISSUER, "nameless", " \u200b\x00 ").display_name == "A fan"


def test_ten_first_sign_ins_at_once_make_one_person(app: Flask, committed: None) -> None:
    made: list[UUID] = []
    start = threading.Barrier(10)

    def first_sign_in() -> None:
        with app.app_context():
            start.wait()
            with transaction():
                made.append(ensure_person(ISSUER, "eager", "Eager").id)

    threads = [threading.Thread(target=first_sign_in) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 10
    assert len(set(made)) == 1
    assert db.session.scalar(select(func.count()).select_from(Person)) == 1


@pytest.mark.parametrize("words", ["fan@example.test", "FAN@example.test", "Fan", f"{ISSUER} fan"])
def test_find_person_by_what_people_say(fan: Someone, other_fan: Someone, words: str) -> None:
    assert find_person(words).id == fan.person_id


def test_find_person_by_id(fan: Someone) -> None:
    assert find_person(str(fan.person_id).upper()).id == fan.person_id


def test_find_person_who_never_came(fan: Someone) -> None:
    for words in ("nobody@example.test", "", f"{ISSUER} nobody"):
        with pytest.raises(NotFound):
            find_person(words)


def test_find_person_whose_name_two_people_have(fan: Someone) -> None:
    ensure_person(ISSUER, "namesake", "Fan", "fan@example.test")
    for words in ("Fan", "fan@example.test"):
        with pytest.raises(Conflict, match="Several"):
            find_person(words)


def test_role_given_twice_is_held_once(fan: Someone) -> None:
    person = db.session.get_one(Person, fan.person_id)
    assert grant_role(person, Role.CAST).id == grant_role(person, Role.CAST).id
    assert fan.actor.grants == {(Role.CAST, None)}


def test_revoked_role_does_not_count_and_can_be_given_again(fan: Someone) -> None:
    person = db.session.get_one(Person, fan.person_id)
    grant_role(person, Role.CAST).revoked_at = db.session.scalar(select(func.now()))
    db.session.flush()
    assert fan.actor.grants == frozenset()
    assert [found.id for found in people_with_role(Role.CAST)] == []
    grant_role(person, Role.CAST)
    assert fan.actor.grants == {(Role.CAST, None)}
    assert db.session.scalar(select(func.count()).select_from(RoleGrant)) == 2


def test_people_with_role_are_named_in_order(cast_member: Someone, other_cast_member: Someone, fan: Someone) -> None:
    found = people_with_role(Role.CAST)
    assert [person.display_name for person in found] == ["Cast member", "Other cast member"]


def test_age_said_only_grows(fan: Someone) -> None:
    for age, expected in ((16, 21), (30, 30), (18, 30)):
        record_age(fan.person_id, age)
        assert actor_for(fan.person_id).affirmed_age == expected
