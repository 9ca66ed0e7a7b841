"""Local readers are brought to the one address that cookies and sign-in belong to."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from campaign.web import health
from campaign.web.address import keep_to_base_url


@pytest.fixture
def reader() -> FlaskClient:
    app = Flask(__name__)
    app.register_blueprint(health.pages)
    keep_to_base_url(app, "http://127.0.0.1:8000")
    app.add_url_rule("/c/<slug>", "campaign", view_func=lambda slug: slug)
    app.add_url_rule("/api/v1/me", "me", view_func=lambda: "me")
    return app.test_client()


def test_page_at_another_name_is_sent_on(reader: FlaskClient) -> None:
    answer = reader.get("/c/snow?after=x", base_url="http://localhost:8000")

    assert (answer.status_code, answer.location) == (302, "http://127.0.0.1:8000/c/snow?after=x")


@pytest.mark.parametrize("path", ["/api/v1/me", "/healthz"])
def test_programs_are_answered_where_they_ask(reader: FlaskClient, path: str) -> None:
    assert reader.get(path, base_url="http://localhost:8000").status_code == 200


def test_page_at_the_right_name_is_answered(reader: FlaskClient) -> None:
    assert reader.get("/c/snow", base_url="http://127.0.0.1:8000").text == "snow"
