"""Nothing tells a judge of a blind round whose photo is whose: every route there is, whatever is asked of it."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.judging.canaries import put_canaries, sing
from tests.judging.theatre import Theatre, open_theatre, veil
from tests.people import Someone

ASKED = ("", "?q=ZQCAPTION&sort=caption&order=newest", "?place=ZQPLACE2Q&sort=place&state=published")
"""What is put behind an address: in capitals, so that its echo is not taken for a canary."""
ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@pytest.fixture
def theatre(app: Flask, database: None) -> Theatre:
    return open_theatre(app)


def heard(theatre: Theatre, person: Someone, asked: tuple[str, ...] = ("",)) -> dict[str, set[str]]:
    """Of every page and every answer to a program, and of what the panel answers to each write, what it gives away."""
    told = [*theatre.walk(person, asked), *theatre.walk(person, writes=True)]
    return {address: kinds for address, text in told if (kinds := sing(text))}


def test_judge_of_a_blind_round_is_told_nothing_on_any_route(theatre: Theatre) -> None:
    veil(blind=True)
    assert heard(theatre, theatre.judge, ASKED) == {}


def test_nor_is_a_judge_who_holds_every_role_besides(theatre: Theatre) -> None:
    veil(blind=True)
    assert heard(theatre, theatre.hats, ASKED[:2]) == {}


def test_without_the_veil_the_same_walk_is_told_everything(theatre: Theatre) -> None:
    veil(blind=False)
    found = {address: sing(text) for address, text in theatre.walk(theatre.hats)}
    campaign, photo = "/c/being-judged", theatre.published_id
    words = {"caption", "place", "name"}
    assert found[f"GET {campaign}"] == found[f"GET /photos/{photo}"] == words
    assert found[f"GET /panel/{theatre.open_id}"] == {"caption", "place"}
    assert found[f"GET /api/v1/rounds/{theatre.open_id}/next"] == {"caption", "place"}
    assert found[f"GET /api/v1/submissions/{photo}/neighbours"] == words
    assert found[f"GET /api/v1/submissions/{photo}/moderation"] == {*words, "file"}
    assert found[f"GET /desk{campaign}/moderation"] == found[f"GET /desk{campaign}/originals"] == words
    assert found[f"GET /desk{campaign}/messages"] == {"caption", "name"}
    assert found["GET /desk/audit.csv"] == {"caption", "place"}
    assert found[f"GET /desk{campaign}/insight/places.csv"] == {"place"}


def test_public_is_told_as_ever_while_the_panel_is_not(theatre: Theatre) -> None:
    veil(blind=True)
    for address in ("/c/being-judged", f"/photos/{theatre.published_id}"):
        assert sing(theatre.ask(theatre.public, "GET", address)[1]) == {"caption", "place", "name"}


def test_no_order_follows_the_words(theatre: Theatre) -> None:
    veil(blind=True)
    before = {address: ids for address, text in theatre.walk(theatre.judge) if len(ids := _photos(theatre, text)) > 1}
    put_canaries(dict(zip(theatre.photos, range(len(theatre.photos), 0, -1), strict=True)))
    after = {address: _photos(theatre, theatre.ask(theatre.judge, *address.split(" ", 1))[1]) for address in before}
    assert len(before) > 2
    assert after == before


def _photos(theatre: Theatre, text: str) -> list[str]:
    """The campaign's photos in the order in which they are first named."""
    named = {str(one) for one in theatre.photos}
    return list(dict.fromkeys(one for one in ID.findall(text) if one in named))
