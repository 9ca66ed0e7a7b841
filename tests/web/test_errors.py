"""Requests that fit nowhere: each gets one clear answer, and none is our fault."""

from __future__ import annotations

import pytest

from tests.people import Someone

CAMPAIGNS = "/api/v1/campaigns"


@pytest.mark.parametrize("path", ["/", "/healthz", "/c/nowhere"])
def test_page_under_another_host_is_refused_in_plain_words(anonymous: Someone, path: str) -> None:
    answer = anonymous.browser.get(path, base_url="http://evil.example.test")

    assert (answer.status_code, answer.mimetype) == (400, "text/plain")
    assert "TRUSTED_HOSTS" in answer.text


def test_api_under_another_host_is_refused_with_a_problem(anonymous: Someone) -> None:
    answer = anonymous.browser.get(CAMPAIGNS, base_url="http://evil.example.test")

    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert answer.json["code"] == "unknown_host"


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"a":' * 50_000, b"{", b"\xff\xfe"], ids=len)
def test_body_that_is_not_sound_json_is_refused(marketer: Someone, body: bytes) -> None:
    answer = marketer.browser.post(CAMPAIGNS, data=body, content_type="application/json")

    assert (answer.status_code, answer.json["code"]) == (400, "bad_request")


def test_method_that_is_not_possible_says_which_are(anonymous: Someone) -> None:
    answer = anonymous.browser.put(CAMPAIGNS)

    assert answer.status_code == 405
    assert {"GET", "POST"} <= set(answer.headers["Allow"].split(", "))


@pytest.mark.parametrize("path", ["/", "/sign-in", "/healthz"])
def test_page_with_a_token_that_is_no_good_is_not_sent_in_circles(anonymous: Someone, path: str) -> None:
    answer = anonymous.browser.get(path, headers={"Authorization": "Bearer nobody's"})

    assert answer.status_code == 401


@pytest.mark.parametrize(("referrer", "back"), [("http://localhost/sign-in?next=/", 1), ("http://evil.test/", 0)])
def test_refused_form_leads_back_to_where_it_was_sent_from(anonymous: Someone, referrer: str, back: int) -> None:
    answer = anonymous.browser.post("/c/nowhere/enter", headers={"Referer": referrer})

    assert answer.status_code >= 400
    assert answer.text.count(">Back to where I was</a>") == back
    assert answer.text.count(f'href="{referrer}"') == back
