"""A person's own messages: the bell, the list, reading, and what they want by mail."""

from __future__ import annotations

import re
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from campaign.accounts.models import Scope
from campaign.campaigns.models import Campaign
from campaign.db import db, transaction
from campaign.moments.models import Kind, MailState, Moment
from campaign.submissions.models import SubmissionState
from tests.counting import statements
from tests.factories import add_photos
from tests.moments.conftest import Postbox, Work, again, happen, told, wait_out
from tests.people import Someone

ALL = {"photos": True, "results": True, "judging": True}


def give(campaign: Campaign, person: Someone, count: int = 1, **changes: object) -> list[UUID]:
    """Messages written directly."""
    assert person.person_id is not None
    ids = [uuid4() for _ in range(count)]
    with transaction():
        for at, moment_id in enumerate(ids):
            given: dict[str, object] = {
                "kind": Kind.RECEIVED, "title": f"Message {at}", "body": "Hello,\n\nsecond line", "button": "See",
                "path": "/me/photos", "signed": "Ana", "language": "en", "mail": MailState.APP,
            }  # fmt: skip
            db.session.add(
                Moment(id=moment_id, person_id=person.person_id, campaign_id=campaign.id, subject_id=uuid4(),
                       **(given | changes))  # type: ignore[arg-type]  # the changes are the test's own
            )  # fmt: skip
    return ids


def bell(person: Someone) -> str:
    """What the bell on a page shows."""
    page = person.browser.get("/me/messages").text
    found = re.search(r'class="bell".*?</a>', page, re.DOTALL)
    assert found is not None
    number = re.search(r"<b>([^<]+)<", found[0])
    return number[1] if number else ""


@pytest.mark.parametrize(("count", "shown"), [(0, ""), (1, "1"), (9, "9"), (10, "9+"), (40, "9+")])
def test_bell_counts_to_nine(campaign: Campaign, fan: Someone, count: int, shown: str) -> None:
    give(campaign, fan, count)

    assert bell(fan) == shown


def test_bell_rings_for_nobody_else_and_not_for_what_was_read_or_retracted(
    campaign: Campaign, fan: Someone, other_fan: Someone
) -> None:
    now = db.func.clock_timestamp()
    give(campaign, fan, read_at=now)
    give(campaign, fan, retracted_at=now)

    assert (bell(fan), bell(other_fan)) == ("", "")


def test_bell_costs_one_count_and_nothing_for_strangers(campaign: Campaign, fan: Someone, anonymous: Someone) -> None:
    give(campaign, fan, 3)
    for someone, expected in ((fan, 1), (anonymous, 0)):
        someone.browser.get("/")
        with statements() as sent:
            someone.browser.get("/")
        assert len([one for one in sent if "moment" in one]) == expected


def test_opening_marks_as_read(campaign: Campaign, fan: Someone) -> None:
    first, second = give(campaign, fan, 2)

    page = fan.browser.get(f"/me/messages/{first}")

    assert page.status_code == 200
    for words in ("Message 0", "<p>second line</p>", "Ana", 'href="/me/photos">See</a>'):
        assert words in page.text
    assert {one.id: one.read_at is not None for one in told(fan)} == {first: True, second: False}


def test_all_are_marked_read_at_once(campaign: Campaign, fan: Someone, other_fan: Someone) -> None:
    give(campaign, fan, 12)
    give(campaign, other_fan, 1)

    answer = fan.browser.post("/me/messages/read")

    assert (answer.status_code, answer.location) == (302, "/me/messages")
    assert (bell(fan), bell(other_fan)) == ("", "1")


def test_list_goes_on_page_by_page(campaign: Campaign, fan: Someone) -> None:
    give(campaign, fan, 31)

    page = fan.browser.get("/me/messages").text
    assert page.count('<li class="new"') == 30
    (more,) = re.findall(r'href="(\?after=[^"]+)"', page)
    assert fan.browser.get(f"/me/messages{more}").text.count('<li class="new"') == 1


def test_list_says_whose_clock_it_goes_by(campaign: Campaign, fan: Someone) -> None:
    give(campaign, fan)
    assert ", Lisbon time" in fan.browser.get("/me/messages").text

    fan.browser.post("/me/profile", data={"display_name": "Ana", "language": "en", "time_zone": "Asia/Tokyo"})
    page = fan.browser.get("/me/messages").text
    assert "Lisbon time" not in page
    assert told(fan)[0].told_at.astimezone(ZoneInfo("Asia/Tokyo")).strftime("%H:%M") in page


def test_list_without_messages_says_what_will_come(fan: Someone) -> None:
    assert "No messages yet" in fan.browser.get("/me/messages").text


def test_list_costs_the_same_for_one_and_for_thirty(campaign: Campaign, fan: Someone) -> None:
    counts = []
    for more in (1, 29):
        give(again(campaign), fan, more)
        fan.browser.get("/me/messages")
        with statements() as sent:
            fan.browser.get("/me/messages")
        counts.append(len(sent))

    assert counts[0] == counts[1]


def test_messages_are_for_their_reader(
    campaign: Campaign, fan: Someone, other_fan: Someone, admin: Someone, anonymous: Someone
) -> None:
    (mine,) = give(campaign, fan)
    for stranger in (other_fan, admin):
        assert stranger.browser.get(f"/me/messages/{mine}").status_code == 404
    for address in ("/me/messages", f"/me/messages/{mine}", "/me/messages/choices"):
        assert anonymous.browser.get(address).location.startswith("/sign-in?next=")
    for address in ("/me/messages/read", "/me/messages/choices"):
        assert anonymous.browser.post(address).status_code == 401
    assert told(fan)[0].read_at is None
    assert fan.browser.get("/me/messages?after=odd").status_code == 422


API = "/api/v1/me"


def test_api_lists_reads_and_chooses(campaign: Campaign, fan: Someone, other_fan: Someone) -> None:
    first, second = give(campaign, fan, 2)
    (others,) = give(campaign, other_fan)

    listed = fan.browser.get(f"{API}/messages").get_json()
    assert [one["id"] for one in listed["data"]] == [str(second), str(first)]
    assert (listed["unread"], listed["next_cursor"]) == (2, None)
    assert listed["data"][0]["url"] == "http://localhost/me/photos"

    read = fan.browser.post(f"{API}/messages/read", json={"ids": [str(first), str(others)]})
    assert read.get_json() == {"unread": 1}
    assert fan.browser.post(f"{API}/messages/read", json={}).get_json() == {"unread": 0}
    assert told(other_fan)[0].read_at is None

    assert fan.browser.get(f"{API}/mail-choices").get_json() == ALL
    chosen = fan.browser.put(f"{API}/mail-choices", json={"photos": False, "results": True})
    assert chosen.get_json() == {**ALL, "photos": False}
    assert fan.browser.get(f"{API}/mail-choices").get_json() == {**ALL, "photos": False}


def test_api_refuses(campaign: Campaign, fan: Someone, anonymous: Someone) -> None:
    for method, address, body in (
        ("get", "messages", None),
        ("post", "messages/read", {}),
        ("get", "mail-choices", None),
        ("put", "mail-choices", {"photos": True, "results": True}),
    ):
        assert getattr(anonymous.browser, method)(f"{API}/{address}", json=body).status_code == 401
    read_only = fan.bearer(Scope.READ)
    assert fan.browser.get(f"{API}/messages", headers=read_only).status_code == 200
    assert fan.browser.post(f"{API}/messages/read", json={}, headers=read_only).status_code == 403
    assert fan.browser.put(f"{API}/mail-choices", json={"photos": "perhaps"}).status_code == 422
    assert fan.browser.post(f"{API}/messages/read", json={"ids": ["odd"]}).status_code == 422


def arrive(campaign: Campaign, fan: Someone, work: Work) -> None:
    assert fan.person_id is not None
    photo = add_photos(again(campaign), fan.person_id, 1, SubmissionState.READY)[0]
    happen("submission.received", submission_id=photo.id)
    work()
    wait_out()
    work()


def test_what_is_chosen_off_is_in_the_app_only(
    campaign: Campaign, fan: Someone, smtp: None, postbox: Postbox, work: Work
) -> None:
    answer = fan.browser.post("/me/messages/choices", data={"groups": ["results"]})
    assert answer.status_code == 302
    page = fan.browser.get("/me/messages/choices").text
    assert ('value="photos">' in page, 'value="results" checked>' in page) == (True, True)
    arrive(campaign, fan, work)

    assert ([one.mail for one in told(fan)], postbox.mails) == ([MailState.APP], [])


def test_choice_made_while_a_mail_waits_counts(
    campaign: Campaign, fan: Someone, smtp: None, postbox: Postbox, work: Work
) -> None:
    assert fan.person_id is not None
    photo = add_photos(again(campaign), fan.person_id, 1, SubmissionState.READY)[0]
    happen("submission.received", submission_id=photo.id)
    work()
    fan.browser.post("/me/messages/choices", data={})
    wait_out()
    work()

    assert ([one.mail for one in told(fan)], postbox.mails) == ([MailState.APP], [])


def test_one_tap_in_a_mail_stops_all_mails(
    campaign: Campaign, fan: Someone, anonymous: Someone, smtp: None, postbox: Postbox, work: Work, app: Flask
) -> None:
    arrive(campaign, fan, work)
    link = postbox.mails[0]["list-unsubscribe"].strip("<>").removeprefix("http://localhost")

    looked = anonymous.browser.get(link)
    assert (looked.status_code, "Stop all mails" in looked.text) == (200, True)
    assert fan.browser.get(f"{API}/mail-choices").get_json() == ALL

    program = app.test_client()  # a mail program: no cookie, no token of ours, no redirect followed
    stopped = program.post(link, data={"List-Unsubscribe": "One-Click"})
    assert (stopped.status_code, "It is done" in stopped.text) == (200, True)
    assert fan.browser.get(f"{API}/mail-choices").get_json() == dict.fromkeys(ALL, False)

    program.post(link, data={"groups": list(ALL)})
    assert fan.browser.get(f"{API}/mail-choices").get_json() == ALL


@pytest.mark.parametrize("token", ["odd", "ImEi.odd", "a.b.c"])
def test_link_that_is_not_ours_stops_nothing(anonymous: Someone, token: str) -> None:
    assert anonymous.browser.get(f"/unsubscribe/{token}").status_code == 404
    assert anonymous.browser.post(f"/unsubscribe/{token}").status_code == 404


def test_every_button_leads_somewhere(app: Flask, campaign: Campaign, fan: Someone) -> None:
    some_id = uuid4()
    for path in (
        "/me/photos", f"/photos/{some_id}", f"/c/{campaign.slug}/winners", f"/me/releases/{some_id}",
        f"/desk/c/{campaign.slug}/messages/wording/received", "/me/messages/choices",
    ):  # fmt: skip
        endpoint, _ = app.url_map.bind("localhost").match(path, method="GET")
        assert isinstance(endpoint, str)
