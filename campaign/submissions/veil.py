"""What of a photo is hidden from whoever judges its campaign blind: whose it is, where it was taken, what was written.

Everything that shows a photo asks here, of the request it is shown in; so what is built tomorrow is veiled as well.
The rule is in `docs/judging.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from flask import has_request_context
from sqlalchemy import ColumnElement, or_

from campaign.accounts.authentication import current_actor
from campaign.accounts.veil import veiled_campaigns
from campaign.submissions.models import Submission

NEUTRAL = "A photo"
"""What stands for a hidden caption, where a page needs words: as a heading, a link, an alternative text."""


class Sent(Protocol):
    """Anything that knows the campaign a photo is in and the person who sent it."""

    @property
    def campaign_id(self) -> UUID: ...

    @property
    def person_id(self) -> UUID: ...


def is_campaign_veiled(campaign_id: UUID) -> bool:
    """Whether whoever sent this request judges the campaign blind. Without a request, as in jobs, nobody does."""
    return campaign_id in _veiled()


def is_veiled(photo: Sent) -> bool:
    """Whether this photo's words are hidden from whoever sent this request; one's own never are."""
    return photo.campaign_id in _veiled() and photo.person_id != current_actor().person_id


def words_told() -> Sequence[ColumnElement[bool]]:
    """Conditions on submissions: only those whose words may be told, so that no search finds what it must not show."""
    veiled = _veiled()
    if not veiled:
        return ()
    return (or_(Submission.campaign_id.not_in(veiled), Submission.person_id == current_actor().person_id),)


def _veiled() -> frozenset[UUID]:
    return veiled_campaigns(current_actor()) if has_request_context() else frozenset()
