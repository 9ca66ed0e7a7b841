"""The form as a page without script posts it: what stands in it, what is amiss, and how its photos are brought in."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile
from uuid import UUID

from werkzeug.datastructures import FileStorage, ImmutableMultiDict

from campaign.accounts.actor import Actor
from campaign.accounts.form_keys import new_form_key
from campaign.campaigns.models import Campaign
from campaign.db import transaction
from campaign.errors import InvalidInput, Unavailable
from campaign.submissions.arrival import complete_submission
from campaign.submissions.intake import Entry, check_entry, issue_submission_ticket
from campaign.submissions.tickets import give_back
from campaign.web.times import plural
from uploads.limits import Limits
from uploads.objects import StorageUnavailable
from uploads.storage import Storage

PHOTO_FIELDS = ("camera", "photo")
CONSENT = "Please read the rules and tick this. Without it we may not take your photo in."
NO_FILE = "Choose a photo first, or take one."
CHOOSE_AGAIN = "A page that comes back has lost the photo itself: please choose it once more. Your words are all here."
TOO_MANY = "You can still send {left}, and these are {given}. Choose fewer."
STORE_SILENT = "Our photo store does not answer just now. Your entry is still yours: please send it again in a minute."
LONGEST_VERSION = 9
"""Digits; more is nobody's version."""


@dataclass
class Form:
    """What stands in the fields, and a sentence beside each that needs another look; the one under "" is for all."""

    caption: str = ""
    place: str = ""
    category: str = ""
    consent: bool = False
    rules_version: int = 0
    errors: dict[str, str] = field(default_factory=dict)
    once: str = field(default_factory=new_form_key)
    """The key of this form as it is shown now."""
    sent: int = 0
    """How many of its photos have reached us."""


def read_form(given: ImmutableMultiDict[str, str]) -> Form:
    version = given.get("rules_version", "")
    return Form(
        caption=given.get("caption", ""),
        place=given.get("place", ""),
        category=given.get("category", ""),
        consent=bool(given.get("consent")),
        rules_version=int(version) if version.isdecimal() and len(version) < LONGEST_VERSION else 0,
    )


def chosen_files(given: ImmutableMultiDict[str, FileStorage]) -> list[FileStorage]:
    """The photos that were chosen; a field left alone posts a file without a name."""
    return [file for name in PHOTO_FIELDS for file in given.getlist(name) if file.filename]


def entry_of(form: Form, file: FileStorage) -> Entry:
    return Entry(
        caption=form.caption,
        place=form.place,
        category=form.category,
        rules_version=form.rules_version,
        filename=file.filename or "",
        content_type=file.mimetype,
        bytes=file.stream.seek(0, os.SEEK_END),
    )


def content_of(form: Form, files: Sequence[FileStorage]) -> Iterator[bytes]:
    """All that was posted, part by part; a photo as its SHA-256."""
    yield from (word.encode() for word in (form.caption, form.place, form.category))
    for file in files:
        file.stream.seek(0)
        yield hashlib.file_digest(file.stream, "sha256").digest()  # type: ignore[arg-type]  # an open binary file


def complaints(
    form: Form, files: Sequence[FileStorage], campaign: Campaign, limits: Limits, *, left: int
) -> dict[str, str]:
    """A sentence for each field that needs another look before the photos can be taken in."""
    said: dict[str, str] = {}
    photos = []
    for file in files or [FileStorage(filename="photo.jpg")]:
        try:
            check_entry(entry_of(form, file), limits, campaign.categories)
        except InvalidInput as refused:
            said |= refused.fields
            photos += [(file.filename, refused.fields["photo"])] if "photo" in refused.fields else []
    if not files:
        said["photo"] = NO_FILE
    elif len(files) > left:
        said["photo"] = TOO_MANY.format(left=plural(left, "photo"), given=len(files))
    elif len(files) > 1 and photos:
        said["photo"] = " ".join(f"{name}: {sentence}" for name, sentence in photos)
    if not form.consent:
        said["consent"] = CONSENT
    if files and said:
        said.setdefault("photo", CHOOSE_AGAIN)
    return said


def take_in(
    actor: Actor, campaign: Campaign, entry: Entry, file: FileStorage, *, storage: Storage, limits: Limits, seconds: int
) -> None:
    """The same three steps as with the script: ticket, bytes, complete. The app carries the bytes itself.

    Raises Conflict, and Unavailable when the store is silent; the entry is given back then.
    """
    with transaction():
        issued = issue_submission_ticket(actor, campaign, entry, storage=storage, limits=limits, seconds=seconds)
        submission_id, key = issued.submission.id, issued.submission.photo.incoming_key
    try:
        _carry(file, key, storage, issued.put.headers["Content-Type"])
        complete_submission(actor, submission_id, storage=storage)
    except (StorageUnavailable, Unavailable) as silent:
        _let_go(submission_id)
        raise Unavailable(STORE_SILENT, code="store_silent") from silent


def _carry(file: FileStorage, key: str, storage: Storage, content_type: str) -> None:
    with NamedTemporaryFile(prefix="entry-") as copy:
        file.stream.seek(0)
        file.save(copy)
        copy.flush()
        storage.put_file(key, Path(copy.name), content_type=content_type)


def _let_go(submission_id: UUID) -> None:
    with transaction():
        give_back(submission_id)
