"""Four renditions of a 12-megapixel camera JPEG: ours against Pillow used the plain way."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PIL import Image, ImageCms, ImageOps

from tests.bench.timing import compare
from uploads.renditions import METHOD, QUALITY, draw_portrait

SIZE = (4032, 3024)
SIDES = (1920, 1280, 640, 320)


def run() -> None:
    with tempfile.TemporaryDirectory() as folder:
        photo = _photo(Path(folder) / "photo.jpg")
        out = Path(folder)
        compare(
            "renditions of a 12-megapixel JPEG",
            lambda: _ours(photo, out),
            lambda: _plain(photo, out),
            against="Pillow's full decode and a thumbnail for each size",
        )


def _ours(photo: Path, out: Path) -> None:
    with Image.open(photo) as opened:
        draw_portrait(opened, out)


def _plain(photo: Path, out: Path) -> None:
    for side in SIDES:
        with Image.open(photo) as opened:
            opened.load()
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((side, side), Image.Resampling.LANCZOS)
            upright.save(out / f"plain-{side}.webp", quality=QUALITY, method=METHOD)


def _photo(path: Path) -> Path:
    noise = Image.effect_noise((SIZE[0] // 8, SIZE[1] // 8), 60).resize(SIZE, Image.Resampling.BICUBIC)
    sky = Image.linear_gradient("L").resize(SIZE)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    Image.merge("RGB", (sky, noise, Image.blend(sky, noise, 0.4))).save(path, quality=90, icc_profile=profile)
    return path
