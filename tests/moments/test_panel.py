"""What judges hear of a round: that it is theirs, a reminder, and its seal, which they keep."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import update

from campaign.campaigns.models import Campaign, State
from campaign.clock import database_now
from campaign.db import db, transaction
from campaign.judging.life.rounds import Plan, create_round, move_round
from campaign.judging.models import Round, RoundStage
from campaign.moments.models import Kind, MailState
from campaign.moments.truth import why_not_mail
from tests.factories import add_photos, make_campaign
from tests.moments.conftest import Postbox, Work, happen, told
from tests.people import Someone


@pytest.fixture
def opened(marketer: Someone, fan: Someone, cast_member: Someone, other_cast_member: Someone) -> UUID:
    """The id of a round that has just opened; both of the cast sit on its panel."""
    campaign: Campaign = make_campaign(marketer.actor, State.CLOSED, title="City lights")
    assert fan.person_id is not None
    assert other_cast_member.person_id is not None
    add_photos(campaign, fan.person_id, 2)
    with transaction():
        made = create_round(marketer.actor, campaign.id, Plan(title="First look", quorum=2))
        return move_round(marketer.actor, made.id, RoundStage.OPEN).id


def close(round_id: UUID, marketer: Someone) -> str:
    with transaction():
        closed = move_round(marketer.actor, round_id, RoundStage.CLOSED)
        assert closed.seal is not None
        return closed.seal


def test_panel_hears_once_that_a_round_is_theirs(
    opened: UUID, cast_member: Someone, smtp: None, postbox: Postbox, work: Work
) -> None:
    work()
    happen("round.opened", round_id=opened)
    work()

    (message,) = told(cast_member)
    assert (message.kind, message.title) == (Kind.PANEL_OPENED, "“First look” is yours to judge")
    assert message.path == f"/panel/{opened}"
    assert "You have until the round is closed by hand." in message.body
    assert [mail["subject"] for mail in postbox.mails] == ["“First look” is yours to judge"] * 2
    plain = postbox.mails[0].get_body(("plain",))
    assert plain is not None
    assert "You get this because you judge in City lights." in plain.get_content()


def test_panel_gets_the_seal_to_keep_when_the_round_closes(
    opened: UUID, marketer: Someone, cast_member: Someone, smtp: None, postbox: Postbox, work: Work
) -> None:
    work()
    seal = close(opened, marketer)
    work()

    assert [one.kind for one in told(cast_member)] == [Kind.PANEL_OPENED, Kind.PANEL_SEALED]
    sealed = [mail for mail in postbox.mails if "seal" in mail["subject"]]
    assert len(sealed) == 2
    body = sealed[0].get_body(("plain",))
    assert body is not None
    assert seal in body.get_content().splitlines()


def test_panel_hears_again_of_a_round_that_is_opened_again(
    opened: UUID, marketer: Someone, cast_member: Someone, smtp: None, postbox: Postbox, work: Work
) -> None:
    work()
    seal = close(opened, marketer)
    work()
    postbox.mails.clear()
    with transaction():
        move_round(marketer.actor, opened, RoundStage.OPEN, "A judge fell ill.")
    work()
    other = close(opened, marketer)
    work()

    assert [mail["subject"].partition(" is ")[2] for mail in postbox.mails] == [
        *["yours to judge"] * 2,
        *["closed. Please keep its seal"] * 2,
    ]
    assert [one.edition for one in told(cast_member)] == [2, 2]
    assert (seal == other, other in told(cast_member)[-1].body) == (False, True)


def test_a_reminder_says_how_much_is_left_and_another_takes_its_place(
    opened: UUID, cast_member: Someone, other_cast_member: Someone, smtp: None, postbox: Postbox, work: Work
) -> None:
    work()
    postbox.mails.clear()
    for left in (38, 12):
        happen("round.reminded", round_id=opened, person_id=cast_member.person_id, at=database_now(), left=left)
        work()

    assert [one.kind for one in told(other_cast_member)] == [Kind.PANEL_OPENED]
    reminder = told(cast_member)[-1]
    assert (reminder.kind, reminder.edition) == (Kind.PANEL_REMINDED, 2)
    assert "12 more from you in “First look” of City lights" in reminder.body
    assert len(postbox.mails) == 2


def test_a_reminder_delivered_twice_is_one(
    opened: UUID, cast_member: Someone, smtp: None, postbox: Postbox, work: Work
) -> None:
    work()
    postbox.mails.clear()
    asked = database_now()
    for _ in range(2):
        happen("round.reminded", round_id=opened, person_id=cast_member.person_id, at=asked, left=3)
        work()

    assert len(postbox.mails) == 1


def test_who_wants_no_mail_about_rounds_reads_it_in_the_app(
    opened: UUID, cast_member: Someone, smtp: None, postbox: Postbox, work: Work
) -> None:
    chosen = {"photos": True, "results": True, "judging": False}
    assert cast_member.browser.put("/api/v1/me/mail-choices", json=chosen).get_json() == chosen
    work()

    assert [one.mail for one in told(cast_member)] == [MailState.APP]
    assert len(postbox.mails) == 1


def test_mails_that_are_not_so_any_more_stay_here(
    opened: UUID, marketer: Someone, cast_member: Someone, work: Work
) -> None:
    work()
    assert why_not_mail(told(cast_member)[0]) is None
    close(opened, marketer)
    work()

    invited, sealed = told(cast_member)
    assert why_not_mail(invited) == "The round had closed for this judge before the mail left."
    assert why_not_mail(sealed) is None
    with transaction():
        db.session.execute(update(Round).where(Round.id == opened).values(seal="0" * 64))
    assert why_not_mail(told(cast_member)[1]) == "The round was opened again before the mail left."


@pytest.mark.parametrize("kind", ["round.opened", "round.reminded", "round.reopened", "round.closed"])
def test_round_that_is_gone_is_no_stumbling_block(kind: str, campaign: Campaign, work: Work) -> None:
    happen(kind, round_id=UUID(int=1), person_id=UUID(int=2), at=database_now(), left=1)
    work()

    assert told() == []
