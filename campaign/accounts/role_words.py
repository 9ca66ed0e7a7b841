"""How roles are called, and what somebody in one does."""

from __future__ import annotations

from collections.abc import Mapping

from campaign.accounts.models import Role

ROLE_NAMES: Mapping[Role, str] = {
    Role.CAST: "one of the cast",
    Role.STAFF: "one of the staff",
    Role.MARKETER: "a marketer",
    Role.ADMIN: "an admin",
}
ROLE_LABELS: Mapping[Role, str] = {
    Role.CAST: "Cast",
    Role.STAFF: "Staff",
    Role.MARKETER: "Marketer",
    Role.ADMIN: "Admin",
}
ROLE_DEEDS: Mapping[Role, str] = {
    Role.CAST: "You see the fans’ photos one by one and say how much each moves you.",
    Role.STAFF: "You look at each photo before it hangs, and answer the fan.",
    Role.MARKETER: "You launch campaigns, watch over them and announce the winners.",
    Role.ADMIN: "You look after this place: everything, everywhere.",
}
