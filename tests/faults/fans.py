"""Fans who send photos over HTTP as a phone does, and go on trying whatever happens to the servers."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import urllib3

from campaign.accounts.actor import Actor
from campaign.accounts.models import Scope
from campaign.accounts.people import ensure_person, record_age
from campaign.accounts.queries import actor_for
from campaign.accounts.tokens import create_token
from campaign.campaigns.models import Campaign
from campaign.db import db, transaction
from campaign.submissions.arrival import complete_submission
from campaign.submissions.intake import Entry, Issued, issue_submission_ticket
from campaign.submissions.limits import photo_limits
from tests.factories import make_campaign
from tests.faults.ground import House
from tests.faults.stock import sha256
from tests.people import ADULT, ISSUER, meet

PATIENCE = 180.0
"""Seconds after which a fan gives up on one photo."""
PAUSE = 0.15
SLUG = "flaunt-your-city"
AGAIN = {408, 409, 425, 429, 500, 502, 503, 504}


class GaveUp(Exception):
    """A photo could not be sent in all the time; it was never acknowledged, so it is not lost either."""


@dataclass(frozen=True)
class Fan:
    person_id: UUID
    token: str

    @property
    def actor(self) -> Actor:
        actor = actor_for(self.person_id)
        assert actor is not None
        return actor


@dataclass
class Sender:
    """Sends photos to one house's open campaign. Safe to share between threads."""

    house: House
    slug: str
    http: urllib3.PoolManager = field(
        default_factory=lambda: urllib3.PoolManager(
            maxsize=32, block=True, retries=False, timeout=urllib3.Timeout(connect=5, read=20)
        )
    )
    tries: int = 0

    def send(self, fan: Fan, data: bytes, *, name: str = "a.jpg", kind: str = "image/jpeg") -> UUID:
        """Ticket, PUT and completion, each again and again until it is answered. The submission, acknowledged."""
        deadline = time.monotonic() + PATIENCE
        ticket = self.ask(fan, data, name=name, kind=kind, deadline=deadline)
        submission_id, upload = UUID(ticket["id"]), ticket["upload"]
        while True:
            self._until(deadline, lambda: self.put(upload, data))
            status = self._until(deadline, lambda: self.post(fan, f"submissions/{submission_id}/complete"), (409,))[0]
            if status < 300:
                return submission_id
            time.sleep(PAUSE)  # the store did not keep what it took, so it is sent again

    def ask(self, fan: Fan, data: bytes, *, name: str, kind: str, deadline: float) -> dict[str, Any]:
        """A ticket. The same Idempotency-Key goes with every try, and a new one where the first answer is lost."""
        photo = {"filename": name, "content_type": kind, "bytes": len(data)}
        body = {"caption": "Home", "place": "Lisbon", "rules_version": 1, "photo": photo}
        path = f"campaigns/{self.slug}/submissions"
        while True:
            key = {"Idempotency-Key": str(uuid4())}
            status, answer = self._until(deadline, lambda key=key: self.post(fan, path, body, key), (409,))
            if status == 201:
                return answer
            time.sleep(PAUSE)

    def post(
        self, fan: Fan, path: str, body: dict[str, Any] | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, Any]]:
        given = {"Authorization": f"Bearer {fan.token}", "Content-Type": "application/json", **(headers or {})}
        said = self.http.request(
            "POST", f"{self.house.settings.base_url}/api/v1/{path}", body=json.dumps(body or {}), headers=given
        )
        return said.status, json.loads(said.data or b"{}")

    def put(self, upload: dict[str, Any], data: bytes) -> tuple[int, dict[str, Any]]:
        said = self.http.request(upload["method"], upload["url"], body=data, headers=upload["headers"])
        return said.status, {}

    def _until(
        self, deadline: float, ask: Callable[[], tuple[int, dict[str, Any]]], answers: tuple[int, ...] = ()
    ) -> tuple[int, dict[str, Any]]:
        """The first answer that is one: below 300, or among `answers`. Raises `GaveUp`, and at once when refused."""
        said: object = None
        while time.monotonic() < deadline:
            self.tries += 1
            try:
                status, answer = ask()
            except (urllib3.exceptions.HTTPError, ValueError) as problem:
                said = problem
            else:
                if status < 300 or status in answers:
                    return status, answer
                said = status, answer
                if status not in AGAIN:
                    break
            time.sleep(PAUSE)
        raise GaveUp(str(said))


@dataclass
class Crowd:
    """Photos sent by several threads at once: what was acknowledged, and what was not."""

    sent: dict[UUID, str] = field(default_factory=dict)
    """SHA-256 of each acknowledged submission's photo."""
    gave_up: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _next: int = 0

    def send_all(
        self,
        sender: Sender,
        fans: list[Fan],
        count: int,
        *,
        picture: Callable[[int], bytes],
        threads: int = 12,
        hold: Callable[[], bool] = lambda: False,
    ) -> list[threading.Thread]:
        """Start sending `count` photos, each fan in turn, no faster than `hold` lets them; returns the threads."""

        def work() -> None:
            while (number := self._take(count)) is not None and not self.over.is_set():
                while hold() and not self.over.wait(PAUSE):
                    pass
                self._send(sender, fans[number % len(fans)], picture(number))

        started = [threading.Thread(target=work, daemon=True) for _ in range(threads)]
        for thread in started:
            thread.start()
        return started

    def _take(self, count: int) -> int | None:
        with self._lock:
            if self._next >= count:
                return None
            self._next += 1
            return self._next - 1

    def _send(self, sender: Sender, fan: Fan, data: bytes) -> None:
        try:
            submission_id = sender.send(fan, data)
        except Exception as problem:  # noqa: BLE001 -- a thread's end must not be silent
            with self._lock:
                self.gave_up.append(f"{type(problem).__name__}: {problem}")
        else:
            with self._lock:
                self.sent[submission_id] = sha256(data)


def open_house(house: House, fans: int, *, entry_limit: int = 100) -> tuple[UUID, list[Fan]]:
    """An open campaign in the house, whose name in addresses is `SLUG`, and fans with tokens. Commits."""
    campaign_id = make_campaign(meet(house.app, "marketer").actor, entry_limit=entry_limit).id
    return campaign_id, [make_fan(number) for number in range(fans)]


def hand_in(house: House, campaign_id: UUID, fan: Fan, data: bytes, **changes: str) -> UUID:
    """Ticket, PUT and completion without a web process, each once; answers the submission. Raises what they do."""
    issued = take_ticket(house, campaign_id, fan, data, **changes)
    bring(issued, data)
    complete_submission(fan.actor, issued.submission.id, storage=house.store)
    return issued.submission.id


def take_ticket(house: House, campaign_id: UUID, fan: Fan, data: bytes, **changes: str) -> Issued:
    """A ticket for exactly these bytes."""
    given = {"filename": "a.jpg", "content_type": "image/jpeg"} | changes
    entry = Entry(caption="Home", place="Lisbon", rules_version=1, bytes=len(data), **given)
    with transaction():
        campaign = db.session.get_one(Campaign, campaign_id)
        limits = photo_limits(house.settings)
        return issue_submission_ticket(fan.actor, campaign, entry, storage=house.store, limits=limits, seconds=900)


def bring(issued: Issued, data: bytes) -> None:
    """The PUT that a ticket is for. Raises `urllib3.exceptions.HTTPError`, or `NotTaken` for a refusal."""
    said = urllib3.request(
        issued.put.method, issued.put.url, body=data, headers=issued.put.headers, retries=False, timeout=20
    )
    if said.status != 200:
        raise NotTaken(said.status)


class NotTaken(Exception):
    """The store did not take a photo; the status it said is the only argument."""


def make_fan(number: int) -> Fan:
    with transaction():
        person = ensure_person(ISSUER, f"fan-{number}", f"Fan {number}", f"fan-{number}@example.test")
        record_age(person.id, ADULT)
        return Fan(person.id, create_token(person.id, tuple(Scope)))


def await_web(house: House) -> None:
    """Return when the house answers requests; raises `RuntimeError` where it does not in half a minute."""
    deadline = time.monotonic() + 60
    address = f"{house.settings.base_url}/readyz"
    while time.monotonic() < deadline:
        try:
            if urllib3.request("GET", address, retries=False, timeout=5).status == 200:
                return
        except urllib3.exceptions.HTTPError:
            pass
        time.sleep(PAUSE)
    raise RuntimeError(f"no web process answered in time: {house.log.read_text()[-2000:]}")
