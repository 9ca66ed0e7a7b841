"""Renditions: ours against pyvips, and against the least that any way must do; with their bytes, likeness and memory.

The photos take turns, and so do the ways, so that what is slow for a moment is slow for all. Ratios are the median
over neighbouring runs, then over the set.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.bench import end_to_end, sandbox
from tests.bench.figures import record
from tests.bench.renditions_photos import Photo, gather_photos
from tests.bench.renditions_report import summary_of, tell_photos, tell_summary
from tests.bench.renditions_trials import Trial, begin, judge, take_turns
from tests.bench.tables import tell
from tests.bench.timing import one_core
from uploads.reasons import PhotoRefused

ROUNDS = 5


def run() -> None:
    trials = _measure()
    tell_photos(trials)
    summary = summary_of(trials)
    record("renditions", summary)
    tell_summary(trials, summary)
    sandbox.run()
    end_to_end.run()


def _measure() -> list[Trial]:
    photos = gather_photos()
    with tempfile.TemporaryDirectory() as folder, one_core():
        trials = [trial for number, photo in enumerate(photos) if (trial := _begin(photo, Path(folder) / str(number)))]
        for number in range(ROUNDS):
            for trial in trials:
                take_turns(trial, backwards=number % 2 == 1)
        for trial in trials:
            judge(trial)
    return trials


def _begin(photo: Photo, folder: Path) -> Trial | None:
    """None for what BENCH_PHOTOS may hold that is no photo of ours."""
    try:
        return begin(photo, folder)
    except PhotoRefused as refused:
        tell(f"{photo.name} is passed over: {refused.reason}")
        return None
