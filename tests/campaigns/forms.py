"""What the desk's tests of one campaign share: its address, its form as a browser sends it, and its row."""

from __future__ import annotations

from campaign.campaigns.models import Campaign
from campaign.db import db

DESK = "/desk/c/flaunt-your-city"
FORM = {
    "title": "First snow",
    "slug": "first-snow",
    "brief": "The first hour of it.",
    "accent": "#88ccff",
    "time_zone": "Europe/Oslo",
    "opens_at": "2026-11-01T08:00",
    "closes_at": "2036-11-30T20:00",
    "entry_limit": "2",
    "minimum_age": "0",
    "tell_before_hours": "24",
    "rules_text": "Your own photo, please.",
}


def campaign_now() -> Campaign:
    """The campaign as it is stored now."""
    db.session.expire_all()
    return db.session.query(Campaign).filter_by(slug="flaunt-your-city").one()
