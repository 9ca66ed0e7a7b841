"""Photos per second through real workers, queue, store and database, against the pipeline alone on the same cores."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Event
from uuid import uuid4

import psutil
from flask import Flask
from sqlalchemy import ColumnElement, func, select

from campaign.accounts.models import Role
from campaign.accounts.people import ensure_person, grant_role
from campaign.accounts.queries import actor_for
from campaign.app import create_app
from campaign.clock import database_now
from campaign.config import Settings
from campaign.db import db, transaction
from campaign.jobs import enqueue
from campaign.jobs.models import Job, JobState
from campaign.submissions.models import Photo, Submission, SubmissionState
from tests.bench.figures import record
from tests.bench.sandbox import camera_photo
from tests.factories import make_campaign
from tests.people import ISSUER
from tests.servers import LocalServers, migrate, start_servers
from tests.settings import settings_on
from uploads.cores import count_cores
from uploads.limits import Limits
from uploads.storage import Storage
from uploads.tool.inspection import inspect_photo

PHOTOS = 60
KINDS = 6
"""Different photos among them; every one comes from another fan."""
KIND = "photo.process"
PATIENCE = 300.0
SECRETS = ("secret_key", "s3_access_key_id", "s3_secret_access_key")
PLAIN = ("environment", "base_url", "database_url", "redis_url", "s3_endpoint_url", "s3_bucket", "worker_processes")


def run() -> None:
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        photos = [camera_photo(here / f"{number}.jpg", number) for number in range(KINDS)]
        measure_end_to_end([photos[number % KINDS] for number in range(PHOTOS)])


def measure_end_to_end(photos: list[Path]) -> None:
    """Print and record the share of the pure pipeline's photos per second that the real processes carry.

    The pure pipeline is what `python -m uploads` does with as many jobs as cores: the worker's code, sandbox and all,
    from files to files. It is measured before and after, so that a machine that slows down slows both.
    """
    cores = count_cores()
    before = _rate_alone(photos, cores)
    through, memory = _rate_through_everything(photos, cores)
    after = _rate_alone(photos, cores)
    share = 2 * through / (before + after)
    print(  # noqa: T201 -- what `make bench` is for
        f"{len(photos)} photos through queue, store and database with {cores} workers: {through:.2f} a second, "
        f"{share:.0%} of the pipeline alone ({before:.2f} before, {after:.2f} after); "
        f"a worker's memory at most {memory / 2**20:.0f} MB"
    )
    record("renditions", {"end_to_end_share": share})
    record("end_to_end", {"photos_per_second": through, "worker_peak_megabytes": memory / 2**20})


def _rate_alone(photos: list[Path], jobs: int) -> float:
    """Photos per second through the pipeline alone, without a queue, a store or a row."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(jobs) as pool:
        inspect = partial(inspect_photo, workdir=Path(folder), out=None, limits=Limits(), stopped=Event())
        named = [str(photo) for photo in photos]
        list(pool.map(inspect, named[:jobs], range(jobs)))  # start, and load what there is to load
        began = time.perf_counter()
        answers = list(pool.map(inspect, named, range(len(named))))
        seconds = time.perf_counter() - began
    assert all(answer["ok"] for answer in answers)
    return len(photos) / seconds


def _rate_through_everything(photos: list[Path], processes: int) -> tuple[float, int]:
    """Photos per second from the first claim to the last photo ready, and the most memory of a worker in bytes."""
    told = start_servers(owner=os.getpid())
    servers = LocalServers(home=told["home"], ports=told["ports"], secrets=told["secrets"], worker=0)
    address = servers.new_database("bench_end_to_end", template="template1")
    migrate(address)
    settings = settings_on(servers, address).model_copy(update={"worker_processes": processes, "log_format": "json"})
    app = create_app(settings)
    with app.app_context(), _running(settings, "worker", "clock") as programs:
        payloads = _photos_that_wait(app, photos)
        _until(lambda: len(programs[0].children()) == processes)
        with transaction():
            for payload in payloads:
                enqueue(KIND, payload)
        _until(lambda: _count(Job.state != JobState.DUE) > 0)
        began = time.perf_counter()
        _until(lambda: _count(Job.state == JobState.DONE) == len(photos))
        seconds = time.perf_counter() - began
        assert db.session.scalar(select(func.count()).where(Submission.state == SubmissionState.READY)) == len(photos)
        memory = max(_peak(worker) for worker in programs[0].children())
        db.session.remove()
        db.engine.dispose()
    return len(photos) / seconds, memory


def _photos_that_wait(app: Flask, photos: list[Path]) -> list[dict[str, str]]:
    """A fan for each photo, whose bytes have arrived; answers what their jobs are told."""
    store: Storage = app.extensions["flaunt_storage"]
    with transaction():
        person = ensure_person(ISSUER, "bench-marketer", "A marketer")
        grant_role(person, Role.MARKETER)
        marketer = actor_for(person.id)
    assert marketer is not None
    campaign = make_campaign(marketer)
    payloads = []
    for number, path in enumerate(photos):
        photo_id = uuid4()
        key = f"incoming/{photo_id}/claim"
        store.put_file(key, path, content_type="image/jpeg")
        with transaction():
            fan = ensure_person(ISSUER, f"bench-fan-{number}", "A fan")
            now = database_now()
            db.session.add(
                Submission(
                    campaign_id=campaign.id,
                    person_id=fan.id,
                    rules_id=campaign.current_rules.id,
                    entry_number=1,
                    caption=f"Photo {number}",
                    place="Lisbon",
                    state=SubmissionState.RECEIVED,
                    ticket_expires_at=now,
                    received_at=now,
                    photo=Photo(
                        id=photo_id,
                        filename=f"{number}.jpg",
                        content_type="image/jpeg",
                        declared_bytes=path.stat().st_size,
                        incoming_key=key,
                    ),
                )
            )
        payloads.append({"photo_id": str(photo_id)})
    return payloads


@contextmanager
def _running(settings: Settings, *roles: str) -> Iterator[list[psutil.Popen]]:
    """`flaunt worker` and its like, told nothing but these settings."""
    given = {name.upper(): str(getattr(settings, name)) for name in PLAIN}
    given |= {name.upper(): getattr(settings, name).get_secret_value() for name in SECRETS}
    provider = '[{"name": "local", "label": "Local", "issuer": "http://localhost", "client_id": "flaunt"}]'
    given["OIDC_PROVIDERS"] = provider
    given |= {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    with tempfile.TemporaryFile() as log:
        flaunt = Path(sys.executable).with_name("flaunt")
        programs = [psutil.Popen([flaunt, role], env=given, stderr=log) for role in roles]
        try:
            yield programs
        finally:
            for program in programs:
                program.terminate()
            for program in programs:
                program.wait(30)


def _count(condition: ColumnElement[bool]) -> int:
    with transaction():
        return db.session.scalar(select(func.count()).where(Job.kind == KIND, condition)) or 0


def _until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("the workers did not get there")
        time.sleep(0.05)


def _peak(process: psutil.Process) -> int:
    """The most memory that a process has held, in bytes."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    return int(kilobytes) * 1024
