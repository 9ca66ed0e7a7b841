"""What is chosen on the first start and kept: ports, passwords and keys (`local.json`, readable by its owner alone)."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping

from pydantic import BaseModel, Field, ValidationError

from campaign.dev import ports
from campaign.dev.home import Home, write_private
from campaign.dev.problem import LocalProblem

APP_PORT = 8000


class Ports(BaseModel):
    """One TCP port for each server."""

    app: int = Field(ge=1, le=65535)
    postgres: int
    redis: int
    s3: int
    provider: int


class Secrets(BaseModel):
    """Made at random, once. rclone cuts short access keys, so the S3 pair is long."""

    session_key: str = Field(default_factory=lambda: secrets.token_hex(32))
    postgres_password: str = Field(default_factory=lambda: secrets.token_hex(24))
    redis_password: str = Field(default_factory=lambda: secrets.token_hex(24))
    s3_access_key_id: str = Field(default_factory=lambda: secrets.token_hex(16))
    s3_secret_access_key: str = Field(default_factory=lambda: secrets.token_hex(32))
    provider_client_secret: str = Field(default_factory=lambda: secrets.token_hex(24))


class LocalState(BaseModel):
    """The kept choices of one local stack."""

    ports: Ports
    secrets: Secrets = Field(default_factory=Secrets)


def choose_state(app_port: int = APP_PORT) -> LocalState:
    """A new stack's choices: free ports and fresh secrets."""
    chosen = ports.choose(("postgres", "redis", "s3", "provider"), taken=[app_port])
    return LocalState(ports=Ports(app=app_port, **chosen))


def state_of(home: Home, environ: Mapping[str, str]) -> LocalState:
    """The home's choices as they are kept, or new ones. PORT moves the app. Nothing is written yet."""
    wanted = _wanted_port(environ)
    state = _read(home) or choose_state(wanted or APP_PORT)
    moved = state.ports.model_copy(update={"app": wanted or state.ports.app})
    return state.model_copy(update={"ports": moved})


def keep_state(home: Home, state: LocalState) -> None:
    """Keep these choices for good, once their ports have been looked at."""
    write_private(home.state, state.model_dump_json(indent=2) + "\n")


def _read(home: Home) -> LocalState | None:
    try:
        return LocalState.model_validate(json.loads(home.state.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (ValueError, ValidationError):
        raise LocalProblem(
            f"{home.state} cannot be read; it holds the local ports and passwords. "
            f"Put back a good copy, or start afresh by deleting {home.path}."
        ) from None


def _wanted_port(environ: Mapping[str, str]) -> int | None:
    text = environ.get("PORT", "").strip()
    if not text:
        return None
    if not text.isdecimal() or not 0 < int(text) < 65536:  # noqa: PLR2004 - the range of TCP ports
        raise LocalProblem(f"PORT={text} is not a port. Use a number such as 8000: make run PORT=8000")
    return int(text)
