"""`/api/v1/me`: who a cookie or a token speaks for, and what they say about themselves."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from campaign.accounts.actor import Actor
from campaign.accounts.authentication import current_actor
from campaign.accounts.models import Role, Scope
from campaign.accounts.profile import About, edit_profile, my_profile
from campaign.accounts.queries import actor_for
from campaign.db import transaction
from campaign.errors import SignInNeeded
from campaign.extensions import settings
from campaign.pictures.addresses import picture_path
from campaign.web.api import api_blueprint

api = api_blueprint("accounts")

LONGEST_SENT = 1_000
"""Characters read of a name before it is tidied; the verb says how many fit."""


class GrantOut(BaseModel):
    """A role; without a campaign it counts in all of them."""

    model_config = ConfigDict(use_enum_values=True)

    role: Role
    campaign_id: UUID | None


class MeOut(BaseModel):
    """`scopes` is null for a signed-in browser; `affirmed_age` is in years.

    `language` is a tag such as `de` or `pt-BR`; `time_zone` is null where the device's clock is used; `picture` is
    the address of a square of 256 pixels, null where initials stand for the person.
    """

    model_config = ConfigDict(use_enum_values=True)

    id: UUID
    display_name: str
    roles: list[GrantOut]
    scopes: list[Scope] | None
    affirmed_age: int | None
    language: str
    time_zone: str | None
    picture: str | None


class MeIn(BaseModel):
    """Only what is sent is changed. `time_zone` null leaves the clock to the device."""

    display_name: str | None = Field(default=None, max_length=LONGEST_SENT)
    language: str | None = Field(default=None, max_length=LONGEST_SENT)
    time_zone: str | None = Field(default=None, max_length=LONGEST_SENT)


@api.get("/me")
@api.output(MeOut)
@api.doc(summary="Who I am", responses=[401])
def me() -> dict[str, Any]:
    """The person whom this cookie or token speaks for, their roles and what they say about themselves."""
    return describe(_signed_in())


@api.patch("/me")
@api.input(MeIn)
@api.output(MeOut)
@api.doc(summary="Change my profile")
def patch_me(json_data: MeIn) -> dict[str, Any]:
    """Change name, language or time zone; the name changes everywhere it is shown."""
    actor = _signed_in()
    with transaction():
        person = my_profile(actor)
        sent = json_data.model_dump(exclude_unset=True)
        kept = {"display_name": person.display_name, "language": person.language, "time_zone": person.time_zone}
        told = {name: value for name, value in sent.items() if value is not None or name == "time_zone"}
        edit_profile(actor, About(**(kept | told)))
    return describe(actor)


def describe(actor: Actor) -> dict[str, Any]:
    """The person as they stand now; scopes as the request's own token has them."""
    assert actor.person_id is not None
    now = actor_for(actor.person_id)
    held = sorted(now.grants, key=lambda grant: (grant[0], str(grant[1] or "")))
    picture = None if now.picture_id is None else picture_path(now.picture_id, 256)
    return {
        "id": now.person_id,
        "display_name": now.display_name,
        "roles": [{"role": role, "campaign_id": campaign_id} for role, campaign_id in held],
        "scopes": None if actor.scopes is None else sorted(actor.scopes),
        "affirmed_age": now.affirmed_age,
        "language": now.language,
        "time_zone": now.time_zone,
        "picture": picture and settings().base_url.rstrip("/") + picture,
    }


def _signed_in() -> Actor:
    actor = current_actor()
    if not actor.is_signed_in:
        raise SignInNeeded("Please sign in first, or send a token in `Authorization: Bearer …`.")
    return actor
