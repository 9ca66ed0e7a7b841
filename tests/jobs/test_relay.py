from __future__ import annotations

from uuid import UUID

import pytest
from flask import Flask
from redis import Redis

from campaign.clock import database_now
from campaign.config import Settings
from campaign.jobs import Timing
from campaign.jobs.relay import Relay
from campaign.jobs.waiting import connect, queue_on, waiting_in
from tests.jobs.processes import RedisServer, eventually
from tests.jobs.rows import given_claim, given_job, row

PROCESSES = 2
ROOM = 2 * PROCESSES


@pytest.fixture
def timing() -> Timing:
    return Timing(hand_again=0.2)


@pytest.fixture
def redis(house_settings: Settings) -> Redis:
    return connect(house_settings)


@pytest.fixture
def relay(inside: Flask, redis: Redis, timing: Timing) -> Relay:
    return Relay(redis, timing, PROCESSES)


def waiting(redis: Redis) -> list[UUID]:
    return waiting_in(queue_on(redis))


def test_the_longest_due_go_first_and_no_more_than_the_workers_hold(relay: Relay, redis: Redis) -> None:
    job_ids = [given_job() for _ in range(ROOM + 3)]

    first, second = relay.hand_over(), relay.hand_over()

    assert waiting(redis) == job_ids[:ROOM]
    assert first is not None
    assert second is not None
    assert row(job_ids[ROOM]).handed_at is None


def test_handing_over_is_not_an_attempt(relay: Relay, redis: Redis) -> None:
    job_id = given_job()

    assert relay.hand_over() is None

    handed = row(job_id)
    assert (handed.attempt, handed.handed_at is not None) == (0, True)
    assert queue_on(redis).get_job_ids() == [f"{job_id.hex}-1"]


def test_what_waits_in_redis_is_not_handed_again(relay: Relay, redis: Redis) -> None:
    job_id = given_job()
    relay.hand_over()
    handed_at = row(job_id).handed_at
    other = eventually(lambda: given_job() if _aged(job_id) else None, within=5)

    relay.hand_over()

    assert waiting(redis) == [job_id, other]
    assert row(job_id).handed_at == handed_at


def test_what_redis_lost_is_handed_again(relay: Relay, redis: Redis) -> None:
    job_ids = [given_job(), given_job()]
    relay.hand_over()

    redis.flushall()
    eventually(lambda: relay.hand_over() is None and len(waiting(redis)) == len(job_ids), within=5)

    assert set(waiting(redis)) == set(job_ids)


def test_claimed_jobs_are_left_alone(relay: Relay, redis: Redis) -> None:
    given_claim(given_job())

    assert relay.hand_over() is None
    assert waiting(redis) == []


def test_redis_away_is_waited_for_and_told_once(
    relay: Relay, house_redis: RedisServer, redis: Redis, caplog: pytest.LogCaptureFixture
) -> None:
    job_id = given_job()
    house_redis.stop()

    rests = [relay.hand_over() for _ in range(3)]
    house_redis.start()

    assert rests == [1.0, 1.0, 1.0]
    assert eventually(lambda: relay.hand_over() is None and waiting(redis), within=5) == [job_id]


def test_redis_holds_no_pickle(relay: Relay, redis: Redis) -> None:
    job_id = given_job()
    relay.hand_over()

    job = queue_on(redis).jobs[0]

    assert job.data == f'["campaign.jobs.runner.run", null, ["{job_id}"], {{}}]'.encode()
    assert (job.func_name, job.result_ttl) == ("campaign.jobs.runner.run", 0)


def _aged(job_id: UUID) -> bool:
    """Whether the hand-again pause of these tests' timing is over."""
    handed_at = row(job_id).handed_at
    assert handed_at is not None
    return (database_now() - handed_at).total_seconds() > 0.25
