"""Small questions to a server: does anything answer there yet?"""

from __future__ import annotations

import http.client
from http import HTTPStatus

SECONDS = 1.5


def status_of(host: str, port: int, path: str = "/", *, seconds: float = SECONDS) -> int | None:
    """The HTTP status of a GET, or None while nothing answers."""
    connection = http.client.HTTPConnection(host, port, timeout=seconds)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def answers(host: str, port: int, path: str = "/") -> bool:
    """Whether a GET is answered with 200."""
    return status_of(host, port, path) == HTTPStatus.OK
