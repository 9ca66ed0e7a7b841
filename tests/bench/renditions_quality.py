"""How true renditions are: SSIM against the photo decoded whole and reduced by Lanczos, never compressed.

Structural similarity as by Wang, Bovik, Sheikh and Simoncelli (2004): of lightness, in a Gaussian window of 11 pixels,
by scikit-image. 1 is the same picture.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms, ImageOps
from skimage.metrics import structural_similarity

from uploads.drawing.portrait import Rendition

Reference = dict[str, "np.ndarray"]


def reference_of(photo: Path, plan: Sequence[Rendition]) -> Reference:
    """The lightness of each rendition as it should be, by name."""
    with Image.open(photo) as opened:
        profile = opened.info.get("icc_profile")
        whole = ImageOps.exif_transpose(opened) if opened.format != "HEIF" else opened
        picture = whole.convert("RGB")
    if profile:
        source, srgb = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
        ImageCms.profileToProfile(picture, source, srgb, renderingIntent=ImageCms.Intent.PERCEPTUAL, inPlace=True)
    return {made.name: _light(picture.resize((made.width, made.height), Image.Resampling.LANCZOS)) for made in plan}


def likeness(out: Path, reference: Reference) -> float:
    """The mean SSIM of the renditions in a folder, each weighing the same."""
    return float(np.mean([_ssim(out / f"{name}.webp", wanted) for name, wanted in reference.items()]))


def _ssim(path: Path, wanted: np.ndarray) -> float:
    with Image.open(path) as picture:
        found = _light(picture)
    return float(
        structural_similarity(
            found, wanted, data_range=255, gaussian_weights=True, sigma=1.5, use_sample_covariance=False
        )
    )


def _light(picture: Image.Image) -> np.ndarray:
    return np.asarray(picture.convert("RGB").convert("L"))
