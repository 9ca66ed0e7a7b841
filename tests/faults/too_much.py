"""Too long, too large, or no photo: refused before it is decoded, at the ticket, the store and the worker."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pillow_heif
import urllib3
from sqlalchemy import func, select

from campaign.db import db
from campaign.submissions.arrival import complete_submission
from campaign.submissions.intake import Issued
from campaign.submissions.models import Submission, SubmissionState
from campaign.submissions.queries import submission_of
from tests.faults.fans import SLUG, Fan, bring, hand_in, open_house, take_ticket
from tests.faults.ground import Ground, House
from tests.faults.outcome import Outcome, Scale
from tests.faults.pictures import encoded, patches, small_jpeg
from tests.faults.second_put import work
from tests.faults.store_lies import half_keeper
from tests.uploads.sample_photos import vast_png
from uploads import pipeline
from uploads.limits import MEBIBYTE, Limits
from uploads.reasons import PhotoRefused, Reason
from uploads.sandbox.apart import ask_apart

pillow_heif.register_heif_opener()

FAULT = "too_much"
ROUNDS = {Scale.SHORT: 1, Scale.FULL: 25}
MOST_BYTES, MOST_PIXELS = 200_000, 40_000
"""This house's own limits, so that what is just too much can be made quickly."""
KINDS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "HEIF": "image/heic", "AVIF": "image/avif"}
FITS, TOO_LARGE = (200, 200), (201, 200)
NO_PHOTOS = ("image/gif", "image/svg+xml", "image/tiff", "application/pdf", "text/html", "video/mp4", "image/x-icon")
VAST_MEMORY = 200 * MEBIBYTE
"""More than the decoder needs to read a header, and a fiftieth of what decoding would take."""


@dataclass
class Tried:
    """How often what was refused, and what was let through."""

    times: int = 0
    through: list[str] = field(default_factory=list)
    decoded: int = 0

    def expect(self, what: str, refused: object) -> None:
        self.times += 1
        if not refused:
            self.through.append(what)


def run(ground: Ground, scale: Scale) -> Outcome:
    tried = Tried()
    limits = {"max_photo_bytes": MOST_BYTES, "max_photo_pixels": MOST_PIXELS}
    with ground.house(FAULT, scale, **limits) as house:
        campaign_id, fans = open_house(house, ROUNDS[scale])
        for number, fan in enumerate(fans):
            _at_the_ticket(house, fan, tried)
            _at_the_store(house, campaign_id, fan, number, tried)
            with _decoding(tried.through):
                _at_the_worker_by_length(ground, house, campaign_id, fan, number, tried)
            _at_the_worker_by_pixels(house, campaign_id, fan, number, tried)
            house.say(f"{tried.times} attempts")
        _before_it_is_decoded(tried)
    return Outcome(
        promises=(10,),
        tried="attempts to bring too much, or what is no photo",
        times=tried.times,
        lost=len(tried.through),
        broken=tuple(tried.through[:5]),
    )


def _at_the_ticket(house: House, fan: Fan, tried: Tried) -> None:
    claims: list[dict[str, Any]] = [{"bytes": said} for said in (0, -1, MOST_BYTES + 1, 2**31, 2**63, 10**30)]
    claims += [{"content_type": said} for said in NO_PHOTOS] + [{"content_type": "", "filename": "a.exe"}]
    client, before = house.app.test_client(), _submissions()
    for claim in claims:
        photo = {"filename": "a.jpg", "content_type": "image/jpeg", "bytes": 1_000} | claim
        body = {"caption": "Home", "place": "Lisbon", "rules_version": 1, "photo": photo}
        address = f"{house.settings.base_url}/api/v1/campaigns/{SLUG}/submissions"
        answer = client.post(address, json=body, headers={"Authorization": f"Bearer {fan.token}"})
        tried.expect(f"a ticket for {claim}", 400 <= answer.status_code < 500)
    tried.expect("tickets were written down", _submissions() == before)


def _at_the_store(house: House, campaign_id: UUID, fan: Fan, number: int, tried: Tried) -> None:
    """The signature is for one length, one type, one name and one method."""
    data = small_jpeg(number)
    issued = take_ticket(house, campaign_id, fan, data)
    key = submission_of(issued.submission.id).photo.incoming_key
    wrong: list[tuple[str, bytes, str, str]] = [
        ("PUT", body, "image/jpeg", issued.put.url) for body in (data[:-1], data + b"\0", b"", data * 50)
    ]
    wrong += [("PUT", data, kind, issued.put.url) for kind in ("image/png", "text/html", "image/svg+xml")]
    wrong += [(method, data, "image/jpeg", issued.put.url) for method in ("POST", "DELETE", "GET")]
    wrong += [("PUT", data, "image/jpeg", url) for url in _other_addresses(issued, key)]
    for method, body, kind, url in wrong:
        told = urllib3.request(method, url, body=body, headers={"Content-Type": kind}, retries=False, timeout=10)
        tried.expect(f"{method} of {len(body)} bytes of {kind} to {url.partition('?')[0]}", told.status >= 400)
    tried.expect("something of it was kept", not (house.objects / key).exists())
    bring(issued, data)
    complete_submission(fan.actor, issued.submission.id, storage=house.store)


def _other_addresses(issued: Issued, key: str) -> Iterator[str]:
    """The same signature for a place that it is not for."""
    for other in ("photos/x/y/320.webp", "originals/x.jpg", f"{key}x", "incoming/elsewhere"):
        yield issued.put.url.replace(key, other)


def _at_the_worker_by_length(
    ground: Ground, house: House, campaign_id: UUID, fan: Fan, number: int, tried: Tried
) -> None:
    """A store that did take something else than the ticket was for; nothing of it may reach a decoder."""
    work()
    keep = half_keeper(ground, house)
    data = small_jpeg(1_000 + number)
    for other in (data + b"\0", data[:-1], data * 300, b""):
        submission_id = hand_in(house, campaign_id, fan, data)
        key = submission_of(submission_id).photo.incoming_key
        keep(f"/{house.settings.s3_bucket}/{key}", other, "image/jpeg")
        with _unexpected(tried):
            work()
        submission = submission_of(submission_id)
        reasons = {Reason.SIZE_MISMATCH, Reason.EMPTY}
        told = f"{len(other)} bytes for {len(data)}: {submission.state} {submission.reason}"
        tried.expect(told, submission.state is SubmissionState.REJECTED and submission.reason in reasons)


@contextmanager
def _unexpected(tried: Tried) -> Iterator[None]:
    before = len(tried.through)
    yield
    tried.expect("the decoder was asked", len(tried.through) == before)


@contextmanager
def _decoding(noticed: list[str]) -> Iterator[None]:
    """Notice when the decoder is asked for a photo that should have been refused before."""
    real: Callable[..., Any] = pipeline.decode_apart

    def decode(photo: Path, *given: Any, **named: Any) -> Any:
        if photo.stat().st_size not in {len(small_jpeg(number)) for number in range(ROUNDS[Scale.FULL])}:
            noticed.append(f"{photo.stat().st_size} bytes were decoded")
        return real(photo, *given, **named)

    pipeline.decode_apart = decode
    try:
        yield
    finally:
        pipeline.decode_apart = real


def _at_the_worker_by_pixels(house: House, campaign_id: UUID, fan: Fan, number: int, tried: Tried) -> None:
    for place, (kind, content_type) in enumerate(KINDS.items()):
        for size in (FITS, TOO_LARGE):
            data = encoded(patches(10_000 + 100 * number + 10 * place + size[0] % 2, size), kind)
            submission_id = hand_in(house, campaign_id, fan, data, content_type=content_type)
            work()
            submission = submission_of(submission_id)
            told = f"{kind} of {size}: {submission.state} {submission.reason}"
            ended = (submission.state, submission.reason)
            fits = size == FITS
            wanted = (SubmissionState.READY, "") if fits else (SubmissionState.REJECTED, Reason.TOO_MANY_PIXELS)
            tried.expect(told, ended == wanted)


def _before_it_is_decoded(tried: Tried) -> None:
    """A few bytes that claim to be 3,600 megapixels are refused for what the header says: decoding takes 10 GB."""
    with tempfile.TemporaryDirectory() as name:
        photo = Path(name) / "photo"
        photo.write_bytes(vast_png())
        request = {"work": "decode", "photo": str(photo), "shape": "photo"}
        limits = replace(Limits(), decoder_memory=16 * 1024 * MEBIBYTE)
        try:
            answer = ask_apart(request, Path(name), limits)
        except PhotoRefused as refused:
            tried.expect(f"a vast PNG ended with {refused}", refused.reason is Reason.TOO_MANY_PIXELS)
        else:
            was_refused = Reason.TOO_MANY_PIXELS.value.encode() in answer.said
            tried.expect(f"a vast PNG took {answer.peak} bytes", was_refused and answer.peak < VAST_MEMORY)


def _submissions() -> int:
    db.session.rollback()
    return db.session.scalars(select(func.count()).select_from(Submission)).one()
