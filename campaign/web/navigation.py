"""The desk's doors: each slice says which pages of its own the desk's menu leads to, and who may open them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Flask

KEY = "flaunt_desk_doors"


@dataclass(frozen=True, slots=True)
class Door:
    """One entry of the menu. `action` is asked of the permission table; `order` sorts, smallest first.

    With `in_campaign` the endpoint takes the campaign's `slug`; otherwise it stands for the whole installation.
    """

    label: str
    endpoint: str
    action: str
    order: int
    in_campaign: bool = True


def add_door(app: Flask, door: Door) -> None:
    app.extensions.setdefault(KEY, []).append(door)


def doors_of(app: Flask) -> Iterable[Door]:
    """Every door, in the menu's order."""
    doors: list[Door] = app.extensions.get(KEY, [])
    return sorted(doors, key=lambda door: door.order)
