"""Reading rounds, panels and the cast."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from campaign.accounts.actor import Actor
from campaign.accounts.models import Role
from campaign.accounts.permissions import can
from campaign.accounts.queries import people_with_role
from campaign.campaigns.models import Campaign
from campaign.db import db
from campaign.errors import NotFound
from campaign.judging.models import (
    Assignment,
    AssignmentItem,
    Ballot,
    PanelMember,
    Reopening,
    Round,
    RoundCandidate,
    RoundStage,
    SourceKind,
)
from campaign.submissions.models import Submission, SubmissionState
from campaign.submissions.queries import WHOLE

_WHOLE_ROUND = (joinedload(Round.campaign).selectinload(Campaign.rules), joinedload(Round.source))


class CastMember(NamedTuple):
    person_id: UUID
    display_name: str


def cast_of(campaign_id: UUID) -> list[CastMember]:
    """Who may sit on a panel of this campaign, by name."""
    return [CastMember(person.id, person.display_name) for person in people_with_role(Role.CAST, campaign_id)]


def rounds_of(campaign_id: UUID) -> Select[Round]:
    """A campaign's rounds."""
    return select(Round).where(Round.campaign_id == campaign_id).options(*_WHOLE_ROUND)


def next_number(campaign_id: UUID) -> int:
    """The number that the campaign's next round gets."""
    return (db.session.scalar(select(func.max(Round.number)).where(Round.campaign_id == campaign_id)) or 0) + 1


def campaign_of(round_id: UUID) -> UUID:
    """The campaign that the round belongs to. Raises NotFound."""
    campaign_id = db.session.scalar(select(Round.campaign_id).where(Round.id == round_id))
    if campaign_id is None:
        raise NotFound("There is no such round.")
    return campaign_id


def closed_rounds(campaign_id: UUID) -> Sequence[Round]:
    """The campaign's rounds that have a result, the latest first."""
    judged = (RoundStage.CLOSED, RoundStage.FINAL)
    closed = select(Round).where(Round.campaign_id == campaign_id, Round.stage.in_(judged))
    return db.session.scalars(closed.order_by(Round.number.desc())).all()


def panel_of(round_id: UUID) -> Sequence[UUID]:
    """Who sits on the panel, by their ids."""
    return db.session.scalars(select(PanelMember.person_id).where(PanelMember.round_id == round_id)).all()


def visible_round(actor: Actor, round_id: UUID) -> Round:
    """The round, for its desk and its panel; NotFound for everybody else, and where there is none."""
    found = db.session.scalars(select(Round).where(Round.id == round_id).options(*_WHOLE_ROUND)).one_or_none()
    if found is None or not (can(actor, "round.results", found) or is_judge(actor, found)):
        raise NotFound("There is no round here that you could see. Signing in as somebody else may help.")
    return found


def is_judge(actor: Actor, judged: Round) -> bool:
    """Whether this person sits on the panel and may still judge."""
    if not can(actor, "round.judge", judged):
        return False
    return db.session.get(PanelMember, (judged.id, actor.person_id)) is not None


def rounds_to_judge(actor: Actor) -> Sequence[Round]:
    """Open rounds on whose panels this person sits, the nearest deadline first."""
    mine = (PanelMember.person_id == actor.person_id, PanelMember.left_at.is_(None))
    seats = select(PanelMember.round_id).where(*mine)
    open_now = (Round.stage == RoundStage.OPEN) & (
        Round.closes_at.is_(None) | (Round.closes_at > func.clock_timestamp())
    )
    query = select(Round).where(Round.id.in_(seats), open_now).options(*_WHOLE_ROUND)
    rounds = db.session.scalars(query.order_by(Round.closes_at.asc().nulls_last(), Round.id)).all()
    return [judged for judged in rounds if can(actor, "round.judge", judged)]


def ballots_in(round_ids: Sequence[UUID]) -> Mapping[UUID, int]:
    """How many ballots were given in each round."""
    query = (
        select(Assignment.round_id, func.count())
        .where(Assignment.round_id.in_(round_ids), Assignment.judged)
        .group_by(Assignment.round_id)
    )
    return dict(db.session.execute(query).all())


def panel_sizes(round_ids: Sequence[UUID]) -> Mapping[UUID, int]:
    """How many judges each round has; those who left are none of them."""
    query = select(PanelMember.round_id, func.count())
    query = query.where(PanelMember.round_id.in_(round_ids), PanelMember.left_at.is_(None))
    return dict(db.session.execute(query.group_by(PanelMember.round_id)).all())


def chairs_of(round_ids: Sequence[UUID]) -> Mapping[UUID, UUID]:
    """Who chairs the panels of these rounds, where somebody does: a chair who left does not."""
    query = select(PanelMember.round_id, PanelMember.person_id)
    chairs = (PanelMember.is_chair, PanelMember.left_at.is_(None))
    return dict(db.session.execute(query.where(PanelMember.round_id.in_(round_ids), *chairs)).all())


def reopenings_of(round_ids: Sequence[UUID]) -> Mapping[UUID, Sequence[Reopening]]:
    """How often these rounds were opened again, and why, the first first."""
    query = select(Reopening).where(Reopening.round_id.in_(round_ids)).order_by(Reopening.created_at)
    found: dict[UUID, list[Reopening]] = defaultdict(list)
    for one in db.session.scalars(query):
        found[one.round_id].append(one)
    return found


def picked_for(round_ids: Sequence[UUID]) -> Mapping[UUID, Sequence[UUID]]:
    """Which photos were picked by hand for these rounds."""
    picked = select(RoundCandidate.round_id, RoundCandidate.submission_id).join(
        Round, Round.id == RoundCandidate.round_id
    )
    picked = picked.where(RoundCandidate.round_id.in_(round_ids), Round.source_kind == SourceKind.PICKED)
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for round_id, submission_id in db.session.execute(picked.order_by(RoundCandidate.submission_id)):
        found[round_id].append(submission_id)
    return found


def last_judged(round_id: UUID, judge_id: UUID) -> Assignment | None:
    """What this judge judged last, to be taken back with one tap."""
    query = (
        select(Assignment.id)
        .join(Assignment.ballot)
        .where(Assignment.round_id == round_id, Assignment.judge_id == judge_id)
        .order_by(Ballot.cast_at.desc())
        .limit(1)
    )
    found = whole_assignments(db.session.scalars(query).all())
    return found[0] if found else None


def whole_assignments(ids: Sequence[UUID]) -> list[Assignment]:
    """These assignments in this order, with photos and ballot, as stored now; as many queries for 1 as for 20."""
    query = (
        select(Assignment)
        .where(Assignment.id.in_(ids))
        .options(
            joinedload(Assignment.ballot),
            joinedload(Assignment.round),
            selectinload(Assignment.items).joinedload(AssignmentItem.submission).options(*WHOLE),  # type: ignore[arg-type]  # all loaders
        )
        .execution_options(populate_existing=True)
    )
    found = {one.id: one for one in db.session.scalars(query).unique()}
    return [found[one] for one in ids]


def published_submissions(ids: Sequence[UUID]) -> Mapping[UUID, Submission]:
    """Of these, the ones that are published now, whole."""
    query = (
        select(Submission).where(Submission.id.in_(ids), Submission.state == SubmissionState.PUBLISHED).options(*WHOLE)
    )
    return {one.id: one for one in db.session.scalars(query).unique()}
