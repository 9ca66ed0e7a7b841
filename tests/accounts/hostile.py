"""An OpenID provider that misbehaves on demand, and that checks what the friendly one ignores: PKCE and used codes."""

from __future__ import annotations

import base64
import hmac
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from flask import Flask, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from werkzeug.serving import make_server

CLIENT_ID = "flaunt"
CLIENT_SECRET = "the provider and we know this"


@dataclass
class HostileProvider:
    """Behaves well until a test sets one of its flaws."""

    issuer: str = ""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "first", "use": "sig"}))
    claims: dict[str, Any] = field(default_factory=dict)
    """Put over what the id_token says; None takes the claim away."""
    metadata: dict[str, Any] = field(default_factory=dict)
    signature: str = "RS256"
    """RS256, or a forgery: none, HS256 (with the public key as secret), stranger (another key by the same name)."""
    token_fields: dict[str, Any] = field(default_factory=dict)
    callback: dict[str, str] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    stall_seconds: float = 0
    broken: frozenset[str] = frozenset()
    seen: list[dict[str, str]] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def authorize(self) -> ResponseReturnValue:
        asked = request.args.to_dict()
        self.seen.append(asked)
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        answer = {"code": code, "state": asked["state"], **self.callback}
        return redirect(f"{asked['redirect_uri']}?{urlencode(answer)}")

    def token(self) -> ResponseReturnValue:
        time.sleep(self.stall_seconds)
        if "token" in self.broken:
            return "the proxy is tired", 502
        asked = self.codes.pop(request.form["code"], None)
        verifier = request.form.get("code_verifier", "")
        challenge = _plain(sha256(verifier.encode()).digest())
        authorization = request.authorization
        proven = authorization is not None and (authorization.username, authorization.password) == (
            CLIENT_ID,
            CLIENT_SECRET,
        )
        if asked is None or not proven or asked.get("code_challenge") != challenge:
            return jsonify(error="invalid_grant"), 400
        if asked["code_challenge_method"] != "S256" or asked["redirect_uri"] != request.form["redirect_uri"]:
            return jsonify(error="invalid_grant"), 400
        answer = {"access_token": secrets.token_urlsafe(), "token_type": "Bearer", "expires_in": 3600}
        answer["id_token"] = self.sign(self.id_claims(asked["nonce"]))
        answer |= self.token_fields
        return jsonify({name: value for name, value in answer.items() if value is not None})

    def id_claims(self, nonce: str) -> dict[str, Any]:
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "sub": "somebody",
            "aud": CLIENT_ID,
            "nonce": nonce,
            "iat": now,
            "exp": now + 60,
            "name": "Some Body",
            **self.claims,
        }
        return {name: value for name, value in claims.items() if value is not None}

    def sign(self, claims: dict[str, Any]) -> str:
        if self.signature in {"RS256", "stranger"}:
            key = self.key if self.signature == "RS256" else RSAKey.generate_key(2048, {"kid": self.key.kid})
            return jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, key)
        head = _plain(json.dumps({"alg": self.signature, "typ": "JWT", "kid": self.key.kid}).encode())
        signed = f"{head}.{_plain(json.dumps(claims).encode())}"
        if self.signature == "none":
            return f"{signed}."
        mac = hmac.new(self.key.as_pem(private=False), signed.encode(), sha256).digest()
        return f"{signed}.{_plain(mac)}"

    def discovery(self) -> ResponseReturnValue:
        if "discovery" in self.broken:
            return "not now", 503
        document = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
            **self.metadata,
        }
        return jsonify(document)

    def jwks(self) -> ResponseReturnValue:
        return jsonify(KeySet([self.key]).as_dict(private=False))


def _plain(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@contextmanager
def hostile_provider() -> Iterator[HostileProvider]:
    """The provider on a free port of this machine, until the block ends."""
    provider = HostileProvider()
    app = Flask("hostile")
    app.add_url_rule("/.well-known/openid-configuration", "discovery", provider.discovery)
    app.add_url_rule("/authorize", "authorize", provider.authorize)
    app.add_url_rule("/token", "token", provider.token, methods=["POST"])
    app.add_url_rule("/jwks", "jwks", provider.jwks)
    app.add_url_rule("/userinfo", "userinfo", lambda: jsonify(provider.userinfo))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
