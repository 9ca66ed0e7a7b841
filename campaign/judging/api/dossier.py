"""The dossier of a final round, for programs and for the desk's download."""

from __future__ import annotations

from uuid import UUID

from flask import Response

from campaign.accounts.authentication import current_actor
from campaign.accounts.permissions import require
from campaign.db import transaction
from campaign.judging.queries import visible_round
from campaign.judging.record.dossier import Dossier
from campaign.judging.record.sealing import dossier_of
from campaign.web.api import api_blueprint

dossier_api = api_blueprint("dossier")


@dossier_api.get("/rounds/<uuid:round_id>/dossier")
@dossier_api.output(Dossier)
def get_dossier(round_id: UUID) -> Response:
    """All that a final round's result follows from, as canonical JSON (RFC 8785), without a name in it; for the desk.

    `flaunt dossier verify FILE` checks it anywhere. 409 until the round is final.
    """
    actor = current_actor()
    judged = visible_round(actor, round_id)
    require(actor, "round.results", judged)
    with transaction():
        written = dossier_of(round_id).canonical()
    name = f"{judged.campaign.slug}-round-{judged.number}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(written, mimetype="application/json", headers=headers)
