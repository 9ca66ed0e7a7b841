"""What is said about objects in the store, and the one fault for all the ways a store can fail."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from botocore.exceptions import BotoCoreError, ClientError
from urllib3.exceptions import HTTPError

GONE = frozenset({"404", "NoSuchKey", "NoSuchBucket", "NotFound"})


class StorageUnavailable(Exception):
    """The store did not do what was asked: unreachable, slow, failing or lying. Worth trying again."""


class ObjectMissing(Exception):
    """There is no object under this key."""


class ObjectTooLong(Exception):
    """The object has more bytes than the caller is willing to take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StorageSettings:
    """Where the store is; without `endpoint_url` it is AWS itself. Times are in seconds.

    `public_endpoint_url` is its address as a browser sees it, which is what gets signed.
    """

    region: str
    bucket: str
    access_key_id: str
    secret_access_key: str
    endpoint_url: str | None = None
    public_endpoint_url: str | None = None
    connect_seconds: float = 3.0
    read_seconds: float = 20.0
    attempts: int = 3
    connections: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class PresignedPut:
    """One request that puts one object. `headers` must be sent as they are: they are signed."""

    method: str
    url: str
    headers: dict[str, str]
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredObject:
    """What the store says of an object; `etag` without its quotes."""

    key: str
    bytes: int
    etag: str
    content_type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Downloaded:
    """What arrived on disk: its length in bytes and its SHA-256 in hex."""

    bytes: int
    sha256: str


def code_of(problem: ClientError) -> str:
    """The store's own word for what went wrong, such as "NoSuchKey"."""
    return problem.response.get("Error", {}).get("Code", "")


@contextmanager
def faults(key: str) -> Iterator[None]:
    """Turns what boto3 raises into `ObjectMissing` or `StorageUnavailable`."""
    try:
        yield
    except ClientError as problem:
        if code_of(problem) in GONE:
            raise ObjectMissing(key) from problem
        raise StorageUnavailable(f"{code_of(problem)} for {key}") from problem
    except (BotoCoreError, HTTPError, OSError) as problem:
        raise StorageUnavailable(f"{type(problem).__name__} for {key}") from problem
