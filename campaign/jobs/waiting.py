"""The short queue in Redis between the relay and the workers. It holds nothing that could not be put there again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from rq import Queue
from rq.serializers import JSONSerializer
from rq.worker_registration import get_keys

from campaign.config import Settings
from campaign.extensions import redis_from

QUEUE = "flaunt"
FUNCTION = "campaign.jobs.runner.run"
UNSTARTED_SECONDS = 600
"""How long Redis keeps what no worker came for; the row brings it back."""
FAILED_SECONDS = 60


def connect(settings: Settings) -> Redis:
    """A client that says at once when Redis is away: waiting and trying again is the caller's business."""
    client = redis_from(settings)
    client.set_retry(Retry(NoBackoff(), 0))
    return client


def queue_on(connection: Redis) -> Queue:
    return Queue(QUEUE, connection=connection, serializer=JSONSerializer)


def waiting_in(queue: Queue) -> list[UUID]:
    """The jobs in Redis that no worker has fetched; few, because the relay keeps it short."""
    return [UUID(name.partition("-")[0]) for name in queue.get_job_ids()]


def count_workers(queue: Queue) -> int:
    """Worker processes that say they serve the queue, on all machines; 0 just after Redis was emptied."""
    return len(get_keys(queue=queue))


def push(queue: Queue, rows: Collection[tuple[UUID, int]], *, time_limit: float) -> Sequence[str]:
    """Put (job id, next attempt) pairs at the end of the queue, in one round trip. Returns RQ's ids for them."""
    calls = [
        Queue.prepare_data(
            FUNCTION,
            args=(str(job_id),),
            timeout=int(time_limit),
            result_ttl=0,
            ttl=UNSTARTED_SECONDS,
            failure_ttl=FAILED_SECONDS,
            job_id=f"{job_id.hex}-{attempt}",
        )
        for job_id, attempt in rows
    ]
    return [job.id for job in queue.enqueue_many(calls)]
