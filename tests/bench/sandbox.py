"""What the decoder's process costs: a photo decoded apart, against the same decode in this process."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PIL import Image, ImageCms

from tests.bench.figures import record
from uploads.limits import Limits
from uploads.sandbox.apart import decode_apart
from uploads.sandbox.decoder import decode

SIZE = (4032, 3024)
PHOTOS = 4
ROUNDS = 9


def run() -> None:
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        photos = [camera_photo(here / f"{number}.jpg", number) for number in range(PHOTOS)]
        measure_sandbox(photos, here)


def measure_sandbox(photos: Sequence[Path], out: Path) -> None:
    """Print and record the share of time that the process adds for each of these photos, the median over them."""
    shares = sorted(_added(photo, out) for photo in photos)
    median = statistics.median(shares)
    print(  # noqa: T201 -- what `make bench` is for
        f"a process for each photo: {median:+.1%} against the same decode in this process "
        f"({shares[0]:+.1%} to {shares[-1]:+.1%} over {len(photos)} photos, {ROUNDS} alternating runs each)"
    )
    record("renditions", {"sandbox_overhead": median})


def _added(photo: Path, out: Path) -> float:
    """The median over neighbouring runs, less 1: what is slow for a moment is slow for both."""
    limits = Limits()
    decode_apart(photo, out, limits)  # one warm-up each
    decode(photo, out, limits)
    ratios = []
    for number in range(ROUNDS):
        pair = [lambda: decode_apart(photo, out, limits), lambda: decode(photo, out, limits)]
        if number % 2:
            there, here = reversed([_seconds(act) for act in reversed(pair)])
        else:
            there, here = (_seconds(act) for act in pair)
        ratios.append(there / here)
    return statistics.median(ratios) - 1


def _seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def camera_photo(path: Path, number: int = 0) -> Path:
    """A 12-megapixel JPEG with a sky, a texture and a profile, another for each number."""
    noise = Image.effect_noise((SIZE[0] // 8, SIZE[1] // 8), 60).resize(SIZE, Image.Resampling.BICUBIC)
    sky = Image.linear_gradient("L").rotate(90 * (number % 4)).resize(SIZE)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    photo = Image.merge("RGB", (sky, noise, Image.blend(sky, noise, 0.2 + 0.1 * (number % 5))))
    photo.save(path, "JPEG", quality=90, icc_profile=profile)
    return path
