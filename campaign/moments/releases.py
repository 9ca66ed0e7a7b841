"""A finalist is asked for a release."""

from __future__ import annotations

from uuid import UUID

from campaign.awards.models import Release
from campaign.db import db
from campaign.moments.book import book_of
from campaign.moments.occasions import Occasion
from campaign.moments.readers import Means, readers
from campaign.moments.telling import News, tell


def tell_release(release_id: UUID, means: Means) -> None:
    """Tell the photo's fan what they are asked, once for each version of the words."""
    release = db.session.get(Release, release_id)
    if release is None or release.answer is not None:
        return
    photo = release.submission
    reader = readers([photo.person_id]).get(photo.person_id)
    if reader is None:
        return
    campaign = release.campaign
    facts = {"caption": photo.caption, "place": photo.place}
    path = f"/me/releases/{release.id}"
    news = News(reader, Occasion.RELEASE_ASKED, release.id, path, photo.id, facts)
    tell(campaign, book_of(campaign.id, campaign.title), [news], means)
