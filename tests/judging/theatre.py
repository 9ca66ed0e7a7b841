"""A campaign under canaries that is judged blind, and a walk through every route of the application."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import select, update

from campaign.accounts.models import Person, Role
from campaign.accounts.people import grant_role
from campaign.db import db, transaction
from campaign.judging.life.rounds import Plan, create_round, move_round
from campaign.judging.models import Round, RoundStage
from campaign.submissions.models import Submission, SubmissionState
from tests.factories import add_photos
from tests.judging.canaries import NOTE, put_canaries, tell_of
from tests.matrix.rooms import Rooms, furnish
from tests.matrix.table import TESTED_ELSEWHERE
from tests.people import Someone, meet

NOTHING_MORE = ("",)
ELSEWHERE = TESTED_ELSEWHERE.keys() | {"POST /sign-out"}
"""Whoever has signed out is the public."""


@dataclass
class Theatre:
    """`judge` judges and does nothing else; `hats` does as well, and holds every role there is."""

    app: Flask
    rooms: Sequence[Rooms]
    judge: Someone
    hats: Someone
    public: Someone
    published_id: UUID
    open_id: UUID
    photos: list[UUID]

    def walk(
        self, person: Someone, asked: Sequence[str] = NOTHING_MORE, *, writes: bool = False
    ) -> Iterator[tuple[str, str]]:
        """Each address (after its method) and all that is answered there. What it did is undone at once.

        Behind each address stands each of the queries `asked`; where a page is refused, or is about something else than
        this campaign, nothing more is asked of it.
        """
        for route in self.routes(writes=writes):
            method, rule = route.split(" ", 1)
            for address in dict.fromkeys(room.address(rule) for room in self.rooms):
                for query in asked:
                    sent = deepcopy(self.rooms[0].body(route))
                    is_there, told = self.ask(person, method, address + query, **sent)
                    yield f"{method} {address}{query}", told
                    if not is_there or not self._is_about_the_campaign(told):
                        break

    def _is_about_the_campaign(self, told: str) -> bool:
        return self.rooms[0].names["slug"] in told or any(str(one) in told for one in self.photos)

    def routes(self, *, writes: bool) -> list[str]:
        """Every route there is: what others build is walked as soon as the matrix knows it."""
        return [
            f"{method} {rule.rule}"
            for rule in self.app.url_map.iter_rules()
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
            if (method != "GET") is writes and f"{method} {rule.rule}" not in ELSEWHERE
        ]

    def ask(self, person: Someone, method: str, address: str, **sent: Any) -> tuple[bool, str]:
        """Whether it was answered, and headers and body, with those to which the answer led within the house."""
        browser = person.browser
        browser.intent = method != "GET"  # what only reads needs no token, and is sooner there without
        db.session.remove()
        savepoint = db.engine.begin_nested()  # type: ignore[attr-defined]  # the fixture's one connection
        try:
            answer = browser.open(address, method=method, **sent)
            told = [str(answer.headers), answer.get_data().decode("utf-8", "replace")]
            there = answer.headers.get("Location", "")
            if there.startswith("/"):
                further = browser.get(there)
                told += [str(further.headers), further.get_data().decode("utf-8", "replace")]
            return answer.status_code < HTTPStatus.BAD_REQUEST, "\n".join(told)
        finally:
            browser.intent = True
            db.session.remove()
            savepoint.rollback()


def open_theatre(app: Flask) -> Theatre:
    """A round that is over, one that is open and one to come, all of them blind; commits."""
    people = {letter: meet(app, name) for letter, name in {"f": "fan", "c": "cast_member", "s": "staff"}.items()}
    hats = people["A"] = _with_every_role(meet(app, "admin"))
    marketer = people["m"] = meet(app, "marketer")
    rooms = furnish(app, people)
    over = db.session.get_one(Round, UUID(rooms.names["round_id"]))
    assert people["f"].person_id is not None
    (waiting,) = add_photos(over.campaign, people["f"].person_id, 1, SubmissionState.READY, 9)
    vote(over.id, people["c"])
    with transaction():
        move_round(marketer.actor, over.id, RoundStage.CLOSED)
        here = create_round(marketer.actor, over.campaign_id, Plan(title="Now", quorum=2)).id
        move_round(marketer.actor, here, RoundStage.OPEN)
        prepared = create_round(marketer.actor, over.campaign_id, Plan(title="To come", quorum=1)).id
    here_sent = select(Submission.id).where(Submission.campaign_id == over.campaign_id)
    photos = list(db.session.scalars(here_sent.order_by(Submission.created_at, Submission.id)))
    put_canaries({identity: number for number, identity in enumerate(photos, start=1)})
    published = _first_published(over.campaign_id)
    tell_of(published, over.id, marketer)
    given = _busy(people["c"], here)
    views = [{"round_id": str(one)} for one in (here, over.id, prepared)]
    there = {**_names(published), "assignment_id": given}
    different = [*views, {"round_id": str(here), "submission_id": str(waiting.id), "id": str(waiting.id)}]
    return Theatre(
        app, [_in(rooms, {**there, **one}) for one in different],
        people["c"], hats, meet(app, "anonymous"), published.id, here, photos,
    )  # fmt: skip


def veil(*, blind: bool) -> None:
    """Let every round be blind, or none. Commits."""
    with transaction():
        db.session.execute(update(Round).values(is_blind=blind))


def vote(round_id: UUID, judge: Someone, stars: int = 4) -> list[str]:
    """Let the judge give stars to all that lies before them; the assignments."""
    waiting = judge.browser.get(f"/api/v1/rounds/{round_id}/next").get_json()["data"]
    for assignment in waiting:
        judge.browser.put(f"/api/v1/assignments/{assignment['id']}/ballot", json={"stars": stars})
    return [assignment["id"] for assignment in waiting]


def _busy(judge: Someone, round_id: UUID) -> str:
    """Let the judge keep a favourite and a note on each photo, and give a word on the last; what lies before them."""
    waiting = judge.browser.get(f"/api/v1/rounds/{round_id}/next").get_json()["data"]
    for photo in (one["submissions"][0]["id"] for one in waiting):
        judge.browser.put(f"/api/v1/rounds/{round_id}/marks/{photo}", json={"favourite": True, "note": NOTE})
    judge.browser.put(f"/api/v1/assignments/{waiting[-1]['id']}/ballot", json={"stars": 4})
    return str(waiting[0]["id"])


def _with_every_role(person: Someone) -> Someone:
    with transaction():
        for role in Role:
            grant_role(db.session.get_one(Person, person.person_id), role)
    return person


def _first_published(campaign_id: UUID) -> Submission:
    here = select(Submission).where(Submission.campaign_id == campaign_id)
    hanging = here.where(Submission.state == SubmissionState.PUBLISHED).order_by(Submission.created_at).limit(1)
    return db.session.scalars(hanging).one()


def _names(photo: Submission) -> dict[str, str]:
    return {
        "slug": photo.campaign.slug,
        "submission_id": str(photo.id),
        "photo_id": str(photo.photo.id),
        "attempt": photo.photo.renditions[0].key.split("/")[2],
        "id": str(photo.id),
    }


def _in(rooms: Rooms, given: Mapping[str, str]) -> Rooms:
    """The rooms of the matrix with other things in them; what it puts in particular ones stays, but for photos."""
    photos = ("/photos/", "/api/v1/submissions/<uuid:submission_id>/neighbours")
    particular = {start: own for start, own in rooms.particular.items() if start not in photos}
    return Rooms({**rooms.names, **given}, particular, rooms.bodies)
