"""Whether a round can open just now, and what would have to happen first."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from campaign.campaigns.models import Campaign, State
from campaign.clock import database_now
from campaign.db import db
from campaign.judging.models import PanelMember, Round, RoundStage
from campaign.judging.source import cut_of
from campaign.submissions.models import Submission, SubmissionState


def why_not_open(prepared: Round) -> str | None:
    """Why the round cannot be opened just now, for the desk, or None where it can."""
    return why_not_open_at(prepared, prepared.campaign, database_now())


def why_not_open_at(opened: Round, campaign: Campaign, now: datetime) -> str | None:
    """The same at an instant, for a campaign that was read with its window held."""
    if opened.stage is not RoundStage.DRAFT:
        return f"“{opened.title}” was opened before. To judge again, make another round."
    if opened.closes_at is not None and opened.closes_at <= now:
        return "The round's deadline has passed already. Change the round and choose a later one."
    return _campaign_not_ready(campaign, now) or _nothing_to_judge(opened) or _panel_too_small(opened)


def _campaign_not_ready(campaign: Campaign, now: datetime) -> str | None:
    state = campaign.state_at(now)
    if state is State.ANNOUNCED:
        return f"“{campaign.title}” is announced; its judging is over."
    if state is not State.CLOSED:
        return f"“{campaign.title}” still takes photos. Close it first, then open the round."
    if campaign.announces_at is not None:
        return "The announcement has its date already. Take the date back first, then open the round."
    others = select(Round.id).where(Round.campaign_id == campaign.id, Round.stage == RoundStage.OPEN)
    if db.session.scalar(select(others.exists())):
        return "Another round of this campaign is open. Close it first."
    return None


def _nothing_to_judge(opened: Round) -> str | None:
    if opened.source is not None and opened.source_top is not None:
        if cut_of(opened.source, opened.source_top).taken:
            return None
        return f"No photo that was judged in “{opened.source.title}” is published any more. Choose another source."
    published = select(Submission.id).where(
        Submission.campaign_id == opened.campaign_id, Submission.state == SubmissionState.PUBLISHED
    )
    if db.session.scalar(select(published.exists())):
        return None
    return "No photo is published yet. Publish at least one, then open the round."


def _panel_too_small(opened: Round) -> str | None:
    seats = select(func.count()).select_from(PanelMember).where(PanelMember.round_id == opened.id)
    panel = db.session.scalar(seats) or 0
    if panel >= max(opened.quorum, 1):
        return None
    return f"Each photo is to be seen by {opened.quorum}, and the panel has {panel}. Change the one or the other."
