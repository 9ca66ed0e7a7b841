"""One S3 bucket, through boto3: what the pipeline asks of the store, and no more."""

import functools
import hashlib
import os
import threading
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from uploads.objects import (
    GONE,
    Downloaded,
    ObjectMissing,
    ObjectTooLong,
    PresignedPut,
    StorageSettings,
    StorageUnavailable,
    StoredObject,
    code_of,
    faults,
)

if TYPE_CHECKING:
    from botocore.response import StreamingBody
    from mypy_boto3_s3 import S3Client

_CHUNK = 256 * 1024  # bytes read at once: large enough for speed, small beside a worker's memory


# S3's own measure of a body in transit; not a matter of security.
_md5 = functools.partial(hashlib.md5, usedforsecurity=False)


class Storage:
    """One bucket. Safe to share between threads and across a fork."""

    def __init__(self, settings: StorageSettings) -> None:
        self.settings = settings
        self._lock = threading.Lock()
        self._session = boto3.session.Session()
        self._clients: dict[tuple[int, str | None], S3Client] = {}
        self._client(settings.endpoint_url)  # the first one is slow to make, and a fork inherits its models

    def presign_put(self, key: str, *, content_type: str, length: int, seconds: int) -> PresignedPut:
        """A PUT of exactly `length` bytes of `content_type`, good for `seconds`. Asks nothing of the store."""
        client = self._client(self.settings.public_endpoint_url or self.settings.endpoint_url)
        expires_at = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=seconds)
        url = client.generate_presigned_url(
            "put_object",
            Params={
                "Bucket": self.settings.bucket,
                "Key": key,
                "ContentType": content_type,
                "ContentLength": length,
            },
            ExpiresIn=seconds,
        )
        headers = {"Content-Type": content_type, "Content-Length": str(length)}
        return PresignedPut(method="PUT", url=url, headers=headers, expires_at=expires_at)

    def head(self, key: str) -> StoredObject:
        """What is stored under `key`. Raises `ObjectMissing`, `StorageUnavailable`."""
        with faults(key):
            said = self._s3.head_object(Bucket=self.settings.bucket, Key=key)
        return StoredObject(
            key=key,
            bytes=said["ContentLength"],
            etag=said.get("ETag", "").strip('"'),
            content_type=said.get("ContentType", ""),
        )

    def download(self, key: str, path: Path, *, limit: int) -> Downloaded:
        """Writes the object to `path`, hashing on the way and stopping past `limit` bytes.

        Raises `ObjectMissing`, `ObjectTooLong`, `StorageUnavailable` (a body cut short included).
        """
        digest = hashlib.sha256()
        length = 0
        _, chunks = self.open_stream(key)
        with path.open("wb") as file:
            for chunk in chunks:
                length += len(chunk)
                if length > limit:
                    raise ObjectTooLong(key)
                digest.update(chunk)
                file.write(chunk)
        return Downloaded(bytes=length, sha256=digest.hexdigest())

    def open_stream(self, key: str) -> tuple[StoredObject, Iterator[bytes]]:
        """The object's facts and its bytes in pieces, for passing on. Raises as `head` does.

        Exhaust the iterator or close it; a body cut short raises `StorageUnavailable` in mid-way.
        """
        with faults(key):
            said = self._s3.get_object(Bucket=self.settings.bucket, Key=key)
        stored = StoredObject(
            key=key,
            bytes=said["ContentLength"],
            etag=said.get("ETag", "").strip('"'),
            content_type=said.get("ContentType", ""),
        )
        return stored, _read_in_pieces(said["Body"], key)

    def put_file(self, key: str, path: Path, *, content_type: str, cache_control: str = "private") -> StoredObject:
        """Stores a file. The store checks its MD5 on arrival. Raises `StorageUnavailable`."""
        with path.open("rb") as file:
            md5 = hashlib.file_digest(file, _md5).digest()
            length = file.tell()
            file.seek(0)
            etag = self._put(key, file, md5, content_type, cache_control)
        return StoredObject(key=key, bytes=length, etag=etag, content_type=content_type)

    def put_bytes(self, key: str, data: bytes, *, content_type: str, cache_control: str = "private") -> StoredObject:
        """Stores bytes, as `put_file` does."""
        etag = self._put(key, data, _md5(data).digest(), content_type, cache_control)
        return StoredObject(key=key, bytes=len(data), etag=etag, content_type=content_type)

    def list_prefix(self, prefix: str) -> list[StoredObject]:
        """All objects whose key starts with `prefix`, in the order of their keys."""
        found: list[StoredObject] = []
        with faults(prefix):
            pages = self._s3.get_paginator("list_objects_v2").paginate(Bucket=self.settings.bucket, Prefix=prefix)
            for page in pages:
                found.extend(
                    StoredObject(key=row["Key"], bytes=row["Size"], etag=row.get("ETag", "").strip('"'))
                    for row in page.get("Contents", [])
                )
        return found

    def delete(self, key: str) -> None:
        """Deletes the object; deleting what is not there is fine."""
        with faults(key):
            self._s3.delete_object(Bucket=self.settings.bucket, Key=key)

    def delete_prefix(self, prefix: str) -> int:
        """Deletes every object under a folder (`prefix` ends with "/"), and tells how many there were."""
        if not prefix.strip("/") or not prefix.endswith("/"):
            raise ValueError(f"{prefix!r} is not a folder of its own")
        found = self.list_prefix(prefix)
        for stored in found:
            self.delete(stored.key)
        return len(found)

    def ensure_bucket(self) -> None:
        """Makes the bucket when it is not there yet."""
        with faults(self.settings.bucket):
            try:
                self._s3.head_bucket(Bucket=self.settings.bucket)
            except ClientError as problem:
                if code_of(problem) not in GONE:
                    raise
                self._s3.create_bucket(Bucket=self.settings.bucket)

    def reachable(self) -> bool:
        """Whether the bucket answers us now."""
        try:
            with faults(self.settings.bucket):
                self._s3.head_bucket(Bucket=self.settings.bucket)
        except (StorageUnavailable, ObjectMissing):
            return False
        return True

    @property
    def _s3(self) -> "S3Client":
        return self._client(self.settings.endpoint_url)

    def _client(self, endpoint_url: str | None) -> "S3Client":
        # A forked child must not share its parent's sockets, so clients belong to a process.
        wanted = (os.getpid(), endpoint_url)
        client = self._clients.get(wanted)
        if client is None:
            with self._lock:
                client = self._clients.get(wanted) or self._make_client(endpoint_url)
                self._clients[wanted] = client
        return client

    def _make_client(self, endpoint_url: str | None) -> "S3Client":
        settings = self.settings
        config = Config(
            signature_version="s3v4",
            s3={"addressing_style": "path" if endpoint_url else "auto"},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            connect_timeout=settings.connect_seconds,
            read_timeout=settings.read_seconds,
            retries={"total_max_attempts": settings.attempts, "mode": "standard"},
            max_pool_connections=settings.connections,
        )
        return self._session.client(
            "s3",
            region_name=settings.region,
            endpoint_url=endpoint_url,
            aws_access_key_id=settings.access_key_id,
            aws_secret_access_key=settings.secret_access_key,
            config=config,
        )

    def _put(self, key: str, body: bytes | BinaryIO, md5: bytes, content_type: str, cache_control: str) -> str:
        with faults(key):
            said = self._s3.put_object(
                Bucket=self.settings.bucket,
                Key=key,
                Body=body,
                ContentType=content_type,
                ContentMD5=b64encode(md5).decode(),
                CacheControl=cache_control,
            )
        return said["ETag"].strip('"')


def _read_in_pieces(body: "StreamingBody", key: str) -> Iterator[bytes]:
    with body, faults(key):
        yield from body.iter_chunks(_CHUNK)
