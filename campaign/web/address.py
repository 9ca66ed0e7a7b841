"""One address for everybody: cookies and sign-in belong to BASE_URL, so `localhost` is sent on to it."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, redirect, request
from werkzeug.wrappers import Response

from campaign.web.health import pages as health


def offer_address(app: Flask, base_url: str) -> None:
    """Tell templates the installation's address, for links that are read elsewhere."""
    app.jinja_env.globals["base_url"] = base_url.rstrip("/")


def keep_to_base_url(app: Flask, base_url: str) -> None:
    """Send readers of pages from another name of this machine to the address in BASE_URL.

    For local stacks, where `localhost` and `127.0.0.1` both work. Programs are answered where they ask.
    """
    host = urlsplit(base_url).netloc

    @app.before_request
    def _send_on() -> Response | None:
        is_page = request.method == "GET" and not request.path.startswith(("/api/", "/media/"))
        if not is_page or request.host == host or request.blueprint == health.name:
            return None
        return redirect(f"{base_url}{request.full_path.rstrip('?')}")
