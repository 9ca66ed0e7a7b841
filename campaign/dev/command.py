"""`flaunt dev`: the whole of Flaunt on one machine, until Ctrl-C."""

from __future__ import annotations

import contextlib
import os
import subprocess
import time

from campaign.dev import stopping
from campaign.dev.addresses import LOOPBACK, addresses_for
from campaign.dev.bringing_up import BringingUp
from campaign.dev.checks import check_machine, check_ports, check_redis
from campaign.dev.home import Home, hold, open_home
from campaign.dev.problem import LocalProblem
from campaign.dev.stack import app_programs, local_settings, server_programs, write_settings
from campaign.dev.starting import DidNotStart
from campaign.dev.state import keep_state, state_of
from campaign.dev.supervise import Supervisor
from campaign.dev.tables import look_current
from campaign.dev.voice import Voice

SECONDS_TO_STOP = 45


def run_dev(*, servers_only: bool = False) -> int:
    """Start, tell, wait, stop. Returns the exit code: 0 after an orderly stop, 1 when something was in the way.

    With `servers_only`, Flaunt's own processes and the demo are left to be started by hand, in a debugger perhaps.
    """
    voice = Voice()
    stopping.listen()
    stopping.listen_for_hang_up()
    try:
        return _run(voice, servers_only=servers_only)
    except stopping.Stopped:
        return 0
    except DidNotStart as problem:
        voice.last_words(problem.log)
        voice.say(f"  {problem}")
    except LocalProblem as problem:
        voice.say(f"  {problem}")
    except OSError as problem:
        voice.say(f"  {problem.strerror or problem} ({problem.filename}). Mend that, then start again.")
    return 1


def _run(voice: Voice, *, servers_only: bool) -> int:
    since = time.monotonic()
    check_machine(os.environ)
    home = open_home(os.environ)
    lock = hold(home)
    state = state_of(home, os.environ)
    addresses = addresses_for(os.environ.get("HOST") or LOOPBACK)
    check_ports(home, state, addresses)
    keep_state(home, state)
    servers = server_programs(home, state, addresses, os.environ)
    settings = local_settings(state, addresses, os.environ)
    check_redis(servers, settings["REDIS_URL"])
    write_settings(home, settings)
    _leave_settings_to_the_file(home, settings)
    app = app_programs(state, addresses)
    voice.say(f"Starting Flaunt from {home.path}")
    supervisor = Supervisor(home, {"servers": servers, "app": app}, os.environ, lock)
    try:
        bringing_up = BringingUp(supervisor, home, state, voice, since)
        bringing_up.servers(servers, ahead=app[:1] if look_current(home) and not servers_only else ())
        if servers_only:
            voice.say(f"\n  The servers are ready; {home.settings} says where. Ctrl-C stops them.")
        else:
            bringing_up.flaunt(app, settings["BASE_URL"])
            voice.ready(home, settings["BASE_URL"], shared=addresses.shared)
        supervisor.warden.wait()
        raise LocalProblem(f"The servers were ended from elsewhere; {home.run}/supervisord.log says more. Start again.")
    finally:
        _stop(supervisor, voice)


def _leave_settings_to_the_file(home: Home, settings: dict[str, str]) -> None:
    """What this stack sets, it sets alone: nothing in the shell may point its processes at another database."""
    for name in settings:
        os.environ.pop(name, None)
    os.environ |= {"FLAUNT_HOME": str(home.path), "PYTHONUNBUFFERED": "1"}


def _stop(supervisor: Supervisor, voice: Voice) -> None:
    """Stop everything in order. A second Ctrl-C stops at once."""
    stopping.answer_with(supervisor.stop)
    if supervisor.warden.poll() is None:
        voice.say("\n  Stopping …")
    supervisor.stop()
    with contextlib.suppress(subprocess.TimeoutExpired):
        supervisor.warden.wait(SECONDS_TO_STOP)
        return
    supervisor.stop()
    supervisor.warden.wait()
