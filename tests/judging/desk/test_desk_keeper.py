"""The desk of a round under way and of its result: reminders, changes, reopening, picking, agreement, the table."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, text

from campaign.accounts.audit import AuditEntry
from campaign.db import db, transaction
from campaign.jobs.models import Job
from campaign.judging.keeper import proposals
from campaign.judging.keeper.watching import course_of
from campaign.judging.life.rounds import move_round
from campaign.judging.models import Assignment, PanelMember, Round, RoundStage, SourceKind, TieRule
from campaign.judging.record.dossier import Dossier
from campaign.judging.record.proof import verify
from campaign.submissions.models import Submission
from tests.people import Someone

Vote = Callable[[Someone, dict[UUID, int]], None]


def at(judged: Round, *rest: str) -> str:
    return "/".join(["/desk/rounds", str(judged.id), *rest])


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def page(somebody: Someone, address: str, status: int = 200) -> str:
    answer = somebody.browser.get(address)
    assert answer.status_code == status
    return text_of(answer.get_data(as_text=True))


def reminders(judged: Round) -> list[AuditEntry]:
    query = select(AuditEntry).where(AuditEntry.subject_id == judged.id, AuditEntry.action == "round.reminded")
    return list(db.session.scalars(query))


def test_a_click_reminds_once_a_day_and_is_written_down(
    open_round: Round, marketer: Someone, cast_member: Someone
) -> None:
    remind = {"judge": str(cast_member.person_id)}
    for _ in range(2):
        assert marketer.browser.post(at(open_round, "remind"), data=remind).location == at(open_round)

    told = page(marketer, at(open_round))
    assert "Cast member gets a kind word" in told
    assert "was reminded 1 minute ago. Give it a little time; you can remind again in 20 hours." in told
    (written,) = reminders(open_round)
    assert written.details["judge"] == str(cast_member.person_id)
    jobs = db.session.scalars(select(Job.payload).where(Job.kind == "moments.round.reminded")).all()
    assert [(one["person_id"], one["left"]) for one in jobs] == [(str(cast_member.person_id), 4)]


def test_reminder_comes_by_the_api_again_when_a_day_has_passed(
    open_round: Round, marketer: Someone, cast_member: Someone, fan: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, body = f"/api/v1/rounds/{open_round.id}/reminders", {"judge": str(cast_member.person_id)}
    assert marketer.browser.post(address, json=body).status_code == 201
    again = marketer.browser.post(address, json=body)
    assert (again.status_code, again.get_json()["code"]) == (409, "reminded_already")
    monkeypatch.setattr(proposals, "REMIND_AGAIN", timedelta(0))

    assert marketer.browser.post(address, json=body).status_code == 201
    assert marketer.browser.post(address, json={"judge": str(fan.person_id)}).status_code == 404


def test_keeper_counts_sittings_and_what_is_missing(
    open_round: Round, photos: list[Submission], vote: Vote, marketer: Someone, staff: Someone, cast_member: Someone
) -> None:
    vote(cast_member, {photos[0].id: 5, photos[1].id: 5, photos[2].id: 4})
    with transaction():
        moved = "UPDATE ballot SET cast_at = cast_at - interval '3 hours' WHERE assignment_id = :id"
        first = select(Assignment.id).where(Assignment.judged).order_by(Assignment.position).limit(1)
        db.session.execute(text(moved), {"id": db.session.scalar(first)})

    course = course_of(db.session.get_one(Round, open_round.id))
    assert [one.ballots for one in course.sittings] == [1, 2]
    assert (dict(course.photos), course.missing(), course.short) == ({0: 1, 1: 3}, 5, 4)
    seen = staff.browser.get(f"/api/v1/rounds/{open_round.id}/keeper").get_json()
    assert (seen["missing"], seen["short"], bool(seen["forecast"])) == (5, 4, True)
    assert [(one["display_name"], one["done"], one["gait"]) for one in seen["judges"]] == [
        ("Cast member", 3, "steady"),
        ("Other cast member", 0, "expected"),
    ]
    assert "Open again" not in page(marketer, at(open_round))


def test_who_has_not_begun_is_named_before_the_deadline(
    open_round: Round, photos: list[Submission], vote: Vote, marketer: Someone, cast_member: Someone
) -> None:
    vote(cast_member, {photos[0].id: 5})
    with transaction():
        ago = {"ago": timedelta(days=3)}
        db.session.execute(text("UPDATE round SET opened_at = opened_at - :ago"), ago)
        db.session.execute(text("UPDATE panel_member SET joined_at = joined_at - :ago"), ago)

    told = page(marketer, at(open_round))

    assert "Other cast member has not begun, 3 days in. Remind Other cast member" in told


def test_change_is_seen_before_it_is_done(
    open_round: Round, photos: list[Submission], vote: Vote, marketer: Someone, cast_member: Someone
) -> None:
    vote(cast_member, {photos[0].id: 5})

    looked = page(marketer, at(open_round, "changes?quorum=1"))
    assert "What that would do" in looked
    assert "4 ballots fewer than now" in looked
    assert db.session.get_one(Round, open_round.id).quorum == 2

    assert marketer.browser.post(at(open_round, "changes"), data={"quorum": "1"}).location == at(open_round)
    db.session.expire_all()
    assert db.session.get_one(Round, open_round.id).quorum == 1
    assert "1 ballot so far, 3 to come" in page(marketer, at(open_round))


@pytest.mark.parametrize("asked", ["quorum=0", "quorum=x", "drop=x", "add=00000000-0000-0000-0000-000000000000"])
def test_change_that_cannot_be_comes_back_with_words(open_round: Round, marketer: Someone, asked: str) -> None:
    assert "A few things need another look" in page(marketer, at(open_round, f"changes?{asked}"), 422)
    name, value = asked.split("=")
    assert marketer.browser.post(at(open_round, "changes"), data={name: value}).status_code == 422


def test_closed_round_becomes_final_and_opens_again_with_a_reason(closed_round: Round, marketer: Someone) -> None:
    seal = closed_round.seal
    marketer.browser.post(at(closed_round, "transitions"), data={"to": "final"})
    assert "flaunt dossier verify" in page(marketer, at(closed_round))
    dossier = marketer.browser.get(f"/api/v1/rounds/{closed_round.id}/dossier")
    assert verify(Dossier.model_validate_json(dossier.data), seal=seal) == []

    without = marketer.browser.post(at(closed_round, "reopen"), data={"reason": " "})
    assert (without.status_code, "mend" in without.text) == (422, True)
    assert "Open “First look” again" in page(marketer, at(closed_round, "reopen"))
    again = marketer.browser.post(at(closed_round, "reopen"), data={"reason": "A judge fell ill."})

    told = page(marketer, again.location)
    assert db.session.get_one(Round, closed_round.id).stage is RoundStage.OPEN
    assert "is not closed, so there is nothing to open again" in page(marketer, at(closed_round, "reopen"))
    assert "A judge fell ill." in told
    assert str(seal) in told


def test_photos_are_picked_by_hand_across_pages(
    closed_round: Round, photos: list[Submission], marketer: Someone, cast_member: Someone
) -> None:
    picked = [str(photos[0].id), str(photos[3].id)]
    turned = marketer.browser.post(at(closed_round, "pick"), data={"picked": picked, "to": "2"})
    assert turned.status_code == 200
    assert re.search(rf'type="hidden" name="picked" value="{photos[0].id}"', turned.text)

    form = marketer.browser.post(at(closed_round, "pick"), data={"picked": picked}).text
    assert "2 photos picked by hand" in form
    sent = {
        "title": "By hand", "method": "duel", "quorum": "4", "panel": [str(cast_member.person_id)],
        "source_kind": "picked", "source": str(closed_round.id), "picked": picked, "reason": "The two we argued about.",
    }  # fmt: skip
    address = f"/desk/c/{closed_round.campaign.slug}/rounds/new"
    assert marketer.browser.post(address, data={**sent, "reason": ""}).status_code == 422
    made = marketer.browser.post(address, data=sent)

    told = page(marketer, made.location)
    assert "2 photos picked by hand from First look : The two we argued about." in told
    assert "2 photos × 4 duels ÷ 2 photos in each ÷ 1 judge: about 4 duels each, a minute." in told
    kept = db.session.scalars(select(Round).where(Round.title == "By hand")).one()
    assert kept.source_kind is SourceKind.PICKED


def test_agreement_is_told_after_the_closing_only(
    open_round: Round, photos: list[Submission], vote: Vote, marketer: Someone, cast_member: Someone
) -> None:
    vote(cast_member, {photos[0].id: 5})
    assert marketer.browser.get(at(open_round, "agreement")).status_code == 409
    with transaction():
        move_round(marketer.actor, open_round.id, RoundStage.CLOSED)

    told = page(marketer, at(open_round, "agreement"))

    assert "Too little was judged by more than one judge" in told
    assert "Other cast member" in told


def test_result_comes_as_a_table_that_calculates_nothing(
    closed_round: Round, photos: list[Submission], marketer: Someone
) -> None:
    with transaction():
        db.session.get_one(Submission, photos[0].id).caption = "=1+1"

    answer = marketer.browser.get(at(closed_round, "result.csv"))

    rows = list(csv.DictReader(io.StringIO(answer.get_data(as_text=True).lstrip("\ufeff"))))
    assert answer.mimetype == "text/csv"
    assert (rows[0]["place"], rows[0]["submission"], rows[0]["ballots"]) == ("1", str(photos[0].id), "2")
    assert rows[0]["caption"] == "'=1+1"
    assert len(rows) == 4


def test_cut_tells_how_sure_it_is(closed_round: Round, marketer: Someone) -> None:
    told = page(marketer, at(closed_round) + "?cut=2")

    assert "Among the 2" in told
    assert re.search(r"2nd .* (coin toss|with probability)", told)
    assert "Among the" not in page(marketer, at(closed_round) + "?cut=400")


def test_another_round_like_it_begins_with_its_rules(closed_round: Round, marketer: Someone) -> None:
    html = marketer.browser.get(f"/desk/c/{closed_round.campaign.slug}/rounds/new?like={closed_round.id}").text

    assert re.search(r'name="quorum"[^>]*value="2"', html)
    assert 'value="Round 2"' in html
    odd = f"/desk/c/{closed_round.campaign.slug}/rounds/new?like=odd"
    assert marketer.browser.get(odd).status_code == 404


def test_form_tells_the_work_without_a_script(
    open_round: Round, marketer: Someone, cast_member: Someone, other_cast_member: Someone
) -> None:
    panel = [str(cast_member.person_id), str(other_cast_member.person_id)]
    asked = {"title": "", "method": "shortlist", "quorum": "2", "panel": panel, "step": "look"}

    looked = marketer.browser.post(f"/desk/c/{open_round.campaign.slug}/rounds/new", data=asked)

    words = "4 photos × 2 ÷ 2 judges: about 4 photos each, a minute."
    assert (looked.status_code, words in looked.text) == (200, True)
    told = marketer.browser.get(
        f"/api/v1/campaigns/{open_round.campaign.slug}/workload?method=shortlist&quorum=2&judges=2"
    )
    assert told.json == {"photos": 4, "ballots": 4, "seconds": 48, "words": words}


def test_desk_declares_a_conflict_by_the_photos_address(
    open_round: Round, photos: list[Submission], marketer: Someone, staff: Someone, cast_member: Someone
) -> None:
    judge = {"judge": str(cast_member.person_id), "reason": "Neighbours."}
    address = at(open_round, "conflicts")
    assert marketer.browser.post(address, data={**judge, "photo": "that one"}).status_code == 422
    marketer.browser.post(address, data={**judge, "photo": f"http://localhost/photos/{photos[0].id}"})
    marketer.browser.post(address, data={**judge, "photo": f"/photos/{photos[1].id}", "whole": "yes"})

    told = page(staff, address)
    assert f"Cast member “{photos[0].caption}” Neighbours." in told
    assert "all photos of Fan" in told
    declared = marketer.browser.get(f"/api/v1/rounds/{open_round.id}/conflicts").get_json()["data"]
    back = marketer.browser.post(at(open_round, "conflicts", declared[0]["id"], "withdraw"))
    assert back.location == address
    assert len(marketer.browser.get(f"/api/v1/rounds/{open_round.id}/conflicts").get_json()["data"]) == 1


def test_a_chair_who_leaves_breaks_no_ties_and_chairs_again_on_coming_back(
    draft_round: Round, photos: list[Submission], marketer: Someone, cast_member: Someone, other_cast_member: Someone
) -> None:
    assert photos
    plan = {"quorum": 1, "tie_rule": "chair", "chair": str(cast_member.person_id)}
    assert marketer.browser.patch(f"/api/v1/rounds/{draft_round.id}", json=plan).status_code == 200
    assert marketer.browser.post(at(draft_round, "transitions"), data={"to": "open"}).status_code == 302

    def asked(name: str) -> str:
        return page(marketer, at(draft_round, f"changes?{name}={cast_member.person_id}"))

    def change(name: str) -> None:
        done = marketer.browser.post(at(draft_round, "changes"), data={name: str(cast_member.person_id), "quorum": "1"})
        assert done.location == at(draft_round)
        db.session.expire_all()

    def chair() -> str | None:
        return marketer.browser.get(f"/api/v1/rounds/{draft_round.id}").get_json()["chair"]

    assert "Cast member chairs this panel, and ties are for the chair to break" in asked("drop")
    change("drop")
    assert chair() is None
    assert cast_member.browser.get("/api/v1/me/rounds").get_json()["data"] == []
    assert len(other_cast_member.browser.get("/api/v1/me/rounds").get_json()["data"]) == 1
    assert 'name="add" value="' + str(cast_member.person_id) in marketer.browser.get(at(draft_round, "changes")).text

    change("add")
    assert chair() == str(cast_member.person_id)


def test_result_says_that_no_chair_is_left_to_break_its_ties(
    closed_round: Round, marketer: Someone, cast_member: Someone
) -> None:
    with transaction():
        closed_round.tie_rule = TieRule.CHAIR
        seat = db.session.get_one(PanelMember, (closed_round.id, cast_member.person_id))
        seat.is_chair, seat.left_at = True, closed_round.opened_at

    assert "The chair has left the panel, so nobody can part them" in page(marketer, at(closed_round))
    assert cast_member.browser.get(f"/panel/{closed_round.id}/chair").status_code == 403
