"""Photos that are deadly, by their file's name: what a hostile file could do to the decoder or, one day, to the worker.

Only a fault's own worker process is given them (see `tests.faults.process`). Each poison strikes at every attempt.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import select

from campaign.config import Settings
from campaign.db import db, transaction
from campaign.jobs import Attempt
from campaign.jobs.registry import registry_of
from campaign.submissions import processing
from campaign.submissions.models import Photo
from uploads.limits import MEBIBYTE, Limits

KIND = "photo.process"
HANGS_FOR = 1.5
"""Seconds that a hanging decoder is given, in place of the installation's."""
LITTLE_MEMORY = 8 * MEBIBYTE
OFTEN = 0.0005


def poison_photos(app: Flask) -> None:
    """Put the poison before the handler of photos."""
    handlers = registry_of(app).handlers
    bound = handlers[KIND]

    def handle(payload: dict[str, Any], *, attempt: Attempt) -> None:
        with transaction():
            name = db.session.scalar(select(Photo.filename).where(Photo.id == UUID(payload["photo_id"])))
        with POISONS.get(name or "", harmless)():
            bound.handler(payload, attempt=attempt)

    handlers[KIND] = replace(bound, handler=handle)


@contextmanager
def harmless() -> Iterator[None]:
    yield


@contextmanager
def kills_its_worker() -> Iterator[None]:
    os.kill(os.getpid(), signal.SIGKILL)
    yield


@contextmanager
def kills_its_decoder() -> Iterator[None]:
    """Everything that this worker has started is killed for as long as the photo is in hand, the warm parent too."""
    with _to_what_it_starts(signal.SIGKILL):
        yield


@contextmanager
def hangs() -> Iterator[None]:
    """The decoder stands still, and is ended by the clock on the wall."""
    with _to_what_it_starts(signal.SIGSTOP), _limits(decoder_wall=HANGS_FOR):
        yield


@contextmanager
def wants_memory() -> Iterator[None]:
    with _limits(decoder_memory=LITTLE_MEMORY):
        yield


POISONS: Mapping[str, Callable[[], Any]] = {
    "kills-its-worker.jpg": kills_its_worker,
    "kills-its-decoder.jpg": kills_its_decoder,
    "hangs.jpg": hangs,
    "wants-memory.jpg": wants_memory,
}


@contextmanager
def _limits(**changes: float) -> Iterator[None]:
    real = processing.photo_limits

    def small(settings: Settings) -> Limits:
        return replace(real(settings), **changes)

    processing.photo_limits = small
    try:
        yield
    finally:
        processing.photo_limits = real


@contextmanager
def _to_what_it_starts(number: int) -> Iterator[None]:
    over = threading.Event()
    thread = threading.Thread(target=_strike, args=(os.getpid(), number, over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _strike(worker: int, number: int, over: threading.Event) -> None:
    """Killed is everything; stopped is only the fork that works on this photo, as the photo could do it to itself."""
    while not over.wait(OFTEN):
        for warm in _children(worker):
            for one in [*_children(warm), *([warm] if number == signal.SIGKILL else [])]:
                with suppress(ProcessLookupError):
                    os.kill(one, number)


def _children(pid: int) -> list[int]:
    """Straight from the kernel: a decoder lives for some milliseconds, and going through all processes takes longer."""
    with suppress(OSError):
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(word) for task in tasks for word in (task / "children").read_text().split()]
    return []
