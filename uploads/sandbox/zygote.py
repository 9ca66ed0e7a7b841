"""The warm parent: `python -m uploads.sandbox.zygote PARENT`, started by `warm_parent`, forks a child for each photo.

It has loaded the codecs and knows nothing of ours: it was started anew with a bare environment, never forked from a
process that holds credentials, and never reads a byte of a photo. On descriptor 0 it takes one message for each child
with four descriptors: the child's standard input, output and error, and a line to whoever asked. The line closing
means "enough", and the child is killed; otherwise the child's end is told there, as {"status", "peak"}.
"""

import gc
import json
import os
import selectors
import signal
import socket
import sys
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from uploads.limits import Limits
from uploads.sandbox.confinement import confine
from uploads.sandbox.kernel import leave_network

IDLE_SECONDS = 60.0
"""With nothing to do for so long it ends, and its memory (about 40 MB) goes to others."""

Work = Callable[[dict[str, Any]], dict[str, Any]]
"""Does what a request asks, in a process that may do nothing else any more; answers in plain JSON."""

_MOST_DESCRIPTORS = 1 << 16


class Zygote:
    """Forks children, kills them when nobody waits any more, and tells how each ended."""

    def __init__(self, requests: socket.socket, parent: int, works: Mapping[str, Work]) -> None:
        self._requests = requests
        self._works = works
        self._waiting: dict[int, socket.socket] = {}
        self._selector = selectors.DefaultSelector()
        self._selector.register(requests, selectors.EVENT_READ, self._take)
        # The process's end, not the thread's that started us; and it holds when a fork of it keeps the socket open.
        self._selector.register(os.pidfd_open(parent), selectors.EVENT_READ, self._leave)
        woken, waking = os.pipe()
        os.set_blocking(woken, False)
        os.set_blocking(waking, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(waking)
        self._selector.register(woken, selectors.EVENT_READ, partial(self._bury, woken))

    def serve(self) -> None:
        """Serves until the parent is gone, or until there was nothing to do for a while."""
        while (ready := self._selector.select(IDLE_SECONDS)) or self._waiting:
            for key, _ in ready:
                key.data()

    def _take(self) -> None:
        message, descriptors, _, _ = socket.recv_fds(self._requests, 1, 4)
        if not message:
            self._leave()
        *standard, line = descriptors
        ours = os.getpid()
        try:
            pid = os.fork()
            if pid == 0:
                become_child(standard, self._works, parent=ours)
        except OSError:
            os.close(line)  # without a word: whoever asked tries again, or gives up
            return
        finally:
            for descriptor in standard:
                os.close(descriptor)
        with suppress(OSError):
            os.setpgid(pid, pid)  # the child does so too: whoever of the two comes first
        self._waiting[pid] = socket.socket(fileno=line)
        self._selector.register(self._waiting[pid], selectors.EVENT_READ, partial(self._kill, pid))

    def _kill(self, pid: int) -> None:
        """Nobody waits for this child any more."""
        if pid in self._waiting:
            self._selector.unregister(self._waiting[pid])
            with suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)

    def _bury(self, woken: int) -> None:
        """Takes every child's end, ends what it left behind, and tells whoever asked."""
        with suppress(BlockingIOError):
            os.read(woken, 4096)
        with suppress(ChildProcessError):
            while ended := os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT):
                with suppress(ProcessLookupError, PermissionError):
                    os.killpg(ended.si_pid, signal.SIGKILL)  # before its number may be given to others
                pid, status, usage = os.wait4(ended.si_pid, 0)
                self._tell(pid, {"status": os.waitstatus_to_exitcode(status), "peak": usage.ru_maxrss * 1024})

    def _tell(self, pid: int, ending: Mapping[str, int]) -> None:
        line = self._waiting.pop(pid)
        with suppress(KeyError):
            self._selector.unregister(line)
        with line, suppress(OSError):
            line.send(json.dumps(ending).encode())

    def _leave(self) -> NoReturn:
        os._exit(0)  # the children's parent-death signal takes them along


def become_child(standard: list[int], works: Mapping[str, Work], *, parent: int) -> NoReturn:
    """In the fork: takes up its descriptors and no others, confines itself, does its one work, answers, and ends."""
    status = 1
    try:
        os.setpgid(0, 0)
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for target, descriptor in enumerate(standard):
            os.dup2(descriptor, target)
        os.closerange(3, _MOST_DESCRIPTORS)
        with open(0, "rb", closefd=False) as asked:
            request = json.load(asked)
        answers = os.dup(1)
        os.dup2(2, 1)  # whatever a library prints must not mix with the answer
        os.chdir(request["directory"])
        folder, photo = Path(request["directory"]), Path(request["photo"])
        confine(Limits(**request["limits"]), folder=folder, photo=photo, parent=parent)
        os.write(answers, json.dumps(works[request["work"]](request)).encode())
        status = 0
    except BaseException:  # noqa: BLE001 - the last words of a process
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(status)  # nothing to tidy, and libraries have been known to crash while tidying


def main(works: Mapping[str, Work], parent: int) -> None:
    """Becomes the warm parent of these works, until `parent` (a process id) is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C is for whoever started us
    gc.freeze()  # a child that collects garbage would copy the pages it shares with us
    try:
        zygote = Zygote(socket.socket(fileno=0), parent, works)
    except ProcessLookupError:
        return  # whoever started us was gone before we were here
    zygote.serve()


if __name__ == "__main__":
    leave_network()
    from uploads.sandbox.works import WORKS  # now that the network is gone

    main(WORKS, int(sys.argv[1]))
