"""What finding near-duplicates costs in a campaign of a million photos, against a look at every hash."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from random import Random
from typing import TypeVar
from uuid import UUID

from sqlalchemy import text

from campaign.app import create_app
from campaign.db import db, transaction
from campaign.submissions.lookalikes import lookalikes
from tests.bench.figures import record
from tests.bench.million import PHOTOS, fill_campaign
from tests.bench.tables import tell, tell_table
from tests.servers import LocalServers, migrate, start_servers
from tests.settings import settings_on
from uploads.likeness.dhash import NEAR, from_signed, to_signed

Found = TypeVar("Found")
SEARCHES = 40
SCANS = 10
SCAN = "SELECT submission_id FROM photo WHERE bit_count((dhash # :dhash)::bit(64)) <= :near"


def run() -> None:
    told = start_servers(owner=os.getpid())
    servers = LocalServers(home=told["home"], ports=told["ports"], secrets=told["secrets"], worker=0)
    address = servers.new_database("bench", template="template1")
    migrate(address)
    with create_app(settings_on(servers, address)).app_context():
        try:
            tell(f"filling a campaign with {PHOTOS:,} photos …")
            figures = fill_campaign()
            tell("searching …")
            figures |= _search()
        finally:
            db.session.remove()
            db.engine.dispose()
            servers.drop_database("bench")
    record("duplicates", figures)
    tell_table(
        ("near-duplicates among a million", ""),
        [
            ("search, median", f"{figures['search_ms']:.1f} ms"),
            ("search, worst", f"{figures['worst_search_ms']:.1f} ms"),
            ("a page of thirty", f"{figures['page_of_thirty_ms']:.1f} ms"),
            ("looking at every hash, median", f"{figures['scan_ms']:.1f} ms"),
            ("search : scan", f"{figures['ratio_vs_scan']:.3f} ×"),
            ("near photos that the search missed", f"{figures['missed']:.0f} of {figures['there']:.0f}"),
            ("writing a photo's row", f"{figures['insert_ms']:.2f} ms"),
            ("writing it, with : without the index", f"{figures['insert_ratio']:.2f} ×"),
            ("the index", f"{figures['index_megabytes']:.0f} MB"),
        ],
    )


def _search() -> dict[str, float]:
    dice = Random(4)
    chosen = _some(SEARCHES, dice)
    for one in chosen:
        _make_copy_of(one, dice)
    searches, scans, there, missed = [], [], 0, 0
    for turn, ours in enumerate(chosen):
        searches.append(_timed(lambda asked=ours: lookalikes([asked]))[0])
        if turn < SCANS:
            took, near = _timed(lambda asked=ours: _scan(asked))
            scans.append(took)
            found = {alike.submission_id for alike in lookalikes([ours], most=PHOTOS).get(ours, ())}
            there, missed = there + len(near - {ours}), missed + len(near - {ours} - found)
    pages = [_timed(lambda: lookalikes(_some(30, dice)))[0] for _ in range(5)]
    median, scan = statistics.median(searches), statistics.median(scans)
    return {
        "search_ms": median,
        "worst_search_ms": max(searches),
        "page_of_thirty_ms": statistics.median(pages),
        "scan_ms": scan,
        "ratio_vs_scan": median / scan,
        "missed": missed,
        "there": there,
    }


def _some(count: int, dice: Random) -> list[UUID]:
    """Submissions from anywhere in the campaign."""
    query = text("SELECT id FROM submission WHERE id >= :from ORDER BY id LIMIT 1")
    found = [db.session.scalars(query, {"from": UUID(int=dice.getrandbits(128) >> 1)}).one() for _ in range(count)]
    db.session.rollback()
    return found


def _make_copy_of(submission_id: UUID, dice: Random) -> None:
    """Makes some other photo a copy of this one, up to `NEAR` bits away."""
    (other,) = _some(1, dice)
    with transaction():
        query = text("SELECT dhash FROM photo WHERE submission_id = :id")
        bits = int(from_signed(db.session.scalars(query, {"id": submission_id}).one()), 16)
        for bit in dice.sample(range(64), dice.randint(0, NEAR)):
            bits ^= 1 << bit
        change = text("UPDATE photo SET dhash = :dhash WHERE submission_id = :id")
        db.session.execute(change, {"dhash": to_signed(f"{bits:016x}"), "id": other})


def _scan(submission_id: UUID) -> set[UUID]:
    """Every photo within `NEAR` bits, found by looking at all of them."""
    query = text("SELECT dhash FROM photo WHERE submission_id = :id")
    dhash = db.session.scalars(query, {"id": submission_id}).one()
    db.session.execute(text("SET LOCAL max_parallel_workers_per_gather = 0"))
    return set(db.session.scalars(text(SCAN), {"dhash": dhash, "near": NEAR}))


def _timed(act: Callable[[], Found]) -> tuple[float, Found]:
    """Milliseconds, and what was found."""
    began = time.perf_counter()
    found = act()
    took = (time.perf_counter() - began) * 1_000
    db.session.rollback()
    return took, found
