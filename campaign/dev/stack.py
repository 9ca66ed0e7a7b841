"""What the local stack is made of: its settings (`dev.env`), its servers and its own processes."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from campaign.dev.addresses import LOOPBACK, Addresses
from campaign.dev.answers import answers
from campaign.dev.home import Home, write_private
from campaign.dev.postgres import postgres_program
from campaign.dev.postgres import url as postgres_url
from campaign.dev.program import Program
from campaign.dev.redis import redis_program, redis_url
from campaign.dev.s3 import BUCKET, REGION, s3_program
from campaign.dev.state import LocalState

DISCOVERY = "/.well-known/openid-configuration"


def local_settings(state: LocalState, addresses: Addresses, environ: Mapping[str, str]) -> dict[str, str]:
    """Every setting the application needs to run on this stack. REDIS_URL is kept where a person set it."""
    ports, secrets = state.ports, state.secrets
    provider = {
        "name": "local",
        "label": "Local sign-in",
        "issuer": f"http://{LOOPBACK}:{ports.provider}",
        "client_id": "flaunt",
        "client_secret": secrets.provider_client_secret,
    }
    return {
        "ENVIRONMENT": "development",
        "SECRET_KEY": secrets.session_key,
        "BASE_URL": f"http://{addresses.public}:{ports.app}",
        "TRUSTED_HOSTS": json.dumps(sorted({addresses.public, LOOPBACK, "localhost"})),
        "HOST": addresses.web,
        "PORT": str(ports.app),
        # One web process: a second would cost the start as much again, and nobody notices it on one machine.
        "WEB_PROCESSES": environ.get("WEB_PROCESSES") or "1",
        "DATABASE_URL": postgres_url(ports.postgres, secrets.postgres_password),
        "REDIS_URL": environ.get("REDIS_URL") or redis_url(ports.redis, secrets.redis_password),
        "S3_ENDPOINT_URL": f"http://{LOOPBACK}:{ports.s3}",
        "S3_PUBLIC_ENDPOINT_URL": f"http://{addresses.public}:{ports.s3}",
        "S3_REGION": REGION,
        "S3_BUCKET": BUCKET,
        "S3_ACCESS_KEY_ID": secrets.s3_access_key_id,
        "S3_SECRET_ACCESS_KEY": secrets.s3_secret_access_key,
        "OIDC_PROVIDERS": json.dumps([provider]),
    }


def write_settings(home: Home, settings: Mapping[str, str]) -> None:
    """`dev.env`, which `flaunt …` commands read. Single quotes keep the JSON as it is. Mails stay in the home."""
    head = "# Written by `flaunt dev` on each start; local.json keeps what must stay.\n"
    here = {"MAIL_FOLDER": str(home.mail), **settings}
    write_private(home.settings, head + "".join(f"{name}='{value}'\n" for name, value in here.items()))


def server_programs(home: Home, state: LocalState, addresses: Addresses, environ: Mapping[str, str]) -> list[Program]:
    """Prepare the folders of the servers and say how to run them."""
    ports, secrets = state.ports, state.secrets
    servers = [
        postgres_program(home.postgres, port=ports.postgres, password=secrets.postgres_password),
        s3_program(
            home.objects,
            port=ports.s3,
            access_key=secrets.s3_access_key_id,
            secret_key=secrets.s3_secret_access_key,
            hosts=addresses.servers,
        ),
        provider_program(home.path / "provider-key.json", port=ports.provider, addresses=addresses),
    ]
    if not environ.get("REDIS_URL"):
        servers.insert(1, redis_program(home.redis, port=ports.redis, password=secrets.redis_password))
    return servers


def provider_program(key_file: Path, *, port: int, addresses: Addresses, environment: str = "development") -> Program:
    """The OpenID provider with its personas."""
    listen = (word for host in addresses.servers for word in ("--host", host))
    return Program(
        name="provider",
        label="Sign-in provider",
        command=(
            *(sys.executable, "-m", "campaign.dev.provider", *listen, "--port", str(port)),
            *("--public-url", f"http://{addresses.public}:{port}", "--key-file", str(key_file)),
        ),
        environment={"ENVIRONMENT": environment},
        ready=lambda: answers(LOOPBACK, port, DISCOVERY),
        advice=f"If {key_file} is damaged, delete it and start again.",
    )


def app_programs(state: LocalState, addresses: Addresses) -> list[Program]:
    """Flaunt's own processes. They read `dev.env` by themselves."""
    reach = LOOPBACK if addresses.web in {"0.0.0.0", "localhost"} else addresses.web  # noqa: S104 - compared
    return [
        _flaunt("web", lambda: answers(reach, state.ports.app, "/readyz")),
        _flaunt("worker", lambda: True),
        _flaunt("clock", lambda: True),
    ]


def _flaunt(name: str, ready: Callable[[], bool]) -> Program:
    return Program(
        name=name,
        label=name.capitalize(),
        command=(str(Path(sys.executable).with_name("flaunt")), name),
        ready=ready,
        advice="Mend what the lines above say, then start again.",
    )
