"""The local OpenID provider, in a process of its own: `python -m campaign.dev.provider`.

It is `oidc-provider-mock` with our people, without its debugger and without the style sheet it fetches from elsewhere.
Its signing key is kept, and its issuer is always the loopback address, so that the same people come back after a
restart and when a phone joins in; only the page that people see moves to the address that the phone can reach.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from authlib.jose import RSAKey
from flask import Flask, Response, g, request
from jinja2 import ChoiceLoader, FileSystemLoader
from joserfc.jwk import RSAKey as NewRSAKey
from oidc_provider_mock import User, app
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from campaign.dev.home import write_private
from campaign.dev.personas import PERSONAS

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

TEMPLATES = Path(__file__).parent / "templates"
DISCOVERY = "/.well-known/openid-configuration"
SEEN_BY_PEOPLE = ("authorization_endpoint", "end_session_endpoint")
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"
LOCAL = {"development", "test"}


def create_provider(*, issuer: str, public_url: str, key_file: Path) -> WSGIApplication:
    """The provider as a WSGI application. `issuer` is who it says it is; `public_url` is where people open its page.

    Raises `SystemExit` with one line unless ENVIRONMENT says `development` or `test`: anybody may be anybody here.
    """
    if os.environ.get("ENVIRONMENT") not in LOCAL:
        sys.exit("This provider lets anybody be anybody, so it starts only where ENVIRONMENT is development or test.")
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"  # no TLS on one's own machine
    provider: Flask = app(user_claims=[User(sub=who.subject, claims=who.claims) for who in PERSONAS])
    provider.debug = False
    provider.config["SESSION_COOKIE_NAME"] = "local-provider"  # browsers share cookies between ports
    _dress(provider)
    _keep_key(provider, key_file)
    _point_people_to(provider, issuer, public_url)
    return _under_one_name(provider, issuer)


def _under_one_name(provider: Flask, issuer: str) -> WSGIApplication:
    """The mock takes its name from the Host header; whatever the address a browser used, the name stays one.

    Asking Flask's own `wsgi_app` also goes round the debugger that the mock puts in front of it.
    """
    host = urlsplit(issuer).netloc

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        return Flask.wsgi_app(provider, {**environ, "HTTP_HOST": host}, start_response)

    return answer


def _dress(provider: Flask) -> None:
    own = FileSystemLoader(TEMPLATES)
    theirs = provider.jinja_loader
    provider.jinja_loader = ChoiceLoader([own, theirs] if theirs else [own])
    provider.context_processor(lambda: {"personas": PERSONAS})

    @provider.after_request
    def _no_third_party(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Referrer-Policy", "no-referrer")
        response.headers.setdefault("Cache-Control", "no-store")
        return response


def _keep_key(provider: Flask, key_file: Path) -> None:
    """Sign with one key for good: what the app has read of it stays true when this process starts again."""
    if not key_file.exists():
        write_private(key_file, json.dumps(NewRSAKey.generate_key(2048).as_dict(private=True)))
    key = RSAKey.import_key(json.loads(key_file.read_text(encoding="utf-8")))

    @provider.before_request
    def _sign_with_it() -> None:
        g.oidc_provider_mock_storage.jwk = key


def _point_people_to(provider: Flask, issuer: str, public_url: str) -> None:
    @provider.after_request
    def _move_pages(response: Response) -> Response:
        if request.path == DISCOVERY:
            told = json.loads(response.get_data())
            told |= {name: told[name].replace(issuer, public_url, 1) for name in SEEN_BY_PEOPLE}
            response.set_data(json.dumps(told, indent=2))
        return response


class _Quiet(WSGIRequestHandler):
    """Writes no line per request: the addresses hold codes."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


def _listen(provider: WSGIApplication, hosts: list[str], port: int) -> None:
    servers: list[BaseWSGIServer] = [
        make_server(host, port, provider, threaded=True, request_handler=_Quiet) for host in hosts
    ]
    for server in servers[1:]:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    servers[0].serve_forever()


def main() -> None:
    parser = argparse.ArgumentParser(description="The local OpenID provider.")
    parser.add_argument("--host", action="append", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--public-url", required=True)
    parser.add_argument("--key-file", type=Path, required=True)
    options = parser.parse_args()
    issuer = f"http://127.0.0.1:{options.port}"
    provider = create_provider(issuer=issuer, public_url=options.public_url, key_file=options.key_file)
    _listen(provider, options.host, options.port)


if __name__ == "__main__":
    main()
