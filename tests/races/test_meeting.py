"""People who meet at one photo, one message or one role: nobody waits in a circle, and nobody breaks on the other."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import insert, select

from campaign.accounts.actor import Actor
from campaign.accounts.audit import AuditEntry
from campaign.accounts.models import Role, RoleGrant
from campaign.accounts.profile import choose_picture
from campaign.campaigns.announcement import cancel_announcement, schedule_announcement
from campaign.campaigns.window import hold_window
from campaign.clock import database_now
from campaign.db import db, transaction
from campaign.errors import Conflict
from campaign.judging.allocation.agenda import agendas_of
from campaign.judging.allocation.dealing import next_assignments
from campaign.judging.life.rounds import close_round
from campaign.judging.models import Round
from campaign.judging.results.selection import choose
from campaign.moments.book import book_of
from campaign.moments.inbox import mark_read
from campaign.moments.models import Kind, MailState, Moment, SignOff
from campaign.moments.occasions import Occasion
from campaign.moments.readers import Means, readers
from campaign.moments.results import Figures, tell_batch
from campaign.moments.telling import News, hold_moments, tell
from campaign.moments.wording import set_sign_off
from campaign.pictures.models import Picture
from campaign.submissions.batches import Deed, Pick, decide_together
from campaign.submissions.desk_models import BatchAction, Looking
from campaign.submissions.duplicates import keep_as_distinct
from campaign.submissions.models import Submission
from campaign.submissions.presence import look_at
from campaign.submissions.queries import locked_submission
from campaign.team.roles import revoke_role
from tests.races.table import Scene, at_once, beside, someone, until_somebody_waits
from uploads.drawing.shapes import Shape

LOW, HIGH = UUID(int=1), UUID(int=2)


def photos_of(scene: Scene) -> list[UUID]:
    ids = select(Submission.id).where(Submission.campaign_id == scene.campaign.id)
    return list(db.session.scalars(ids.order_by(Submission.entry_number)))


def told(scene: Scene, person_id: UUID | None, moment_id: UUID) -> dict[str, object]:
    return {
        "id": moment_id, "person_id": person_id, "campaign_id": scene.campaign.id, "kind": Kind.NOT_THIS_TIME,
        "subject_id": moment_id, "title": "", "body": "", "button": "", "path": "/", "signed": "", "language": "en",
        "mail": MailState.APP,
    }  # fmt: skip


def test_a_photo_that_is_decided_with_others_is_handed_to_a_judge(scene: Scene) -> None:
    round_id, judge = scene.round(1), scene.judges[0]
    photo = agendas_of(round_id)[judge.person_id or LOW][0]

    with transaction():
        done = decide_together(scene.marketer, scene.campaign, Deed(BatchAction.DECLINE, "Too dark."), [Pick(photo)])
        assert done.done == [photo]
        with beside(
            scene, lambda: at_once(lambda: [one.subject for one in next_assignments(judge, round_id, 1)])
        ) as hand:
            pass
    assert hand.result() == [str(photo)]


def test_who_keeps_a_photo_as_their_own_waits_for_the_campaign_without_holding_the_photo(scene: Scene) -> None:
    photo = photos_of(scene)[0]

    def keep() -> None:
        with pytest.raises(Conflict):
            keep_as_distinct(scene.marketer, photo)

    with transaction():
        hold_window(scene.campaign.id)
        with beside(scene, keep):
            until_somebody_waits()
            at_once(lambda: locked_submission(photo))
            db.session.commit()


def test_one_person_opens_two_photos_at_once(scene: Scene) -> None:
    first, other = photos_of(scene)[:2]
    with transaction():
        look_at(scene.marketer, first, still=True)
        look_at(scene.marketer, other, still=True)

    with transaction():
        look_at(scene.marketer, first, still=True)
        with beside(scene, lambda: at_once(lambda: len(look_at(scene.marketer, other)))):
            pass
    assert set(db.session.scalars(select(Looking.submission_id))) == {first, other}


def test_two_sign_a_campaigns_messages_for_the_first_time(scene: Scene) -> None:
    with transaction():
        set_sign_off(scene.marketer, scene.campaign, "The one")
        with beside(scene, lambda: set_sign_off(scene.marketer, scene.campaign, "The other")):
            until_somebody_waits()
            db.session.commit()
    assert db.session.scalars(select(SignOff.name)).all() == ["The other"]


def test_an_admin_is_taken_down_once_by_two(scene: Scene) -> None:
    one, other, third = (someone(name, Role.ADMIN) for name in ("one", "other", "third"))
    held = select(RoleGrant.id).where(RoleGrant.person_id == third.person_id)
    grant = db.session.scalars(held).one()
    db.session.rollback()

    with transaction():
        revoke_role(one, grant)
        with beside(scene, lambda: revoke_role(other, grant).id):
            until_somebody_waits()
            db.session.commit()
    entries = select(AuditEntry.actor_id).where(AuditEntry.action == "role.revoked")
    assert db.session.scalars(entries).all() == [one.person_id]


def test_all_messages_are_marked_as_read_in_the_order_in_which_they_are_rewritten(scene: Scene) -> None:
    reader: Actor = scene.marketer
    with transaction():
        for moment_id, about in ((HIGH, LOW), (LOW, HIGH)):
            row = told(scene, reader.person_id, moment_id) | {"subject_id": about}
            db.session.execute(insert(Moment).values(row))

    with transaction():
        hold_moments(Moment.id == LOW)
        with beside(scene, lambda: mark_read(reader)):
            until_somebody_waits()
            at_once(lambda: hold_moments(Moment.id == HIGH))
            db.session.commit()
    assert db.session.scalars(select(Moment.id).where(Moment.read_at.is_(None))).all() == []


def test_people_are_told_in_one_order_by_all_who_tell_them(scene: Scene) -> None:
    low, high = sorted(one.person_id for one in scene.judges[:2] if one.person_id)
    known, about = readers([low, high]), scene.campaign.id
    facts = {"photos": 30, "chosen": 3}
    news = [News(known[one], Occasion.NOT_THIS_TIME, about, "/", None, facts) for one in (high, low)]
    campaign, means = scene.campaign, Means("https://flaunt.example.test", mails=False)

    with transaction():
        db.session.execute(insert(Moment).values(told(scene, low, LOW) | {"subject_id": about}))
        with beside(scene, lambda: tell(campaign, book_of(campaign.id, campaign.title), news, means)) as new:
            until_somebody_waits()
            at_once(lambda: db.session.execute(insert(Moment).values(told(scene, high, HIGH) | {"subject_id": about})))
            db.session.commit()
    assert new.result() == 0


def test_of_two_pictures_that_a_person_chooses_at_once_one_stays(scene: Scene) -> None:
    with transaction():
        drawn = [
            Picture(id=one, shape=Shape.SQUARE, folder=f"pictures/{one}/", sizes=[], width=1, height=1, thumbhash="x")
            for one in (LOW, HIGH)
        ]
        db.session.add_all(drawn)

    with transaction():
        choose_picture(scene.marketer, LOW)
        with beside(scene, lambda: choose_picture(scene.marketer, HIGH).picture_id):
            until_somebody_waits()
            db.session.commit()
    assert db.session.scalars(select(Picture.id)).all() == [HIGH]


def test_nobody_hears_ahead_of_an_announcement_that_is_just_called_off(scene: Scene) -> None:
    round_id, photo = scene.round(1), photos_of(scene)[0]
    with transaction():
        close_round(scene.marketer, round_id)
        choose(scene.marketer, db.session.get_one(Round, round_id), [], [photo])
        schedule_announcement(scene.marketer, scene.campaign.id, database_now() + timedelta(hours=1), 2)
    means, campaign_id = Means("https://flaunt.example.test", mails=False), scene.campaign.id

    with transaction():
        cancel_announcement(scene.marketer, campaign_id)
        with beside(scene, lambda: tell_batch(campaign_id, Figures(30, 1), means, ahead=True, after=None)):
            until_somebody_waits()
            db.session.commit()
    assert db.session.scalars(select(Moment.id)).all() == []
