"""Words that occur nowhere else, as each photo's caption, place, file name and fan: where one is seen, it leaked."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select

from campaign.accounts.audit import audit
from campaign.accounts.people import ensure_person
from campaign.awards.models import OriginalsDownload
from campaign.db import db, transaction
from campaign.judging.models import Award, Selection
from campaign.moments.models import Kind, MailState, Moment
from campaign.submissions.models import Submission
from tests.people import ISSUER, Someone

KINDS = ("caption", "place", "name", "file", "mail")
NOTE = "zqnote0q"
"""What a judge writes down for themselves."""


def canary(kind: str, number: int) -> str:
    """`zqcaption7q`: small letters and digits, so that it stays itself in a slug, folded, and in a file's name."""
    return f"zq{kind}{number}q"


def sing(text: str) -> set[str]:
    """The kinds of canaries in a text."""
    return {kind for kind in KINDS if f"zq{kind}" in text}


def put_canaries(numbers: Mapping[UUID, int]) -> None:
    """Write them on these submissions and their fans, by number; each photo gets a fan of its own. Commits."""
    with transaction():
        for submission in db.session.scalars(select(Submission).where(Submission.id.in_(numbers))):
            number = numbers[submission.id]
            fan = ensure_person(ISSUER, f"of {submission.id}", "", "")
            fan.display_name, fan.email = canary("name", number), f"{canary('mail', number)}@example.test"
            submission.person_id, submission.entry_number = fan.id, 1
            submission.caption, submission.place = canary("caption", number), canary("place", number)
            submission.photo.filename = f"{canary('file', number)}.jpg"


def tell_of(submission: Submission, round_id: UUID, by: Someone) -> None:
    """Let the desk's lists speak of a photo: chosen, taken home, decided on, and told to its fan. Commits."""
    words, campaign_id = submission.caption, submission.campaign_id
    with transaction():
        chosen = {"submission_id": submission.id, "campaign_id": campaign_id, "round_id": round_id}
        db.session.add(Selection(**chosen, award=Award.FINALIST))
        taken = [{"submission": str(submission.id), "file": f"01-finalist-{words}.jpg"}]
        db.session.add(OriginalsDownload(campaign_id=campaign_id, bytes=1, rights_sha256="0" * 64, photos=taken))
        db.session.add(
            Moment(
                person_id=submission.person_id, campaign_id=campaign_id, kind=Kind.PUBLISHED, subject_id=submission.id,
                submission_id=submission.id, title=f"“{words}” hangs", body=words, button="See it", path="/", signed="",
                language="en", mail=MailState.FAILED, mail_problem="Refused.",
            )
        )  # fmt: skip
        audit(by.actor, "submission.published", campaign_id=campaign_id, subject_id=submission.id)
