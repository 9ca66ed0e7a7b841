"""The store, against a real server that checks signatures and lengths."""

import hashlib
import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest
import requests

from uploads.objects import ObjectMissing, ObjectTooLong, PresignedPut, StorageUnavailable
from uploads.storage import Storage


def send(put: PresignedPut, body: bytes, **changed: str) -> int:
    return requests.request(put.method, put.url, data=body, headers=put.headers | changed, timeout=10).status_code


def signed(storage: Storage, key: str, length: int = 10) -> PresignedPut:
    return storage.presign_put(key, content_type="image/jpeg", length=length, seconds=60)


def test_presigned_put_as_signed(storage: Storage) -> None:
    put = signed(storage, "incoming/a/1")
    assert put.headers == {"Content-Type": "image/jpeg", "Content-Length": "10"}
    assert send(put, b"0123456789") == 200
    assert storage.head("incoming/a/1").bytes == 10


@pytest.mark.parametrize("length", [9, 11])
def test_presigned_put_of_another_length(storage: Storage, length: int) -> None:
    put = signed(storage, f"incoming/b/{length}")
    assert send(put, b"x" * length, **{"Content-Length": str(length)}) == 403
    with pytest.raises(ObjectMissing):
        storage.head(f"incoming/b/{length}")


def test_presigned_put_of_another_type(storage: Storage) -> None:
    assert send(signed(storage, "incoming/c/1"), b"0123456789", **{"Content-Type": "text/html"}) == 403


def test_presigned_put_to_another_key(storage: Storage) -> None:
    put = signed(storage, "incoming/d/1")
    assert send(replace(put, url=put.url.replace("/d/1", "/d/2")), b"0123456789") == 403


def test_presigned_put_signs_for_the_public_address(storage: Storage) -> None:
    public = Storage(replace(storage.settings, public_endpoint_url="https://photos.example"))
    assert signed(public, "incoming/e/1").url.startswith("https://photos.example/photos/incoming/e/1?")


def test_download_hashes_what_it_writes(storage: Storage, tmp_path: Path) -> None:
    body = bytes(range(256)) * 5000
    storage.put_bytes("incoming/f/1", body, content_type="image/jpeg")
    arrived = storage.download("incoming/f/1", tmp_path / "photo", limit=len(body))
    assert (arrived.bytes, arrived.sha256) == (len(body), hashlib.sha256(body).hexdigest())
    assert (tmp_path / "photo").read_bytes() == body


def test_download_stops_past_its_limit(storage: Storage, tmp_path: Path) -> None:
    storage.put_bytes("incoming/g/1", b"x" * 3_000_000, content_type="image/jpeg")
    with pytest.raises(ObjectTooLong):
        storage.download("incoming/g/1", tmp_path / "photo", limit=1_000_000)
    assert (tmp_path / "photo").stat().st_size <= 1_000_000


def test_download_of_nothing(storage: Storage, tmp_path: Path) -> None:
    with pytest.raises(ObjectMissing):
        storage.download("incoming/h/1", tmp_path / "photo", limit=10)


def test_open_stream_passes_the_file_on(storage: Storage, tmp_path: Path) -> None:
    path = tmp_path / "picture.webp"
    path.write_bytes(b"RIFF" * 1000)
    put = storage.put_file("photos/i/1/320.webp", path, content_type="image/webp")
    stored, chunks = storage.open_stream("photos/i/1/320.webp")
    assert b"".join(chunks) == path.read_bytes()
    assert (stored.bytes, stored.etag, stored.content_type) == (4000, put.etag, "image/webp")


def test_delete_is_safe_to_repeat(storage: Storage) -> None:
    storage.put_bytes("incoming/j/1", b"x", content_type="image/jpeg")
    storage.delete("incoming/j/1")
    storage.delete("incoming/j/1")
    with pytest.raises(ObjectMissing):
        storage.head("incoming/j/1")


def test_delete_prefix_takes_its_folder_and_no_other(storage: Storage) -> None:
    for key in ("photos/k/1/320.webp", "photos/k/1/640.webp", "photos/kk/1/320.webp"):
        storage.put_bytes(key, b"x", content_type="image/webp")
    assert storage.delete_prefix("photos/k/") == 2
    assert [stored.key for stored in storage.list_prefix("photos/k")] == ["photos/kk/1/320.webp"]


@pytest.mark.parametrize("prefix", ["", "/", "photos"])
def test_delete_prefix_refuses_what_is_no_folder(storage: Storage, prefix: str) -> None:
    with pytest.raises(ValueError, match="not a folder"):
        storage.delete_prefix(prefix)


def test_ensure_bucket_is_safe_to_repeat(storage: Storage) -> None:
    fresh = Storage(replace(storage.settings, bucket="another-bucket"))
    assert not fresh.reachable()
    fresh.ensure_bucket()
    fresh.ensure_bucket()
    assert fresh.reachable()


def test_an_absent_store_is_one_kind_of_fault(nobodys_storage: Storage) -> None:
    assert not nobodys_storage.reachable()
    with pytest.raises(StorageUnavailable):
        nobodys_storage.head("incoming/l/1")


def test_a_wrong_secret_is_that_kind_too(storage: Storage) -> None:
    stranger = Storage(replace(storage.settings, secret_access_key="not the secret"))
    with pytest.raises(StorageUnavailable):
        stranger.put_bytes("incoming/m/1", b"x", content_type="image/jpeg")


def test_a_fork_gets_connections_of_its_own(storage: Storage) -> None:
    source = f"""
        import os
        from uploads.storage import Storage, StorageSettings
        storage = Storage({storage.settings!r})
        assert storage.reachable()
        before = storage._s3
        child = os.fork()
        if not child:
            os._exit(0 if storage.reachable() and storage._s3 is not before else 1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert storage.reachable() and storage._s3 is before
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(source)], check=True, timeout=30)
