"""Taking the chosen originals home: never without their rights file, never without a line in the log."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import structlog

from campaign.accounts.actor import Actor
from campaign.accounts.audit import audit
from campaign.accounts.permissions import require
from campaign.awards.archive import archive_of, name_pieces
from campaign.awards.models import OriginalsDownload
from campaign.awards.rights import Right, rights_of, text_hash
from campaign.awards.rights_file import Piece, rights_csv, rights_text
from campaign.campaigns.models import Campaign
from campaign.clock import database_now
from campaign.db import db
from campaign.errors import Conflict, InvalidInput
from campaign.web.times import iso
from uploads.storage import Storage

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """An archive about to be sent: its name, its length in bytes, and its bytes as they are read."""

    name: str
    length: int
    chunks: Iterator[bytes]


def wanted_rights(actor: Actor, campaign: Campaign, submissions: Collection[UUID] | None = None) -> list[Right]:
    """The chosen photos whose originals are asked for (all of them, unless named), read whole.

    Raises NotPermitted, Conflict where none is chosen, and InvalidInput for one that is not.
    """
    require(actor, "originals.download", campaign)
    rights = rights_of(campaign, submissions)
    if not rights and not submissions:
        named = submissions is not None
        raise Conflict(
            "Tick at least one photo, then download." if named else "No finalist or winner is chosen yet.",
            code="nothing_to_download",
        )
    if submissions is not None and len(rights) < len(set(submissions)):
        sentence = "A photo here is not chosen any more. Reload the page."
        raise InvalidInput("Only originals of chosen photos can be downloaded.", fields={"submissions": sentence})
    return rights


def originals_wanted(actor: Actor, campaign: Campaign, submissions: Collection[UUID] | None) -> dict[str, int]:
    """The keys of the originals that are asked for, with their lengths in bytes, to be looked up in the store."""
    photos = [right.submission.photo for right in wanted_rights(actor, campaign, submissions)]
    return {one.original_key: one.bytes for one in photos if one.original_key and one.bytes}


def pack_originals(
    actor: Actor, campaign: Campaign, submissions: Collection[UUID] | None, stored: Collection[str], store: Storage
) -> Parcel:
    """Write the download down with the consents as they stand, and make ready to send what is `stored`."""
    pieces = name_pieces(wanted_rights(actor, campaign, submissions), stored)
    now = database_now()
    table = rights_csv(pieces)
    papers = {"RIGHTS.txt": rights_text(campaign.title, pieces, now, actor.display_name), "rights.csv": table}
    length, chunks = archive_of(pieces, papers, store, now)
    download = OriginalsDownload(
        campaign_id=campaign.id,
        person_id=actor.person_id,
        bytes=length,
        rights_sha256=hashlib.sha256(table).hexdigest(),
        photos=[_entry(piece) for piece in pieces],
    )
    db.session.add(download)
    db.session.flush()
    details = {"photos": len(pieces), "bytes": length}
    audit(actor, "originals.downloaded", campaign_id=campaign.id, subject_id=download.id, details=details)
    log.info("originals_downloaded", campaign=campaign.slug, photos=len(pieces), bytes=length)
    return Parcel(name=f"{campaign.slug}-originals.zip", length=length, chunks=chunks)


def _entry(piece: Piece) -> dict[str, Any]:
    """What the log keeps of one photo: which file, and what was agreed to when it left."""
    right, release = piece.right, piece.right.release
    answer = release.answer if release else None
    return {
        "submission": str(right.submission.id),
        "file": piece.name or None,
        "award": right.selection.award.value,
        "place": right.selection.place,
        "rules_version": right.rules.version,
        "rules_sha256": text_hash(right.rules.text),
        "release": right.standing.value,
        "release_version": release.words.version if release else None,
        "release_sha256": text_hash(release.words.text) if release else None,
        "release_answered_at": iso(answer.created_at) or None if answer else None,
    }
