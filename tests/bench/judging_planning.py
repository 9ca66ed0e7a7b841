"""Planning 400,000 submissions × quorum 3 × 30 judges into the database, against a bare COPY of the same rows."""

from __future__ import annotations

import time
from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import text

from campaign.db import db
from campaign.judging.allocation.agenda import agendas_of, clear_agendas
from campaign.judging.allocation.planning import plan_round
from campaign.judging.models import Round
from tests.bench.judging_scenes import PATIENCE, make_cast, prepared_round
from tests.bench.tables import tell

PHOTOS, QUORUM, JUDGES = 400_000, 3, 30
TIMES = 3
BARE = "CREATE TABLE bare (round_id uuid, judge_id uuid, position integer, submission_id uuid)"
CHUNK = 1 << 18


def run_planning() -> dict[str, float]:
    """`plan_vs_copy`: reading the photos, the design and writing it, by what a COPY of its rows alone takes.

    The reference's rows are made beforehand: one for each photo of each judge, in PostgreSQL's usual form (text), into
    a table without an index or a constraint. The median of several pairs.
    """
    marketer, judges = make_cast(JUDGES)
    round_id = prepared_round(marketer, judges, PHOTOS, QUORUM, drawn=False)
    db.session.execute(text(BARE))
    db.session.commit()
    _plan(round_id)
    rows = b"".join(_rows(round_id))
    ratios, planning = [], []
    for _ in range(TIMES):
        bare = _copy(rows)
        planning.append(_plan(round_id))
        ratios.append(planning[-1] / bare)
    found = sorted(ratios)[TIMES // 2]
    tell(
        f"planning {PHOTOS:,} × {QUORUM} × {JUDGES}, {QUORUM * PHOTOS:,} rows: {found:.2f} × a bare COPY of them "
        f"(between {min(ratios):.2f} and {max(ratios):.2f} in {TIMES} alternating runs; best {min(planning):.1f} s)"
    )
    db.session.execute(text("DROP TABLE bare"))
    db.session.commit()
    return {"plan_vs_copy": found, "plan_seconds": min(planning)}


def _plan(round_id: UUID) -> float:
    clear_agendas(round_id)
    db.session.commit()
    began = time.perf_counter()
    db.session.execute(text(PATIENCE))
    plan_round(db.session.get_one(Round, round_id))
    db.session.commit()
    return time.perf_counter() - began


def _copy(rows: bytes) -> float:
    db.session.execute(text("TRUNCATE bare"))
    db.session.commit()
    began = time.perf_counter()
    driver = db.session.connection().connection.driver_connection
    assert driver is not None
    with driver.cursor() as cursor, cursor.copy("COPY bare FROM STDIN") as copy:
        for start in range(0, len(rows), CHUNK):
            copy.write(rows[start : start + CHUNK])
    db.session.commit()
    return time.perf_counter() - began


def _rows(round_id: UUID) -> Iterator[bytes]:
    for judge_id, photos in agendas_of(round_id).items():
        for position, photo in enumerate(photos):
            yield f"{round_id}\t{judge_id}\t{position}\t{photo}\n".encode()
