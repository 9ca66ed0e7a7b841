"""The whole way of a photo, on a real store, and what happens when that store breaks its word."""

import hashlib
import io
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
import requests
from PIL import Image

from tests.uploads.lying_store import Lies, lying_store
from tests.uploads.sample_photos import encoded, quarters, turned
from uploads.limits import Limits
from uploads.objects import ObjectMissing, StorageUnavailable
from uploads.pipeline import ProcessedPhoto, discard_attempt, erase_photo, new_prefix, process_photo
from uploads.reasons import PhotoRefused, Reason
from uploads.storage import Storage
from uploads.tickets import check_claim, issue_ticket


@pytest.fixture
def unreliable(storage: Storage) -> Iterator[tuple[Storage, Lies]]:
    """The same store through a proxy that lies on demand."""
    with lying_store(str(storage.settings.endpoint_url)) as (address, lies):
        yield Storage(replace(storage.settings, endpoint_url=address, attempts=1)), lies


def send(storage: Storage, data: bytes) -> str:
    """Sends a photo as a phone does, and answers its key."""
    claim = check_claim(filename="photo.jpg", content_type="image/jpeg", length=len(data), limits=Limits())
    ticket = issue_ticket(storage, uuid4(), claim, seconds=60)
    requests.put(ticket.put.url, data=data, headers=ticket.put.headers, timeout=10).raise_for_status()
    return ticket.key


def process(storage: Storage, key: str, declared_bytes: int, prefix: str = "") -> ProcessedPhoto:
    return process_photo(
        storage,
        incoming_key=key,
        declared_bytes=declared_bytes,
        prefix=prefix or new_prefix(uuid4()),
        limits=Limits(),
    )


def test_a_photo_from_ticket_to_renditions(storage: Storage, tmp_path: Path) -> None:
    data = turned("JPEG", 6, 1600, 1200)
    prefix = new_prefix(uuid4())
    photo = process(storage, send(storage, data), len(data), prefix)
    assert (photo.format, photo.width, photo.height, photo.bytes) == ("jpeg", 1600, 1200, len(data))
    assert photo.sha256 == hashlib.sha256(data).hexdigest()
    assert [made.name for made in photo.renditions] == ["320", "640", "1280", "2016"]
    for made in photo.renditions:
        assert made.key == f"photos/{prefix}/{made.name}.webp"
        stored, chunks = storage.open_stream(made.key)
        body = b"".join(chunks)
        assert (stored.bytes, stored.etag, stored.content_type) == (made.bytes, made.etag, "image/webp")
        with Image.open(io.BytesIO(body)) as picture:
            assert (picture.format, picture.size) == ("WEBP", (made.width, made.height))
    assert photo.original_key == f"originals/{prefix}.jpg"
    assert storage.download(photo.original_key, tmp_path / "original", limit=10**7).sha256 == photo.sha256


@pytest.mark.parametrize(("kind", "extension"), [("PNG", "png"), ("WEBP", "webp"), ("AVIF", "avif"), ("HEIF", "heic")])
def test_the_original_is_named_for_what_it_is(storage: Storage, kind: str, extension: str) -> None:
    data = encoded(quarters(), kind)
    photo = process(storage, send(storage, data), len(data))
    assert (photo.format, photo.original_key.rpartition(".")[2]) == (kind.lower(), extension)


def test_a_second_put_after_verification_changes_nothing(storage: Storage) -> None:
    data = turned("JPEG", 1, 400, 300)
    key = send(storage, data)
    photo = process(storage, key, len(data))
    storage.put_bytes(key, b"something else", content_type="image/jpeg")
    assert storage.head(photo.original_key).bytes == len(data)
    assert [storage.head(made.key).etag for made in photo.renditions] == [made.etag for made in photo.renditions]


def test_two_attempts_write_apart_and_agree(storage: Storage) -> None:
    data = turned("JPEG", 1, 400, 300)
    key = send(storage, data)
    first, second = process(storage, key, len(data)), process(storage, key, len(data))
    assert not {made.key for made in first.renditions} & {made.key for made in second.renditions}
    assert [made.etag for made in first.renditions] == [made.etag for made in second.renditions]


def test_a_discarded_attempt_leaves_nothing_of_its_own(storage: Storage) -> None:
    data = turned("JPEG", 1, 400, 300)
    photo_id = uuid4()
    prefixes = [new_prefix(photo_id), new_prefix(photo_id)]
    key = send(storage, data)
    kept, _ = (process(storage, key, len(data), prefix) for prefix in prefixes)
    discard_attempt(storage, prefix=prefixes[1])
    discard_attempt(storage, prefix=prefixes[1])
    assert len(storage.list_prefix(f"photos/{photo_id}/")) == len(kept.renditions)
    assert [stored.key for stored in storage.list_prefix(f"originals/{photo_id}/")] == [kept.original_key]


def test_an_erased_photo_is_gone(storage: Storage) -> None:
    data = turned("JPEG", 1, 400, 300)
    photo_id = uuid4()
    photo = process(storage, send(storage, data), len(data), new_prefix(photo_id))
    assert erase_photo(storage, photo_id) == len(photo.renditions) + 1
    assert erase_photo(storage, photo_id) == 0
    with pytest.raises(ObjectMissing):
        storage.head(photo.original_key)


@pytest.mark.parametrize(
    ("arrived", "declared", "reason"),
    [
        (b"not a photo", 11, Reason.NOT_AN_IMAGE),
        (b"12345", 4, Reason.SIZE_MISMATCH),
        (b"12345", 6, Reason.SIZE_MISMATCH),
        (b"", 5, Reason.EMPTY),
        (b"12345", 31_457_281, Reason.TOO_MANY_BYTES),
        (None, 5, Reason.MISSING),
    ],
)
def test_refusals_leave_nothing_behind(storage: Storage, arrived: bytes | None, declared: int, reason: Reason) -> None:
    photo_id = uuid4()
    key = f"incoming/{photo_id}/1"
    if arrived is not None:
        storage.put_bytes(key, arrived, content_type="image/jpeg")
    with pytest.raises(PhotoRefused) as refused:
        process(storage, key, declared, new_prefix(photo_id))
    assert refused.value.reason == reason
    assert storage.list_prefix(f"photos/{photo_id}/") == storage.list_prefix(f"originals/{photo_id}/") == []


@pytest.mark.parametrize("lie_of", [0, 1])
def test_nothing_stays_on_our_disk(storage: Storage, tmp_path: Path, lie_of: int) -> None:
    data = turned("JPEG", 1, 400, 300)
    with nullcontext() if lie_of == 0 else pytest.raises(PhotoRefused):
        process_photo(
            storage,
            incoming_key=send(storage, data),
            declared_bytes=len(data) - lie_of,
            prefix=new_prefix(uuid4()),
            limits=Limits(),
            workdir=tmp_path,
        )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "lie",
    [
        Lies(cut_bodies_of="incoming/"),
        Lies(halve_bodies_of="incoming/"),
        Lies(deny="GET /photos/incoming/"),
        Lies(fail="incoming/"),
        Lies(fail="originals/"),
        Lies(fail="320.webp"),
        Lies(swallow="originals/"),
        Lies(swallow="640.webp"),
    ],
)
def test_a_store_that_breaks_its_word_never_makes_a_photo_ready(
    storage: Storage, unreliable: tuple[Storage, Lies], lie: Lies
) -> None:
    through, lies = unreliable
    data = turned("JPEG", 1, 400, 300)
    key = send(storage, data)
    for name in ("cut_bodies_of", "halve_bodies_of", "deny", "fail", "swallow"):
        setattr(lies, name, getattr(lie, name))
    with pytest.raises(StorageUnavailable):
        process(through, key, len(data))
    lies.heal()
    assert process(through, key, len(data)).bytes == len(data)


def test_a_photo_is_downloaded_once(storage: Storage, unreliable: tuple[Storage, Lies]) -> None:
    through, lies = unreliable
    data = turned("JPEG", 1, 400, 300)
    key = send(storage, data)
    process(through, key, len(data))
    assert [line for line in lies.seen if "incoming/" in line] == [f"GET /photos/{key}"]


def test_a_lost_lease_ends_the_work(storage: Storage) -> None:
    class LeaseLost(Exception):
        pass

    def beat() -> None:
        raise LeaseLost

    data = turned("JPEG", 1, 400, 300)
    photo_id = uuid4()
    with pytest.raises(LeaseLost):
        process_photo(
            storage,
            incoming_key=send(storage, data),
            declared_bytes=len(data),
            prefix=new_prefix(photo_id),
            limits=Limits(),
            beat=beat,
        )
    assert storage.list_prefix(f"photos/{photo_id}/") == []
