"""What granian serves: `campaign.wsgi:create`."""

from __future__ import annotations

from campaign.app import create_app
from uploads.sandbox.kernel import hide_from_equals


def create() -> object:
    hide_from_equals()  # our settings hold secrets
    return create_app()
