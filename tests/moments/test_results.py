"""How a campaign went: ahead to those who may know, then to everybody once, in batches however many they are."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, insert, select, update

from campaign.accounts.models import Person
from campaign.campaigns.models import Campaign, Stage, State
from campaign.db import db, transaction
from campaign.jobs.models import Job
from campaign.judging.models import Award, Round, Selection
from campaign.moments import results
from campaign.moments.models import Kind, MailState, Moment
from campaign.submissions.models import Submission, SubmissionState
from campaign.submissions.withdrawal import withdraw_submission
from tests.counting import statements
from tests.factories import add_photos, make_campaign
from tests.moments.conftest import Postbox, Work, again, happen, told
from tests.people import Someone


@pytest.fixture
def closed(marketer: Someone) -> Campaign:
    return make_campaign(marketer.actor, State.CLOSED, entry_limit=10)


def photos(campaign: Campaign, someone: Someone, count: int = 1) -> list[UUID]:
    assert someone.person_id is not None
    return [one.id for one in add_photos(campaign, someone.person_id, count)]


def choose(campaign: Campaign, winner: UUID | None = None, finalist: UUID | None = None) -> None:
    with transaction():
        held = Round(campaign_id=campaign.id, number=1, title="Final", quorum=1)
        db.session.add(held)
        db.session.flush()
        for place, award, photo in ((1, Award.WINNER, winner), (None, Award.FINALIST, finalist)):
            if photo is not None:
                db.session.add(
                    Selection(submission_id=photo, campaign_id=campaign.id, round_id=held.id, award=award, place=place)
                )


def announce_at(campaign: Campaign, hours: float) -> None:
    """Let the announcement be so many hours from now."""
    when = datetime.now(UTC) + timedelta(hours=hours)
    with transaction():
        db.session.execute(update(Campaign).where(Campaign.id == again(campaign).id).values(announces_at=when))


def kinds(*people: Someone) -> list[list[Kind]]:
    return [sorted(one.kind for one in told(person)) for person in people]


def test_chosen_ones_hear_ahead_and_are_asked_to_keep_it(
    closed: Campaign, fan: Someone, other_fan: Someone, cast_member: Someone, smtp: None, postbox: Postbox, work: Work
) -> None:
    winner, finalist = photos(closed, fan)[0], photos(closed, other_fan)[0]
    photos(closed, cast_member)
    choose(closed, winner, finalist)
    announce_at(closed, 24)
    happen("campaign.announcement_near", campaign_id=again(closed).id)
    work()

    assert kinds(fan, other_fan, cast_member) == [[Kind.WINNER], [Kind.FINALIST], []]
    for someone in (fan, other_fan):
        (message,) = told(someone)
        assert "Please keep it to yourself until " in message.body
        assert "(Lisbon)" in message.body
        assert message.path.startswith("/photos/")
    assert sorted(postbox.recipients) == ["fan@example.test", "other_fan@example.test"]


def test_who_was_told_ahead_hears_that_it_moved(
    closed: Campaign, fan: Someone, other_fan: Someone, smtp: None, postbox: Postbox, work: Work
) -> None:
    photos(closed, other_fan)
    choose(closed, photos(closed, fan)[0])
    announce_at(closed, 24)
    happen("campaign.announcement_near", campaign_id=again(closed).id)
    work()
    (before,) = [one.body for one in told(fan)]
    announce_at(closed, 24 * 8)
    for _ in range(2):
        happen("campaign.announcement_moved", campaign_id=again(closed).id)
        work()

    (after,) = told(fan)
    assert after.body != before
    assert "Please keep it to yourself until " in after.body
    assert len({mail["message-id"] for mail in postbox.mails}) == len(postbox.mails) == 2
    assert told(other_fan) == []


def put_off(campaign: Campaign, work: Work) -> None:
    """Tell those chosen ahead, then call the announcement off."""
    announce_at(campaign, 24)
    happen("campaign.announcement_near", campaign_id=again(campaign).id)
    work()
    with transaction():
        db.session.execute(update(Campaign).values(announces_at=None, told_at=func.now()))
    for _ in range(2):
        happen("campaign.announcement_called_off", campaign_id=again(campaign).id)
        work()


def test_who_was_told_ahead_hears_that_it_is_put_off_and_nobody_else_does(
    closed: Campaign, fan: Someone, other_fan: Someone, cast_member: Someone, smtp: None, postbox: Postbox, work: Work
) -> None:
    (mine,), (theirs,) = photos(closed, fan), photos(closed, cast_member)
    photos(closed, other_fan)
    choose(closed, mine)
    put_off(closed, work)
    with transaction():
        final = db.session.scalars(select(Round)).one()
        late = Selection(submission_id=theirs, campaign_id=final.campaign_id, round_id=final.id, award=Award.FINALIST)
        db.session.add(late)
    happen("campaign.announcement_called_off", campaign_id=again(closed).id)
    work()

    assert kinds(fan, other_fan, cast_member) == [[Kind.WINNER], [], []]
    (message,) = told(fan)
    assert message.title == "Still between us: the announcement is put off"
    assert "Please keep it to yourself a while longer." in message.body
    assert message.read_at is None
    assert postbox.recipients == ["fan@example.test"] * 2


def test_who_heard_that_it_is_put_off_hears_the_new_hour(closed: Campaign, fan: Someone, work: Work) -> None:
    choose(closed, photos(closed, fan)[0])
    put_off(closed, work)
    announce_at(closed, 24 * 8)
    happen("campaign.announcement_moved", campaign_id=again(closed).id)
    work()

    (message,) = told(fan)
    assert "Please keep it to yourself until " in message.body


def test_who_heard_that_it_is_put_off_hears_of_the_announcement(
    closed: Campaign, fan: Someone, smtp: None, postbox: Postbox, work: Work
) -> None:
    choose(closed, photos(closed, fan)[0])
    put_off(closed, work)
    with transaction():
        db.session.execute(update(Campaign).values(stage=Stage.ANNOUNCED, announced_at=func.now()))
    for _ in range(2):
        happen("campaign.announced", campaign_id=again(closed).id)
        work()

    (message,) = told(fan)
    assert (message.title, message.path) == ("Your photo has won", "/c/flaunt-your-city/winners")
    assert len(postbox.mails) == 3


def test_announcement_tells_everybody_once(
    closed: Campaign, fan: Someone, other_fan: Someone, cast_member: Someone, smtp: None, postbox: Postbox, work: Work
) -> None:
    mine = photos(closed, fan, 3)
    finalist = photos(closed, other_fan)[0]
    photos(closed, cast_member, 4)
    choose(closed, mine[0], finalist)
    announce_at(closed, 24)
    happen("campaign.announcement_near", campaign_id=again(closed).id)
    work()
    announce_at(closed, -1)
    for _ in range(2):
        happen("campaign.announced", campaign_id=again(closed).id)
        work()

    assert kinds(fan, other_fan, cast_member) == [[Kind.WINNER], [Kind.FINALIST], [Kind.NOT_THIS_TIME]]
    (message,) = told(cast_member)
    assert "Out of 8 photos the cast chose 2" in message.body
    assert message.path == "/c/flaunt-your-city/winners"
    assert len(postbox.mails) == 3


def test_without_telling_ahead_all_hear_with_the_announcement(
    closed: Campaign, fan: Someone, other_fan: Someone, work: Work
) -> None:
    photos(closed, other_fan)
    choose(closed, photos(closed, fan)[0])
    announce_at(closed, -1)
    happen("campaign.announced", campaign_id=again(closed).id)
    work()

    assert kinds(fan, other_fan) == [[Kind.WINNER], [Kind.NOT_THIS_TIME]]
    assert "keep it to yourself" not in told(fan)[0].body
    assert told(fan)[0].path == "/c/flaunt-your-city/winners"


def test_nothing_is_told_before_its_time(closed: Campaign, fan: Someone, work: Work) -> None:
    choose(closed, photos(closed, fan)[0])
    happen("campaign.announcement_near", campaign_id=again(closed).id)
    work()
    assert told() == []

    announce_at(closed, 24)
    happen("campaign.announced", campaign_id=again(closed).id)
    work()
    assert told() == []


def test_those_whose_photo_never_hung_hear_nothing(
    closed: Campaign, fan: Someone, other_fan: Someone, work: Work
) -> None:
    choose(closed, photos(closed, fan)[0])
    assert other_fan.person_id is not None
    add_photos(closed, other_fan.person_id, 1, SubmissionState.DECLINED)
    announce_at(closed, -1)
    happen("campaign.announced", campaign_id=again(closed).id)
    work()

    assert kinds(other_fan) == [[]]


def test_no_mail_to_who_took_every_photo_back(
    closed: Campaign, fan: Someone, other_fan: Someone, smtp: None, postbox: Postbox, work: Work
) -> None:
    choose(closed, photos(closed, fan)[0])
    (mine,) = photos(closed, other_fan)
    announce_at(closed, -1)
    happen("campaign.announced", campaign_id=again(closed).id)
    postbox.stalls = True
    work()
    postbox.stalls = False
    with transaction():
        withdraw_submission(other_fan.actor, mine)
        db.session.execute(update(Job).where(Job.kind == "moments.mail").values(run_at=func.clock_timestamp()))
    work()

    assert postbox.recipients == ["fan@example.test"]
    assert told(other_fan)[0].mail is MailState.DROPPED


def crowd(campaign: Campaign, count: int) -> list[UUID]:
    """So many people with a published photo each, written directly."""
    people = [uuid4() for _ in range(count)]
    now = datetime.now(UTC)
    with transaction():
        db.session.execute(
            insert(Person), [{"id": one, "display_name": f"Fan {at}", "email": None} for at, one in enumerate(people)]
        )
        db.session.execute(
            insert(Submission),
            [
                {
                    "id": uuid4(), "campaign_id": campaign.id, "person_id": one, "rules_id": campaign.current_rules.id,
                    "entry_number": 1, "caption": "Home", "place": "Lisbon", "state": SubmissionState.PUBLISHED,
                    "reason": "", "ticket_expires_at": now, "published_at": now, "decided_at": now,
                }
                for one in people
            ],
        )  # fmt: skip
    return people


def test_a_crowd_is_told_in_batches_and_each_of_them_once(
    closed: Campaign, fan: Someone, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results, "BATCH", 50)
    crowd(closed, 230)
    choose(closed, photos(closed, fan)[0])
    announce_at(closed, -1)
    happen("campaign.announced", campaign_id=again(closed).id)
    work()

    each = Counter(db.session.scalars(select(Moment.person_id)))
    assert (len(each), set(each.values())) == (231, {1})
    batches = db.session.scalars(select(Job).where(Job.kind == "moments.tell_result")).all()
    assert len(batches) == 5
    assert {job.payload["photos"] for job in batches} == {231}


def test_batch_costs_the_same_for_one_and_for_thirty(closed: Campaign, fan: Someone, work: Work) -> None:
    choose(closed, photos(closed, fan)[0])
    announce_at(closed, -1)
    figures, means = results.Figures(31, 1), results.Means("http://localhost", mails=False)
    counts = []
    for more in (0, 30):
        if more:
            crowd(closed, more)
        with transaction():
            db.session.execute(db.delete(Moment))
        with statements() as sent, transaction():
            results.tell_batch(closed.id, figures, means, ahead=False, after=None)
        counts.append(len(sent))

    assert counts[0] == counts[1]
    assert len(told()) == 31
