"""A program that speaks the public API, as anybody's could."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import requests

SECONDS = 30
POLL = 0.2


class DemoProblem(Exception):
    """The demo could not be seeded; the text says where it stopped."""


class ApiClient:
    """Calls as one person, or as nobody. Every answer but a success raises `DemoProblem` with what the API said."""

    def __init__(self, base_url: str, token: str | None = None) -> None:
        self._base = f"{base_url}/api/v1"
        self._http = requests.Session()
        if token:
            self._http.headers["Authorization"] = f"Bearer {token}"

    def ask(self, method: str, path: str, body: object = None, **query: str | int) -> dict[str, Any]:
        answer = self._http.request(method, f"{self._base}{path}", json=body, params=query, timeout=SECONDS)
        if not answer.ok:
            raise DemoProblem(f"{method} {path} answered {answer.status_code}: {answer.text[:300]}")
        answered: dict[str, Any] = answer.json()
        return answered

    def each(self, path: str, **query: str | int) -> Iterator[dict[str, Any]]:
        """Every item of a list, page by page."""
        cursor: str | None = None
        while True:
            more: dict[str, str | int] = {**query, **({"cursor": cursor} if cursor else {})}
            page = self.ask("GET", path, limit=100, **more)
            yield from page["data"]
            cursor = page["next_cursor"]
            if cursor is None:
                return

    def exists(self, path: str) -> bool:
        return self._http.get(f"{self._base}{path}", timeout=SECONDS).ok

    def send_photo(self, slug: str, words: dict[str, Any], filename: str, content_type: str, photo: bytes) -> str:
        """Ticket, PUT to the store, complete: the way a phone does it. Returns the submission's id."""
        claim = {"filename": filename, "content_type": content_type, "bytes": len(photo)}
        ticket = self.ask("POST", f"/campaigns/{slug}/submissions", {**words, "photo": claim})
        upload = ticket["upload"]
        stored = requests.request(
            upload["method"], upload["url"], data=photo, headers=upload["headers"], timeout=SECONDS
        )
        if not stored.ok:
            raise DemoProblem(f"the store answered {stored.status_code} to {filename}: {stored.text[:200]}")
        self.ask("POST", f"/submissions/{ticket['id']}/complete")
        return str(ticket["id"])

    def wait_until_seen(self, submission_id: str, seconds: float) -> str:
        """The state that a worker left the photo in, once it is no longer on its way."""
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            state = str(self.ask("GET", f"/submissions/{submission_id}")["state"])
            if state not in {"ticketed", "received"}:
                return state
            time.sleep(POLL)
        raise DemoProblem(f"photo {submission_id} was not looked at within {seconds:.0f} seconds")
