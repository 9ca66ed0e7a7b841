"""The job that deletes the objects of a picture nobody has any more."""

from __future__ import annotations

from typing import Any

from campaign.extensions import storage
from campaign.jobs import Attempt, Retry
from campaign.web.purging import purge
from uploads.objects import StorageUnavailable


def delete_picture(payload: dict[str, Any], *, attempt: Attempt) -> None:
    """Handle `picture.delete`."""
    del attempt  # deleting twice is the same as once
    try:
        storage().delete_prefix(payload["folder"])
    except StorageUnavailable as problem:
        raise Retry("The photo store does not answer.") from problem
    purge(payload["paths"])
