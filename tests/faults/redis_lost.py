"""Redis is emptied at random moments, and killed and started without its file, while photos flow."""

from __future__ import annotations

import threading
import time
from collections import Counter
from random import Random
from uuid import UUID

from tests.faults.fans import hand_in, open_house
from tests.faults.ground import Ground, House
from tests.faults.outcome import Outcome, Scale
from tests.faults.pictures import small_jpeg
from tests.faults.stock import settle, sha256, take_stock, waiting_photos

FAULT = "redis_lost"
PHOTOS = {Scale.SHORT: 15, Scale.FULL: 1500}
FAULTS = {Scale.SHORT: 4, Scale.FULL: 120}
AWAY = {Scale.SHORT: 0.4, Scale.FULL: 3.0}
"""The longest that Redis stays away, in seconds."""
FAN_SENDS = 50
MOST_WAITING = 40
EVERY = 10.0
SEED = 11


def run(ground: Ground, scale: Scale) -> Outcome:
    with ground.house(FAULT, scale) as house, house.running("worker"), house.clock():
        campaign_id, fans = open_house(house, PHOTOS[scale] // FAN_SENDS + 1)
        sent: dict[UUID, str] = {}
        spoiler = Spoiler(house, PHOTOS[scale], FAULTS[scale], AWAY[scale])
        told = time.monotonic()
        for number in range(PHOTOS[scale]):
            while waiting_photos() > MOST_WAITING:
                spoiler.spoil(len(sent))
                time.sleep(0.1)
            data = small_jpeg(number)
            sent[hand_in(house, campaign_id, fans[number // FAN_SENDS], data)] = sha256(data)
            spoiler.spoil(len(sent))
            if time.monotonic() - told > EVERY:
                told = time.monotonic()
                house.say(f"{len(sent)} photos received, Redis {dict(spoiler.done)}")
        while spoiler.spoil(len(sent)):
            pass
        recovered = settle(spoiler.last)
        lasting = [key for key in house.redis.client.scan_iter("rq:job:*") if house.redis.client.ttl(key) == -1]
        stock = take_stock(house, sent)
    broken = house.complaints()[:3] + ([f"{len(lasting)} jobs stay in Redis for ever"] if lasting else [])
    broken += [f"{len(stock.strays)} objects that no row names"] if stock.strays else []
    return Outcome(
        promises=(2, 3),
        tried=f"photos while Redis was emptied or restarted {spoiler.done.total()} times",
        times=len(sent),
        lost=stock.lost,
        recovered=recovered,
        figures={**{f"redis_{what}": times for what, times in spoiler.done.items()}, "ready": stock.ready},
        broken=tuple(broken),
    )


class Spoiler:
    """Does something bad to Redis whenever so many more photos were received."""

    def __init__(self, house: House, photos: int, times: int, away: float) -> None:
        self._house, self._photos, self._times, self._away = house, photos, times, away
        self._chance = Random(SEED)
        self.done: Counter[str] = Counter()
        self.last = time.monotonic()

    def spoil(self, received: int) -> bool:
        """Once, where it is time; False where it is not, or where it was done often enough."""
        if self.done.total() >= self._times or received < (self.done.total() + 1) * self._photos // (self._times + 1):
            return False
        if self._chance.random() < 0.6 and self.done.total() != 1:
            self._house.redis.client.flushall()
            self.done["emptied"] += 1
        else:
            self._house.redis.stop()
            threading.Event().wait(self._chance.uniform(0, self._away))
            self._house.redis.start()
            self.done["restarted_without_its_file"] += 1
        self.last = time.monotonic()
        return True
