"""A provider on another site answers by a form, in a real browser: the Lax cookie still ties the answer to it."""

from __future__ import annotations

import threading

import pytest
from flask import Flask
from playwright.sync_api import Browser
from pydantic import SecretStr
from werkzeug.serving import make_server

from campaign.app import create_app
from campaign.config import Provider, Settings
from campaign.db import db
from campaign.dev import ports
from tests.accounts.plain_oauth2 import CLIENT_ID, CLIENT_SECRET, plain_site

pytestmark = pytest.mark.browser


def test_form_from_another_site_signs_in(app: Flask, committed: None, settings: Settings, browser: Browser) -> None:
    with plain_site() as site:
        provider = Provider(
            name="plain",
            label="Plain",
            kind="oauth2",
            issuer="https://plain.example.test",
            client_id=CLIENT_ID,
            client_secret=SecretStr(CLIENT_SECRET),
            response_mode="form_post",
            authorize_url=f"{site.address}/authorize",
            token_url=f"{site.address}/token",
            profile_url=f"{site.address}/me",
        )
        port = ports.choose(["web"])["web"]
        # `localhost` and the site's 127.0.0.1 are different sites to a browser.
        ours = {"base_url": f"http://localhost:{port}", "oidc_providers": (provider,)}
        served = create_app(settings.model_copy(update=ours))
        server = make_server("localhost", port, served, threaded=True)
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            _sign_in(browser, f"http://localhost:{port}")
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
            with served.app_context():
                db.engine.dispose()


def _sign_in(browser: Browser, address: str) -> None:
    page = browser.new_page()
    try:
        page.goto(f"{address}/sign-in/plain?next=/me/profile")
        assert page.title() == "Somewhere else"
        page.get_by_role("button", name="Go on").click()
        page.wait_for_url(f"{address}/me/profile")
        assert page.get_by_label("Name").input_value() == "Ada Lovelace"
    finally:
        page.close()
