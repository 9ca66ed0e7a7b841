"""The road to the photo store, which a test can slow down, freeze and break: a TCP proxy before the real server."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

CHUNK = 16 * 1024
BUFFER = 64 * 1024
"""Bytes the system may hold back on the way, so that a browser's progress is the road's."""
AT_ONCE = struct.pack("ii", 1, 0)
"""SO_LINGER: a connection that ends is reset, as when the server's process dies."""


class Road:
    """From `address` (127.0.0.1 and a port) to the server's port, open and fast until told otherwise."""

    def __init__(self, port: int) -> None:
        self._server = ("127.0.0.1", port)
        self._listener = self._listen(0)
        self.port: int = self._listener.getsockname()[1]
        self._travelling: set[socket.socket] = set()
        self._flows = threading.Event()
        self._flows.set()
        self.pace: float = 0
        """Bytes a second towards the server; 0 for as many as there are."""
        self._begin()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def open(self) -> None:
        """As if nothing had been: fast, and there again after `stop` and after `freeze`."""
        self.pace = 0
        self._flows.set()
        if self._listener.fileno() < 0:
            self._listener = self._listen(self.port)
            self._begin()

    def stop(self) -> None:
        """Whatever travels is cut off, and nobody answers any more."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)  # wakes whoever waits at it
        self._listener.close()
        for end in tuple(self._travelling):
            with contextlib.suppress(OSError):
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
            self._close(end)

    def freeze(self) -> None:
        """Connections are taken and held, and nothing moves on them."""
        self._flows.clear()

    def _begin(self) -> None:
        threading.Thread(target=self._take_in, args=(self._listener,), daemon=True).start()

    def _listen(self, port: int) -> socket.socket:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
        listener.bind(("127.0.0.1", port))
        listener.listen(32)
        return listener

    def _take_in(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = listener.accept()
                far = socket.create_connection(self._server)
                self._travelling |= {near, far}
                for ends in ((near, far, True), (far, near, False)):
                    threading.Thread(target=self._carry, args=ends, daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket, there: bool) -> None:  # noqa: FBT001 -- a thread's argument
        with contextlib.suppress(OSError):
            while chunk := source.recv(CHUNK):
                self._flows.wait()
                target.sendall(chunk)
                if there and self.pace:
                    time.sleep(len(chunk) / self.pace)
        for end in (source, target):
            self._close(end)

    def _close(self, end: socket.socket) -> None:
        self._travelling.discard(end)
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()


@contextmanager
def build_road(port: int) -> Iterator[Road]:
    """A road to the server at `port` for as long as it is needed."""
    road = Road(port)
    try:
        yield road
    finally:
        road.open()
        road.stop()
