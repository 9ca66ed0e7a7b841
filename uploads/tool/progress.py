"""A bar on a terminal for whoever waits, and nothing at all anywhere else."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Self, TextIO

_WIDTH = 30
_SECONDS = 0.1  # between two drawings
_CLEAR = "\r\x1b[K"


class Progress:
    """Counts steps up to `total` on `stream`. May be told from several threads; gone when its block is left."""

    def __init__(self, total: int, stream: TextIO) -> None:
        self._total, self._done = total, 0
        self._stream = stream if stream.isatty() else None
        self._lock = RLock()
        self._drawn_at = float("-inf")

    def __enter__(self) -> Self:
        self._draw()
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._write(_CLEAR)
            self._stream = None

    def step(self) -> None:
        """One more is done."""
        with self._lock:
            self._done += 1
            if self._done == self._total or time.monotonic() - self._drawn_at > _SECONDS:
                self._draw()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Takes the bar away while something else is written to the same terminal."""
        with self._lock:
            self._write(_CLEAR)
            try:
                yield
            finally:
                self._draw()

    def _draw(self) -> None:
        self._drawn_at = time.monotonic()
        filled = _WIDTH * self._done // max(1, self._total)
        self._write(f"{_CLEAR}[{'#' * filled}{'.' * (_WIDTH - filled)}] {self._done} of {self._total}")

    def _write(self, text: str) -> None:
        if self._stream is not None:
            self._stream.write(text)
            self._stream.flush()
