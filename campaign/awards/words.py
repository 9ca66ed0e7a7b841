"""What fans are asked to allow: the words of a release, in versions that are never edited."""

from __future__ import annotations

from uuid import UUID

import structlog
from sqlalchemy import select

from campaign.accounts.actor import Actor
from campaign.accounts.audit import audit
from campaign.accounts.permissions import require
from campaign.awards.models import ReleaseWords
from campaign.campaigns.models import Campaign, State
from campaign.campaigns.particulars import UNSTORABLE
from campaign.campaigns.window import hold_window
from campaign.db import db
from campaign.errors import Conflict, InvalidInput

log = structlog.get_logger(__name__)

LONGEST_WORDS = 10_000

PROPOSED = """\
I took this photo myself, and I allow the show to put it on screen: on television, in streams and on the show's own \
channels, as often as they like, with my display name beside it.

The photo stays mine. I am not paid for this, and I can still take the photo back from the gallery at any time; what \
was broadcast before then stays broadcast."""
"""A beginning for a marketer who has none yet. Whoever is responsible for the show reads it before it is asked."""


def write_words(actor: Actor, campaign_id: UUID, text: str) -> ReleaseWords:
    """Keep these words as the campaign's next version; the same words again stay the version they are.

    Raises Conflict once the campaign is announced, and InvalidInput for words that cannot be kept.
    """
    campaign, now = hold_window(campaign_id)
    require(actor, "release.ask", campaign)
    if campaign.state_at(now) is State.ANNOUNCED:
        raise Conflict("The campaign is announced. What was asked and answered stays as it is.")
    written = text.replace("\r\n", "\n").strip()
    _check(written)
    latest = latest_words(campaign_id)
    if latest is not None and latest.text == written:
        return latest
    words = _next_version(campaign_id, latest, written)
    details = {"version": words.version}
    audit(actor, "release.words_written", campaign_id=campaign_id, subject_id=words.id, details=details)
    log.info("release_words_written", campaign=campaign.slug, version=words.version)
    return words


def latest_words(campaign_id: UUID) -> ReleaseWords | None:
    """The version that a fan would be asked with now."""
    query = select(ReleaseWords).where(ReleaseWords.campaign_id == campaign_id)
    return db.session.scalars(query.order_by(ReleaseWords.version.desc()).limit(1)).one_or_none()


def copy_words(original: Campaign, copied: Campaign) -> None:
    """Give a copy of a campaign the words of the original, as its first version. Doing it again changes nothing."""
    latest = latest_words(original.id)
    if latest is not None and latest_words(copied.id) is None:
        _next_version(copied.id, None, latest.text)


def _next_version(campaign_id: UUID, latest: ReleaseWords | None, text: str) -> ReleaseWords:
    words = ReleaseWords(campaign_id=campaign_id, version=latest.version + 1 if latest else 1, text=text)
    db.session.add(words)
    db.session.flush()
    return words


def _check(text: str) -> None:
    problem = None
    if not text:
        problem = "Write what fans are asked to allow: where the photo may be shown, and for how long."
    elif len(text) > LONGEST_WORDS:
        problem = f"That is {len(text):,} characters; {LONGEST_WORDS:,} fit."
    elif UNSTORABLE.search(text):
        problem = "There is a character in it that cannot be kept. Type it anew rather than pasting it."
    if problem:
        raise InvalidInput("The words need another look before they can be kept.", fields={"text": problem})
