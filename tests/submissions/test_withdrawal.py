"""A fan takes a photo back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from uuid import UUID

import pytest
from flask import Flask

from campaign.campaigns.models import Campaign, Stage
from campaign.db import transaction
from campaign.errors import Conflict, NotFound, NotPermitted, SignInNeeded
from campaign.jobs import Retry
from campaign.submissions.models import Submission, SubmissionState
from campaign.submissions.moderation import publish_submission
from campaign.submissions.withdrawal import withdraw_submission
from campaign.web.purging import purge
from tests.factories import add_photos
from tests.people import Someone
from tests.submissions.conftest import Issue, Send, Work, stored
from uploads.storage import Storage


def withdraw(someone: Someone, submission_id: UUID) -> Submission:
    with transaction():
        return withdraw_submission(someone.actor, submission_id)


def test_published_photo_leaves_the_gallery_and_the_store(
    fan: Someone, staff: Someone, send: Send, work: Work, store: Storage
) -> None:
    submission_id = send(fan.actor)
    work()
    with transaction():
        publish_submission(staff.actor, submission_id)
    key = stored(submission_id).photo.renditions[0].key
    photo_id = stored(submission_id).photo.id

    withdraw(fan, submission_id)
    work()

    submission = stored(submission_id)
    assert submission.state is SubmissionState.WITHDRAWN
    assert (submission.entry_number, submission.published_at, submission.photo.thumbhash) == (None, None, None)
    assert submission.photo.renditions == []
    assert fan.browser.get(f"/media/{key}").status_code == HTTPStatus.NOT_FOUND
    assert store.list_prefix(f"photos/{photo_id}/") + store.list_prefix(f"originals/{photo_id}/") == []


def test_entry_is_free_again(fan: Someone, issue: Issue) -> None:
    first = issue(fan.actor).submission.id
    issue(fan.actor)

    withdraw(fan, first)

    assert issue(fan.actor).submission.entry_number == 1


def test_withdrawing_twice_is_fine(fan: Someone, issue: Issue) -> None:
    submission_id = issue(fan.actor).submission.id

    first = withdraw(fan, submission_id).withdrawn_at

    assert withdraw(fan, submission_id).withdrawn_at == first


def test_nobody_else_withdraws_it(
    fan: Someone, other_fan: Someone, staff: Someone, admin: Someone, anonymous: Someone, issue: Issue
) -> None:
    submission_id = issue(fan.actor).submission.id

    with pytest.raises(NotFound):
        withdraw(other_fan, submission_id)
    for other in (staff, admin):
        with pytest.raises(NotPermitted):
            withdraw(other, submission_id)
    with pytest.raises(SignInNeeded):
        withdraw(anonymous, submission_id)


def test_rejected_photo_is_gone_already(campaign: object, fan: Someone, issue: Issue) -> None:
    submission_id = issue(fan.actor).submission.id
    with transaction():
        submission = stored(submission_id)
        submission.state, submission.entry_number, submission.reason = SubmissionState.REJECTED, None, "empty"

    with pytest.raises(Conflict):
        withdraw(fan, submission_id)


def test_cache_in_front_is_told_which_paths_to_forget(
    app: Flask, database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[bytes] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_given: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Hook)
    Thread(target=server.handle_request, daemon=True).start()
    hook = f"http://127.0.0.1:{server.server_port}/purge"
    with_hook = app.extensions["flaunt_settings"].model_copy(update={"purge_url": hook})
    monkeypatch.setitem(app.extensions, "flaunt_settings", with_hook)

    purge(["/media/photos/a/b/320.webp"])
    server.server_close()

    assert heard == [b'{"paths": ["/media/photos/a/b/320.webp"]}']
    with pytest.raises(Retry):
        purge(["/media/photos/a/b/320.webp"])


def close(campaign: Campaign) -> None:
    campaign.closes_at = datetime.now(UTC) - timedelta(minutes=1)


def pause(campaign: Campaign) -> None:
    campaign.paused_at, campaign.pause_reason = datetime.now(UTC), "A storm."


def announce(campaign: Campaign) -> None:
    close(campaign)
    now = datetime.now(UTC)
    campaign.stage, campaign.closed_at, campaign.announced_at = Stage.ANNOUNCED, now, now


@pytest.mark.parametrize("change", [close, pause, announce])
@pytest.mark.parametrize(
    "state",
    [
        SubmissionState.TICKETED,
        SubmissionState.RECEIVED,
        SubmissionState.READY,
        SubmissionState.PUBLISHED,
        SubmissionState.DECLINED,
    ],
)
def test_fan_takes_it_back_at_any_time(
    campaign: Campaign, fan: Someone, state: SubmissionState, change: Callable[[Campaign], None]
) -> None:
    assert fan.person_id is not None
    submission_id = add_photos(campaign, fan.person_id, state=state)[0].id
    with transaction():
        change(campaign)
    path = f"/me/photos/{submission_id}/withdraw"

    asked = fan.browser.get(path).text
    fan.browser.post(path)

    assert "This cannot be undone." in asked
    assert ("once it goes on" in asked) == (change is pause)
    assert stored(submission_id).state is SubmissionState.WITHDRAWN


def test_page_for_what_is_gone_says_so(campaign: Campaign, fan: Someone, issue: Issue) -> None:
    submission_id = issue(fan.actor).submission.id
    withdraw(fan, submission_id)

    answer = fan.browser.get(f"/me/photos/{submission_id}/withdraw")

    assert answer.status_code == HTTPStatus.CONFLICT
    assert "there is nothing to take back" in answer.text
