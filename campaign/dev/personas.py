"""The people of the local provider: one for each part someone can play."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Persona:
    """A person the local provider can sign in with one click."""

    subject: str
    name: str
    part: str

    @property
    def email(self) -> str:
        return f"{self.subject}@example.test"

    @property
    def claims(self) -> dict[str, object]:
        return {"name": self.name, "email": self.email, "email_verified": True}


PERSONAS = (
    Persona("fan-1", "First fan", "sends photos from a phone"),
    Persona("fan-2", "Second fan", "sends photos too, and wonders about the first"),
    Persona("cast-1", "First of the cast", "judges photos between takes"),
    Persona("cast-2", "Second of the cast", "judges as well, and never sees the other's scores"),
    Persona("staff-1", "Staff", "looks at each photo before it is shown"),
    Persona("marketer-1", "Marketer", "launches, closes and announces campaigns"),
    Persona("admin-1", "Admin", "may do all of it, and invites the others"),
)
