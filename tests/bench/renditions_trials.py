"""One photo and the ways to its renditions, measured in turns."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from tests.bench.renditions_engines import bound_of, draw_by_hand, draw_by_pyvips, draw_ours
from tests.bench.renditions_memory import peak_of
from tests.bench.renditions_photos import Photo
from tests.bench.renditions_quality import likeness, reference_of
from tests.bench.timing import seconds_of
from uploads.drawing.portrait import Rendition

OURS, PYVIPS, HAND, BOUND = "ours", "pyvips", "by hand", "bound"


@dataclass(slots=True)
class Trial:
    """One photo, and what was measured of it so far: seconds by way and round, bytes, SSIM and mebibytes by way."""

    photo: Photo
    folder: Path
    plan: Sequence[Rendition]
    ways: dict[str, Callable[[], object]]
    seconds: dict[str, list[float]]
    bytes: dict[str, int] = field(default_factory=dict)
    ssim: dict[str, float] = field(default_factory=dict)
    memory: dict[str, float] = field(default_factory=dict)

    def ratio(self, slower: str, faster: str) -> float:
        """How many times as long one way takes as the other, the median over the rounds."""
        pairs = zip(self.seconds[slower], self.seconds[faster], strict=True)
        return statistics.median(one / other for one, other in pairs)

    @property
    def bytes_ratio(self) -> float:
        return self.bytes[OURS] / self.bytes[PYVIPS]

    @property
    def ssim_gain(self) -> float:
        return self.ssim[OURS] - self.ssim[PYVIPS]


def begin(photo: Photo, folder: Path) -> Trial:
    """The photo's ways, each with a folder of its own and run once to be warm."""
    for way in (OURS, PYVIPS, HAND):
        (folder / way).mkdir(parents=True)
    plan = draw_ours(photo.path, folder / OURS)
    ways: dict[str, Callable[[], object]] = {
        OURS: partial(draw_ours, photo.path, folder / OURS),
        PYVIPS: partial(draw_by_pyvips, photo.path, folder / PYVIPS, plan),
        BOUND: bound_of(photo.path, plan, folder / OURS),
    }
    if photo.is_usual:
        ways[HAND] = partial(draw_by_hand, photo.path, folder / HAND, plan)
    for act in ways.values():
        act()
    return Trial(photo, folder, plan, ways, {way: [] for way in ways})


def take_turns(trial: Trial, *, backwards: bool) -> None:
    """Each way once, in an order that every other round turns around."""
    for way in sorted(trial.ways, reverse=backwards):
        trial.seconds[way].append(seconds_of(trial.ways[way]))


def judge(trial: Trial) -> None:
    """How long, how true and how hungry, from what the last round wrote."""
    reference = reference_of(trial.photo.path, trial.plan)
    for way in (OURS, PYVIPS):
        written = [trial.folder / way / f"{made.name}.webp" for made in trial.plan]
        trial.bytes[way] = sum(path.stat().st_size for path in written)
        trial.ssim[way] = likeness(trial.folder / way, reference)
        trial.memory[way] = peak_of(way, trial.photo.path)
