"""How a run with several workers shares the machine: `make test` has three on two cores, since much of it waits.

The browser's tests stay together in one worker, and so do those that start, kill and race processes: never two of a
kind at once, and the longest first. All others go file by file to whoever is free.
"""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

ROOMS = {"journeys": "journeys"} | dict.fromkeys(("faults", "jobs", "races", "dev"), "processes")
"""Folders of tests that stay together, and what they are called together."""
FIRST = ("journeys", "processes")


def room_of(test: str) -> str:
    """What a test shares a worker with, from its id ("tests/journeys/test_gallery.py::test_…")."""
    file = test.partition("::")[0]
    folder = PurePosixPath(file).parts[1]
    return ROOMS.get(folder, file)


class Rooms(LoadScopeScheduling):
    def _split_scope(self, nodeid: str) -> str:
        return room_of(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Rooms:
    config.option.loadscopereorder = False  # as collected, which is as ordered below
    return Rooms(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if hasattr(config, "workerinput"):
        last = len(FIRST)
        order = {room: number for number, room in enumerate(FIRST)}
        items.sort(key=lambda item: order.get(room_of(item.nodeid), last))
