"""The second consent: asked once for each version of the words, answered by its fan alone, in time or not at all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from campaign.accounts.audit import AuditEntry
from campaign.awards.models import Answer, Release, ReleaseAnswer, ReleaseWords
from campaign.awards.releases import answer_release, ask_for_release
from campaign.awards.rights import Standing, rights_of
from campaign.awards.words import copy_words, latest_words, write_words
from campaign.campaigns.lifecycle import move_campaign
from campaign.campaigns.models import Campaign, State
from campaign.db import db, transaction
from campaign.errors import Conflict, InvalidInput, NotFound, NotPermitted, SignInNeeded
from campaign.judging.models import Round
from campaign.submissions.models import Submission
from campaign.submissions.withdrawal import withdraw_submission
from tests.awards.chosen import announce_at, choose_photos
from tests.awards.conftest import WORDS
from tests.factories import make_campaign
from tests.people import Someone


def ask(marketer: Someone, campaign: Campaign, answer_by: datetime | None = None) -> tuple[int, int]:
    with transaction():
        asked = ask_for_release(marketer.actor, campaign.id, None, answer_by)
        return len(asked.made), asked.before


def answer(somebody: Someone, release: Release, given: Answer) -> Release:
    with transaction():
        return answer_release(somebody.actor, release.id, given)


def end_time_to_answer(release: Release) -> None:
    with transaction():
        db.session.execute(
            text("UPDATE release SET answer_by = clock_timestamp() - interval '1 second' WHERE id = :id"),
            {"id": release.id},
        )
    db.session.expire_all()


def test_words_become_versions_and_are_never_edited(campaign: Campaign, marketer: Someone) -> None:
    with transaction():
        first = write_words(marketer.actor, campaign.id, f"  {WORDS}\r\nFor ever. ")
        again = write_words(marketer.actor, campaign.id, f"{WORDS}\nFor ever.")
        second = write_words(marketer.actor, campaign.id, "Other words.")

    assert (first.version, again.id, second.version) == (1, first.id, 2)
    assert first.text == f"{WORDS}\nFor ever."
    assert latest_words(campaign.id) == second
    with pytest.raises(IntegrityError, match="kept as they were asked"), transaction():
        db.session.execute(text("UPDATE release_words SET text = 'x'"))


@pytest.mark.parametrize("words", ["", "   ", "x" * 10_001, "a\x00b"])
def test_words_that_cannot_be_kept_are_told(campaign: Campaign, marketer: Someone, words: str) -> None:
    with pytest.raises(InvalidInput) as refused, transaction():
        write_words(marketer.actor, campaign.id, words)

    assert set(refused.value.fields) == {"text"}


def test_asking_writes_an_event_for_each_fan_and_an_audit_entry(
    campaign: Campaign, chosen: list[Submission], marketer: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, dict[str, str]]] = []
    monkeypatch.setattr("campaign.awards.releases.record", lambda kind, payload: told.append((kind, payload)))
    with transaction():
        write_words(marketer.actor, campaign.id, WORDS)

    assert ask(marketer, campaign) == (2, 0)

    releases = db.session.scalars(select(Release)).all()
    assert {one.submission_id for one in releases} == {one.id for one in chosen}
    assert sorted(told, key=str) == sorted(
        (("release.asked", {"release_id": str(one.id)}) for one in releases), key=str
    )
    actions = db.session.scalars(select(AuditEntry.action).where(AuditEntry.action.like("release.%"))).all()
    assert sorted(actions) == ["release.asked", "release.words_written"]


def test_who_was_asked_is_asked_again_only_with_new_words(
    campaign: Campaign, asked: list[Release], marketer: Someone, fan: Someone
) -> None:
    later = datetime.now(UTC) + timedelta(days=1)

    assert ask(marketer, campaign, later) == (0, 2)
    assert {one.answer_by for one in db.session.scalars(select(Release))} == {later}
    answer(fan, asked[0], Answer.ACCEPTED)
    with transaction():
        write_words(marketer.actor, campaign.id, "Newer words.")
    assert ask(marketer, campaign) == (2, 0)

    mine = rights_of(campaign)[0]
    assert mine.release is not None
    assert (mine.standing, mine.release.words.version) == (Standing.WAITING, 2)
    assert [(one.words.version, one.answer and one.answer.answer) for one in mine.earlier] == [(1, Answer.ACCEPTED)]
    with pytest.raises(Conflict, match="changed since"):
        answer(fan, asked[0], Answer.REFUSED)


def test_the_fan_answers_and_changes_the_answer_and_each_tap_is_kept(asked: list[Release], fan: Someone) -> None:
    for given in (Answer.ACCEPTED, Answer.ACCEPTED, Answer.REFUSED):
        answer(fan, asked[0], given)

    kept = db.session.scalars(select(ReleaseAnswer).order_by(ReleaseAnswer.created_at)).all()
    assert [(one.release_id, one.answer) for one in kept] == [
        (asked[0].id, Answer.ACCEPTED),
        (asked[0].id, Answer.REFUSED),
    ]
    assert kept[0].created_at < kept[1].created_at


@pytest.mark.parametrize("name", ["other_fan", "cast_member", "staff", "marketer", "admin"])
def test_nobody_else_answers_or_learns_that_there_is_a_question(
    request: pytest.FixtureRequest, asked: list[Release], name: str
) -> None:
    with pytest.raises(NotFound):
        answer(request.getfixturevalue(name), asked[0], Answer.ACCEPTED)


def test_the_anonymous_are_asked_to_sign_in(asked: list[Release], anonymous: Someone) -> None:
    with pytest.raises(SignInNeeded):
        answer(anonymous, asked[0], Answer.ACCEPTED)


@pytest.mark.parametrize("name", ["fan", "cast_member", "staff"])
def test_only_marketers_write_and_ask(
    request: pytest.FixtureRequest, campaign: Campaign, chosen: list[Submission], name: str
) -> None:
    somebody = request.getfixturevalue(name)

    with pytest.raises(NotPermitted), transaction():
        write_words(somebody.actor, campaign.id, WORDS)
    with pytest.raises(NotPermitted), transaction():
        ask_for_release(somebody.actor, campaign.id)


def test_after_the_deadline_the_answer_stays(asked: list[Release], fan: Someone) -> None:
    answer(fan, asked[0], Answer.REFUSED)
    end_time_to_answer(asked[0])

    with pytest.raises(Conflict, match="time to answer is over"):
        answer(fan, asked[0], Answer.ACCEPTED)


def test_from_the_announcement_on_the_answer_stays(campaign: Campaign, asked: list[Release], fan: Someone) -> None:
    announce_at(campaign.id, timedelta(seconds=-1))

    with pytest.raises(Conflict, match="announced"):
        answer(fan, asked[0], Answer.ACCEPTED)


def test_after_the_announcement_nobody_is_asked(campaign: Campaign, asked: list[Release], marketer: Someone) -> None:
    with transaction():
        move_campaign(marketer.actor, campaign.id, State.ANNOUNCED)

    with pytest.raises(Conflict, match="announced"):
        ask(marketer, campaign)
    with pytest.raises(Conflict, match="announced"), transaction():
        write_words(marketer.actor, campaign.id, "Too late.")


def test_a_photo_taken_back_leaves_nothing_to_decide(asked: list[Release], fan: Someone) -> None:
    with transaction():
        withdraw_submission(fan.actor, asked[0].submission_id)

    with pytest.raises(Conflict, match="not in the gallery"):
        answer(fan, asked[0], Answer.ACCEPTED)


def test_asking_wants_words_and_a_choice(campaign: Campaign, judged: Round, marketer: Someone) -> None:
    with pytest.raises(Conflict, match="no words"):
        ask(marketer, campaign)
    with transaction():
        write_words(marketer.actor, campaign.id, WORDS)
    with pytest.raises(Conflict, match="chosen yet"):
        ask(marketer, campaign)


def test_only_chosen_photos_are_asked_for(
    campaign: Campaign, chosen: list[Submission], photos: list[Submission], marketer: Someone
) -> None:
    with transaction():
        write_words(marketer.actor, campaign.id, WORDS)
    for wanted in ([photos[1].id], [photos[0].id, photos[1].id], []):
        with pytest.raises(InvalidInput) as refused, transaction():
            ask_for_release(marketer.actor, campaign.id, wanted)
        assert set(refused.value.fields) == {"submissions"}

    with transaction():
        assert len(ask_for_release(marketer.actor, campaign.id, [photos[2].id]).made) == 1


@pytest.mark.parametrize("ahead", [timedelta(seconds=-1), timedelta(hours=3), timedelta(days=80_000)])
def test_a_deadline_lies_between_now_and_the_announcement(
    embargo: Campaign, marketer: Someone, ahead: timedelta
) -> None:
    with transaction():
        write_words(marketer.actor, embargo.id, WORDS)

    with pytest.raises(InvalidInput) as refused:
        ask(marketer, embargo, datetime.now(UTC) + ahead)

    assert set(refused.value.fields) == {"answer_by"}


def test_an_open_campaign_asks_nobody(marketer: Someone) -> None:
    campaign = make_campaign(marketer.actor)
    with transaction():
        write_words(marketer.actor, campaign.id, WORDS)

    with pytest.raises(Conflict, match="is open"):
        ask(marketer, campaign)


def test_an_answer_outlives_a_change_of_the_choice(
    campaign: Campaign, asked: list[Release], judged: Round, photos: list[Submission], marketer: Someone, fan: Someone
) -> None:
    answer(fan, asked[0], Answer.ACCEPTED)
    choose_photos(marketer.actor, judged, [photos[3]])
    choose_photos(marketer.actor, judged, [photos[0]])

    assert [one.standing for one in rights_of(campaign)] == [Standing.ACCEPTED]


def test_a_copied_campaign_begins_with_the_words(campaign: Campaign, marketer: Someone) -> None:
    copied = make_campaign(marketer.actor, State.DRAFT, title="Another city")
    with transaction():
        write_words(marketer.actor, campaign.id, "Old words.")
        write_words(marketer.actor, campaign.id, WORDS)
    for _ in range(2):
        with transaction():
            copy_words(campaign, copied)

    kept = db.session.scalars(select(ReleaseWords).where(ReleaseWords.campaign_id == copied.id)).all()
    assert [(one.version, one.text) for one in kept] == [(1, WORDS)]
