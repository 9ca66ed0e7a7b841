"""What an examination of one thing found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from campaign.config import Settings


@dataclass(frozen=True, slots=True)
class Finding:
    """One line for people. `remedy` is empty where nothing has to be done; a `note` is worth knowing and no fault."""

    name: str
    said: str
    remedy: str = ""
    note: bool = False

    @property
    def is_well(self) -> bool:
        return self.note or not self.remedy


class Ailing(Exception):
    """Raised in an examination: what is wrong, and what would mend it."""

    def __init__(self, said: str, remedy: str) -> None:
        super().__init__(said)
        self.said = said
        self.remedy = remedy


Examination = Callable[[Settings], Finding]
"""Tries one thing with the settings. It may raise Ailing; anything else it raises is a fault of the thing tried."""
