"""What the desk sees of messages: sent, waiting, failed with the reason, and trying again."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import select

from campaign.accounts.audit import AuditEntry
from campaign.accounts.models import Scope
from campaign.campaigns.models import Campaign
from campaign.db import db
from campaign.moments import postman
from campaign.moments.models import MailState
from campaign.submissions.models import SubmissionState
from tests.counting import statements
from tests.factories import add_photos
from tests.moments.conftest import Postbox, Work, again, happen, told, wait_out
from tests.moments.test_messages import give
from tests.people import Someone

PAGE = "/desk/c/flaunt-your-city/messages"
API = "/api/v1/campaigns/flaunt-your-city/messages"


@pytest.fixture
def refused(campaign: Campaign, fan: Someone, smtp: None, postbox: Postbox, work: Work) -> str:
    """The id of a message whose mail was refused for good."""
    assert fan.person_id is not None
    photo = add_photos(campaign, fan.person_id, 1, SubmissionState.READY)[0]
    postbox.refuses = {"fan@example.test": "550 5.1.1 No such mailbox"}
    happen("submission.received", submission_id=photo.id)
    work()
    wait_out()
    work()
    return str(told(fan)[0].id)


def test_failed_mail_is_seen_and_sent_again(
    staff: Someone, fan: Someone, refused: str, postbox: Postbox, work: Work
) -> None:
    page = staff.browser.get(f"{PAGE}?mail=failed")
    assert page.status_code == 200
    for words in ("Your photo reached us", "Fan", "550 5.1.1 No such mailbox", "Try again"):
        assert words in page.text
    assert "fan@example.test" not in page.text

    postbox.refuses = {}
    answer = staff.browser.post(f"{PAGE}/{refused}/retry")
    work()

    assert (answer.status_code, answer.location) == (302, f"{PAGE}?mail=failed")
    assert told(fan)[0].mail is MailState.SENT
    assert postbox.recipients == ["fan@example.test"]
    assert db.session.scalar(select(AuditEntry.action).where(AuditEntry.action == "mail.retried")) == "mail.retried"


def test_failed_job_is_given_new_strikes(
    campaign: Campaign, staff: Someone, fan: Someone, smtp: None, postbox: Postbox, work: Work,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    assert fan.person_id is not None
    photo = add_photos(campaign, fan.person_id, 1, SubmissionState.READY)[0]
    with monkeypatch.context() as broken:
        broken.setattr(postman, "deliver", _break)
        happen("submission.received", submission_id=photo.id)
        for _ in range(4):
            work()
            wait_out()
    assert told(fan)[0].mail is MailState.FAILED

    staff.browser.post(f"{PAGE}/{told(fan)[0].id}/retry")
    work()

    assert (told(fan)[0].mail, told(fan)[0].edition) == (MailState.SENT, 1)


def _break(_message: object) -> None:
    raise RuntimeError


def test_mail_that_waits_says_why(
    campaign: Campaign, staff: Someone, fan: Someone, smtp: None, postbox: Postbox, work: Work
) -> None:
    assert fan.person_id is not None
    photo = add_photos(campaign, fan.person_id, 1, SubmissionState.READY)[0]
    postbox.refuses = {"fan@example.test": "451 Come again later"}
    happen("submission.received", submission_id=photo.id)
    work()
    wait_out()
    work()

    assert "451 Come again later" in staff.browser.get(f"{PAGE}?mail=waiting").text
    listed = staff.browser.get(API, query_string={"mail": "waiting"}).get_json()
    assert "451 Come again later" in listed["data"][0]["problem"]


def test_what_has_not_failed_is_not_tried_again(campaign: Campaign, staff: Someone, fan: Someone) -> None:
    (message,) = give(campaign, fan)

    assert staff.browser.post(f"{PAGE}/{message}/retry").status_code == 302
    assert "has not failed" in staff.browser.get(PAGE).text
    assert staff.browser.post(f"{API}/{message}/retry").status_code == 409
    assert staff.browser.post(f"{API}/{uuid4()}/retry").status_code == 404


def test_pages_open_in_every_state(campaign: Campaign, staff: Someone, marketer: Someone) -> None:
    assert "Nobody was told anything yet" in staff.browser.get(PAGE).text
    assert "What they say" in marketer.browser.get(PAGE).text
    for state in MailState:
        assert staff.browser.get(f"{PAGE}?mail={state.value}").status_code == 200
    assert staff.browser.get(f"{PAGE}?mail=odd").status_code == 422
    assert "No mail server is set" in staff.browser.get(PAGE).text


def test_strangers_stay_outside(
    campaign: Campaign, fan: Someone, cast_member: Someone, anonymous: Someone, refused: str
) -> None:
    for stranger in (fan, cast_member):
        assert stranger.browser.get(PAGE).status_code == 403
        assert stranger.browser.get(API).status_code == 403
        assert stranger.browser.post(f"{PAGE}/{refused}/retry").status_code == 403
        assert stranger.browser.post(f"{API}/{refused}/retry").status_code == 403
    assert anonymous.browser.get(PAGE).status_code == 302
    assert anonymous.browser.get(API).status_code == 401
    assert anonymous.browser.post(f"{PAGE}/{refused}/retry").status_code == 401
    assert anonymous.browser.post(f"{API}/{refused}/retry").status_code == 401
    assert told(fan)[0].mail is MailState.FAILED


def test_api_lists_and_retries(staff: Someone, fan: Someone, refused: str, postbox: Postbox, work: Work) -> None:
    listed = staff.browser.get(API, query_string={"mail": "failed"}).get_json()
    assert [(one["id"], one["to"], one["mail"]) for one in listed["data"]] == [(refused, "Fan", "failed")]
    assert (listed["counts"]["failed"], listed["counts"]["sent"]) == (1, 0)
    assert staff.browser.get(API, query_string={"mail": "odd"}).status_code == 422
    read_only = staff.bearer(Scope.READ)
    assert staff.browser.post(f"{API}/{refused}/retry", headers=read_only).status_code == 403

    postbox.refuses = {}
    assert staff.browser.post(f"{API}/{refused}/retry").get_json()["mail"] == "waiting"
    work()
    assert told(fan)[0].mail is MailState.SENT


def test_list_costs_the_same_for_one_and_for_thirty(campaign: Campaign, staff: Someone, fan: Someone) -> None:
    counts = []
    for more in (1, 29):
        give(again(campaign), fan, more, mail=MailState.WAITING)
        staff.browser.get(PAGE)
        with statements() as sent:
            staff.browser.get(PAGE)
        counts.append(len(sent))

    assert counts[0] == counts[1]
