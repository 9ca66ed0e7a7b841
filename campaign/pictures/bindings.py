"""What the application binds of this slice."""

from __future__ import annotations

from apiflask import APIFlask


def register(app: APIFlask) -> None:
    del app
