"""What this slice asks of those above it: what else happened to these photos, and what are their fans asked?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from flask import Flask, current_app

from campaign.submissions.models import Submission

KEY = "flaunt_chapters"
ASKING_KEY = "flaunt_asking"


class Step(NamedTuple):
    """One stop on a photo's way: a name for programs, a label, what happened in words, and when.

    `at` is None where it lies ahead.
    """

    step: str
    label: str
    words: str
    at: datetime | None

    @property
    def done(self) -> bool:
        return self.at is not None


Chapters = Mapping[UUID, Sequence[Step]]
"""For each submission's id its further steps, in order; one that has none may be missing."""
Provider = Callable[[Sequence[Submission], datetime], Chapters]
"""Tells of many submissions (loaded with their campaigns) at an instant of the database's clock, in as many queries for
thirty as for one. The fan reads it at once: before the announcement it must tell finalists and others the same."""


class Question(NamedTuple):
    """What waits for a fan's answer: a sentence, and the address where it is answered."""

    words: str
    url: str


Asking = Callable[[UUID], Question | None]
"""What a person is asked at this moment, None where nothing waits for them."""


def bind_asking(app: Flask, asking: Asking) -> None:
    """Let “My photos” lead to what this one asks."""
    app.extensions[ASKING_KEY] = asking


def question_to(person_id: UUID) -> Question | None:
    asking: Asking | None = current_app.extensions.get(ASKING_KEY)
    return asking(person_id) if asking else None


def bind_chapters(app: Flask, provider: Provider) -> None:
    """Let this provider add its steps after those of the providers bound before it."""
    _providers(app).append(provider)


def chapters_of(submissions: Sequence[Submission], now: datetime) -> Chapters:
    """The steps that higher slices know of."""
    told: dict[UUID, list[Step]] = defaultdict(list)
    for provider in _providers(current_app):
        for submission_id, steps in provider(submissions, now).items():
            told[submission_id].extend(steps)
    return told


def _providers(app: Flask) -> list[Provider]:
    providers: list[Provider] = app.extensions.setdefault(KEY, [])
    return providers
