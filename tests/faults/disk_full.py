"""The worker's own disk is full: too full for the photo, then for its renditions, then there is room again.

A full disk of PostgreSQL or of the store is theirs to tell; their answers then are what other faults are about.
"""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from uuid import UUID

from sqlalchemy import func, select

from campaign.db import db
from campaign.jobs.models import Job
from tests.faults import small_disk
from tests.faults.fans import hand_in, open_house
from tests.faults.ground import Ground
from tests.faults.outcome import Outcome, Scale
from tests.faults.pictures import small_jpeg
from tests.faults.process import DISK
from tests.faults.programs import Programs
from tests.faults.stock import settle, sha256, take_stock
from tests.jobs.processes import eventually

FAULT = "disk_full"
PHOTOS = {Scale.SHORT: 4, Scale.FULL: 60}
SIDE = (640, 480)
ROOM = 1 << 20
ENOUGH_FOR_A_PHOTO = 48 * 1024
"""Bytes: the download fits, and the renditions of two photos at once do not."""


def run(ground: Ground, scale: Scale) -> Outcome:
    work = ground.folder / "work"
    work.mkdir(exist_ok=True)
    environment = {"TMPDIR": str(work), DISK: str(ROOM)}
    with ground.house(FAULT, scale, extra=environment) as house, house.running("worker") as programs, house.clock():
        campaign_id, fans = open_house(house, 4)
        sent: dict[UUID, str] = {}
        for number in range(PHOTOS[scale]):
            data = small_jpeg(number, SIDE)
            sent[hand_in(house, campaign_id, fans[number % len(fans)], data)] = sha256(data)
        eventually(partial(_has_waited, len(sent)), within=60)
        first = _attempts()
        mounted = small_disk.is_mounted(work, programs.workers()[0])
        _leave(programs, work, keep=ROOM - ENOUGH_FOR_A_PHOTO)
        eventually(lambda: _attempts() >= first + len(sent), within=60)
        refused = _attempts()
        _leave(programs, work, keep=0)
        house.say(f"{refused} attempts failed for want of room; now there is some")
        recovered = settle(time.monotonic())
        stock = take_stock(house, sent)
    return Outcome(
        promises=(2,),
        tried="photos while the worker's disk was full",
        times=len(sent),
        lost=stock.lost,
        recovered=recovered,
        figures={"attempts_without_room": refused, "real_file_system": int(mounted), "ready": stock.ready},
        broken=tuple(house.complaints()[:3]),
    )


def _leave(programs: Programs, work: Path, *, keep: int) -> None:
    small_disk.make_room(work, programs.workers()[0], keep=keep)
    for worker in programs.workers()[1:]:
        if not small_disk.is_mounted(work, worker):
            small_disk.make_room(work, worker, keep=keep)


def _attempts() -> int:
    db.session.rollback()
    return db.session.scalars(select(func.coalesce(func.sum(Job.attempt), 0)).where(Job.kind == "photo.process")).one()


def _has_waited(photos: int) -> bool:
    """Whether every photo was tried, and found no room."""
    db.session.rollback()
    waiting = select(func.count()).select_from(Job).where(Job.kind == "photo.process", Job.waiting_since.is_not(None))
    return db.session.scalars(waiting).one() == photos
