"""One small, sound photo of each kind that is taken, for mutators to spoil."""

from __future__ import annotations

from functools import cache

import pillow_heif
from PIL import Image

from tests.faults.pictures import encoded, patches
from tests.uploads.sample_photos import camera_exif, display_p3_profile

pillow_heif.register_heif_opener()
SIZE = (160, 120)
SEED = 3


@cache
def seeds() -> dict[str, bytes]:
    """The photos, by what they are. Each carries EXIF, and some a colour profile, so that those are spoiled, too."""
    picture = patches(SEED, SIZE)
    exif = camera_exif(6).tobytes()
    profile = display_p3_profile()
    clear = picture.copy()
    clear.putalpha(Image.linear_gradient("L").resize(SIZE))
    auxiliary = {"save_all": True, "append_images": [picture.resize((80, 60)).convert("RGB")]}
    return {
        "jpeg": encoded(picture, "JPEG", exif=exif, icc_profile=profile),
        "jpeg_progressive": encoded(picture, "JPEG", progressive=True, exif=exif),
        "jpeg_grey": encoded(picture.convert("L"), "JPEG"),
        "jpeg_cmyk": encoded(picture.convert("CMYK"), "JPEG"),
        "jpeg_auxiliary": encoded(picture, "MPO", **auxiliary),
        "png": encoded(picture, "PNG", exif=exif, icc_profile=profile),
        "png_palette": encoded(picture.quantize(16), "PNG"),
        "png_16_bit": encoded(picture.convert("I;16"), "PNG"),
        "png_clear": encoded(clear, "PNG"),
        "webp": encoded(picture, "WEBP", exif=exif, icc_profile=profile),
        "webp_lossless": encoded(picture, "WEBP", lossless=True),
        "webp_clear": encoded(clear, "WEBP", xmp=b"<x:xmpmeta/>"),
        "heic": encoded(picture, "HEIF", exif=exif, icc_profile=profile),
        "heic_clear": encoded(clear, "HEIF"),
        "avif": encoded(picture, "AVIF", exif=exif, icc_profile=profile),
        "avif_clear": encoded(clear, "AVIF"),
    }
