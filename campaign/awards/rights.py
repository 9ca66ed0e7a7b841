"""What a fan has agreed to for a chosen photo: the rules they sent it under, and the release asked of them since."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from campaign.awards.models import Release
from campaign.awards.queries import releases_of
from campaign.campaigns.models import Campaign, Rules
from campaign.judging.models import Selection
from campaign.judging.results.selection import chosen_photos
from campaign.submissions.models import Submission


class Standing(StrEnum):
    """Where the second consent stands; only one of these lets a photo go on screen."""

    NOT_ASKED = "not_asked"
    WAITING = "waiting"
    REFUSED = "refused"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """A chosen photo. `release` is the one with the newest words that its fan was asked with, `earlier` the others."""

    selection: Selection
    rules: Rules
    release: Release | None
    earlier: Sequence[Release]

    @property
    def submission(self) -> Submission:
        return self.selection.submission

    @property
    def standing(self) -> Standing:
        if self.release is None:
            return Standing.NOT_ASKED
        answer = self.release.answer
        return Standing.WAITING if answer is None else Standing(answer.answer)


def rights_of(campaign: Campaign, submissions: Collection[UUID] | None = None) -> list[Right]:
    """The campaign's winners by place and its finalists after them (of these submissions, where named)."""
    chosen = chosen_photos(campaign.id)
    wanted = [one for one in chosen if submissions is None or one.submission_id in submissions]
    releases = releases_of([one.submission_id for one in wanted])
    rules = {version.id: version for version in campaign.rules}
    return [_right(one, rules[one.submission.rules_id], releases.get(one.submission_id, ())) for one in wanted]


def text_hash(text: str) -> str:
    """SHA-256 (hex) of the words as UTF-8, so that a copy of them can be held against the record."""
    return hashlib.sha256(text.encode()).hexdigest()


def _right(selection: Selection, rules: Rules, releases: Sequence[Release]) -> Right:
    newest = releases[-1] if releases else None
    return Right(selection=selection, rules=rules, release=newest, earlier=releases[:-1])
