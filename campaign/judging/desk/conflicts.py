"""Conflicts at the desk: what the judges of a round declared, and declaring one for them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from campaign.accounts.authentication import current_actor
from campaign.accounts.models import Person
from campaign.accounts.permissions import can, require
from campaign.campaigns.views import view_campaign
from campaign.db import db, transaction
from campaign.errors import Conflict, InvalidInput
from campaign.judging.allocation.conflicts import Against, conflicts_in, declare_conflict, withdraw_conflict
from campaign.judging.allocation.progress import seats_of
from campaign.judging.desk.doors import managed_round
from campaign.judging.desk.forms import uuids
from campaign.judging.desk.result_files import pages as pages  # noqa: PLC0414 -- joins the slice's blueprint
from campaign.judging.models import DeclaredConflict
from campaign.judging.views import view_round
from campaign.submissions.models import Submission
from campaign.submissions.queries import WHOLE
from campaign.submissions.views import PhotoView, photo_view
from campaign.web.forms import Form
from campaign.web.pagination import paginate

ID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)


@pages.get("/desk/rounds/<uuid:round_id>/conflicts")
def desk_round_conflicts(round_id: UUID) -> ResponseReturnValue:
    """What was declared, newest first."""
    return _page(round_id, Form({"judge": "", "photo": "", "whole": "", "reason": ""}))


@pages.post("/desk/rounds/<uuid:round_id>/conflicts")
def desk_round_declare(round_id: UUID) -> ResponseReturnValue:
    """Declare a conflict for a judge. The photo is named by its address."""
    require(current_actor(), "round.manage", managed_round(round_id))
    errors: dict[str, str] = {}
    judge = uuids([request.form.get("judge", "")], "judge", errors)
    against = _against(request.form, errors)
    if errors or against is None:
        return _page(round_id, Form(request.form.to_dict(), errors)), 422
    try:
        with transaction():
            reason = request.form.get("reason", "").strip()
            declare_conflict(current_actor(), round_id, against, judge_id=judge[0], reason=reason)
    except InvalidInput as problem:
        fields = {"photo" if name in {"submission", "fan"} else name: words for name, words in problem.fields.items()}
        return _page(round_id, Form(request.form.to_dict(), fields)), 422
    except Conflict as problem:
        flash(problem.message, "refused")
    else:
        flash("Written down. Others judge it, and a vote that was given on it counts no more.")
    return redirect(url_for("judging.desk_round_conflicts", round_id=round_id))


@pages.post("/desk/rounds/<uuid:round_id>/conflicts/<uuid:conflict_id>/withdraw")
def desk_round_withdraw_conflict(round_id: UUID, conflict_id: UUID) -> ResponseReturnValue:
    require(current_actor(), "round.manage", managed_round(round_id))
    with transaction():
        withdraw_conflict(current_actor(), round_id, conflict_id)
    flash("Taken back. What went to other judges stays theirs.")
    return redirect(url_for("judging.desk_round_conflicts", round_id=round_id))


def _against(given: Mapping[str, str], errors: dict[str, str]) -> Against | None:
    """The photo that the words name, or whoever sent it."""
    named = ID.findall(given.get("photo", ""))
    if not named:
        errors["photo"] = "Paste the address of the photo’s page."
        return None
    photo = UUID(named[-1])
    if not given.get("whole"):
        return Against(submission_id=photo)
    fan = db.session.scalar(select(Submission.person_id).where(Submission.id == photo))
    return Against(fan_id=fan) if fan else Against(submission_id=photo)


def _page(round_id: UUID, form: Form) -> str:
    judged = managed_round(round_id)
    page = paginate(
        conflicts_in(current_actor(), round_id), at=DeclaredConflict.created_at, cursor=request.args.get("after")
    )
    seats = seats_of(judged)
    return render_template(
        "desk/round_conflicts.html",
        round=view_round(judged),
        campaign=view_campaign(judged.campaign),
        conflicts=page.items,
        photos=_photos([one.submission_id for one in page.items if one.submission_id]),
        names=_names([*(one.judge_id for one in page.items), *(one.fan_id for one in page.items if one.fan_id)]),
        next_cursor=page.next_cursor,
        seats=seats,
        form=form,
        can_manage=can(current_actor(), "round.manage", judged),
    )


def _photos(ids: Sequence[UUID]) -> Mapping[UUID, PhotoView]:
    query = select(Submission).where(Submission.id.in_(ids)).options(*WHOLE)
    return {one.id: photo_view(one) for one in db.session.scalars(query).unique()}


def _names(ids: Sequence[UUID]) -> Mapping[UUID, str]:
    return dict(db.session.execute(select(Person.id, Person.display_name).where(Person.id.in_(ids))).all())
