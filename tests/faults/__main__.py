"""`make faults`, or `make faults FAULT=mutants`: every fault at full length, what was tried and what was lost.

Exit status 1 when anything was lost or a promise's bound was missed. Ctrl-C ends it with what was shown so far.
"""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.catalogue import FAULTS
from tests.faults.ground import Ground
from tests.faults.outcome import Scale
from tests.faults.report import FIGURES, Entry, record, table
from tests.servers import LocalServers, migrate, provide_template, start_servers

INTERRUPTED = 130


def main() -> int:
    asked = _asked()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):  # also where a shell in the background ignores it
        signal.signal(number, signal.default_int_handler)
    logging.disable(logging.WARNING)  # the processes log into files of their own; here the report is what counts
    entries: list[Entry] = []
    interrupted = False
    try:
        with _ground() as ground:
            for name in asked.names or FAULTS:
                entries.append(_try(name, ground, Scale.SHORT if asked.short else Scale.FULL))
                record(entries[-1:])
    except KeyboardInterrupt:
        interrupted = True
    if entries:
        _say(f"\n{table(entries)}\nThe figures are in {FIGURES}.")
    if interrupted:
        _say("Ended before all was tried.")
        return INTERRUPTED
    return int(any(entry.complaints for entry in entries))


def _try(name: str, ground: Ground, scale: Scale) -> Entry:
    _say(f"{name} …")
    began = time.monotonic()
    ground.say = lambda words: _say(f"  {name} {time.monotonic() - began:5.0f} s: {words}")
    try:
        outcome = FAULTS[name](ground, scale)
    except Exception as problem:  # noqa: BLE001 -- the other faults are still to be tried
        traceback.print_exc()
        return Entry(name, time.monotonic() - began, None, f"{type(problem).__name__}: {problem}")
    entry = Entry(name, time.monotonic() - began, outcome)
    _say(f"  {name}: {outcome.times:,} {outcome.tried}, {outcome.lost} lost, {entry.seconds:.0f} s")
    for words in entry.complaints:
        _say(f"  does not hold: {words}")
    return entry


@contextmanager
def _ground() -> Iterator[Ground]:
    """Servers of this run's own; they end with it, however it ends."""
    _say("Starting the servers …")
    told = start_servers(owner=os.getpid())
    servers = LocalServers(Path(told["home"]), told["ports"], told["secrets"], worker=0)
    provide_template(servers, migrate)
    with tempfile.TemporaryDirectory(prefix="flaunt-faults-") as folder:
        yield Ground(servers, Path(folder), _say)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="FAULT", help=f"one of {', '.join(FAULTS)}; all, unless given")
    parser.add_argument("--short", action="store_true", help="a few seconds each, as inside `make test`")
    asked = parser.parse_args()
    if unknown := [name for name in asked.names if name not in FAULTS]:
        parser.error(f"there is no fault {', '.join(unknown)}; there are {', '.join(FAULTS)}")
    return asked


def _say(words: str) -> None:
    print(words, flush=True)  # noqa: T201 -- whoever typed it waits for this


if __name__ == "__main__":
    sys.exit(main())
