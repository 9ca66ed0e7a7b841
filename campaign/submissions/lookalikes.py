"""Photos that look like others of their campaign, found by the bands of their dHashes and by their bytes."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select, text

from campaign.db import db
from campaign.submissions.bands import band, probe_of
from campaign.submissions.models import Photo, Submission, SubmissionState
from uploads.likeness.comparison import Look, look_alike
from uploads.likeness.dhash import NEAR, distance, from_signed

WITH_US = (SubmissionState.READY, SubmissionState.PUBLISHED, SubmissionState.DECLINED)
"""States in which a photo is compared with others: it was looked into, and its picture is here."""
COMPARED = 24
"""How many of the nearest are compared closely, for each photo."""

_BAND = """
SELECT submission_id FROM photo
WHERE {band} = ANY(asked.band_{number}) AND bit_count((dhash # asked.dhash)::bit(64)) <= {near}
"""
_BANDS = [_BAND.format(band=band(number), number=number, near=NEAR) for number in range(4)]
# One file sent twice is found by its bytes, also where its picture is too plain to be searched for.
_FOUND = "UNION".join([*_BANDS, "\nSELECT submission_id FROM photo WHERE sha256 = asked.sha256"])
_NEAREST = text(f"""
SELECT asked.id AS asked_id, near.*
FROM jsonb_to_recordset(CAST(:asked AS jsonb)) AS asked (
    id uuid, campaign_id uuid, sha256 text, dhash bigint,
    band_0 integer[], band_1 integer[], band_2 integer[], band_3 integer[]
)
CROSS JOIN LATERAL (
    SELECT other.id, photo.sha256, photo.dhash, photo.thumbhash, photo.width, photo.height
    FROM ({_FOUND}) AS found
    JOIN submission AS other ON other.id = found.submission_id
    JOIN photo ON photo.submission_id = other.id
    WHERE other.campaign_id = asked.campaign_id AND other.id <> asked.id AND other.state = ANY(:states)
        AND photo.dhash IS NOT NULL
    ORDER BY photo.sha256 <> asked.sha256, bit_count((photo.dhash # asked.dhash)::bit(64)), other.created_at, other.id
    LIMIT :compared
) AS near
""")  # noqa: S608 -- put together of our own words only


class Alike(NamedTuple):
    """A submission that looks like another, the distance in bits of their dHashes, and whether it is the same file."""

    submission_id: UUID
    distance: int
    is_same_file: bool


def lookalikes(submission_ids: Sequence[UUID], *, most: int = COMPARED) -> Mapping[UUID, list[Alike]]:
    """For each of these that has some, the others of its campaign that look like it: nearest first, then the oldest.

    At most `most` of each, in two queries however many are asked about.
    """
    asked = {row.id: row for row in _photos(submission_ids)}
    found: dict[UUID, list[Alike]] = defaultdict(list)
    if not asked:
        return found
    probes = json.dumps([_asked(row) for row in asked.values()])
    wanted = {"asked": probes, "states": [state.value for state in WITH_US], "compared": most}
    for near in db.session.execute(_NEAREST, wanted):
        mine = asked[near.asked_id]
        one, other, is_same = look_of(mine), look_of(near), near.sha256 == mine.sha256
        if is_same or look_alike(one, other):
            found[mine.id].append(Alike(near.id, distance(one.dhash, other.dhash), is_same))
    return found


def look_of(photo: Any) -> Look:
    """What is compared, of a row or a `Photo` that was looked into."""
    return Look(dhash=from_signed(photo.dhash), thumbhash=photo.thumbhash, width=photo.width, height=photo.height)


def _photos(submission_ids: Sequence[UUID]) -> Sequence[Any]:
    columns = (Photo.sha256, Photo.dhash, Photo.thumbhash, Photo.width, Photo.height)
    query = select(Submission.id, Submission.campaign_id, *columns).join(Photo)
    these = (Submission.id.in_(submission_ids), Submission.state.in_(WITH_US), Photo.dhash.is_not(None))
    return db.session.execute(query.where(*these)).all()


def _asked(row: Any) -> dict[str, Any]:
    look = look_of(row)
    probe = ([],) * 4 if look.is_plain else probe_of(look.dhash)
    bands = {f"band_{number}": values for number, values in enumerate(probe)}
    return {"id": str(row.id), "campaign_id": str(row.campaign_id), "sha256": row.sha256, "dhash": row.dhash} | bands
