"""What was measured of the renditions, told: a line for each photo, then the set."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence

from tests.bench.renditions_trials import BOUND, HAND, OURS, PYVIPS, Trial
from tests.bench.tables import tell, tell_table


def tell_photos(trials: Sequence[Trial]) -> None:
    head = ("photo", "ours", "pyvips", "ratio", "bound", "ours/bound", "bytes", "SSIM", "pyvips", "memory", "pyvips")
    tell_table(head, [_row(trial) for trial in trials])
    tell("Times in milliseconds, one thread; bytes as ours : pyvips; SSIM the mean over the renditions; memory in MiB.")
    tell("HEIC: the wheel of pyvips cannot read it, so it is handed the picture by the decoder that we use.")
    tell()


def _row(trial: Trial) -> Sequence[str]:
    ours, theirs, bound = (f"{1000 * statistics.median(trial.seconds[way]):.0f}" for way in (OURS, PYVIPS, BOUND))
    ratio, above = trial.ratio(PYVIPS, OURS), trial.ratio(OURS, BOUND)
    likenesses = (f"{trial.ssim[way]:.4f}" for way in (OURS, PYVIPS))
    memories = (f"{trial.memory[way]:.0f}" for way in (OURS, PYVIPS))
    numbers = (f"{ratio:.2f}", bound, f"{above:.2f}", f"{trial.bytes_ratio:.3f}")
    return (trial.photo.name, ours, theirs, *numbers, *likenesses, *memories)


def summary_of(trials: Sequence[Trial]) -> dict[str, float]:
    """The figures of the whole set; where a name says no more, the median over it."""
    usual = [trial for trial in trials if trial.photo.is_usual]
    return {
        "ratio_vs_pyvips": _median(trials, lambda trial: trial.ratio(PYVIPS, OURS)),
        "ratio_vs_pyvips_worst": min(trial.ratio(PYVIPS, OURS) for trial in trials),
        "ratio_vs_pyvips_12mp_jpeg": _median(usual, lambda trial: trial.ratio(PYVIPS, OURS)),
        "ratio_vs_pyvips_by_hand": _median(usual, lambda trial: trial.ratio(HAND, OURS)),
        "ratio_vs_bound": _median(trials, lambda trial: trial.ratio(OURS, BOUND)),
        "ratio_vs_bound_12mp_jpeg": _median(usual, lambda trial: trial.ratio(OURS, BOUND)),
        "bytes_ratio": _median(trials, lambda trial: trial.bytes_ratio),
        "ssim_ours": _median(trials, lambda trial: trial.ssim[OURS]),
        "ssim_pyvips": _median(trials, lambda trial: trial.ssim[PYVIPS]),
        "photos_per_second_ours": _per_second(trials, OURS),
        "photos_per_second_pyvips": _per_second(trials, PYVIPS),
        "peak_mebibytes_ours": max(trial.memory[OURS] for trial in trials),
        "peak_mebibytes_pyvips": max(trial.memory[PYVIPS] for trial in trials),
    }


def _median(trials: Sequence[Trial], of: Callable[[Trial], float]) -> float:
    return statistics.median(of(trial) for trial in trials)


def _per_second(trials: Sequence[Trial], way: str) -> float:
    return len(trials) / sum(statistics.median(trial.seconds[way]) for trial in trials)


def tell_summary(trials: Sequence[Trial], found: dict[str, float]) -> None:
    """The figures of the whole set in words, each with the photo that does worst by it."""
    for name, median, usual, worst in (
        _told("times as fast as pyvips", trials, lambda trial: trial.ratio(PYVIPS, OURS), min),
        _told("times the scaled decode and the encoding alone", trials, lambda trial: trial.ratio(OURS, BOUND), max),
        _told("times the bytes of pyvips", trials, lambda trial: trial.bytes_ratio, max),
        _told("SSIM above pyvips", trials, lambda trial: trial.ssim_gain, min),
    ):
        tell(f"{median} {name}: the median over the set; JPEGs of 12 megapixels {usual}; worst {worst}")
    tell(f"{found['ratio_vs_pyvips_by_hand']:.2f} times as fast as pyvips told by hand to halve, at our WebP settings")
    for way in (OURS, PYVIPS):
        speed, memory = found[f"photos_per_second_{way}"], found[f"peak_mebibytes_{way}"]
        tell(f"{speed:.2f} photos a second on one thread, at most {memory:.0f} MiB: {way}")
    tell()


def _told(
    name: str, trials: Sequence[Trial], of: Callable[[Trial], float], worst: Callable[..., Trial]
) -> tuple[str, str, str, str]:
    last = worst(trials, key=of)
    usual = [trial for trial in trials if trial.photo.is_usual]
    return name, f"{_median(trials, of):.4f}", f"{_median(usual, of):.4f}", f"{of(last):.4f} ({last.photo.name})"
