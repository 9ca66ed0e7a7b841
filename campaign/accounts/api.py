"""`/api/v1/me`: who a cookie or a token speaks for."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from campaign.accounts.authentication import current_actor
from campaign.accounts.models import Role, Scope
from campaign.errors import SignInNeeded
from campaign.web.api import api_blueprint

api = api_blueprint("accounts")


class GrantOut(BaseModel):
    """A role; without a campaign it counts in all of them."""

    model_config = ConfigDict(use_enum_values=True)

    role: Role
    campaign_id: UUID | None


class MeOut(BaseModel):
    """`scopes` is null for a signed-in browser; `affirmed_age` is in years."""

    model_config = ConfigDict(use_enum_values=True)

    id: UUID
    display_name: str
    roles: list[GrantOut]
    scopes: list[Scope] | None
    affirmed_age: int | None


@api.get("/me")
@api.output(MeOut)
@api.doc(summary="Who I am", responses=[401])
def me() -> dict[str, Any]:
    """The person whom this cookie or token speaks for, and their roles."""
    actor = current_actor()
    if actor.person_id is None:
        raise SignInNeeded("Please sign in first, or send a token in `Authorization: Bearer …`.")
    held = sorted(actor.grants, key=lambda grant: (grant[0], str(grant[1] or "")))
    return {
        "id": actor.person_id,
        "display_name": actor.display_name,
        "roles": [{"role": role, "campaign_id": campaign_id} for role, campaign_id in held],
        "scopes": None if actor.scopes is None else sorted(actor.scopes),
        "affirmed_age": actor.affirmed_age,
    }
