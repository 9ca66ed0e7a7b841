"""The audit log: append-only, in words, for those whom it concerns."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from campaign.accounts.audit import AuditEntry, audit
from campaign.accounts.models import Person
from campaign.accounts.people import ensure_person
from campaign.campaigns.models import Campaign
from campaign.db import db, transaction
from campaign.submissions.models import SubmissionState
from campaign.team import audit_pages
from campaign.team.sentences import GROUPS, SENTENCES, sentence_of
from tests.counting import statements
from tests.factories import add_photos
from tests.people import ISSUER, Someone
from tests.team.recorded import recorded_actions

DAY = timedelta(days=1)


def note(someone: Someone, action: str, **entry: Any) -> UUID:
    with transaction():
        audit(someone.actor, action, **entry)
        db.session.flush()
        newest = select(AuditEntry.id).order_by(AuditEntry.created_at.desc())
        return db.session.scalars(newest).first()  # type: ignore[return-value]  # it was just written


def entry_from(someone: Someone, campaign: Campaign | None, at: datetime, why: str) -> None:
    row = {"action": "campaign.paused", "why": why, "details": {}, "created_at": at, "actor_id": someone.person_id}
    with transaction():
        db.session.execute(insert(AuditEntry).values(row | {"campaign_id": campaign.id if campaign else None}))


def reasons(someone: Someone, **query: str) -> set[str]:
    answer = someone.browser.get("/api/v1/audit", query_string=query)
    assert answer.status_code == 200, answer.text
    return {one["why"] for one in answer.json["data"] if one["why"]}


def test_every_action_that_is_recorded_has_its_sentence() -> None:
    recorded = recorded_actions()
    assert recorded >= {"campaign.paused", "submission.published", "role.revoked", "invitation.used"}
    assert recorded - SENTENCES.keys() == set()


def test_every_action_is_in_one_group() -> None:
    parts = [part for _, parts in GROUPS.values() for part in parts]
    assert len(parts) == len(set(parts))
    assert {action.partition(".")[0] for action in SENTENCES} == set(parts)


def test_action_without_a_sentence_is_named() -> None:
    assert sentence_of("kite.flown_high", {}) == "flown high: kite"


def test_sentence_without_its_details_still_reads() -> None:
    assert sentence_of("campaign.extended", {"to": "2026-11-22T20:00:00Z"}) == (
        "moved the closing from – to 2026-11-22T20:00:00Z"
    )


def test_empty_details_read_as_words() -> None:
    saved = {"occasion": "winner_put_off", "language": ""}
    assert sentence_of("wording.saved", saved) == "changed what fans are told at “winner put off” (every language)"
    assert sentence_of("submission.assigned", {"name": ""}) == "gave a photo to –"


def test_instants_in_a_sentence_are_said_on_the_readers_clock(admin: Someone, campaign: Campaign) -> None:
    details = {"from": "2026-11-22T20:00:00Z", "to": "2027-01-02T20:30:00Z"}
    assert sentence_of("campaign.extended", details, "Europe/Berlin") == (
        "moved the closing from Sunday 22 November, 21:00 to Saturday 2 January 2027, 21:30"
    )
    note(admin, "campaign.extended", campaign_id=campaign.id, details=details)
    assert "2026-11-22T20:00:00Z" not in admin.browser.get(f"/desk/audit?campaign={campaign.slug}").text
    (entry,) = admin.browser.get(f"/api/v1/audit?campaign={campaign.slug}&group=campaign").get_json()["data"][:1]
    assert entry["sentence"].endswith("from 2026-11-22T20:00:00Z to 2027-01-02T20:30:00Z")


@pytest.mark.parametrize("statement", [update(AuditEntry).values(why="another"), delete(AuditEntry)])
def test_entries_are_neither_changed_nor_deleted(admin: Someone, statement: Any) -> None:
    note(admin, "campaign.paused", why="Storm")
    with pytest.raises(IntegrityError, match="append-only"), db.session.begin_nested():
        db.session.execute(statement)


def test_who_acted_cannot_be_taken_away_beside_other_changes(admin: Someone) -> None:
    note(admin, "campaign.paused", why="Storm")
    with pytest.raises(IntegrityError, match="append-only"), db.session.begin_nested():
        db.session.execute(update(AuditEntry).values(actor_id=None, why="another"))


def test_entry_outlives_whoever_acted(app: Flask, admin: Someone, campaign: Campaign) -> None:
    with transaction():
        gone = ensure_person(ISSUER, "gone", "Gone")
        person_id = gone.id
    entry_id = note(Someone(app, "gone", person_id), "campaign.paused", campaign_id=campaign.id, why="Storm")
    with transaction():
        db.session.execute(delete(Person).where(Person.id == person_id))
    kept = db.session.get_one(AuditEntry, entry_id, populate_existing=True)
    assert (kept.actor_id, kept.why) == (None, "Storm")
    assert "Storm" in admin.browser.get("/desk/audit").text


def test_each_sees_what_concerns_them(
    admin: Someone, staff: Someone, own_staff: Someone, own_marketer: Someone, campaign: Campaign, elsewhere: Campaign
) -> None:
    note(admin, "campaign.paused", campaign_id=campaign.id, why="Here")
    note(admin, "campaign.paused", campaign_id=elsewhere.id, why="There")
    note(admin, "role.revoked", subject_id=staff.person_id, why="House")
    for somebody in (admin, staff):
        assert reasons(somebody) == {"Here", "There", "House"}
    for somebody in (own_staff, own_marketer):
        assert reasons(somebody) == {"Here"}
        assert somebody.browser.get(f"/api/v1/audit?campaign={elsewhere.slug}").status_code == 403
        assert somebody.browser.get(f"/desk/audit?campaign={elsewhere.slug}").status_code == 403
        assert "There" not in somebody.browser.get("/desk/audit").text


@pytest.mark.parametrize("path", ["/desk/audit", "/desk/audit.csv"])
def test_others_are_refused(fan: Someone, cast_member: Someone, anonymous: Someone, path: str) -> None:
    assert fan.browser.get(path).status_code == 403
    assert cast_member.browser.get(path).status_code == 403
    assert anonymous.browser.get(path).location.startswith("/sign-in")


def test_page_says_who_what_when_and_why(admin: Someone, staff: Someone, fan: Someone, campaign: Campaign) -> None:
    photo = add_photos(campaign, fan.actor.person_id, state=SubmissionState.PUBLISHED)[0]
    note(staff, "submission.declined", campaign_id=campaign.id, subject_id=photo.id, why="Too dark")
    note(admin, "role.revoked", subject_id=staff.person_id, details={"role": "staff"})
    page = admin.browser.get("/desk/audit").text
    assert "<b>Staff</b>" in page
    assert re.search(r"declined a photo: <a href=\"/photos/[^\"]+\">“Photo 1”, Lisbon</a>", page)
    assert "“Too dark”" in page
    assert "took back the role staff: Staff" in page
    assert re.search(r'<time datetime="[^"]+Z">\w+ \d+ \w+, \d\d:\d\d</time>', page)


def test_filters_narrow(admin: Someone, staff: Someone, campaign: Campaign, elsewhere: Campaign) -> None:
    note(admin, "campaign.paused", campaign_id=campaign.id, why="one")
    note(staff, "campaign.paused", campaign_id=elsewhere.id, why="two")
    note(staff, "submission.declined", campaign_id=campaign.id, why="three")
    assert reasons(admin, campaign=campaign.slug) == {"one", "three"}
    assert reasons(admin, person=str(staff.person_id)) == {"two", "three"}
    assert reasons(admin, group="photos") == {"three"}
    page = admin.browser.get(f"/desk/audit?group=photos&person={staff.person_id}&campaign={campaign.slug}")
    assert [f"“{why}”" in page.text for why in ("one", "two", "three")] == [False, False, True]
    assert "Nothing that fits" in admin.browser.get("/desk/audit?group=messages").text


def test_days_are_whole_and_in_the_reader_s_zone(admin: Someone, campaign: Campaign) -> None:
    midnight = datetime(2026, 3, 10, tzinfo=UTC)
    entry_from(admin, campaign, midnight - timedelta(minutes=30), "the 9th in UTC, the 10th in Tokyo")
    entry_from(admin, campaign, midnight + timedelta(minutes=30), "the 10th")
    assert reasons(admin, since="2026-03-10", until="2026-03-10") == {"the 10th"}
    admin.browser.patch("/api/v1/me", json={"time_zone": "Asia/Tokyo"})
    page = admin.browser.get("/desk/audit?since=2026-03-10&until=2026-03-10").text
    assert ["the 9th in UTC" in page, "“the 10th”" in page, "Tokyo time" in page] == [True, True, True]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("campaign=nowhere", "There is no campaign with this short name."),
        ("person=me", "Choose somebody from the list."),
        ("group=kites", "Choose one of the kinds."),
        ("since=yesterday", "Write the day as 2026-11-22."),
        ("until=9999-12-31", "A day of this century."),
    ],
)
def test_filter_that_means_nothing_is_told(admin: Someone, query: str, sentence: str) -> None:
    page = admin.browser.get(f"/desk/audit?{query}")
    assert (page.status_code, sentence in page.text) == (200, True)
    assert admin.browser.get(f"/desk/audit.csv?{query}").status_code == 422
    assert admin.browser.get(f"/api/v1/audit?{query}").status_code in {404, 422}


def test_table_to_keep(admin: Someone, campaign: Campaign) -> None:
    note(admin, "campaign.extended", campaign_id=campaign.id, why="=1+1", details={"from": "a", "to": "b"})
    answer = admin.browser.get(f"/desk/audit.csv?campaign={campaign.slug}&group=campaign")
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    assert "attachment" in answer.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert rows[0]["what"] == "moved the closing from a to b"
    assert (rows[0]["who"], rows[0]["why"], rows[0]["campaign"]) == ("Admin", "'=1+1", campaign.slug)


def test_table_goes_on_past_one_page(admin: Someone, campaign: Campaign) -> None:
    for number in range(105):
        entry_from(admin, campaign, datetime.now(UTC) - number * DAY, f"reason {number}")
    rows = list(csv.DictReader(io.StringIO(admin.browser.get("/desk/audit.csv").text.removeprefix("\ufeff"))))
    assert len({row["why"] for row in rows if row["why"]}) == 105


def test_pages_follow_each_other(admin: Someone, campaign: Campaign) -> None:
    for number in range(60):
        entry_from(admin, campaign, datetime.now(UTC) - number * DAY, f"reason {number}.")
    first = admin.browser.get("/desk/audit?group=campaign").text
    after = re.search(r'href="(/desk/audit\?after=[^"]+)"', first)
    assert after is not None
    second = admin.browser.get(after[1].replace("&amp;", "&")).text
    found = set(re.findall(r"reason \d+\.", first)) | set(re.findall(r"reason \d+\.", second))
    assert len(found) == 60
    assert admin.browser.get("/desk/audit?after=nonsense").status_code in {200, 422}


def test_equally_many_statements_for_1_and_30(admin: Someone, staff: Someone, fan: Someone, campaign: Campaign) -> None:
    counts = []
    campaign_id = campaign.id
    photos = [one.id for one in add_photos(campaign, fan.actor.person_id, 30)]
    for some in (photos[:1], photos[1:]):
        for photo_id in some:
            note(staff, "submission.declined", campaign_id=campaign_id, subject_id=photo_id, why="Too dark")
            note(admin, "role.revoked", campaign_id=campaign_id, subject_id=fan.person_id)
        admin.browser.get("/sign-in")
        db.session.expunge_all()
        with statements() as sent:
            assert admin.browser.get("/desk/audit").status_code == 200
        counts.append(len(sent))
    assert counts[0] == counts[1]


def test_table_that_is_cut_says_so(admin: Someone, campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_pages, "MOST_ROWS", 100)

    def rows() -> list[list[str]]:
        table = admin.browser.get(f"/desk/audit.csv?campaign={campaign.slug}").text
        return list(csv.reader(io.StringIO(table)))[1:]

    for minute in range(100 - len(rows())):
        entry_from(admin, campaign, datetime.now(UTC) - minute * timedelta(minutes=1), "Storm")
    assert (len(rows()), "left out" in rows()[-1][2]) == (100, False)
    entry_from(admin, campaign, datetime.now(UTC) - DAY, "The oldest")
    assert (len(rows()), "ends after 100." in rows()[-1][2]) == (101, True)
    assert "The oldest" not in str(rows())
