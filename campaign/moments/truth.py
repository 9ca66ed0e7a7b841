"""Whether what a message says is still so, asked just before its mail leaves."""

from __future__ import annotations

from sqlalchemy import exists, select

from campaign.db import db
from campaign.judging.models import PanelMember, Round, RoundStage, Selection
from campaign.moments.models import Kind, Moment
from campaign.submissions.models import Submission, SubmissionState

STILL_SO = {
    Kind.RECEIVED: (
        SubmissionState.RECEIVED,
        SubmissionState.READY,
        SubmissionState.PUBLISHED,
        SubmissionState.DECLINED,
    ),
    Kind.REJECTED: (SubmissionState.REJECTED,),
    Kind.PUBLISHED: (SubmissionState.PUBLISHED,),
    Kind.DECLINED: (SubmissionState.DECLINED,),
    Kind.FINALIST: (SubmissionState.PUBLISHED,),
    Kind.WINNER: (SubmissionState.PUBLISHED,),
    Kind.RELEASE_ASKED: (SubmissionState.PUBLISHED,),
}


def why_not_mail(moment: Moment) -> str | None:
    """The reason for letting this mail go nowhere, for the desk; None where it is as true as when it was told."""
    if moment.retracted_at is not None:
        return "The decision was taken back before the mail left."
    if moment.submission_id is not None:
        state = db.session.scalar(select(Submission.state).where(Submission.id == moment.submission_id))
        if state not in STILL_SO.get(moment.kind, (state,)):
            return "The photo had moved on before the mail left."
    if moment.kind in (Kind.FINALIST, Kind.WINNER) and not _is_chosen(moment):
        return "The choice was changed before the mail left."
    if moment.kind is Kind.NOT_THIS_TIME and not _hangs(moment):
        return "The fan took every photo back before the mail left."
    return _why_not_to_judge(moment)


def _is_chosen(moment: Moment) -> bool:
    found = select(
        exists().where(Selection.submission_id == moment.submission_id, Selection.award == moment.kind.value)
    )
    return bool(db.session.scalar(found))


def _why_not_to_judge(moment: Moment) -> str | None:
    if moment.kind in (Kind.PANEL_OPENED, Kind.PANEL_REMINDED) and not _judges(moment):
        return "The round had closed for this judge before the mail left."
    if moment.kind is Kind.PANEL_SEALED and not _is_sealed(moment):
        return "The round was opened again before the mail left."
    return None


def _judges(moment: Moment) -> bool:
    seat = (
        select(PanelMember.person_id)
        .join(PanelMember.round)
        .where(PanelMember.round_id == moment.subject_id, PanelMember.person_id == moment.person_id)
        .where(PanelMember.left_at.is_(None), Round.stage == RoundStage.OPEN)
    )
    return db.session.scalar(seat) is not None


def _is_sealed(moment: Moment) -> bool:
    """Whether the round is sealed as the message says."""
    seal = db.session.scalar(select(Round.seal).where(Round.id == moment.subject_id))
    return seal is not None and seal in moment.body


def _hangs(moment: Moment) -> bool:
    theirs = exists().where(
        Submission.person_id == moment.person_id,
        Submission.campaign_id == moment.campaign_id,
        Submission.state == SubmissionState.PUBLISHED,
    )
    return bool(db.session.scalar(select(theirs)))
