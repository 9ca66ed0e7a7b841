"""Runs the stack under the library `supervisor`: it starts programs, starts again what dies, and stops them in order.

`supervisord` runs in a session of its own, so that Ctrl-C and a closing terminal reach `flaunt dev` alone, which then
asks for one orderly stop. Programs end with supervisord, and supervisord with `flaunt dev`, by the kernel's word
(`tied`, `warden`).
"""

from __future__ import annotations

import hashlib
import os
import shlex
import signal
import subprocess
import sys
import tempfile
import xmlrpc.client
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from supervisor.xmlrpc import SupervisorTransport

from campaign.dev.home import Home, write_private
from campaign.dev.problem import LocalProblem
from campaign.dev.program import Program

LONGEST_SOCKET_PATH = 100  # bytes; the kernel allows 107, and supervisord adds a suffix while it starts
STOPPED_BADLY = {"BACKOFF", "FATAL", "EXITED", "UNKNOWN"}

HEAD = """\
[supervisord]
nodaemon=true
silent=true
{user}logfile={run}/supervisord.log
logfile_maxbytes=1MB
logfile_backups=1
pidfile={run}/supervisord.pid
childlogdir={logs}
[unix_http_server]
file={socket}
chmod=0700
[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
"""
# A program that dies is back at once; one that dies within its first second is tried again ever more slowly.
PROGRAM = """\
[program:{name}]
command={command}
autostart=false
autorestart=true
startsecs=1
startretries=1000
stopsignal={stop_signal}
stopwaitsecs=12
killasgroup=true
redirect_stderr=true
stdout_logfile={log}
stdout_logfile_maxbytes=10MB
stdout_logfile_backups=1
"""
# Lower priorities start first and stop last: the servers outlive those who talk to them.
GROUP = """\
[group:{name}]
programs={programs}
priority={priority}
"""


def control_socket(home: Home) -> Path:
    """Where supervisord listens: in the home, or in the temporary folder where the home's path is too long."""
    inside = home.run / "supervisor.sock"
    if len(os.fsencode(inside)) <= LONGEST_SOCKET_PATH:
        return inside
    mark = hashlib.sha256(os.fsencode(home.path)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"flaunt-{os.geteuid()}-{mark}.sock"


def configuration(home: Home, groups: Mapping[str, Sequence[Program]]) -> str:
    """The configuration of supervisord for these groups of programs, the first group being the ground of the next."""
    root = "user=root\n" if os.geteuid() == 0 else ""  # said aloud, or supervisord warns
    parts = [HEAD.format(user=root, run=_plain(home.run), logs=_plain(home.logs), socket=control_socket(home))]
    for place, (name, programs) in enumerate(groups.items()):
        parts.extend(_program(home, program) for program in programs)
        members = ",".join(program.name for program in programs)
        parts.append(GROUP.format(name=name, programs=members, priority=100 * (place + 1)))
    return "".join(parts)


class Supervisor:
    """A running supervisord. Start programs by group, ask how they are, stop all."""

    def __init__(
        self, home: Home, groups: Mapping[str, Sequence[Program]], environ: Mapping[str, str], lock: int
    ) -> None:
        """Start supervisord with no program running yet. `lock` stays open until the last process has ended."""
        self._started: set[str] = set()
        self._socket = control_socket(home)
        self._socket.unlink(missing_ok=True)
        settings = home.run / "supervisord.conf"
        write_private(settings, configuration(home, groups))
        daemon = [sys.executable, "-m", "supervisor.supervisord", "-n", "-c", str(settings)]
        warden = [sys.executable, "-m", "campaign.dev.warden", "--parent", str(os.getpid()), "--keep-open", str(lock)]
        self._out = home.run / "supervisord.out"
        with self._out.open("wb") as out:
            self.warden = subprocess.Popen(
                [*warden, "--", *daemon],
                env=dict(environ),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                pass_fds=(lock,),
                start_new_session=True,
            )
        transport = SupervisorTransport(serverurl=f"unix://{self._socket}")
        self._remote: Any = xmlrpc.client.ServerProxy("http://127.0.0.1", transport=transport).supervisor

    @property
    def listens(self) -> bool:
        """Whether supervisord can be asked things; raises `LocalProblem` once it has ended."""
        if self.warden.poll() is not None:
            raise LocalProblem(f"supervisord, which runs the servers, did not start; {self._out} says why.")
        return self._socket.exists()

    def start(self, group: str, programs: Iterable[Program]) -> None:
        """Start those that this has not started yet."""
        for program in programs:
            if program.name in self._started:
                continue
            self._started.add(program.name)
            self._remote.startProcess(f"{group}:{program.name}", False)  # noqa: FBT003 - positions are all XML-RPC has

    def died(self) -> list[str]:
        """Names of programs that were started and are not running now."""
        return [info["name"] for info in self._remote.getAllProcessInfo() if info["statename"] in STOPPED_BADLY]

    def stop(self) -> None:
        """Ask for an orderly stop; asked a second time, end at once."""
        if self.warden.poll() is None:
            self.warden.send_signal(signal.SIGTERM)


def _program(home: Home, program: Program) -> str:
    return PROGRAM.format(
        name=program.name,
        command=" ".join(_plain(shlex.quote(word)) for word in program.tied_command(home.run)),
        stop_signal=program.stop_signal,
        log=_plain(home.log_of(program.name)),
    )


def _plain(value: object) -> str:
    """In values supervisord expands `%(name)s` in values; a percent sign of ours is no expansion."""
    return str(value).replace("%", "%%")
