"""Photos that kill or stop what touches them: three attempts each, and their neighbours hardly notice."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from campaign.clock import database_now
from campaign.db import db
from campaign.jobs.models import Job
from campaign.jobs.timing import MOST_STRIKES
from campaign.submissions.models import Photo, Submission, SubmissionState
from tests.faults.fans import Fan, hand_in, open_house
from tests.faults.ground import Ground, House
from tests.faults.outcome import Outcome, Scale
from tests.faults.pictures import small_jpeg
from tests.faults.poisons import POISONS
from tests.faults.stock import settle, sha256, take_stock

FAULT = "poison"
NEIGHBOURS = {Scale.SHORT: 12, Scale.FULL: 400}
FAN_SENDS = 50
PAIRS = {Scale.SHORT: 1, Scale.FULL: 3}
SIDE = (640, 480)
SLOWEST = 1.2
"""How much longer the neighbours may take with poison among them; asserted at full length only, as a median."""
REASONS = {"decoder_failed", "decoder_timeout", "out_of_memory"}


def run(ground: Ground, scale: Scale) -> Outcome:
    with ground.house(FAULT, scale) as house:
        campaign_id, fans = open_house(house, 2 * PAIRS[scale] * (NEIGHBOURS[scale] // FAN_SENDS + 1))
        with house.running("worker", poisonous=True) as programs:
            programs.await_workers()
            batches = [
                Batch(house, campaign_id, fans[number :: 2 * PAIRS[scale]], number)
                for number in range(2 * PAIRS[scale])
            ]
            for batch in batches:
                batch.run()
        stock = take_stock(house, {one: digest for batch in batches for one, digest in batch.neighbours.items()})
        poison = [one for batch in batches for one in batch.poison]
        broken = _unkept(poison)
        most = _most_attempts(poison)
    ratio = statistics.median(
        spoiled.seconds / sound.seconds for sound, spoiled in zip(batches[::2], batches[1::2], strict=True)
    )
    if scale is Scale.FULL and ratio > SLOWEST:
        broken.append(f"neighbours took {ratio:.2f} times as long")
    return Outcome(
        promises=(5,),
        tried=f"photos, in half of their batches {len(POISONS)} kinds of poison",
        times=sum(len(batch.neighbours) for batch in batches) + len(poison),
        lost=stock.lost,
        # No time to recover: the last fault is a poison's third attempt, and its photo ends with that.
        figures={
            "poison": len(poison),
            "most_attempts": most,
            "slowed_to": round(ratio, 3),
            "last_poison_ended_after_seconds": round(max(batch.settled for batch in batches), 1),
        },
        broken=tuple(broken + house.complaints()[:3]),
    )


class Batch:
    """Photos that wait all at once when the clock starts; with poison among them where its number is odd."""

    def __init__(self, house: House, campaign_id: UUID, fans: Sequence[Fan], number: int) -> None:
        self._house, self._campaign_id, self._fans, self._number = house, campaign_id, fans, number
        self._poison = list(POISONS) if number % 2 else []
        self.neighbours: dict[UUID, str] = {}
        self.poison: list[UUID] = []
        self.seconds = self.settled = 0.0

    def run(self) -> None:
        """Hand everything in, let the workers loose, and wait until all has ended."""
        count = NEIGHBOURS[self._house.scale]
        for number in range(count):
            if self._poison and number % (count // (len(POISONS) + 1)) == 1:
                self.poison.append(self._send(1000 + number, self._poison.pop()))
            data = self._picture(number)
            self.neighbours[self._send(number, "a.jpg")] = sha256(data)
        db.session.rollback()
        began = database_now()
        db.session.rollback()
        with self._house.clock():
            started = time.monotonic()
            settle(started)
            self.seconds = self._until_ready(began)
            self.settled = time.monotonic() - started - self.seconds
        words = f"{len(self.neighbours)} neighbours ready after {self.seconds:.1f} s"
        self._house.say(f"{words}, {len(self.poison)} poisonous photos among them")

    def _picture(self, number: int) -> bytes:
        return small_jpeg(self._number * 10_000 + number, SIDE)

    def _send(self, number: int, name: str) -> UUID:
        fan = self._fans[number // FAN_SENDS % len(self._fans)]
        return hand_in(self._house, self._campaign_id, fan, self._picture(number), filename=name)

    def _until_ready(self, began: datetime) -> float:
        last = db.session.scalar(select(func.max(Submission.ready_at)).where(Submission.id.in_(self.neighbours)))
        db.session.rollback()
        return (last - began).total_seconds() if last else 0.0


def _unkept(poison: Sequence[UUID]) -> list[str]:
    """Which poisonous photos cost too much, or ended in another way than with a reason."""
    rows = db.session.scalars(select(Submission).where(Submission.id.in_(poison))).all()
    wrong = [
        f"{row.photo.filename} is {row.state} for {row.reason!r}"
        for row in rows
        if row.state is not SubmissionState.REJECTED or row.reason not in REASONS
    ]
    most = _most_attempts(poison)
    return wrong + ([f"poison cost {most} attempts"] if most > MOST_STRIKES else [])


def _most_attempts(poison: Sequence[UUID]) -> int:
    ids = db.session.scalars(select(Photo.id).where(Photo.submission_id.in_(poison))).all()
    keys = [f"photo.process:{photo_id}" for photo_id in ids]
    return db.session.scalar(select(func.max(Job.attempt)).where(Job.key.in_(keys))) or 0
