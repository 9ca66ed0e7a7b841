"""Every job is delivered five times, in any order and all at once, and then done again as if its end had been lost."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from random import Random
from uuid import UUID

from flask import Flask
from sqlalchemy import func, select, update

from campaign.accounts.actor import Actor
from campaign.accounts.models import Person
from campaign.clock import database_now
from campaign.db import db, transaction
from campaign.jobs import runner
from campaign.jobs.models import Job, JobState
from campaign.moments.models import Moment
from campaign.submissions.models import Photo, Submission
from campaign.submissions.moderation import decline_submission, publish_submission
from campaign.submissions.withdrawal import withdraw_submission
from tests.faults.fans import Fan, hand_in, open_house
from tests.faults.ground import Ground, House
from tests.faults.outcome import Outcome, Scale
from tests.faults.pictures import small_jpeg
from tests.faults.stock import sha256, take_stock
from tests.people import meet

FAULT = "delivered_again"
PHOTOS = {Scale.SHORT: 6, Scale.FULL: 150}
TIMES = 5
HANDS = 8
SEED = 13
AGAIN = ("photo.process", "photo.delete", "photo.card", "photo.purge")
"""Kinds that are also done again from the start; the end of a mail is in its own row."""


def run(ground: Ground, scale: Scale) -> Outcome:
    mails = ground.folder / "mails"
    with ground.house(FAULT, scale, mail_folder=mails) as house:
        campaign_id, fans = open_house(house, PHOTOS[scale] // 3)
        postman = Postman(house.app)
        sent = _send(house, campaign_id, fans, PHOTOS[scale])
        postman.deliver_all()
        hanging = _decide(house, list(sent), meet(house.app, "staff").actor, fans)
        postman.deliver_all()
        before = _effects(house, len(list(mails.glob("*.eml"))))
        house.say(f"{postman.deliveries} deliveries of {len(postman.seen)} jobs; now all of it once more")
        postman.forget_endings()
        postman.deliver_all()
        after = _effects(house, len(list(mails.glob("*.eml"))))
        stock = take_stock(house, hanging)
        broken = [f"{kind} was done {n} times over" for kind, n in postman.repeated().items()]
        broken += [
            f"{what}: {before[what]} before, {after[what]} after" for what in before if before[what] != after[what]
        ]
        broken += [f"{len(stock.strays)} objects that no row names"] if stock.strays else []
    return Outcome(
        promises=(4,),
        tried=f"deliveries of {len(postman.seen)} jobs of {len(postman.kinds)} kinds",
        times=postman.deliveries,
        lost=stock.lost,
        figures={"jobs": len(postman.seen), "kinds": len(postman.kinds), "mails": int(after["mails"]), **postman.kinds},
        broken=tuple(broken),
    )


class Postman:
    """Delivers what is due, each job five times to eight hands at once, until nothing is due any more."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._chance = Random(SEED)
        self.deliveries = 0
        self.seen: set[UUID] = set()
        self.kinds: Counter[str] = Counter()

    def deliver_all(self) -> None:
        while jobs := self._due():
            deliveries = jobs * TIMES
            self._chance.shuffle(deliveries)
            with ThreadPoolExecutor(HANDS) as hands:
                list(hands.map(self._deliver, deliveries))
            self.deliveries += len(deliveries)

    def repeated(self) -> Counter[str]:
        """Jobs that were claimed more often than they were due, by kind."""
        rows = db.session.execute(select(Job.kind, Job.attempt, Job.strikes)).all()
        allowed = {kind: 2 if kind in AGAIN else 1 for kind in self.kinds}
        return Counter(row.kind for row in rows if row.attempt > allowed[row.kind] or row.strikes)

    def forget_endings(self) -> None:
        """As if each worker had died between the work and the word that it was done."""
        with transaction():
            lost = update(Job).where(Job.kind.in_(AGAIN), Job.state == JobState.DONE)
            db.session.execute(lost.values(state=JobState.DUE, finished_at=None))

    def _due(self) -> list[UUID]:
        """What is due now, and what would be in a while."""
        with transaction():
            db.session.execute(update(Job).where(Job.state == JobState.DUE).values(run_at=database_now()))
            rows = db.session.execute(select(Job.id, Job.kind).where(Job.state == JobState.DUE)).all()
        self.kinds.update(row.kind for row in rows if row.id not in self.seen)
        self.seen.update(row.id for row in rows)
        return [row.id for row in rows]

    def _deliver(self, job_id: UUID) -> None:
        with self._app.app_context():
            runner.run(str(job_id))


def _send(house: House, campaign_id: UUID, fans: list[Fan], count: int) -> dict[UUID, str]:
    sent = {}
    for number in range(count):
        data = small_jpeg(number)
        sent[hand_in(house, campaign_id, fans[number % len(fans)], data)] = sha256(data)
    return sent


def _decide(house: House, sent: list[UUID], staff: Actor, fans: list[Fan]) -> dict[UUID, str]:
    """A third is published, a third declined and a third taken back; the two thirds that stay, with no digest."""
    owners = {fan.person_id: fan for fan in fans}
    for number, submission_id in enumerate(sent):
        with transaction():
            match number % 3:
                case 0:
                    publish_submission(staff, submission_id)
                case 1:
                    decline_submission(staff, submission_id, "Too dark to see")
                case _:
                    owner = db.session.get_one(Submission, submission_id).person_id
                    withdraw_submission(owners[owner].actor, submission_id)
    return {one: "" for number, one in enumerate(sent) if number % 3 == 0}


def _effects(house: House, mails: int) -> dict[str, object]:
    """Everything that jobs have brought about."""
    db.session.rollback()
    files = sorted(path for folder in ("photos", "originals") for path in (house.objects / folder).rglob("*.*"))
    found = {
        "objects": [(path.relative_to(house.objects).as_posix(), sha256(path.read_bytes())) for path in files],
        "photos": db.session.execute(select(Photo.id, Photo.original_key, Photo.card_key).order_by(Photo.id)).all(),
        "states": db.session.execute(select(Submission.id, Submission.state).order_by(Submission.id)).all(),
        "messages": db.session.scalar(select(func.count()).select_from(Moment)),
        "people": db.session.scalar(select(func.count()).select_from(Person)),
        "mails": mails,
    }
    db.session.rollback()
    return found
