"""Photos are sent without a pause while web, worker, decoder and clock processes are killed at random moments."""

from __future__ import annotations

import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from random import Random

import psutil

from tests.faults.fans import SLUG, Crowd, Fan, Sender, await_web, open_house
from tests.faults.ground import Ground, House
from tests.faults.outcome import Outcome, Scale
from tests.faults.pictures import small_jpeg
from tests.faults.programs import LAST_CHANCE, Programs
from tests.faults.stock import Stock, settle, take_stock, waiting_photos

FAULT = "submissions_killed"
PHOTOS = {Scale.SHORT: 40, Scale.FULL: 10_000}
KILLS = {Scale.SHORT: 8, Scale.FULL: 500}
FAN_SENDS = 20
MOST_WAITING = 48
"""Photos that may wait for a worker at once, so that the time to recover is not the time to work off a pile."""
VICTIMS = {"worker child": 30, "decoder": 25, "web child": 20, "clock": 13, "worker": 6, "web": 6}
"""Whom to kill, and how often of a hundred."""
FEW_VICTIMS = ("worker child", "decoder", "web child", "worker child", "decoder", "clock", "worker child", "worker")
"""The same in short, where chance could leave one out."""
EVERY = 10.0
SEED = 7


@dataclass
class Killer:
    """Kills somebody whenever so many more photos were acknowledged, until it has killed often enough."""

    programs: Programs
    crowd: Crowd
    photos: int
    kills: int
    chance: Random = field(default_factory=lambda: Random(SEED))
    killed: Counter[str] = field(default_factory=Counter)
    last: float = field(default_factory=time.monotonic)

    def run(self) -> None:
        while not self.crowd.over.is_set() and self.killed.total() < self.kills:
            if len(self.crowd.sent) >= self.killed.total() * self.photos // self.kills:
                self.kill()
            self.crowd.over.wait(self.chance.uniform(0.02, 0.3))

    def kill(self) -> None:
        (victim,) = self.chance.choices(list(VICTIMS), list(VICTIMS.values()))
        if self.kills == len(FEW_VICTIMS):
            victim = FEW_VICTIMS[self.killed.total()]
        deadline = time.monotonic() + 2
        while not self.crowd.over.is_set() and time.monotonic() < deadline:
            if self.programs.kill(victim, self.chance):
                self.killed[victim] += 1
                self.last = time.monotonic()
                return
            time.sleep(0.005)  # a decoder may live for some milliseconds only


def run(ground: Ground, scale: Scale) -> Outcome:
    processes = {Scale.SHORT: 1, Scale.FULL: 2}[scale]
    with ground.house(FAULT, scale, web_processes=processes) as house:
        _, fans = open_house(house, max(2, PHOTOS[scale] // FAN_SENDS))
        with house.running("web", "worker", "clock") as programs:
            await_web(house)
            crowd = Crowd()
            killer = Killer(programs, crowd, PHOTOS[scale], KILLS[scale])
            _send_under_fire(house, killer, Sender(house, SLUG), fans)
            recovered = settle(killer.last)
            family = programs.workers()
        stock = take_stock(house, crowd.sent)
        return _outcome(house, killer, stock, recovered, left=len(psutil.wait_procs(family, LAST_CHANCE)[1]))


def _send_under_fire(house: House, killer: Killer, sender: Sender, fans: list[Fan]) -> None:
    crowd = killer.crowd
    count = [0]
    threads = crowd.send_all(sender, fans, killer.photos, picture=small_jpeg, hold=lambda: count[0] > MOST_WAITING)
    threads.append(threading.Thread(target=killer.run, daemon=True))
    threads[-1].start()
    told = time.monotonic()
    try:
        while any(thread.is_alive() for thread in threads):
            count[0] = waiting_photos()
            if time.monotonic() - told > EVERY:
                told = time.monotonic()
                house.say(f"{len(crowd.sent)} photos acknowledged, {killer.killed.total()} kills, {count[0]} waiting")
            crowd.over.wait(0.5)
    finally:
        crowd.over.set()


def _outcome(house: House, killer: Killer, stock: Stock, recovered: float, *, left: int) -> Outcome:
    broken = [f"not acknowledged: {words}" for words in killer.crowd.gave_up[:3]]
    broken += [f"{len(stock.strays)} objects that no row names"] if stock.strays else []
    broken += [f"{left} worker processes left over"] if left else []
    broken += house.complaints()[:3]
    kinds = {f"killed_{victim.replace(' ', '_')}": killer.killed[victim] for victim in VICTIMS}
    refused = {f"refused_{reason}": times for reason, times in stock.refused.items()}
    return Outcome(
        promises=(1, 2),
        tried=f"submissions under {killer.killed.total()} kills of web, worker, decoder and clock",
        times=len(killer.crowd.sent),
        lost=stock.lost,
        recovered=recovered,
        figures={"kills": killer.killed.total(), **kinds, "ready": stock.ready, **refused},
        broken=tuple(broken),
    )
