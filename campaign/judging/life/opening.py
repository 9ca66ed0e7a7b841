"""Whether a round can open just now, and what would have to happen first."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from campaign.campaigns.models import Campaign, State
from campaign.clock import database_now
from campaign.db import db
from campaign.judging.life.plan import ONE_EACH
from campaign.judging.life.source import photos_for
from campaign.judging.methods.shape import Method
from campaign.judging.models import PanelMember, Round, RoundStage, SourceKind, TieRule
from campaign.web.times import plural

PAIR = 2


def why_not_open(prepared: Round) -> str | None:
    """Why the round cannot be opened just now, for the desk, or None where it can."""
    return why_not_open_at(prepared, prepared.campaign, database_now())


def why_not_open_at(opened: Round, campaign: Campaign, now: datetime) -> str | None:
    """The same at an instant, for a campaign that was read with its window held."""
    if opened.stage is not RoundStage.DRAFT:
        return f"“{opened.title}” was opened before. To judge on, open it again with a reason, or make another round."
    if opened.closes_at is not None and opened.closes_at <= now:
        return "The round's deadline has passed already. Change the round and choose a later one."
    return campaign_not_ready(campaign, now) or _panel_not_ready(opened) or _nothing_to_judge(opened)


def campaign_not_ready(campaign: Campaign, now: datetime) -> str | None:
    """Why no round of the campaign can open at this instant, or None where one can."""
    state = campaign.state_at(now)
    if state is State.ANNOUNCED:
        return f"“{campaign.title}” is announced; its judging is over."
    if state is not State.CLOSED:
        return f"“{campaign.title}” still takes photos. Close it first, then open the round."
    if campaign.announces_at is not None:
        return "The announcement has its date already. Take the date back first, then open the round."
    return None


def _nothing_to_judge(opened: Round) -> str | None:
    if opened.source is not None and not opened.source.is_judged:
        return f"“{opened.source.title}” has no result just now, so nothing can come from it. Close it first."
    photos = photos_for(opened)
    if not photos:
        return _EMPTY[opened.source_kind].format(source=opened.source.title if opened.source else "")
    if opened.method in ONE_EACH:
        return None
    if photos < PAIR:
        return "There is one photo to judge, and this method compares photos. Publish more, or choose stars."
    return _too_many(opened, photos)


_EMPTY = {
    SourceKind.PUBLISHED: "No photo is published yet. Publish at least one, then open the round.",
    SourceKind.CATEGORY: "No photo of this category is published. Choose another source.",
    SourceKind.TOP: "No photo that was judged in “{source}” is published any more. Choose another source.",
    SourceKind.LEAST: "No published photo reached that score in “{source}”. Choose a lower one, or another source.",
    SourceKind.PICKED: "None of the photos picked from “{source}” is published any more. Pick others.",
}


def _too_many(opened: Round, photos: int) -> str | None:
    """Nobody gets the same pair twice: a photo meets each other one once for each judge, in a duel or on a list."""
    is_duel, panel = opened.method is Method.DUEL, _panel(opened)
    most = panel * (photos - 1)
    if is_duel and opened.quorum > most:
        return f"With {photos} photos and this panel a photo can be in {most} duels, not in {opened.quorum}."
    if not is_duel and photos <= opened.list_size and opened.quorum > panel:
        return (
            f"All {photos} photos fit on one list, which each judge puts in order once: a photo can be on "
            f"{plural(panel, 'list')}, not on {opened.quorum}."
        )
    return None


def _panel_not_ready(opened: Round) -> str | None:
    panel = _panel(opened)
    if panel < max(opened.quorum if opened.method in ONE_EACH else 1, 1):
        return f"Each photo is to be seen by {opened.quorum}, and the panel has {panel}. Change the one or the other."
    if opened.tie_rule is TieRule.CHAIR and not any(one.is_chair for one in opened.panel):
        return "Ties are broken by the chair’s vote, and the panel has no chair. Choose one."
    return None


def _panel(opened: Round) -> int:
    seats = select(func.count()).select_from(PanelMember)
    return db.session.scalar(seats.where(PanelMember.round_id == opened.id, PanelMember.left_at.is_(None))) or 0
