"""Conflicts: a photo, or all photos of a fan, that a judge must not judge; declared by the judge or by the desk."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.dialects.postgresql import insert as upsert

from campaign.accounts.actor import Actor
from campaign.accounts.models import Person
from campaign.accounts.permissions import can, require
from campaign.db import Lock, db, lock_exclusive
from campaign.errors import Conflict, InvalidInput, NotFound, NotPermitted
from campaign.judging.allocation.bars import barred_pairs
from campaign.judging.life.annals import note
from campaign.judging.models import DeclaredConflict, PanelMember, Round, RoundStage
from campaign.judging.queries import visible_round
from campaign.judging.voting.sitting import Sitting, sit_for
from campaign.judging.voting.stepping_aside import replace, tell_declared, unplan, withdraw_all
from campaign.submissions.models import Submission

LONGEST_REASON = 1_000


class Against(NamedTuple):
    """What a conflict is with: one photo, or a fan all of whose photos are meant."""

    submission_id: UUID | None = None
    fan_id: UUID | None = None


def conflicts_in(actor: Actor, round_id: UUID) -> Select[DeclaredConflict]:
    """Conflicts that count in this round: the panel's for its desk, a judge's own for the judge."""
    judged = visible_round(actor, round_id)
    panel = select(PanelMember.person_id).where(PanelMember.round_id == round_id)
    query = select(DeclaredConflict).where(
        DeclaredConflict.campaign_id == judged.campaign_id, DeclaredConflict.judge_id.in_(panel)
    )
    if can(actor, "round.results", judged):
        return query
    return query.where(DeclaredConflict.judge_id == actor.person_id)


def declare_conflict(
    actor: Actor, round_id: UUID, against: Against, *, judge_id: UUID | None = None, reason: str = ""
) -> DeclaredConflict:
    """Of one's own, or by the desk for a judge of the panel. No vote on such a photo counts; others take it on.

    Once more changes nothing. Raises NotPermitted, NotFound, InvalidInput, and Conflict where the round is closed.
    """
    judged = visible_round(actor, round_id)
    judge = judge_id or actor.person_id
    require(actor, "round.judge" if judge == actor.person_id else "round.manage", judged)
    assert judge is not None
    _refuse_unfit(judged, judge, against, reason)
    sitting = sit_for(judged.id, judge) if judged.stage is RoundStage.OPEN else None
    found = _keep(judged, judge, against, reason, actor)
    if sitting is not None:
        _take_away(sitting, photos_meant(judged.campaign_id, against))
    if judge != actor.person_id:
        name = db.session.scalar(select(Person.display_name).where(Person.id == judge))
        note(actor, judged, "round.conflict_declared", name=name, judge=str(judge))
    return found


def withdraw_conflict(actor: Actor, round_id: UUID, conflict_id: UUID) -> None:
    """Take a declaration back. What went to others stays theirs. Raises NotPermitted or NotFound."""
    judged = visible_round(actor, round_id)
    found = db.session.get(DeclaredConflict, conflict_id)
    is_known = found is not None and found.campaign_id == judged.campaign_id
    if found is None or not is_known or (
        found.judge_id != actor.person_id and not can(actor, "round.results", judged)
    ):  # fmt: skip
        raise NotFound("There is no such declaration here.")
    if found.judge_id != actor.person_id:
        require(actor, "round.manage", judged)
        name = db.session.scalar(select(Person.display_name).where(Person.id == found.judge_id))
        note(actor, judged, "round.conflict_withdrawn", name=name, judge=str(found.judge_id))
    db.session.delete(found)
    db.session.flush()


def keep_apart(round_id: UUID, judge_id: UUID) -> None:
    """Take from this judge whatever they declared a conflict with, in this round; nothing where it is not theirs.

    A conflict counts in all rounds of a campaign, and more than one may be open. Any number of times.
    """
    judged = db.session.get_one(Round, round_id)
    barred = sorted(photo for photo, _ in barred_pairs(judged.campaign_id, [judge_id]))
    try:
        _take_away(sit_for(round_id, judge_id), barred)
    except (Conflict, NotPermitted):  # closed meanwhile, or not theirs any more
        return


def photos_meant(campaign_id: UUID, against: Against) -> list[UUID]:
    """The photos of the campaign that a conflict is with."""
    meant = or_(
        Submission.id == against.submission_id,
        and_(Submission.person_id == against.fan_id, Submission.person_id.is_not(None)),
    )
    return list(db.session.scalars(select(Submission.id).where(Submission.campaign_id == campaign_id, meant)))


def _refuse_unfit(judged: Round, judge_id: UUID, against: Against, reason: str) -> None:
    fields = {}
    if (against.submission_id is None) == (against.fan_id is None):
        fields["submission"] = "Name a photo, or the fan who sent it."
    elif against.submission_id and not photos_meant(judged.campaign_id, against):
        fields["submission"] = "There is no such photo in this campaign."
    elif against.fan_id and db.session.get(Person, against.fan_id) is None:
        fields["fan"] = "There is nobody like that here."
    if db.session.get(PanelMember, (judged.id, judge_id)) is None:
        fields["judge"] = "Choose a judge of this panel."
    if len(reason) > LONGEST_REASON:
        fields["reason"] = f"Keep it to {LONGEST_REASON:,} characters."
    if fields:
        raise InvalidInput("This cannot be written down yet.", fields=fields)


def _keep(judged: Round, judge_id: UUID, against: Against, reason: str, actor: Actor) -> DeclaredConflict:
    row = {
        "campaign_id": judged.campaign_id,
        "judge_id": judge_id,
        "submission_id": against.submission_id,
        "fan_id": against.fan_id,
        "reason": reason,
        "declared_by": actor.person_id,
    }
    db.session.execute(upsert(DeclaredConflict).values(row).on_conflict_do_nothing())
    tell_declared(judged.campaign_id, judge_id)
    same = select(DeclaredConflict).where(
        DeclaredConflict.campaign_id == judged.campaign_id, DeclaredConflict.judge_id == judge_id
    )
    meant = (
        DeclaredConflict.submission_id.is_not_distinct_from(against.submission_id),
        DeclaredConflict.fan_id.is_not_distinct_from(against.fan_id),
    )
    return db.session.scalars(same.where(*meant)).one()


def _take_away(sitting: Sitting, photos: list[UUID]) -> None:
    """Whatever of these lies before the judge, was judged or is planned for them goes to others."""
    sitting, freed = withdraw_all(sitting, photos)
    lock_exclusive(Lock.ALLOCATION, sitting.round_id)
    freed |= set(unplan(sitting.round_id, sitting.person_id, photos))
    if freed:
        replace(db.session.get_one(Round, sitting.round_id), sorted(freed))
