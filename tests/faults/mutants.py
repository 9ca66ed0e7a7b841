"""Malformed images by the thousand: no dead worker, each with a reason, and the decoder's memory under its cap."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections import Counter
from typing import Any

from tests.faults.ground import Ground
from tests.faults.outcome import Outcome, Scale
from tests.faults.programs import ROOT
from uploads.limits import Limits

FAULT = "mutants"
MUTANTS = {Scale.SHORT: 240, Scale.FULL: 8_000}
DRAWN = {Scale.SHORT: 60, Scale.FULL: 2_000}
FEEDERS = 2
EVERY = 10.0
LONGEST = {Scale.SHORT: 300, Scale.FULL: 7_200}
"""Seconds after which a feeder that says nothing more is ended."""


def run(ground: Ground, scale: Scale) -> Outcome:
    each, drawn = MUTANTS[scale] // FEEDERS, DRAWN[scale] // FEEDERS
    feeders = [Feeder(number * each, each, drawn) for number in range(FEEDERS)]
    told = time.monotonic()
    try:
        while any(feeder.is_busy for feeder in feeders):
            time.sleep(0.2)
            if time.monotonic() - told > EVERY:
                told = time.monotonic()
                ground.say(f"{sum(feeder.said.get('fed', 0) for feeder in feeders)} malformed images fed")
    finally:
        for feeder in feeders:
            feeder.end()
    return _outcome(
        [feeder.said for feeder in feeders], [feeder.status for feeder in feeders], (each + drawn) * FEEDERS
    )


class Feeder:
    """One process that stands for a worker; `said` is the last that it told."""

    def __init__(self, first: int, count: int, drawn: int) -> None:
        command = [sys.executable, "-m", "tests.faults.feeder", str(first), str(count), str(drawn)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, start_new_session=True)
        self.said: dict[str, Any] = {}
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    @property
    def is_busy(self) -> bool:
        return self._process.poll() is None

    @property
    def status(self) -> int:
        return self._process.wait()

    def end(self) -> None:
        if self.is_busy:
            self._process.terminate()
        self._process.wait()
        self._listener.join()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.said = json.loads(line)


def _outcome(said: list[dict[str, Any]], statuses: list[int], wanted: int) -> Outcome:
    reasons: Counter[str] = Counter()
    for one in said:
        reasons.update(one.get("reasons", {}))
    without = [words for one in said for words in one.get("without_reason", [])]
    fed = sum(one.get("fed", 0) for one in said)
    peak = max(one.get("peak", 0) for one in said)
    left = {what: sum(one.get(what, 1) for one in said) for what in ("left_files", "left_processes", "still")}
    broken = [f"{times} {what.replace('_', ' ')}" for what, times in left.items() if times]
    broken += [f"a worker died with {status}" for status in statuses if status]
    broken += [f"the decoder held {peak / 2**20:.0f} MB"] if peak > Limits().decoder_memory else []
    broken += without[:5]
    return Outcome(
        promises=(11,),
        tried="malformed images, mutated and drawn",
        times=fed,
        lost=wanted - fed + len(without),
        figures={
            "accepted": sum(one.get("accepted", 0) for one in said),
            **{f"refused_{reason}": times for reason, times in sorted(reasons.items())},
            "decoder_peak_mb": round(peak / 2**20, 1),
        },
        broken=tuple(broken),
    )
