"""A fan's claim becomes a ticket: who, how old, which rules, in time, and within the fan's entries."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from campaign.accounts.actor import Actor
from campaign.accounts.permissions import require
from campaign.campaigns.models import Campaign, State
from campaign.campaigns.window import enter_window
from campaign.db import Lock, db, lock_exclusive
from campaign.errors import Conflict, InvalidInput, NotPermitted
from campaign.logs import current_request_id
from campaign.submissions.entries import free_entry
from campaign.submissions.models import Photo, Submission
from campaign.submissions.wording import Said, file_name, read_said
from campaign.submissions.words import refusal
from campaign.web.times import when
from uploads.limits import Limits
from uploads.objects import PresignedPut
from uploads.reasons import PhotoRefused
from uploads.storage import Storage
from uploads.tickets import Claim, check_claim, issue_ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a fan sends in: the words, the version of the rules agreed to, and the claim about the photo."""

    caption: str
    place: str
    category: str = ""
    rules_version: int
    filename: str
    content_type: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Issued:
    """A submission that waits for its bytes, and the one request that may bring them."""

    submission: Submission
    put: PresignedPut


def issue_submission_ticket(
    actor: Actor, campaign: Campaign, entry: Entry, *, storage: Storage, limits: Limits, seconds: int
) -> Issued:
    """Take one of the fan's entries and give a ticket for the photo, good for `seconds`.

    Raises InvalidInput with a sentence for each field, NotPermitted below the age limit, and Conflict when the
    campaign is not open, the rules have changed, or the fan has no entry left.
    """
    require(actor, "submission.create", campaign)
    require_age(actor, campaign)
    said, claim = check_entry(entry, limits, campaign.categories)
    person_id = actor.person_id
    assert person_id is not None
    lock_exclusive(Lock.ENTRIES, f"{campaign.id}:{person_id}")
    campaign, now = enter_window(campaign.id)
    require_open(campaign, now)
    _check_rules(campaign, entry.rules_version)
    number = free_entry(campaign, person_id, now)
    submission = Submission(
        id=uuid4(),
        campaign_id=campaign.id,
        person_id=person_id,
        rules_id=campaign.current_rules.id,
        entry_number=number,
        caption=said.caption,
        place=said.place,
        category=said.category,
        created_at=now,
        ticket_expires_at=now + timedelta(seconds=seconds),
        request_id=current_request_id(),
    )
    put = _claim_photo(submission, claim, storage, seconds)
    db.session.add(submission)
    db.session.flush()
    return Issued(submission, put)


def check_entry(entry: Entry, limits: Limits, categories: Collection[str]) -> tuple[Said, Claim]:
    """The words as they are kept, and the claim. Raises one InvalidInput for all fields, its code the photo's."""
    said, fields = read_said(Said(entry.caption, entry.place, entry.category), categories)
    code = "invalid_input"
    claim = None
    try:
        claim = check_claim(
            filename=file_name(entry.filename), content_type=entry.content_type, length=entry.bytes, limits=limits
        )
    except PhotoRefused as refused:
        words = refusal(refused.reason, limits)
        fields["photo"] = f"{words.title}. {words.sentence} {words.next_step}"
        code = refused.reason.value
    if fields or claim is None:
        raise InvalidInput("Something needs another look before we can take your photo.", fields=fields, code=code)
    return said, claim


def is_old_enough(actor: Actor, campaign: Campaign) -> bool:
    """Whether this person has said that they reached the age limit; whoever issues a token vouches for its people."""
    return actor.scopes is not None or (actor.affirmed_age or 0) >= campaign.minimum_age


def require_age(actor: Actor, campaign: Campaign) -> None:
    """Raises NotPermitted with the code `age_needed`."""
    if not is_old_enough(actor, campaign):
        raise NotPermitted(
            f"“{campaign.title}” is for people of {campaign.minimum_age} and older. Tell us your age first.",
            code="age_needed",
        )


def require_open(campaign: Campaign, now: datetime) -> None:
    """Raises Conflict, with the words for the fan, when the campaign takes no photos at this instant."""
    match campaign.state_at(now):
        case State.OPEN:
            return
        case State.SCHEDULED:
            opens = when(campaign.opens_at, campaign.time_zone)
            raise Conflict(
                f"“{campaign.title}” opens on {opens}. Keep your photo ready until then.", code="not_open_yet"
            )
        case State.PAUSED:
            raise Conflict(
                f"“{campaign.title}” takes no photos just now. The show says: “{campaign.pause_reason}” "
                "Keep yours ready and come back a little later.",
                code="paused",
            )
        case State.DRAFT:
            raise Conflict(f"“{campaign.title}” is still being prepared. It opens soon.", code="not_open_yet")
        case State.ANNOUNCED:
            raise Conflict(f"“{campaign.title}” is over, and its winners are up. Come and see them!", code="closed")
        case State.CLOSED:
            closed = when(campaign.closed_at or campaign.closes_at, campaign.time_zone)
            raise Conflict(f"“{campaign.title}” closed on {closed}. The photos in it can still be seen.", code="closed")


def _check_rules(campaign: Campaign, version: int) -> None:
    current = campaign.current_rules.version
    if version != current:
        raise Conflict(
            f"The rules have changed since you opened this page (they are version {current} now). "
            "Read the new ones, then send your photo again.",
            code="rules_changed",
        )


def _claim_photo(submission: Submission, claim: Claim, storage: Storage, seconds: int) -> PresignedPut:
    photo_id = uuid4()
    ticket = issue_ticket(storage, photo_id, claim, seconds=seconds)
    submission.photo = Photo(
        id=photo_id,
        filename=claim.filename,
        content_type=claim.content_type,
        declared_bytes=claim.bytes,
        incoming_key=ticket.key,
    )
    return ticket.put
