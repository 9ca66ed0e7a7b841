"""Faults are tried on real processes, with the job runner's small application or the whole one."""

from __future__ import annotations

import pytest

from tests.faults.ground import Ground
from tests.jobs.conftest import house, house_redis, house_settings, inside, timing, traces
from tests.servers import LocalServers

__all__ = ["house", "house_redis", "house_settings", "inside", "timing", "traces"]


@pytest.fixture(scope="session")
def ground(local_servers: LocalServers, worker_database: str, tmp_path_factory: pytest.TempPathFactory) -> Ground:
    """The test run's own servers."""
    return Ground(local_servers, tmp_path_factory.mktemp("faults"), print)
