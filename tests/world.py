"""A small world with one of everything, for tests that go through every route, and what names in addresses mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from campaign.accounts.models import Person, Role
from campaign.accounts.people import grant_role
from campaign.campaigns.models import Campaign, State
from campaign.db import db, transaction
from campaign.judging.allocation.conflicts import Against, declare_conflict
from campaign.judging.allocation.dealing import next_assignments
from campaign.judging.life.rounds import Plan, create_round, move_round
from campaign.judging.models import RoundStage
from campaign.submissions.models import Submission, SubmissionState
from tests.factories import add_photos, make_campaign
from tests.people import Someone


@dataclass(frozen=True)
class World:
    """`open` takes photos, `judged` is closed with an open round in it; the fan sent every photo."""

    open: Campaign
    judged: Campaign
    published: Submission
    waiting: Submission
    round_id: UUID
    draft_round_id: UUID
    assignment_id: UUID
    judge_id: UUID
    conflict_id: UUID
    judged_photo_id: UUID


def populate(*, fan: Someone, judge: Someone, marketer: Someone) -> World:
    """Make it; commits. `judge` is on the open round's panel."""
    assert fan.person_id is not None
    taking = make_campaign(marketer.actor, title="Still open")
    judged = make_campaign(marketer.actor, State.CLOSED, title="Being judged")
    (published,) = add_photos(taking, fan.person_id)
    (waiting,) = add_photos(taking, fan.person_id, 1, SubmissionState.READY, 2)
    add_photos(judged, fan.person_id, 3)
    with transaction():
        prepared = create_round(marketer.actor, judged.id, Plan(title="First look", quorum=1, chair=judge.person_id))
        move_round(marketer.actor, prepared.id, RoundStage.OPEN)
    with transaction():
        draft = create_round(marketer.actor, judged.id, Plan(title="Second look", quorum=1))
        (assignment, *_) = next_assignments(judge.actor, prepared.id, 3)
    with transaction():
        conflict = declare_conflict(judge.actor, prepared.id, Against(fan_id=marketer.person_id))
    assert judge.person_id is not None
    return World(taking, judged, published, waiting, prepared.id, draft.id, assignment.id, judge.person_id, conflict.id,
                 UUID(assignment.subject))  # fmt: skip


def names_in_addresses(world: World) -> Mapping[str, str]:
    """For each name in `<…>` of an address, something real."""
    photo = world.published.photo
    return {
        "slug": world.open.slug,
        "submission_id": str(world.waiting.id),
        "round_id": str(world.round_id),
        "rank": "1",
        "assignment_id": str(world.assignment_id),
        "conflict_id": str(world.conflict_id),
        "photo_id": str(photo.id),
        "name": "320",
        "attempt": photo.renditions[0].key.split("/")[2],
    }


def marketer_elsewhere(person: Someone, marketer: Someone) -> Someone:
    """Make somebody a marketer of a campaign of their own, and of no other; commits."""
    other = make_campaign(marketer.actor, title="Another house")
    with transaction():
        grant_role(db.session.get_one(Person, person.person_id), Role.MARKETER, other.id)
    return person
