"""Who is acting: the plain object that every verb takes in place of a request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self
from uuid import UUID

from campaign.accounts.models import Role, Scope

Grant = tuple[Role, UUID | None]


@dataclass(frozen=True, slots=True)
class Actor:
    """A person (or nobody yet), the roles they hold and, for an API token, what that token may be used for.

    A grant is (role, campaign's id), or (role, None) where it counts in every campaign. `scopes` is None for a
    signed-in browser, which may do all that its person may. `affirmed_age` is in years. Language, zone and picture are
    as the person's profile has them.
    """

    person_id: UUID | None = None
    display_name: str = ""
    grants: frozenset[Grant] = frozenset()
    scopes: frozenset[Scope] | None = None
    affirmed_age: int | None = None
    language: str = "en"
    time_zone: str | None = None
    picture_id: UUID | None = None

    @classmethod
    def anonymous(cls, *, affirmed_age: int | None = None) -> Self:
        """Nobody is signed in; the age is what this browser said about itself."""
        return cls(affirmed_age=affirmed_age)

    @property
    def is_signed_in(self) -> bool:
        return self.person_id is not None

    @property
    def is_admin(self) -> bool:
        return (Role.ADMIN, None) in self.grants

    def roles_in(self, campaign_id: UUID | None) -> frozenset[Role]:
        """The roles that count in this campaign; with None, only those that count in all of them."""
        return frozenset(role for role, where in self.grants if where is None or where == campaign_id)

    def roles_anywhere(self) -> frozenset[Role]:
        """The roles held in at least one campaign."""
        return frozenset(role for role, _ in self.grants)

    def campaigns_as(self, *roles: Role) -> frozenset[UUID] | None:
        """The campaigns in which one of the roles (or admin) is held; None means all of them."""
        wanted = {*roles, Role.ADMIN}
        held = {where for role, where in self.grants if role in wanted}
        return None if None in held else frozenset(where for where in held if where is not None)
