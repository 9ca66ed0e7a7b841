"""Several photos in one go: each decided for itself, all of them undone together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from uuid import UUID, uuid4

from sqlalchemy import select

from campaign.accounts.actor import Actor
from campaign.accounts.audit import audit
from campaign.accounts.permissions import require
from campaign.campaigns.models import Campaign
from campaign.campaigns.window import enter_window
from campaign.clock import database_now
from campaign.db import db
from campaign.errors import Conflict, FlauntError, InvalidInput, NotFound
from campaign.submissions.assigning import assign_submission, require_crew
from campaign.submissions.desk_models import Batch, BatchAction, BatchItem
from campaign.submissions.models import Submission, SubmissionState
from campaign.submissions.moderation import decline_submission, publish_submission, said_to_the_fan
from campaign.submissions.queries import locked_submission, not_known
from campaign.submissions.restoring import as_left, restore, standing

NOTHING_TO_UNDO = "There is nothing to undo here any more."
MOST = 100
"""How many photos one go may hold."""


@dataclass(frozen=True, slots=True)
class Pick:
    """One photo of the selection, and the mark of what the person saw of it (None: whatever it is now)."""

    submission_id: UUID
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """What is done to each: published, declined with `reason`, or given to `person_id` (None: to nobody)."""

    action: BatchAction
    reason: str = ""
    person_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """One that was left as it is, and why, in words for the desk."""

    submission_id: UUID
    caption: str
    why: str


@dataclass(slots=True)
class Outcome:
    """What came of it: the batch that can be undone (None where nothing was done), and each photo in a list."""

    batch_id: UUID | None = None
    done: list[UUID] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


def decide_together(actor: Actor, campaign: Campaign, deed: Deed, picks: Sequence[Pick]) -> Outcome:
    """Do the same to each of up to a hundred photos. One that cannot be done is named, and the others happen.

    Raises InvalidInput for no photo, too many, no reason, or somebody who may not decide here; NotPermitted.
    """
    require(actor, "submission.decide", campaign)
    chosen = {pick.submission_id: pick for pick in picks}
    enter_window(campaign.id)  # before any row is locked: everybody who decides takes the two in this order
    _check(campaign, deed, len(chosen))
    captions = _captions(campaign.id, list(chosen))
    outcome = Outcome()
    items: list[BatchItem] = []
    for submission_id in sorted(chosen):  # in one order for everybody, so that two who do this never wait in a ring
        if submission_id not in captions:
            outcome.skipped.append(Skipped(submission_id, "", not_known().message))
            continue
        done = _attempt(outcome, captions, submission_id, partial(_do, actor, deed, chosen[submission_id]))
        if done is not None:
            items.append(done)
    if items:
        outcome.batch_id = _keep(actor, campaign, deed, items)
    return outcome


def undo_batch(actor: Actor, batch_id: UUID) -> Outcome:
    """Put each photo of the batch back as it was, where it still is as the batch left it; says which were skipped.

    Raises NotFound, NotPermitted, or Conflict where it was undone before.
    """
    batch = db.session.scalar(select(Batch).where(Batch.id == batch_id).with_for_update())
    if batch is None:
        raise NotFound(NOTHING_TO_UNDO)
    require(actor, "submission.decide", campaign_of_batch(batch_id))
    if batch.undone_at is not None:
        raise Conflict("That was taken back before.", code="already_undone")
    enter_window(batch.campaign_id)
    captions = _captions(batch.campaign_id, [item.submission_id for item in batch.items])
    outcome = Outcome(batch_id)
    for item in batch.items:
        _attempt(outcome, captions, item.submission_id, partial(_put_back, actor, batch, item))
    batch.undone_at = database_now()
    audit(
        actor,
        "submission.batch_undone",
        campaign_id=batch.campaign_id,
        subject_id=batch.id,
        details={"done": len(outcome.done), "skipped": len(outcome.skipped)},
    )
    db.session.flush()
    return outcome


def campaign_of_batch(batch_id: UUID) -> Campaign:
    """The campaign whose photos these are. Raises NotFound."""
    found = db.session.scalar(select(Campaign).join(Batch).where(Batch.id == batch_id))
    if found is None:
        raise NotFound(NOTHING_TO_UNDO)
    return found


def _check(campaign: Campaign, deed: Deed, count: int) -> None:
    if count == 0:
        raise InvalidInput("Select at least one photo first.", fields={"photos": "None is selected."})
    if count > MOST:
        raise InvalidInput(
            f"That is {count:,} photos; {MOST} can be done in one go. Do a part of them first.",
            fields={"photos": f"At most {MOST}."},
        )
    if deed.action is BatchAction.DECLINE:
        said_to_the_fan(deed.reason)
    if deed.action is BatchAction.ASSIGN and deed.person_id is not None:
        require_crew(campaign.id, deed.person_id)


def _attempt(
    outcome: Outcome, captions: Mapping[UUID, str], submission_id: UUID, work: Callable[[], BatchItem | None]
) -> BatchItem | None:
    """On a savepoint of its own, so that one that is refused takes nothing else with it."""
    try:
        with db.session.begin_nested():
            done = work()
    except FlauntError as refused:
        outcome.skipped.append(Skipped(submission_id, captions.get(submission_id, ""), refused.message))
        return None
    outcome.done.append(submission_id)
    return done


def _do(actor: Actor, deed: Deed, pick: Pick) -> BatchItem:
    submission = locked_submission(pick.submission_id)
    before = standing(submission)
    match deed.action:
        case BatchAction.PUBLISH:
            if submission.state is SubmissionState.PUBLISHED:
                raise Conflict("It hangs in the gallery already.")
            publish_submission(actor, submission.id, seen=pick.seen)
        case BatchAction.DECLINE:
            decline_submission(actor, submission.id, deed.reason, seen=pick.seen)
        case BatchAction.ASSIGN:
            assign_submission(actor, submission.id, deed.person_id)
    decided_at = None if deed.action is BatchAction.ASSIGN else submission.decided_at
    return BatchItem(submission_id=submission.id, before=before, after=standing(submission), decided_at=decided_at)


def _keep(actor: Actor, campaign: Campaign, deed: Deed, items: list[BatchItem]) -> UUID:
    batch = Batch(
        id=uuid4(), campaign_id=campaign.id, person_id=actor.person_id, action=deed.action, created_at=database_now()
    )
    batch.items = items
    db.session.add(batch)
    db.session.flush()
    return batch.id


def _put_back(actor: Actor, batch: Batch, item: BatchItem) -> None:
    if batch.action is BatchAction.ASSIGN:
        _give_back(actor, item)
        return
    as_left(actor, item)
    restore(actor, item.submission_id, item.before)


def _give_back(actor: Actor, item: BatchItem) -> None:
    whom = item.before["assigned_to"]
    assign_submission(actor, item.submission_id, UUID(whom) if whom else None, was=item.after["assigned_to"] or "")


def _captions(campaign_id: UUID, ids: Sequence[UUID]) -> Mapping[UUID, str]:
    query = select(Submission.id, Submission.caption)
    rows = db.session.execute(query.where(Submission.campaign_id == campaign_id, Submission.id.in_(ids)))
    return {row.id: row.caption for row in rows}
