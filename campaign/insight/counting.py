"""Which answers count as a visit or as a start. No cookie and no address is kept: only that it happened, and when."""

from __future__ import annotations

import re
from http import HTTPStatus

from flask import Flask, Response, request

from campaign.accounts.authentication import shown_actor
from campaign.accounts.permissions import can
from campaign.insight.models import Kind
from campaign.insight.tally import tally_of

COUNTED = {"campaigns.show": Kind.VISIT, "submissions.enter": Kind.START}
"""Endpoints whose page, when it is shown to a fan, counts."""

MACHINES = re.compile(r"(?<!cu)bot\b|crawler|spider|facebookexternalhit|preview|^whatsapp/", re.IGNORECASE)
"""How programs name themselves that fetch a page for its link card or its words. (A Cubot is a telephone.)"""


def count_views(app: Flask) -> None:
    @app.after_request
    def _count(response: Response) -> Response:
        kind = COUNTED.get(request.endpoint or "")
        if kind is not None and _is_a_view(response) and not can(shown_actor(), "campaign.desk"):
            assert request.view_args is not None, "counted pages name their campaign"
            tally_of(app).add(request.view_args["slug"], kind)
        return response


def _is_a_view(response: Response) -> bool:
    """A page that a person opened: not a further page of photos, a prefetch, a script's fetch, or a machine's."""
    if request.method != "GET" or response.status_code != HTTPStatus.OK or "after" in request.args:
        return False
    sent = request.headers
    if "prefetch" in sent.get("Sec-Purpose", sent.get("Purpose", "")):
        return False
    if sent.get("Sec-Fetch-Dest", "document") != "document":
        return False
    return not MACHINES.search(sent.get("User-Agent", ""))
