"""Walk through the house as somebody: from door to door by the links they see, one page of every kind.

Pages are loaded as a phone loads them, and looked at as wide as a desk, too. Barriers are sought at the width that the
page is made for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import Error, Request
from werkzeug.exceptions import HTTPException

from tests.journeys.looking import barriers, hidden_width
from tests.journeys.people import DESK, PHONE, Visitor

NOT_PAGES = frozenset({"campaigns.accent", "accounts.begin", "accounts.callback", "media.rendition"})


@dataclass
class Tour:
    """What a walk found. `seen` holds an address for each kind of page; `complaints` what is wrong, with where."""

    app: Flask
    visitor: Visitor
    seen: dict[str, str] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)

    def walk(self, *doors: str) -> Tour:
        """Look at the doors, and at one page of every kind that a link leads to."""
        self.visitor.page.on("request", self._note_stranger)
        waiting = list(doors)
        while waiting:
            address = waiting.pop(0)
            kind = self.kind_of(address)
            if kind is None or kind in self.seen:
                continue
            self.seen[kind] = address
            self.look(address)
            waiting += self._links()
        self.complaints += self.visitor.problems
        return self

    def look(self, address: str) -> None:
        page = self.visitor.page
        try:
            answer = page.goto(self.visitor.base_url + address)
        except Error as problem:
            if "Download is starting" in problem.message:
                return
            raise
        if answer is None or not answer.ok:
            self.complaints.append(f"{address}: answers {answer and answer.status}")
            return
        if "text/html" not in answer.headers.get("content-type", ""):
            return
        for screen in (DESK, PHONE):
            page.set_viewport_size(screen["viewport"])
            place = f"{address} at {screen['viewport']['width']} px"
            hidden = hidden_width(page)
            if hidden:
                self.complaints.append(f"{place}: {hidden} px wider than the screen")
            if (screen is DESK) == address.startswith("/desk"):
                self.complaints += [f"{place}: {barrier}" for barrier in barriers(page)]

    def kind_of(self, address: str) -> str | None:
        """The route's name, or None for what is not a page of ours."""
        try:
            endpoint, _ = self.app.url_map.bind("localhost").match(urlsplit(address).path)
        except HTTPException:
            return None
        return None if endpoint in NOT_PAGES else str(endpoint)

    def _links(self) -> Iterator[str]:
        shown = self.visitor.page.evaluate(
            "[...document.querySelectorAll('a[href]:not([download])')].filter(a => a.origin === location.origin)"
            ".map(a => a.pathname + a.search)"
        )
        yield from dict.fromkeys(shown)

    def _note_stranger(self, request: Request) -> None:
        if not request.url.startswith((self.visitor.base_url, "data:", "blob:", "about:")):
            self.complaints.append(f"{self.visitor.page.url}: asks {request.url} for something")
