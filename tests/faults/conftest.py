"""Faults are tried on real processes, with the job runner's small application or the whole one."""

from tests.jobs.conftest import house, house_redis, house_settings, inside, timing, traces

__all__ = ["house", "house_redis", "house_settings", "inside", "timing", "traces"]
