"""The round keeper for programs: how an open round goes along, what could be done, and a reminder."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from campaign.accounts.authentication import current_actor
from campaign.accounts.permissions import require
from campaign.clock import database_now
from campaign.db import transaction
from campaign.errors import Conflict
from campaign.judging.keeper.forecasts import Forecast, Gait, Outlook, forecast_round, outlooks
from campaign.judging.keeper.proposals import Remedy, may_remind, proposals
from campaign.judging.keeper.reminding import remind_judge
from campaign.judging.keeper.watching import course_of
from campaign.judging.models import RoundStage
from campaign.judging.queries import visible_round
from campaign.web.api import api_blueprint
from campaign.web.times import iso

keeper_api = api_blueprint("judging_keeper")


class ForecastOut(BaseModel):
    """When it will be done: most likely, and the ends of an 80 % range."""

    likely: str
    early: str
    late: str


class OutlookOut(BaseModel):
    """How one judge goes along. `left` lies before them, `seconds` a ballot takes them, `per_day` over all days."""

    id: UUID
    display_name: str
    gait: Gait
    done: int
    left: int
    per_day: float
    seconds: float | None
    minutes_left: int | None
    forecast: ForecastOut | None
    last_vote_at: str | None
    reminded_at: str | None
    may_remind: bool


class ProposalOut(BaseModel):
    """What could be done and why; with whom, to which quorum, or until when. Nothing of it happens by itself."""

    remedy: Remedy
    why: str
    judges: list[UUID]
    quorum: int | None
    until: str | None


class KeeperOut(BaseModel):
    """`missing` ballots are still to come until no photo is `short` of the quorum."""

    missing: int
    short: int
    forecast: ForecastOut | None
    judges: list[OutlookOut]
    proposals: list[ProposalOut]


class ReminderIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    judge: UUID


class ReminderOut(BaseModel):
    judge: UUID
    display_name: str
    left: int = Field(description="How much waited for them when they were reminded.")
    reminded_at: str


@keeper_api.get("/rounds/<uuid:round_id>/keeper")
@keeper_api.output(KeeperOut)
def get_keeper(round_id: UUID) -> dict[str, Any]:
    """How an open round goes along, judge by judge, when it will be done, and what could be done about it."""
    actor = current_actor()
    judged = visible_round(actor, round_id)
    require(actor, "round.results", judged)
    now = database_now()
    if judged.state_at(now) is not RoundStage.OPEN:
        raise Conflict("The keeper watches over open rounds.", code="round_not_open")
    course = course_of(judged)
    return {
        "missing": course.missing(),
        "short": course.short,
        "forecast": _forecast(forecast_round(course, now)),
        "judges": [_outlook(one, now) for one in outlooks(course, now)],
        "proposals": [{**one._asdict(), "until": iso(one.until) or None} for one in proposals(course, now)],
    }


@keeper_api.post("/rounds/<uuid:round_id>/reminders")
@keeper_api.input(ReminderIn)
@keeper_api.output(ReminderOut, status_code=201)
def post_reminder(round_id: UUID, json_data: ReminderIn) -> dict[str, Any]:
    """Remind a judge, in the app and by mail. Once a day at most; 409 tells when the last one was."""
    with transaction():
        reminded = remind_judge(current_actor(), round_id, json_data.judge)
    return {**reminded._asdict(), "reminded_at": iso(reminded.reminded_at)}


def _forecast(expected: Forecast | None) -> dict[str, str] | None:
    return {name: iso(at) for name, at in expected._asdict().items()} if expected else None


def _outlook(seen: Outlook, now: datetime) -> dict[str, Any]:
    judge = seen.judge
    return {
        "id": judge.judge,
        "display_name": judge.name,
        "gait": seen.gait,
        "done": judge.done,
        "left": judge.left,
        "per_day": round(seen.per_day, 1),
        "seconds": None if seen.seconds is None else round(seen.seconds, 1),
        "minutes_left": seen.minutes_left,
        "forecast": _forecast(seen.forecast),
        "last_vote_at": iso(judge.last_at) or None,
        "reminded_at": iso(judge.reminded_at) or None,
        "may_remind": may_remind(judge, now),
    }
