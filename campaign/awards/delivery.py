"""One download from asking to sending: read, ask the store, write down, stream. No transaction is open meanwhile."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from flask import Response
from werkzeug.http import dump_options_header

from campaign.accounts.authentication import current_actor
from campaign.awards.archive import stored_originals
from campaign.awards.downloads import originals_wanted, pack_originals
from campaign.campaigns.queries import campaign_by_slug
from campaign.db import transaction
from campaign.extensions import storage

TYPE = "application/zip"


def deliver_originals(slug: str, submissions: Collection[UUID] | None) -> Response:
    """The archive as an answer that is made while it is sent; its length is known, so one cut short is noticed."""
    actor, store = current_actor(), storage()
    with transaction():
        wanted = originals_wanted(actor, campaign_by_slug(slug, actor), submissions)
    stored = stored_originals(store, wanted)
    with transaction():
        parcel = pack_originals(actor, campaign_by_slug(slug, actor), submissions, stored, store)
    headers = {
        "Content-Length": str(parcel.length),
        "Content-Disposition": dump_options_header("attachment", {"filename": parcel.name}),
        "Cache-Control": "private, no-store",
    }
    return Response(parcel.chunks, headers=headers, mimetype=TYPE)
