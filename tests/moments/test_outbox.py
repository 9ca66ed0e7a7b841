"""`/dev/mail`: there in development, sealed, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from campaign.app import create_app
from campaign.config import Settings
from campaign.moments.delivery import deliver
from campaign.moments.letters import Letter, compose

LETTER = Letter(
    message_id="<abc.1@localhost>",
    address="maria@example.test",
    title="Café <b>now</b>",
    paragraphs=("Hello <script>alert(1)</script>", "See http://localhost/x"),
    button="Look",
    url="http://localhost/x",
    signed="Ana",
    language="en",
    campaign="Cats",
    to_judge=False,
    accent="#ffb547",
    on_accent="#000000",
    unsubscribe_url="http://localhost/unsubscribe/t",
    choices_url="http://localhost/me/messages/choices",
)


@pytest.fixture(scope="module")
def at_home(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An application as it is in development."""
    folder = tmp_path_factory.mktemp("mail") / "outbox"
    return create_app(settings.model_copy(update={"environment": "development", "mail_folder": folder}))


@pytest.fixture
def browser(at_home: Flask) -> FlaskClient:
    return at_home.test_client()


def test_empty_folder_is_a_page_too(browser: FlaskClient) -> None:
    page = browser.get("/dev/mail")

    assert (page.status_code, "Nothing yet" in page.text) == (200, True)
    assert "Sign out" not in page.text


def test_mails_are_listed_and_read(at_home: Flask, browser: FlaskClient) -> None:
    with at_home.app_context():
        deliver(compose(LETTER))
        deliver(compose(LETTER))

    listed = browser.get("/dev/mail").text
    assert listed.count("Café &lt;b&gt;now&lt;/b&gt;") == 1
    page = browser.get("/dev/mail/abc.1@localhost.eml").text
    for words in ("maria@example.test", "List-Unsubscribe", "sandbox", "Hello &lt;script&gt;"):
        assert words in page


def test_html_is_sealed(at_home: Flask, browser: FlaskClient) -> None:
    with at_home.app_context():
        deliver(compose(LETTER))

    html = browser.get("/dev/mail/abc.1@localhost.eml/html")

    assert html.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert "sandbox" in html.headers["Content-Security-Policy"]
    assert "Hello &lt;script&gt;" in html.text
    assert 'See <a href="http://localhost/x">http://localhost/x</a>' in html.text


@pytest.mark.parametrize("name", ["odd.eml", "..%2Fdev.env", "%2Fetc%2Fpasswd", "abc.1@localhost.eml.1", ".x.eml"])
def test_what_is_not_in_the_folder_is_not_shown(browser: FlaskClient, name: str) -> None:
    assert browser.get(f"/dev/mail/{name}").status_code == 404
    assert browser.get(f"/dev/mail/{name}/html").status_code == 404


@pytest.mark.parametrize("environment", ["production", "test"])
def test_elsewhere_it_does_not_exist(settings: Settings, environment: str, tmp_path: Path) -> None:
    app = create_app(settings.model_copy(update={"environment": environment, "mail_folder": tmp_path}))

    assert [rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/dev/")] == []
    assert app.test_client().get("/dev/mail").status_code == 404
