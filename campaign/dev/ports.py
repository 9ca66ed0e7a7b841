"""Ports are chosen once and kept: the provider's address is part of who people are."""

from __future__ import annotations

import errno
import random
import socket
from collections.abc import Iterable

from campaign.dev.problem import LocalProblem

# Below the range that Linux and macOS hand out for outgoing calls, so that no call sits on a kept port by chance.
FIRST, LAST = 20_000, 32_000
TRIES = 200


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether a server could listen there now. An address that is not this machine's raises `LocalProblem`."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            if problem.errno in {errno.EADDRINUSE, errno.EACCES}:
                return False
            raise LocalProblem(
                f"HOST={host} is not an address of this machine. Use one that is, or 0.0.0.0 for all of them."
            ) from None
    return True


def choose(names: Iterable[str], taken: Iterable[int] = ()) -> dict[str, int]:
    """A free port for each name, all different and none of `taken`."""
    used = set(taken)
    chosen = {}
    for name in names:
        port = _free_port(used)
        used.add(port)
        chosen[name] = port
    return chosen


def _free_port(used: set[int]) -> int:
    for _ in range(TRIES):
        port = random.randint(FIRST, LAST)  # noqa: S311 - not a secret
        if port not in used and is_free(port):
            return port
    raise LocalProblem(f"No free port was found between {FIRST} and {LAST}. End some programs, then start again.")
