"""Redis: does it answer, and is it new enough for RQ?"""

from __future__ import annotations

from typing import Any

from redis.exceptions import AuthenticationError, RedisError

from campaign.config import Settings
from campaign.doctor.finding import Ailing, Finding
from campaign.extensions import redis_from

NAME = "redis"
OLDEST = (6, 2)


def examine_redis(settings: Settings) -> Finding:
    """Raises Ailing where it cannot be used as it is."""
    try:
        with redis_from(settings) as client:
            told: dict[str, Any] = client.info("server")
    except AuthenticationError as problem:
        raise Ailing("refuses the password", "Put the right user and password into REDIS_URL.") from problem
    except (RedisError, OSError) as problem:
        raise Ailing(f"does not answer: {problem}", "Start Redis, and check REDIS_URL.") from problem
    version = str(told["redis_version"])
    if tuple(int(part) for part in version.split(".")[:2]) < OLDEST:
        raise Ailing(f"is Redis {version}", "Flaunt needs Redis 6.2 or newer: upgrade the server.")
    return Finding(NAME, f"Redis {version}; it may be emptied at any moment")
