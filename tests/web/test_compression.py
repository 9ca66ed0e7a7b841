"""Who gets pages compressed."""

from __future__ import annotations

import gzip

from tests.people import Someone

ASKING = {"Accept-Encoding": "gzip"}


def test_stranger_gets_a_light_page(anonymous: Someone) -> None:
    plain = anonymous.browser.get("/sign-in")
    light = anonymous.browser.get("/sign-in", headers=ASKING)

    assert light.headers["Content-Encoding"] == "gzip"
    assert len(light.data) < len(plain.data)
    assert "Sign in" in gzip.decompress(light.data).decode()
    assert {"Accept-Encoding", "Cookie"} <= {name.strip() for name in light.headers["Vary"].split(",")}


def test_page_with_somebodys_token_in_it_is_not_compressed(fan: Someone) -> None:
    answer = fan.browser.get("/sign-in", headers=ASKING)

    assert "Content-Encoding" not in answer.headers


def test_who_cannot_unpack_gets_it_plain(anonymous: Someone) -> None:
    assert "Content-Encoding" not in anonymous.browser.get("/sign-in").headers
