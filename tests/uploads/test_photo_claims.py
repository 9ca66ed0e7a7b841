"""What phones claim about photos, and the tickets they get for it."""

from uuid import UUID, uuid4

import pytest
import requests
from hypothesis import given, settings
from hypothesis import strategies as st

from uploads.limits import Limits
from uploads.reasons import PhotoRefused, Reason
from uploads.storage import Storage
from uploads.tickets import CONTENT_TYPES, Claim, check_claim, issue_ticket, renew_signature


def claim(filename: str = "IMG_0042.jpg", content_type: str = "image/jpeg", length: int = 12) -> Claim:
    return check_claim(filename=filename, content_type=content_type, length=length, limits=Limits())


@pytest.mark.parametrize(
    ("filename", "said", "meant"),
    [
        ("IMG_0042.jpg", "image/jpeg", "image/jpeg"),
        ("IMG_0042.jpg", "image/jpg", "image/jpeg"),
        ("IMG_0042.JPG", "IMAGE/JPEG; charset=binary", "image/jpeg"),
        ("IMG_0042.HEIC", "", "image/heic"),
        ("IMG_0042.HEIC", "application/octet-stream", "image/heic"),
        ("burst.heic", "image/heic-sequence", "image/heic"),
        ("photo.heif", "image/heif-sequence", "image/heif"),
        ("a.b.avif ", "", "image/avif"),
        ("no suffix", "image/webp", "image/webp"),
    ],
)
def test_claim_in_the_words_of_a_phone(filename: str, said: str, meant: str) -> None:
    assert claim(filename, said).content_type == meant


@pytest.mark.parametrize(
    ("filename", "said"),
    [
        ("MOV_0001.mp4", "video/mp4"),
        ("IMG_0042.MOV", "video/quicktime"),
        ("party.gif", "image/gif"),
        ("drawing.svg", "image/svg+xml"),
        ("letter", ""),
        ("IMG_0042.mov", ""),
        ("page.jpg", "text/html"),
    ],
)
def test_claim_of_something_else(filename: str, said: str) -> None:
    with pytest.raises(PhotoRefused) as refused:
        claim(filename, said)
    assert refused.value.reason == Reason.UNSUPPORTED_FORMAT


@pytest.mark.parametrize(
    ("length", "reason"),
    [(0, Reason.EMPTY), (-1, Reason.EMPTY), (31_457_281, Reason.TOO_MANY_BYTES)],
)
def test_claim_of_an_impossible_length(length: int, reason: Reason) -> None:
    with pytest.raises(PhotoRefused) as refused:
        claim(length=length)
    assert refused.value.reason == reason


def test_claim_of_the_greatest_length() -> None:
    assert claim(length=31_457_280).bytes == 31_457_280


@settings(deadline=None)
@given(filename=st.text(max_size=60), said=st.text(max_size=40), length=st.integers())
def test_any_claim_is_taken_or_refused(filename: str, said: str, length: int) -> None:
    try:
        taken = claim(filename, said, length)
    except PhotoRefused:
        return
    assert taken.content_type in CONTENT_TYPES
    assert 0 < taken.bytes <= 31_457_280


def test_ticket_takes_the_photo_and_nothing_of_the_sender_is_in_its_key(storage: Storage) -> None:
    photo_id = uuid4()
    ticket = issue_ticket(storage, photo_id, claim("../../etc/passwd.jpg"), seconds=60)
    folder, found_id, secret = ticket.key.split("/")
    assert (folder, UUID(found_id)) == ("incoming", photo_id)
    assert len(secret) == 22
    answer = requests.put(ticket.put.url, data=b"x" * 12, headers=ticket.put.headers, timeout=10)
    assert (answer.status_code, storage.head(ticket.key).bytes) == (200, 12)


def test_ticket_keys_are_never_the_same(storage: Storage) -> None:
    photo_id = uuid4()
    keys = {issue_ticket(storage, photo_id, claim(), seconds=60).key for _ in range(20)}
    assert len(keys) == 20


def test_a_fresh_signature_is_for_the_same_key(storage: Storage) -> None:
    ticket = issue_ticket(storage, uuid4(), claim(), seconds=1)
    fresh = renew_signature(storage, ticket.key, claim(), seconds=600)
    assert fresh.url.partition("?")[0] == ticket.put.url.partition("?")[0]
    assert fresh.expires_at > ticket.put.expires_at
