"""The cache in front of us, where there is one, is told which addresses to forget."""

from __future__ import annotations

from collections.abc import Sequence

import requests

from campaign.extensions import settings
from campaign.jobs import Retry

PURGE_SECONDS = 5


def purge(paths: Sequence[str]) -> None:
    """Ask the cache to forget these paths. For jobs: raises Retry when it does not hear."""
    hook = settings().purge_url
    if not hook or not paths:
        return
    try:
        requests.post(hook, json={"paths": list(paths)}, timeout=PURGE_SECONDS).raise_for_status()
    except requests.RequestException as problem:
        raise Retry("The cache in front of us did not confirm that it forgot the photo.") from problem
