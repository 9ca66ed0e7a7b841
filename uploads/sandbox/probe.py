"""What a process behind the decoder's door can still do on this machine: it tries, and tells."""

import errno
import os
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

_FORBIDDEN = {errno.EPERM, errno.EACCES, errno.ENETUNREACH}


def main(request: dict[str, Any]) -> dict[str, Any]:
    """Tries what a decoder that a photo has taken over would try; answers which of it was refused."""
    return {"ok": True, "refused": [name for name, act in attempts(request["asker"]).items() if _is_refused(act)]}


def attempts(asker: int) -> dict[str, Callable[[], object]]:
    """Each attempt by what it would mean; `asker` is the process id of whoever wants to know."""
    return {
        "use the network": lambda: socket.create_connection(("127.0.0.1", 9), timeout=1),
        "start a program": lambda: os.execv("/nowhere", ["nowhere"]),  # noqa: S606 - it is not to come to that
        "start processes": _fork,
        "read our settings": Path(f"/proc/{asker}/environ").read_bytes,
        "read other files": Path("/etc/passwd").read_bytes,
        "stop our processes": lambda: os.kill(asker, 0),
    }


def _is_refused(act: Callable[[], object]) -> bool:
    """Refused is what the system forbids; a network where nobody answers is a network, a missing program a program."""
    try:
        act()
    except OSError as problem:
        return problem.errno in _FORBIDDEN
    return False


def _fork() -> None:
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    with suppress(ChildProcessError):
        os.waitpid(pid, 0)
