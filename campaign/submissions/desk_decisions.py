"""What the desk's buttons do with one photo. Filters are carried on."""

from __future__ import annotations

from uuid import UUID

from flask import flash, jsonify, redirect, request
from flask.typing import ResponseReturnValue

from campaign.accounts.actor import Actor
from campaign.accounts.authentication import current_actor
from campaign.accounts.permissions import require
from campaign.db import transaction
from campaign.errors import InvalidInput
from campaign.submissions.assigning import assign_submission
from campaign.submissions.desk_forms import desk_url, read_filter, read_person, read_reason, read_seen, told
from campaign.submissions.duplicates import keep_for_fan
from campaign.submissions.mending import try_photo_again
from campaign.submissions.models import Submission, SubmissionState
from campaign.submissions.moderation import decline_submission, publish_submission, undo_decision
from campaign.submissions.moderation_queries import next_free, photo_for_desk
from campaign.submissions.opinions import ask_second_opinion, drop_second_opinion
from campaign.submissions.pages import pages
from campaign.submissions.presence import holder, look_at, refuse_after_takeover, stop_looking, take_over
from campaign.submissions.queries import submission_of
from campaign.submissions.sight import became, sight_of


@pages.post("/desk/photos/<uuid:id>/decision")
def decide(id: UUID) -> ResponseReturnValue:  # noqa: A002 -- the name in the address
    """Publish or decline, then on to the next photo of the list that nobody else has open."""
    actor = current_actor()
    with told():
        with transaction():
            state = _decide(actor, id).state
            refuse_after_takeover(actor, id)
        is_published = state is SubmissionState.PUBLISHED
        flash("It hangs in the gallery now." if is_published else "Declined. The fan reads your reason.")
        return _to_next(actor, id)
    return _to_photo(id)


@pages.post("/desk/photos/<uuid:id>/undo")
def undo(id: UUID) -> ResponseReturnValue:  # noqa: A002 -- the name in the address
    actor = current_actor()
    with told():
        with transaction():
            undo_decision(actor, id, seen=read_seen())
        flash("Taken back. The photo waits for a decision again.")
    return _to_photo(id, state=SubmissionState.READY)


@pages.post("/desk/photos/<uuid:id>/assignment")
def assign(id: UUID) -> ResponseReturnValue:  # noqa: A002 -- the name in the address
    """Give it to the person of the form's `person_id`, or to nobody."""
    actor = current_actor()
    with told():
        with transaction():
            submission = assign_submission(actor, id, read_person(), was=request.form.get("was"))
            whom = submission.assignee.display_name if submission.assignee else "nobody"
        flash("It is with you now." if submission.assigned_to == actor.person_id else f"It is with {whom} now.")
    return _to_photo(id)


@pages.post("/desk/photos/<uuid:id>/opinion")
def ask_opinion(id: UUID) -> ResponseReturnValue:  # noqa: A002 -- the name in the address
    """Ask the others, or (`drop` in the form) do not ask any more."""
    actor = current_actor()
    with told():
        with transaction():
            if "drop" in request.form:
                drop_second_opinion(actor, id)
                said = "The question is taken back."
            else:
                ask_second_opinion(actor, id, request.form.get("note", ""), of=read_person())
                said = "Asked. It stands under “Second opinion” until somebody decides; you still may."
        flash(said)
    return _to_photo(id)


@pages.post("/desk/photos/<uuid:id>/again")
def try_again(id: UUID) -> ResponseReturnValue:  # noqa: A002 -- the name in the address
    actor = current_actor()
    with told():
        with transaction():
            try_photo_again(actor, id)
        flash("We try to open it once more. If it works, it waits for a decision in a moment.")
        return redirect(desk_url(_slug(id), read_filter()))
    return _to_photo(id)


@pages.post("/desk/photos/<uuid:id>/distinct")
def keep_distinct(id: UUID) -> ResponseReturnValue:  # noqa: A002 -- the name in the address
    """The desk sees that it is another photo than the fan's first: it is taken in after all."""
    actor = current_actor()
    with told():
        with transaction():
            keep_for_fan(actor, id)
        flash("Taken in as a photo of its own. It is made ready, and waits for a decision in a moment.")
        return redirect(desk_url(_slug(id), read_filter()))
    return _to_photo(id)


@pages.post("/desk/photos/<uuid:id>/takeover")
def take(id: UUID) -> ResponseReturnValue:  # noqa: A002 -- the name in the address
    with transaction():
        take_over(current_actor(), id)
    flash("It is yours to decide. Whoever had it open is told.")
    return _to_photo(id)


@pages.post("/desk/photos/<uuid:id>/looking")
def beat(id: UUID) -> ResponseReturnValue:  # noqa: A002 -- the name in the address
    """“I still look at it”: answers what has changed since the page was made, in words. `leave` says “not any more”."""
    actor = current_actor()
    with transaction():
        if "leave" in request.form:
            require(actor, "submission.decide", submission_of(id))
            stop_looking(actor, id)
            return jsonify({})
        watching = look_at(actor, id, still=True)
        submission = photo_for_desk(id)
        held = holder(watching, actor)
        others = [one.name for one in watching if one.person_id != actor.person_id]
        changed = "" if read_seen() in (None, sight_of(submission)) else became(submission, actor)
        return jsonify({"changed": changed, "held_by": held.name if held else "", "others": others})


def _decide(actor: Actor, submission_id: UUID) -> Submission:
    match request.form.get("decision"):
        case "publish":
            return publish_submission(actor, submission_id, seen=read_seen())
        case "decline":
            return decline_submission(actor, submission_id, read_reason(), seen=read_seen())
        case _:
            # Who may not decide learns that first, and nothing else.
            require(actor, "submission.decide", submission_of(submission_id))
            raise InvalidInput("Choose “publish” or “decline”.", fields={"decision": "Choose “publish” or “decline”."})


def _slug(submission_id: UUID) -> str:
    return submission_of(submission_id).campaign.slug


def _to_photo(submission_id: UUID, *, state: SubmissionState | None = None) -> ResponseReturnValue:
    wanted = read_filter() if state is None else read_filter().but(state=state)
    return redirect(desk_url(_slug(submission_id), wanted, photo=submission_id))


def _to_next(actor: Actor, submission_id: UUID) -> ResponseReturnValue:
    """The next in the list; behind the last one, whatever is first."""
    submission = submission_of(submission_id)
    found = next_free(submission.campaign_id, actor, read_filter(), submission)
    return redirect(desk_url(submission.campaign.slug, read_filter(), photo=found))
