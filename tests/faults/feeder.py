"""`python -m tests.faults.feeder FIRST COUNT DRAWN`: feeds malformed images to the decoder, as a worker would.

It stands for the worker: whatever the images do, it must live to tell. A line of JSON for each hundred, and the last.
COUNT mutants from number FIRST on, then DRAWN that Hypothesis draws.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from hypothesis import HealthCheck, Phase, given, settings

from tests.faults.malformed import malformed
from tests.faults.mutation import mutant
from uploads.limits import Limits
from uploads.reasons import PhotoRefused, Reason
from uploads.sandbox.apart import OURS, decode_apart

OFTEN = 100


@dataclass
class Fed:
    """What became of the images so far."""

    fed: int = 0
    accepted: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    without_reason: list[str] = field(default_factory=list)
    left_files: int = 0
    peak: int = 0
    """Bytes of memory that the hungriest decoder held."""

    def feed(self, name: str, data: bytes, folder: Path) -> None:
        with tempfile.TemporaryDirectory(dir=folder) as inside:
            photo = Path(inside) / "photo"
            photo.write_bytes(data)
            try:
                decoded = decode_apart(photo, Path(inside), Limits())
            except PhotoRefused as refused:
                self.reasons[Reason(refused.reason)] += 1
            except Exception as problem:  # noqa: BLE001 -- what is neither is what is looked for
                self.without_reason.append(f"{name}: {type(problem).__name__}: {problem}")
            else:
                self.accepted += 1
                made = {"photo", *(f"{one.name}.webp" for one in decoded.portrait.renditions)}
                self.left_files += len({path.name for path in Path(inside).iterdir()} - made)
        self.left_files += len(list(folder.iterdir()))
        self.fed += 1
        if self.fed % OFTEN == 0:
            self.tell()

    def tell(self, **more: int) -> None:
        told = {
            "fed": self.fed, "accepted": self.accepted, "reasons": self.reasons, "peak": self.peak,
            "without_reason": self.without_reason[:10], "left_files": self.left_files, **more,
        }  # fmt: skip
        print(json.dumps(told), flush=True)  # noqa: T201 -- the answer


def main(first: int, count: int, drawn: int) -> None:
    fed = Fed()
    with tempfile.TemporaryDirectory(prefix="flaunt-mutants-") as name:
        folder = Path(name)
        for number in range(first, first + count):
            fed.feed(*_named(number), folder)

        @settings(
            max_examples=max(1, drawn),
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(malformed())
        def feed_drawn(data: bytes) -> None:
            fed.feed(f"drawn {data[:40]!r}", data, folder)

        if drawn:
            feed_drawn()
    left = len(psutil.Process().children(recursive=True))
    OURS.end()
    fed.peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    # The warm parent itself may stay for the next photo; its forks may not.
    fed.tell(left_processes=max(0, left - 1), still=len(psutil.Process().children(recursive=True)))


def _named(number: int) -> tuple[str, bytes]:
    name, data = mutant(number)
    return f"{number} ({name})", data


if __name__ == "__main__":
    os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", tempfile.gettempdir())
    main(*(int(word) for word in sys.argv[1:4]))
