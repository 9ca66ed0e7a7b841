"""The page of one round: where it stands and the next step first, then what belongs to its stage."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from campaign.accounts.authentication import current_actor
from campaign.accounts.permissions import can
from campaign.campaigns.models import State
from campaign.campaigns.views import CampaignView, view_campaign
from campaign.clock import database_now
from campaign.judging.allocation.progress import seats_of
from campaign.judging.desk.forms import local_words
from campaign.judging.desk.result_page import shown_result
from campaign.judging.desk.workload import lasting, workload
from campaign.judging.keeper.forecasts import forecast_round, outlooks
from campaign.judging.keeper.proposals import may_remind, proposals
from campaign.judging.keeper.watching import course_of, short_photos
from campaign.judging.life.opening import why_not_open
from campaign.judging.life.source import Cut, cut_of, photos_for
from campaign.judging.models import Round, RoundStage
from campaign.judging.queries import published_submissions
from campaign.judging.results.selection import selection_of
from campaign.judging.views import view_round
from campaign.submissions.models import SubmissionState
from campaign.submissions.views import photo_view

UNDECIDED = (SubmissionState.TICKETED, SubmissionState.RECEIVED, SubmissionState.READY)
SHORT_SHOWN = 12
"""Photos below the quorum that are shown by themselves."""


def round_page(judged: Round, *, deadline: str | None = None, errors: dict[str, str] | None = None) -> str:
    """The page; with `deadline` and `errors` its form for more time as it was sent."""
    actor, campaign = current_actor(), view_campaign(judged.campaign)
    view = view_round(judged)
    can_manage = can(actor, "round.manage", judged)
    is_over = campaign.state is State.ANNOUNCED
    return render_template(
        "desk/round.html",
        round=view,
        campaign=campaign,
        panel=seats_of(judged),
        can_manage=can_manage,
        is_over=is_over,
        deadline=local_words(judged.closes_at, judged.campaign.time_zone) if deadline is None else deadline,
        errors=errors or {},
        can_choose=can(actor, "selection.choose", judged) and not is_over,
        is_chosen=bool(selection_of(judged.campaign_id)),
        **_of_stage(judged, view.state, campaign),
    )


def _of_stage(judged: Round, state: RoundStage, campaign: CampaignView) -> dict[str, Any]:
    if judged.stage is RoundStage.DRAFT:
        waiting = sum(campaign.counts.get(one, 0) for one in UNDECIDED)
        return {"why_not": why_not_open(judged), "cut": _cut(judged), "load": _load(judged), "waiting": waiting}
    if judged.is_judged:
        return {"result": shown_result(current_actor(), judged, request.args)}
    return {"watch": _watch(judged)} if state is RoundStage.OPEN else {}


def _watch(judged: Round) -> dict[str, Any]:
    """What the keeper sees of a round under way."""
    now, course = database_now(), course_of(judged)
    short = short_photos(judged, SHORT_SHOWN)
    found = published_submissions([one for one, _ in short])
    seen = outlooks(course, now)
    return {
        "course": course,
        "forecast": forecast_round(course, now),
        "outlooks": seen,
        "lasting": {one.judge.judge: lasting(one.judge.left * one.seconds) for one in seen if one.seconds},
        "may_remind": {one.judge for one in course.judges if may_remind(one, now)},
        "names": {one.judge: one.name for one in course.judges},
        "proposals": proposals(course, now),
        "until": {
            one.until: local_words(one.until, judged.campaign.time_zone) for one in proposals(course, now) if one.until
        },
        "short": [(photo_view(found[one]), times) for one, times in short if one in found],
    }


def _cut(judged: Round) -> Cut | None:
    """For a draft: who would come over from its source just now."""
    if judged.source is None or judged.source_top is None or not judged.source.is_judged:
        return None
    return cut_of(judged.source, judged.source_top)


def _load(judged: Round) -> str:
    """For a draft: how much work it would be for each."""
    photos = photos_for(judged) if judged.source is None or judged.source.is_judged else 0
    return workload(judged.method, judged.terms, photos=photos, judges=len(judged.panel)).words
