"""As many rows as asked for in every list."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from campaign.accounts.actor import Actor
from campaign.accounts.models import Role
from campaign.accounts.people import ensure_person, grant_role
from campaign.accounts.queries import actor_for
from campaign.accounts.sessions import open_session
from campaign.awards.models import OriginalsDownload
from campaign.awards.releases import ask_for_release
from campaign.awards.words import write_words
from campaign.campaigns.models import Campaign, State
from campaign.db import db, transaction
from campaign.judging.allocation.conflicts import Against, declare_conflict
from campaign.judging.allocation.dealing import next_assignments
from campaign.judging.life.rounds import Plan, create_round, move_round
from campaign.judging.methods.shape import Said
from campaign.judging.models import Assignment, Round, RoundStage
from campaign.judging.panel.marks import mark_photo
from campaign.judging.queries import cast_of
from campaign.judging.voting.ballots import cast_ballot
from campaign.moments.models import MailState
from campaign.submissions.models import Submission, SubmissionState
from tests.awards.chosen import announce_at, choose_photos, close_a_round
from tests.factories import add_photos, make_campaign
from tests.moments.test_messages import give
from tests.people import ISSUER, Someone
from tests.team.conftest import invited, many_people
from tests.team.test_audit import note

Rooms = dict[str, dict[str, str]]


def rows(size: int, fan: Someone, marketer: Someone) -> Rooms:
    """What the names in addresses stand for, by room. Commits."""
    assert fan.person_id is not None
    open_one = _open(size, fan, marketer)
    judged, opened, draft = _judged(size, fan.person_id, marketer)
    said = _said(size, fan.person_id, marketer)
    chosen, closed = _chosen(f"Chosen {size}", size, fan.person_id, marketer)
    announced, _ = _chosen(f"Announced {size}", size, fan.person_id, marketer)
    _released(chosen, size, marketer)
    announce_at(announced.id, timedelta(seconds=-1))
    for _ in range(size):
        with transaction():
            open_session(fan.person_id, lifetime=timedelta(days=1))
    return {
        "open": {"slug": open_one.slug},
        "judged": {"slug": judged.slug, "round_id": str(opened.id)},
        "said": {"round_id": str(said.id)},
        "draft": {"slug": judged.slug, "round_id": str(draft.id)},
        "chosen": {"slug": chosen.slug, "round_id": str(closed.id)},
        "announced": {"slug": announced.slug},
    }


def _open(size: int, fan: Someone, marketer: Someone) -> Campaign:
    assert fan.person_id is not None
    campaign = make_campaign(marketer.actor, title=f"Open {size}", entry_limit=100)
    for state, first in ((SubmissionState.PUBLISHED, 1), (SubmissionState.READY, 50)):
        _in_places(add_photos(campaign, fan.person_id, size, state, first))
    give(campaign, fan, size, mail=MailState.WAITING)
    _people(campaign.id, size, Role.STAFF)
    for _ in range(size):
        invited(campaign.id)
        note(marketer, "campaign.paused", campaign_id=campaign.id, why="A day of rest")
    return campaign


def _in_places(photos: list[Submission]) -> None:
    with transaction():
        for number, photo in enumerate(photos):
            photo.place = f"Place {number}"


def _people(campaign_id: UUID, size: int, role: Role) -> None:
    with transaction():
        for number in range(size):
            person = ensure_person(ISSUER, f"{role} {number} of {size}", f"Helper {number}")
            grant_role(person, role, campaign_id)


def _judged(size: int, person_id: UUID, marketer: Someone) -> tuple[Campaign, Round, Round]:
    """A campaign with many judges, photos and rounds, and as many campaigns in which the panel has work."""
    campaign = make_campaign(marketer.actor, State.CLOSED, title=f"Judged {size}", entry_limit=100)
    many_people(campaign.id, size, marketer.person_id)
    opened = _opened(campaign, person_id, size, marketer)
    for number in range(size):
        with transaction():
            draft = create_round(marketer.actor, campaign.id, Plan(title=f"Later {number}", quorum=1))
        if number:
            _opened(make_campaign(marketer.actor, State.CLOSED, title=f"City {number}"), person_id, 1, marketer)
    return campaign, opened, draft


def _opened(campaign: Campaign, person_id: UUID, photos: int, marketer: Someone) -> Round:
    add_photos(campaign, person_id, photos)
    with transaction():
        quorum = min(photos, len(cast_of(campaign.id)))  # as many as can be, so that nobody takes from others
        prepared = create_round(marketer.actor, campaign.id, Plan(title="Look", quorum=quorum))
        return move_round(marketer.actor, prepared.id, RoundStage.OPEN)


def _said(size: int, person_id: UUID, marketer: Someone) -> Round:
    """A round in which one of the cast gave a word on every photo, and keeps each as a favourite."""
    campaign = make_campaign(marketer.actor, State.CLOSED, title=f"Said {size}", entry_limit=100)
    opened = _opened(campaign, person_id, size, marketer)
    with transaction():
        judge = actor_for(ensure_person(ISSUER, "cast_member", "Cast member").id)
    assert judge is not None
    while waiting := _hand(judge, opened):
        for assignment in waiting:
            with transaction():
                cast_ballot(judge, assignment.id, Said(stars=4))
                mark_photo(judge, opened.id, UUID(assignment.subject), favourite=True, note="Look again")
    for number in range(size):
        with transaction():
            friend = ensure_person(ISSUER, f"friend-{number}", "A friend")
            declare_conflict(judge, opened.id, Against(fan_id=friend.id))
    return opened


def _hand(judge: Actor, opened: Round) -> list[Assignment]:
    with transaction():
        return next_assignments(judge, opened.id, 20)


def _chosen(title: str, size: int, person_id: UUID, marketer: Someone) -> tuple[Campaign, Round]:
    campaign = make_campaign(marketer.actor, State.CLOSED, title=title, entry_limit=100)
    photos = add_photos(campaign, person_id, size)
    closed = close_a_round(campaign, photos)
    choose_photos(marketer.actor, closed, photos[:1], photos[1:])
    return campaign, closed


def _released(campaign: Campaign, size: int, marketer: Someone) -> None:
    with transaction():
        for number in range(size):
            write_words(marketer.actor, campaign.id, f"May we show it? {number}")
        ask_for_release(marketer.actor, campaign.id)
        db.session.add_all(
            OriginalsDownload(campaign_id=campaign.id, bytes=1, rights_sha256="0" * 64, photos=[]) for _ in range(size)
        )
