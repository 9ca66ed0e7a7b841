"""Our hold on the warm parent: started when it is first needed, and again when it is gone."""

from __future__ import annotations

import atexit
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

COMMAND = (sys.executable, "-S", "-P", "-m", "uploads.sandbox.zygote")

# A child's memory is new to it, and asking for it page by page costs a tenth of a photo. So: large pages, and what one
# buffer gives back is the next one's.
_MALLOC = "glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold=33554432:glibc.malloc.trim_threshold=268435456"
_LAST_SECONDS = 5.0  # in which a killed child's end is told, or its parent is stuck


class WarmParentGone(Exception):
    """It ended before it could tell what became of the child: it was killed, had idled out, or could not start."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How a child ended: its exit status (a signal as its negative number), and its peak of memory in bytes."""

    status: int
    peak: int


class Child:
    """A fork of the warm parent at work: what it says comes from `answers`, its end from `line` (descriptors)."""

    def __init__(self, answers: int, line: socket.socket) -> None:
        self.answers = answers
        self.line = line
        self._ending: Ending | None = None

    def ending(self) -> Ending:
        """How it ended; waits for that. Raises `WarmParentGone`."""
        if self._ending is None:
            try:
                told = self.line.recv(1024)
            except ConnectionError as problem:
                raise WarmParentGone from problem
            if not told:
                raise WarmParentGone
            self._ending = Ending(**json.loads(told))
        return self._ending

    def kill(self) -> bool:
        """Ends it, if it has not ended yet, and waits until it is gone; False where nobody obeys."""
        with suppress(OSError):
            self.line.shutdown(socket.SHUT_WR)
        self.line.settimeout(_LAST_SECONDS)
        try:
            self.ending()
        except WarmParentGone:
            return True
        except TimeoutError:
            return False
        return True


class WarmParent:
    """One warm parent for each process of ours; safe between threads and across a fork."""

    def __init__(self, command: Sequence[str] = COMMAND) -> None:
        self._command = tuple(command)
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._requests: socket.socket | None = None
        os.register_at_fork(after_in_child=self._forget)
        atexit.register(self.end)

    @contextmanager
    def child(self, request: Mapping[str, object], said_aside: IO[bytes]) -> Iterator[Child]:
        """A child that works on the request, killed when the block is left. What it says aside goes into the file.

        Raises `WarmParentGone`.
        """
        asked, asking = os.pipe()
        answers, answering = os.pipe()
        line, its_line = socket.socketpair()
        with os.fdopen(answers, "rb", buffering=0), line:
            with os.fdopen(asked), os.fdopen(answering), its_line:
                with os.fdopen(asking, "wb") as request_file:
                    request_file.write(json.dumps(request).encode())
                process = self._send([asked, answering, said_aside.fileno(), its_line.fileno()])
            child = Child(answers, line)
            try:
                yield child
            except WarmParentGone:
                self._bury(process)
                raise
            finally:
                if not child.kill():
                    process.kill()  # it is stuck; its children die with it

    def end(self) -> None:
        """Ends it, and the children it has; the next photo starts another."""
        if self._process is not None:
            self._bury(self._process)

    def _send(self, descriptors: list[int]) -> subprocess.Popen[bytes]:
        """Sends for a child, and tells whom it was sent to. Raises `WarmParentGone`."""
        with self._lock:
            process, requests = self._started()
        if not self._hand_over(requests, descriptors):
            self._bury(process)
            with self._lock:
                process, requests = self._started()
            if not self._hand_over(requests, descriptors):
                raise WarmParentGone
        return process

    @staticmethod
    def _hand_over(requests: socket.socket, descriptors: list[int]) -> bool:
        try:
            socket.send_fds(requests, [b"!"], descriptors)
        except OSError:
            return False  # it is gone, or another thread found it so and closed its socket
        return True

    def _started(self) -> tuple[subprocess.Popen[bytes], socket.socket]:
        """Starts it: by exec, so that nothing of ours is in its memory, and without our environment and descriptors."""
        if self._process is None or self._requests is None:
            self._requests, its_end = socket.socketpair()
            with its_end:
                self._process = subprocess.Popen(  # noqa: S603 - our own module, our own arguments
                    [*self._command, str(os.getpid())],
                    stdin=its_end.fileno(),
                    stdout=subprocess.DEVNULL,
                    cwd="/",
                    env=_bare_environment(),
                    start_new_session=True,
                )
        return self._process, self._requests

    def _bury(self, process: subprocess.Popen[bytes]) -> None:
        """Lets go of it, unless another thread did and has a new one; it ends by itself, or is ended."""
        with self._lock:
            if self._process is process and self._requests is not None:
                self._requests.close()
                self._requests = self._process = None
        with suppress(subprocess.TimeoutExpired):
            process.wait(_LAST_SECONDS)
        process.kill()
        process.wait()

    def _forget(self) -> None:
        """In a fork of ours: the warm parent belongs to the process that started it, and must see that one's end."""
        self._lock = threading.Lock()
        if self._requests is not None:
            self._requests.close()
        if self._process is not None:
            self._process.returncode = 0  # not our child, so there is nothing to wait for
        self._requests = self._process = None


def _bare_environment() -> dict[str, str]:
    """Nothing of ours: where the modules are, and one malloc arena, so that address space means memory."""
    return {
        "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[2]), *filter(None, sys.path)]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "LANG": "C.UTF-8",
        "MALLOC_ARENA_MAX": "1",
        "GLIBC_TUNABLES": _MALLOC,
    }
