"""A kind word to a judge for whom photos still wait, asked for by a person, with one click."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from campaign.accounts.actor import Actor
from campaign.accounts.permissions import require
from campaign.errors import Conflict, NotFound
from campaign.jobs import record
from campaign.judging.keeper.forecasts import Judge
from campaign.judging.keeper.proposals import REMIND_AGAIN, may_remind, spell
from campaign.judging.keeper.watching import REMINDED, course_of
from campaign.judging.life.annals import note
from campaign.judging.life.window import hold_round
from campaign.judging.models import RoundStage


class Reminded(NamedTuple):
    """Who was reminded, when, and of how many."""

    judge: UUID
    display_name: str
    left: int
    reminded_at: datetime


def remind_judge(actor: Actor, round_id: UUID, judge_id: UUID) -> Reminded:
    """Remind a judge of an open round, in the app and by mail; once a day at most, and never for nothing.

    Raises NotPermitted, NotFound for whoever is not on the panel, Conflict (`round_not_open`, `nothing_left`,
    `reminded_already`) that says what is so.
    """
    judged, now = hold_round(round_id)
    require(actor, "round.manage", judged)
    if judged.state_at(now) is not RoundStage.OPEN:
        raise Conflict("The round is not open, so there is nothing to remind anybody of.", code="round_not_open")
    found = next((one for one in course_of(judged).judges if one.judge == str(judge_id)), None)
    if found is None:
        raise NotFound("Nobody of that name judges in this round now.")
    _refuse_unkind(found, now)
    told = {"round_id": str(round_id), "person_id": str(judge_id), "at": now.isoformat(), "left": found.left}
    record(REMINDED, told)
    note(actor, judged, REMINDED, judge=str(judge_id), name=found.name)
    return Reminded(judge_id, found.name, found.left, now)


def _refuse_unkind(judge: Judge, now: datetime) -> None:
    if not judge.left:
        raise Conflict(f"{judge.name} has nothing left to judge. A thank-you would be kinder.", code="nothing_left")
    if not may_remind(judge, now):
        assert judge.reminded_at is not None
        ago, again = spell(now - judge.reminded_at), spell(REMIND_AGAIN - (now - judge.reminded_at))
        raise Conflict(
            f"{judge.name} was reminded {ago} ago. Give it a little time; you can remind again in {again}.",
            code="reminded_already",
        )
