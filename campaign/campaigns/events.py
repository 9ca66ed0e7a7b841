"""What this slice tells those above it (`jobs.record`), each with `{"campaign_id": …}`."""

from __future__ import annotations

ANNOUNCED = "campaign.announced"
"""The announcement has become true, by hand or by time; recorded once."""
ANNOUNCEMENT_NEAR = "campaign.announcement_near"
"""Winners and finalists are to hear of it, `tell_before_hours` ahead; recorded once."""
ANNOUNCEMENT_MOVED = "campaign.announcement_moved"
"""It was moved after they had heard of it: what they were asked to keep to themselves lasts until another instant."""
ANNOUNCEMENT_CALLED_OFF = "campaign.announcement_called_off"
"""It was called off after they had heard of it: what they know stays with them until they hear more."""
DUPLICATED = "campaign.duplicated"
"""A draft was made from another campaign, which is named in `from_id` beside."""
