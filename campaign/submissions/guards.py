"""What this slice asks of those above it: may this photo leave the gallery?"""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, current_app

from campaign.submissions.models import Submission

KEY = "flaunt_takedown_guards"

Guard = Callable[[Submission], str | None]
"""Answers why not, in words for the desk, or None where nothing stands in the way."""


def guard_takedown(app: Flask, guard: Guard) -> None:
    """Ask this guard before the desk takes a published photo down. A fan's own withdrawal asks nobody."""
    _guards(app).append(guard)


def why_not_take_down(submission: Submission) -> str | None:
    """The first reason why this photo must stay where it is, or None."""
    return next((reason for guard in _guards(current_app) if (reason := guard(submission))), None)


def _guards(app: Flask) -> list[Guard]:
    guards: list[Guard] = app.extensions.setdefault(KEY, [])
    return guards
