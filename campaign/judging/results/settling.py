"""What would settle a cut, and asking for it: honest advice, and more ballots on the photos that it names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain
from uuid import UUID

from sqlalchemy import func, select

from campaign.accounts.actor import Actor
from campaign.accounts.permissions import require
from campaign.db import db
from campaign.errors import Conflict, InvalidInput
from campaign.judging.allocation.filling import SINGLE
from campaign.judging.allocation.planning import plan_more, plan_of
from campaign.judging.life.rounds import reopen_round
from campaign.judging.models import Assignment, AssignmentItem, DeclaredConflict, PanelMember, Round, RoundEntry
from campaign.judging.results.reckoning import NOT_CLOSED, verdict_at
from campaign.judging.scoring.advice import Advice, advise
from campaign.submissions.models import Submission

MOST_EACH = 100


def advice_on(actor: Actor, judged: Round, cut: int) -> Advice | None:
    """What is to be said of a cut through a closed round; None where nobody judged stands on either side of it.

    Raises NotPermitted, and Conflict until the round is sealed.
    """
    require(actor, "round.results", judged)
    if not judged.is_judged:
        raise Conflict(NOT_CLOSED, code="round_not_closed")
    outcome = verdict_at(judged, cut).outcome
    pair = [UUID(one.submission) for one in outcome.standings[cut - 1 : cut + 1]]
    return advise(outcome, cut, {str(one): left for one, left in judges_left(judged.id, pair).items()})


def ask_for_more(
    actor: Actor, round_id: UUID, submission_ids: Sequence[UUID], each: int, reason: str
) -> tuple[Round, int]:
    """Open the round again for `each` more ballots on each of these photos; returns it and how many were planned.

    Where a round closed before its plan was through, its own planned ballots come first, and there may be none beyond
    them to plan. Raises what `reopen_round` raises, and InvalidInput for photos that were not in the round.
    """
    asked = db.session.get(Round, round_id)
    if asked is not None:
        require(actor, "round.manage", asked)
    fields = {}
    if not 1 <= each <= MOST_EACH:
        fields["each"] = f"Ask for 1 to {MOST_EACH} more ballots on each photo."
    entered = select(func.count()).select_from(RoundEntry).where(RoundEntry.round_id == round_id)
    known = db.session.scalar(entered.where(RoundEntry.submission_id.in_(submission_ids)))
    if asked is not None and asked.is_judged and known != len(submission_ids):
        fields["submissions"] = "A photo here was not in this round, or is named twice."
    if fields:
        raise InvalidInput("Asking for more needs another look.", fields=fields)
    opened = reopen_round(actor, round_id, reason)
    planned = plan_more(opened, submission_ids, each)
    waiting = set(chain.from_iterable(plan_of(round_id).values()))
    if not planned and waiting.isdisjoint(submission_ids):
        raise Conflict("Nobody else of this panel could judge these photos.", code="nobody_left")
    return opened, planned


def judges_left(round_id: UUID, submission_ids: Sequence[UUID]) -> Mapping[UUID, int]:
    """For each photo how many of the panel could still judge it: not its owner, not in conflict, not before it yet.

    In duels and lists these photos are put against each other, and nobody meets them together twice.
    """
    panel = set(
        db.session.scalars(
            select(PanelMember.person_id).where(PanelMember.round_id == round_id, PanelMember.left_at.is_(None))
        )
    )
    photos = select(Submission.id, Submission.person_id, Submission.campaign_id)
    is_single = db.session.scalar(select(Round.method).where(Round.id == round_id)) in SINGLE
    left = Counter[UUID]()
    for photo, owner, campaign_id in db.session.execute(photos.where(Submission.id.in_(submission_ids))):
        had = _had(round_id, [photo] if is_single else submission_ids)
        left[photo] = len(panel - had - {owner} - _in_conflict(campaign_id, photo, owner))
    return left


def _had(round_id: UUID, photos: Sequence[UUID]) -> set[UUID]:
    """Who had these before them, all at once. What was taken from a judge may come back to them."""
    before = select(Assignment.judge_id).join(Assignment.items)
    before = before.where(Assignment.round_id == round_id, Assignment.gone_at.is_(None))
    all_of_them = before.where(AssignmentItem.submission_id.in_(photos)).group_by(Assignment.id)
    return set(db.session.scalars(all_of_them.having(func.count() == len(set(photos)))))


def _in_conflict(campaign_id: UUID, photo: UUID, owner: UUID) -> set[UUID]:
    declared = select(DeclaredConflict.judge_id).where(DeclaredConflict.campaign_id == campaign_id)
    about = (DeclaredConflict.submission_id == photo) | (DeclaredConflict.fan_id == owner)
    return set(db.session.scalars(declared.where(about)))
