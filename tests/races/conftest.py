"""What the races share."""

from __future__ import annotations

from tests.races.table import crowded, scene

__all__ = ["crowded", "scene"]
