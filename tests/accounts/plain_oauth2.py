"""A small server of plain OAuth 2: no discovery, no id_token, a profile for a token. It checks PKCE and codes."""

from __future__ import annotations

import base64
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape
from typing import Any
from urllib.parse import urlencode

from flask import Flask, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.serving import make_server

CLIENT_ID = "flaunt"
CLIENT_SECRET = "the site and we know this"


@dataclass
class PlainSite:
    """Behaves well until a test changes something."""

    address: str = ""
    profile: Any = field(default_factory=lambda: {"id": 4711, "name": "Ada Lovelace", "email": "ada@example.test"})
    profile_status: int = 200
    token_fields: dict[str, Any] = field(default_factory=dict)
    callback: dict[str, str] = field(default_factory=dict)
    stall_seconds: float = 0
    seen: list[dict[str, str]] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    tokens: set[str] = field(default_factory=set)

    def authorize(self) -> ResponseReturnValue:
        asked = request.args.to_dict()
        self.seen.append(asked)
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        answer = {"code": code, "state": asked["state"], **self.callback}
        if asked.get("response_mode") != "form_post":
            return redirect(f"{asked['redirect_uri']}?{urlencode(answer)}")
        fields = "".join(f'<input name="{escape(name)}" value="{escape(value)}">' for name, value in answer.items())
        form = f'<form method="post" action="{escape(asked["redirect_uri"])}">{fields}<button>Go on</button></form>'
        return f"<!doctype html><title>Somewhere else</title>{form}"

    def token(self) -> ResponseReturnValue:
        time.sleep(self.stall_seconds)
        asked = self.codes.pop(request.form["code"], None)
        digest = sha256(request.form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or not self._is_our_client() or asked.get("code_challenge") != challenge:
            return jsonify(error="invalid_grant"), 400
        if asked["redirect_uri"] != request.form["redirect_uri"]:
            return jsonify(error="invalid_grant"), 400
        token = secrets.token_urlsafe()
        self.tokens.add(token)
        answer = {"access_token": token, "token_type": "Bearer"} | self.token_fields
        return jsonify({name: value for name, value in answer.items() if value is not None})

    def me(self) -> ResponseReturnValue:
        if request.headers.get("Authorization", "").removeprefix("Bearer ") not in self.tokens:
            return jsonify(error="invalid_token"), 401
        return (self.profile if isinstance(self.profile, str) else jsonify(self.profile)), self.profile_status

    def _is_our_client(self) -> bool:
        by_header = request.authorization
        if by_header is not None:
            return (by_header.username, by_header.password) == (CLIENT_ID, CLIENT_SECRET)
        return (request.form.get("client_id"), request.form.get("client_secret")) == (CLIENT_ID, CLIENT_SECRET)


@contextmanager
def plain_site() -> Iterator[PlainSite]:
    """The site on a free port of this machine, until the block ends."""
    site = PlainSite()
    app = Flask("plain")
    app.add_url_rule("/authorize", "authorize", site.authorize)
    app.add_url_rule("/token", "token", site.token, methods=["POST"])
    app.add_url_rule("/me", "me", site.me)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    site.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
