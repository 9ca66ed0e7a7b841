"""The installation's limits for one photo."""

from __future__ import annotations

from campaign.config import Settings
from uploads.limits import Limits


def photo_limits(settings: Settings) -> Limits:
    """The pipeline's own limits, with the sizes that the installation chose (bytes, pixels)."""
    return Limits(max_bytes=settings.max_photo_bytes, max_pixels=settings.max_photo_pixels)
