"""What granian serves: `campaign.wsgi:create`."""

from __future__ import annotations

from campaign.app import create_app


def create() -> object:
    return create_app()
