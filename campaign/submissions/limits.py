"""The installation's limits for one photo."""

from __future__ import annotations

from campaign.config import Settings
from uploads.limits import Limits


def photo_limits(settings: Settings) -> Limits:
    """What the installation allows a photo to be (bytes, pixels), and its decoder to use (bytes, seconds)."""
    return Limits(
        max_bytes=settings.max_photo_bytes,
        max_pixels=settings.max_photo_pixels,
        decoder_memory=settings.decoder_memory,
        decoder_cpu=settings.decoder_cpu,
        decoder_wall=settings.decoder_wall,
        decoder_open_files=settings.decoder_open_files,
        decoder_file_bytes=settings.decoder_file_bytes,
    )
