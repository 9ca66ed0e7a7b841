"""Instants as the record writes them: UTC, always with microseconds, always with `Z`, so that equal means equal."""

from __future__ import annotations

from datetime import UTC, datetime


def exact(moment: datetime) -> str:
    """`2026-11-22T20:00:00.000000Z`."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
