"""Nothing tells a judge of a blind round whose photo is whose: every route there is, whatever is asked of it."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.judging.canaries import put_canaries, sing
from tests.judging.theatre import Theatre, open_theatre, veil

ASKED = ("", "?q=ZQCAPTION&sort=caption&order=newest", "?place=ZQPLACE2Q&sort=place&state=published")
"""What is put behind an address: in capitals, so that its echo is not taken for a canary."""
ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@pytest.fixture
def theatre(app: Flask, database: None) -> Theatre:
    return open_theatre(app)


def test_judge_of_a_blind_round_is_told_nothing_on_any_route(theatre: Theatre) -> None:
    veil(blind=True)
    told = dict(theatre.walk(theatre.judge, ASKED))
    words = dict(theatre.walk(theatre.judge, writes=True))
    assert {address: sing(text) for address, text in (told | words).items() if sing(text)} == {}

    in_order = {address: ids for address, text in told.items() if len(ids := _photos(theatre, text)) > 1}
    put_canaries(dict(zip(theatre.photos, range(len(theatre.photos), 0, -1), strict=True)))
    again = {address: theatre.ask(theatre.judge, *address.split(" ", 1))[1] for address in in_order}
    assert f"GET /api/v1/rounds/{theatre.open_id}/next" in in_order
    assert {address: _photos(theatre, text) for address, text in again.items()} == in_order  # other words, same order


def test_nor_is_a_judge_who_holds_every_role_besides(theatre: Theatre) -> None:
    veil(blind=True)
    told = dict(theatre.walk(theatre.hats, ASKED[:2])) | dict(theatre.walk(theatre.hats, writes=True))
    assert {address: sing(text) for address, text in told.items() if sing(text)} == {}


def test_without_the_veil_the_same_walk_is_told_everything(theatre: Theatre) -> None:
    veil(blind=True)
    campaign, photo, words = "/c/being-judged", theatre.published_id, {"caption", "place", "name"}
    for address in (campaign, f"/photos/{photo}"):
        public = theatre.ask(theatre.public, "GET", address)[1]
        assert sing(public) == words
        assert "Cache-Control: no-store" in public  # nobody is shown what was made for somebody else

    veil(blind=False)
    found = {address: sing(text) for address, text in theatre.walk(theatre.hats)}
    assert found[f"GET {campaign}"] == found[f"GET /photos/{photo}"] == words
    assert found[f"GET /panel/{theatre.open_id}"] == {"caption", "place"}
    assert found[f"GET /api/v1/rounds/{theatre.open_id}/next"] == {"caption", "place"}
    assert found[f"GET /api/v1/submissions/{photo}/neighbours"] == words
    assert found[f"GET /api/v1/submissions/{photo}/moderation"] == {*words, "file"}
    assert found[f"GET /desk{campaign}/moderation"] == found[f"GET /desk{campaign}/originals"] == words
    assert found[f"GET /desk{campaign}/messages"] == {"caption", "name"}
    assert found["GET /desk/audit.csv"] == {"caption", "place"}
    assert found[f"GET /desk{campaign}/insight/places.csv"] == {"place"}


def _photos(theatre: Theatre, text: str) -> list[str]:
    """The campaign's photos in the order in which they are first named."""
    named = {str(one) for one in theatre.photos}
    return list(dict.fromkeys(one for one in ID.findall(text) if one in named))
