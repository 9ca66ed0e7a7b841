"""The store fails, stalls, hangs up, cuts bodies short and lies about sizes, in both directions, while photos flow."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from uuid import UUID

import urllib3

from campaign.errors import Conflict, Unavailable
from campaign.submissions.arrival import complete_submission
from tests.faults.fans import Fan, NotTaken, bring, open_house, take_ticket
from tests.faults.ground import Ground, House
from tests.faults.outcome import Outcome, Scale
from tests.faults.pictures import small_jpeg
from tests.faults.stock import settle, sha256, take_stock, waiting_photos
from tests.uploads.lying_store import Lies, lying_store

FAULT = "store_lies"
PHOTOS = {Scale.SHORT: 20, Scale.FULL: 400}
LASTS = {Scale.SHORT: 0.2, Scale.FULL: 4.0}
"""Seconds for which a lie is told, and for half of which the truth is told after it."""
FAN_SENDS = 50
MOST_WAITING = 30
EVERY = 10.0
PAUSE = 0.1

INCOMING, ORIGINALS, RENDITIONS = "/incoming/", "/originals/", "/photos/"
LIES: tuple[dict[str, str], ...] = (
    {"fail": "/"},
    {"cut_bodies_of": f"GET /{{bucket}}{INCOMING}"},
    {"swallow": f"PUT /{{bucket}}{RENDITIONS}"},
    {"halve_bodies_of": f"GET /{{bucket}}{INCOMING}"},
    {"fail": f"PUT /{{bucket}}{RENDITIONS}"},
    {"deny": f"GET /{{bucket}}{INCOMING}"},
    {"stall": f"GET /{{bucket}}{INCOMING}"},
    {"keep_half_of": f"PUT /{{bucket}}{ORIGINALS}"},
    {"reset": "/"},
    {"wrong_size_of": "/"},
    {"stall": f"PUT /{{bucket}}{RENDITIONS}"},
    {"keep_half_of": f"PUT /{{bucket}}{RENDITIONS}"},
    {"wrong_etag_of": "/"},
    {"swallow": f"PUT /{{bucket}}{INCOMING}"},
    {"reset": f"PUT /{{bucket}}{INCOMING}"},
    {"keep_half_of": f"PUT /{{bucket}}{INCOMING}"},
)
"""What the store does, one after the other; `{bucket}` stands for the bucket's name."""


def run(ground: Ground, scale: Scale) -> Outcome:
    with (
        lying_store(ground.servers.s3_endpoint_url) as (address, lies),
        ground.house(FAULT, scale, through=address) as house,
    ):
        lies.keep = half_keeper(ground, house)
        campaign_id, fans = open_house(house, PHOTOS[scale] // FAN_SENDS + 1)
        with house.running("worker"), house.clock():
            sent, refusals = _send_through_lies(house, lies, campaign_id, fans)
            lies.heal()
            recovered = settle(time.monotonic())
        stock = take_stock(house, sent)
    ended = {f"ended_{why}": times for why, times in stock.refused.items()}
    return Outcome(
        promises=(2, 6),
        tried=f"photos through a store that told {lies.told} lies of {len(LIES)} kinds",
        times=len(sent),
        lost=stock.lost,
        recovered=recovered,
        figures={"lies": lies.told, "ready": stock.ready, "tries_refused": refusals.total(), **ended},
        broken=tuple(stock.unlike[:3] + [f"stray {key}" for key in stock.strays[:3]] + house.complaints()[:3]),
    )


def _send_through_lies(
    house: House, lies: Lies, campaign_id: UUID, fans: list[Fan]
) -> tuple[dict[UUID, str], Counter[str]]:
    """Photos one after the other, until there were enough and every lie was told."""
    sent: dict[UUID, str] = {}
    refusals: Counter[str] = Counter()
    last = time.monotonic()
    with lying(lies, house, LASTS[house.scale]) as told:
        while len(sent) < PHOTOS[house.scale] or told["rounds"] < 1:
            if waiting_photos() <= MOST_WAITING:
                data = small_jpeg(len(sent))
                fan = fans[len(sent) // FAN_SENDS % len(fans)]
                sent[stubborn(house, campaign_id, fan, data, refusals)] = sha256(data)
            time.sleep(PAUSE)
            if time.monotonic() - last > EVERY:
                last = time.monotonic()
                house.say(f"{len(sent)} photos received, {lies.told} lies told of {told['kinds']} kinds")
    return sent, refusals


@contextmanager
def lying(lies: Lies, house: House, lasts: float) -> Iterator[dict[str, int]]:
    """Let the store tell one lie after the other until the block ends; what was told so far."""
    told = {"kinds": 0, "rounds": 0}
    over = threading.Event()

    def tell() -> None:
        for number, lie in enumerate(cycle(LIES), start=1):
            for name, part in lie.items():
                setattr(lies, name, part.format(bucket=house.settings.s3_bucket))
            told["kinds"] = min(number, len(LIES))
            over.wait(lasts)
            lies.heal()
            told["rounds"] = number // len(LIES)
            if over.wait(lasts / 2):
                return

    thread = threading.Thread(target=tell, daemon=True)
    thread.start()
    try:
        yield told
    finally:
        over.set()
        thread.join()
        lies.heal()


def stubborn(house: House, campaign_id: UUID, fan: Fan, data: bytes, refusals: Counter[str]) -> UUID:
    """Hand a photo in as the upload page does it: PUT and completion again until both are taken."""
    issued = take_ticket(house, campaign_id, fan, data)
    while True:
        try:
            bring(issued, data)
            complete_submission(fan.actor, issued.submission.id, storage=house.store)
        except (NotTaken, urllib3.exceptions.HTTPError, Conflict, Unavailable) as problem:
            refusals[type(problem).__name__] += 1
            time.sleep(PAUSE)
        else:
            return issued.submission.id


def half_keeper(ground: Ground, house: House) -> Callable[[str, bytes, str], None]:
    """Keeps half of what was sent, by the real store's own hand."""
    real = ground.real_store(house)

    def keep(path: str, half: bytes, kind: str) -> None:
        key = path.partition("?")[0].removeprefix(f"/{house.settings.s3_bucket}/")
        real.put_bytes(key, half, content_type=kind)

    return keep
