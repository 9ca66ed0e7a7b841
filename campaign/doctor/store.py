"""The photo store: is it written and read, and does it refuse strangers, lies about the length, and other origins?"""

from __future__ import annotations

from urllib.parse import urlsplit
from uuid import uuid4

import requests

from campaign.config import Settings
from campaign.doctor.finding import Ailing, Finding
from uploads.objects import ObjectMissing, StorageSettings, StorageUnavailable
from uploads.storage import Storage

NAME = "photo store"
WORDS = b"Flaunt was here, and looked whether the store is well."
SECONDS = 10


def examine_store(settings: Settings, given: StorageSettings) -> Finding:
    """Writes a small object under `doctor/` and deletes it again. Raises Ailing where the store cannot be used."""
    store = Storage(given)
    key = f"doctor/{uuid4()}.txt"
    try:
        store.put_bytes(key, WORDS, content_type="text/plain")
        _, chunks = store.open_stream(key)
        if b"".join(chunks) != WORDS:
            raise Ailing("gives back other bytes than it was given", "Check the store itself, and what stands before.")
        address = _refuses_strangers(store, key)
        _refuses_lies(store, f"{key}.lie")
    except (StorageUnavailable, ObjectMissing) as problem:
        said = str(problem.__cause__ or problem)
        raise Ailing(
            f"cannot be written or read: {said}",
            f"Check S3_ENDPOINT_URL, the keys, and that the bucket {settings.s3_bucket} exists and is theirs.",
        ) from problem
    except requests.RequestException as problem:
        raise Ailing(
            f"does not answer where phones would send photos: {type(problem).__name__}",
            "Check S3_PUBLIC_ENDPOINT_URL.",
        ) from problem
    finally:
        _tidy(store, [key, f"{key}.lie"])
    return _welcomes_our_pages(settings, address)


def _refuses_strangers(store: Storage, key: str) -> str:
    """The object's bare address; raises Ailing where anybody may read it."""
    put = store.presign_put(key, content_type="text/plain", length=len(WORDS), seconds=60)
    bare = put.url.split("?")[0]
    if requests.get(bare, timeout=SECONDS).ok:
        raise Ailing(
            "hands out objects without a signature, so originals are public",
            "Block public access to the bucket: remove its public policy and its ACLs.",
        )
    return bare


def _refuses_lies(store: Storage, key: str) -> None:
    put = store.presign_put(key, content_type="text/plain", length=len(WORDS), seconds=60)
    longer = requests.put(put.url, data=WORDS + b"!", headers={"Content-Type": "text/plain"}, timeout=SECONDS)
    if longer.ok:
        raise Ailing(
            "takes more bytes than the signature says",
            "Use a store that checks a signed Content-Length, as S3 does.",
        )


def _welcomes_our_pages(settings: Settings, address: str) -> Finding:
    """A browser asks first whether our pages may send to the store (CORS)."""
    origin = settings.base_url.rstrip("/")
    asked = {
        "Origin": origin,
        "Access-Control-Request-Method": "PUT",
        "Access-Control-Request-Headers": "content-type",
    }
    answer = requests.options(address, headers=asked, timeout=SECONDS)
    if answer.headers.get("Access-Control-Allow-Origin") not in {"*", origin}:
        raise Ailing(
            f"does not let pages of {origin} send photos",
            f"Allow PUT with Content-Type from {origin} in the bucket's CORS rules.",
        )
    return Finding(NAME, f"{urlsplit(address).netloc} is written and read, and refuses strangers and lies")


def _tidy(store: Storage, keys: list[str]) -> None:
    try:
        for key in keys:
            store.delete(key)
    except (StorageUnavailable, ObjectMissing):
        return  # what is wrong with it is told already
