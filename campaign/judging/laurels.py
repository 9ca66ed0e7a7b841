"""Winners and finalists for the campaign's own page; it asks only once they are announced."""

from __future__ import annotations

from campaign.campaigns.hooks import Laurels
from campaign.campaigns.models import Campaign
from campaign.judging.results.selection import announced_selection
from campaign.submissions.views import photo_view

MOST_WINNERS = 12
MOST_FINALISTS = 30
"""More stand on the winners' page; here they lead there."""


def crown(campaign: Campaign) -> Laurels:
    """The first winners by their place, and the first finalists."""
    chosen = announced_selection(campaign)
    winners = [(one, one.place) for one in chosen if one.place is not None][:MOST_WINNERS]
    finalists = [one for one in chosen if one.place is None][:MOST_FINALISTS]
    return Laurels(
        winners=[(photo_view(one.submission), place) for one, place in winners],
        finalists=[photo_view(one.submission) for one in finalists],
    )
