"""The photos of the bench: the demo's scenes drawn as large as cameras take them, with the detail that cameras see.

They are drawn once and kept in build/. A folder named by BENCH_PHOTOS adds its own.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pillow_heif
from PIL import ExifTags, Image, ImageChops, UnidentifiedImageError

from campaign.demo.skylines import SCENES, draw_scene
from tests.bench.figures import FIGURES
from tests.uploads.sample_photos import display_p3_profile, srgb_profile

_FOLDER = FIGURES.parent / "bench-photos"
_EDITION = "1"  # goes up when the photos change, so that kept ones are drawn anew
_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".heic", ".heif", ".webp", ".avif"})
_OCTAVES = (1, 2, 4, 8, 16)
_LYING = 6  # the orientation of a phone held upright: its sensor lies on its side
_PROFILES = {"srgb": srgb_profile, "p3": display_p3_profile, "": lambda: None}


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo on disk; `is_usual` is a JPEG of twelve megapixels, as most phones send."""

    path: Path
    is_usual: bool

    @property
    def name(self) -> str:
        return self.path.name


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What to draw: a scene of the demo, its size upright, how much fine detail, and how it is written."""

    name: str
    scene: int
    size: tuple[int, int]
    detail: float
    profile: str
    turned: bool = False
    progressive: bool = False


_SET = (
    _Drawn("12mp-p3.jpg", 0, (4032, 3024), 6, "p3"),
    _Drawn("12mp-p3-upright.jpg", 3, (3024, 4032), 8, "p3", turned=True),
    _Drawn("12mp-4000.jpg", 7, (4000, 3000), 4, "srgb"),
    _Drawn("12mp-4000-upright.jpg", 12, (3000, 4000), 7, "srgb", turned=True),
    _Drawn("12mp-4080.jpg", 16, (4080, 3072), 9, "srgb"),
    _Drawn("12mp-progressive.jpg", 20, (4032, 3024), 3, "", progressive=True),
    _Drawn("24mp-srgb.jpg", 5, (6000, 4000), 6, "srgb"),
    _Drawn("48mp-p3.jpg", 9, (8064, 6048), 6, "p3"),
    _Drawn("12mp-p3.heic", 14, (4032, 3024), 5, "p3"),
    _Drawn("12mp-srgb.png", 18, (4032, 3024), 2, "srgb"),
)


def gather_photos() -> list[Photo]:
    """The set, drawn where it is not kept yet, and whatever BENCH_PHOTOS adds."""
    folder = _FOLDER / _EDITION
    folder.mkdir(parents=True, exist_ok=True)
    paths = [_kept(drawn, folder) for drawn in _SET]
    if given := os.environ.get("BENCH_PHOTOS"):
        paths += [path for path in sorted(Path(given).iterdir()) if path.suffix.lower() in _SUFFIXES]
    return [Photo(path, is_usual=_is_usual(path)) for path in paths]


def _is_usual(path: Path) -> bool:
    if path.suffix.lower() not in {".jpg", ".jpeg"}:
        return False
    with suppress(UnidentifiedImageError), Image.open(path) as photo:
        return photo.format in {"JPEG", "MPO"} and round(photo.width * photo.height / 1e6) in {12, 13}
    return False


def _kept(drawn: _Drawn, folder: Path) -> Path:
    path = folder / drawn.name
    if not path.exists():
        print(f"Drawing {drawn.name} (once) …", flush=True)  # noqa: T201 -- it takes a few seconds
        fresh = folder / f"fresh-{drawn.name}"
        _write(_draw(drawn), drawn, fresh)
        fresh.rename(path)
    return path


def _draw(drawn: _Drawn) -> Image.Image:
    picture = draw_scene(replace(SCENES[drawn.scene], size=drawn.size)).convert("RGB")
    detail = _detail(drawn.size, drawn.detail, seed=drawn.scene)
    return ImageChops.overlay(picture, Image.merge("RGB", (detail, detail, detail)))


def _detail(size: tuple[int, int], strength: float, seed: int) -> Image.Image:
    """Grey noise with as much contrast in every octave, as natural pictures have (Field, 1987)."""
    rng, (width, height) = np.random.default_rng(seed), size
    summed = np.full((height, width), 128, np.float32)
    for octave in _OCTAVES:
        coarse = rng.normal(0, strength, (height // octave + 1, width // octave + 1)).astype(np.float32)
        summed += np.asarray(Image.fromarray(coarse).resize(size, Image.Resampling.BICUBIC))
    return Image.fromarray(summed.clip(0, 255).astype(np.uint8))


def _write(picture: Image.Image, drawn: _Drawn, path: Path) -> None:
    profile, exif = _PROFILES[drawn.profile](), Image.Exif()
    exif[ExifTags.Base.Make] = "Flaunt"
    if drawn.turned:
        picture, exif[ExifTags.Base.Orientation] = picture.transpose(Image.Transpose.ROTATE_90), _LYING
    match path.suffix:
        case ".png":
            picture.save(path, icc_profile=profile, exif=exif, compress_level=4)
        case ".heic":
            picture.info["icc_profile"] = profile
            held = pillow_heif.from_pillow(picture)
            held.save(path, quality=72, exif=exif.tobytes(), enc_params={"preset": "ultrafast"})
        case _:
            shape = {"subsampling": "4:2:0", "progressive": drawn.progressive}
            picture.save(path, "JPEG", quality=92, icc_profile=profile, exif=exif, **shape)
