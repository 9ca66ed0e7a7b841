"""How a run with several workers shares the machine: `make test` has three on two cores, since much of it waits.

Tests that start, kill and race processes stay together in one worker, so that no two of them run at once, and come
first; so do the browser's in another, as each worker that has some would start a house and a browser of its own. All
others go file by file to whoever is free.
"""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

TOGETHER = {"faults": "processes", "jobs": "processes", "races": "processes", "dev": "processes", "journeys": "browser"}
"""Folders of tests that stay together, and with which others."""


def folder_of(test: str) -> str:
    """The folder of a test by its id: "journeys" for "tests/journeys/test_gallery.py::test_…"."""
    return PurePosixPath(test).parts[1]


def turn_of(test: str) -> int:
    """When a test is begun: those of processes first, then the browser's, then all others."""
    return ["processes", "browser", None].index(TOGETHER.get(folder_of(test)))


class Rooms(LoadScopeScheduling):
    """Hands out what stays together as one piece of work."""

    def _split_scope(self, nodeid: str) -> str:
        return TOGETHER.get(folder_of(nodeid)) or nodeid.partition("::")[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Rooms:
    config.option.loadscopereorder = False  # as collected, which is as ordered below
    return Rooms(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: turn_of(item.nodeid))
