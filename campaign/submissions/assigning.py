"""Who of the desk looks after a photo."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import or_, select

from campaign.accounts.actor import Actor
from campaign.accounts.audit import audit
from campaign.accounts.models import Person, Role, RoleGrant
from campaign.accounts.permissions import CREW, require
from campaign.db import db
from campaign.errors import Conflict, InvalidInput
from campaign.submissions.models import Submission, SubmissionState
from campaign.submissions.queries import locked_submission

NOBODY = ""
"""How a page says that the photo was with nobody when it was shown."""


def crew_of(campaign_id: UUID) -> Sequence[Person]:
    """Everybody who may decide in this campaign, by name."""
    held = select(RoleGrant.person_id).where(
        RoleGrant.role.in_([*CREW, Role.ADMIN]),
        RoleGrant.revoked_at.is_(None),
        or_(RoleGrant.campaign_id.is_(None), RoleGrant.campaign_id == campaign_id),
    )
    return db.session.scalars(select(Person).where(Person.id.in_(held)).order_by(Person.display_name, Person.id)).all()


def require_crew(campaign_id: UUID, person_id: UUID) -> Person:
    """The person, where they are of this campaign's crew; else InvalidInput."""
    found = next((one for one in crew_of(campaign_id) if one.id == person_id), None)
    if found is None:
        raise InvalidInput(
            "A photo can only be given to somebody who may decide in this campaign.",
            fields={"person_id": "Choose one of the crew of this campaign."},
        )
    return found


def assign_submission(
    actor: Actor, submission_id: UUID, person_id: UUID | None, *, was: str | None = None
) -> Submission:
    """Give the photo to one of the crew, or (None) to nobody. Giving it again changes nothing.

    `was` is whom the page showed it with, as an id or empty: where it went to somebody else since, Conflict says to
    whom. Raises Conflict where it waits for no decision, InvalidInput for somebody who may not decide here.
    """
    submission = locked_submission(submission_id)
    require(actor, "submission.decide", submission)
    if submission.state is not SubmissionState.READY:
        raise Conflict("Only a photo that waits for a decision can be given to somebody.", code="already_decided")
    if submission.assigned_to == person_id:
        return submission
    if was is not None and was != str(submission.assigned_to or NOBODY):
        raise Conflict(f"{_whose(submission)} now, so it was left there.", code="assigned_meanwhile")
    name = require_crew(submission.campaign_id, person_id).display_name if person_id else ""
    submission.assigned_to = person_id
    audit(
        actor,
        "submission.assigned" if person_id else "submission.unassigned",
        campaign_id=submission.campaign_id,
        subject_id=submission.id,
        details={"to": str(person_id), "name": name} if person_id else {},
    )
    db.session.flush()
    return submission


def _whose(submission: Submission) -> str:
    return f"This photo is with {submission.assignee.display_name}" if submission.assignee else "Nobody has this photo"
