"""One id follows a photo through the logs, from its ticket to its renditions."""

from __future__ import annotations

import pytest
import requests
from sqlalchemy import select

from campaign.campaigns.models import Campaign
from campaign.db import db
from campaign.jobs import runner
from campaign.jobs.models import Job
from tests.people import Someone
from uploads.storage import Storage

TICKET, COMPLETE = "ticket-request-0001", "complete-request-0002"


def test_id_of_the_ticket_is_on_every_line_about_the_photo(
    fan: Someone, campaign: Campaign, store: Storage, jpeg: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    claim = {"filename": "harbour.jpg", "content_type": "image/jpeg", "bytes": len(jpeg)}
    issued = fan.browser.post(
        f"/api/v1/campaigns/{campaign.slug}/submissions",
        json={"caption": "Harbour", "place": "Lisbon", "rules_version": 1, "photo": claim},
        headers={**fan.bearer(), "X-Request-ID": TICKET},
    ).json
    requests.put(issued["upload"]["url"], data=jpeg, headers=issued["upload"]["headers"], timeout=10)
    fan.browser.post(f"/api/v1/submissions/{issued['id']}/complete", headers={**fan.bearer(), "X-Request-ID": COMPLETE})
    job_id, followed = db.session.execute(select(Job.id, Job.request_id).where(Job.kind == "photo.process")).one()
    db.session.rollback()
    runner.run(str(job_id))

    lines = [record.msg for record in caplog.records if isinstance(record.msg, dict)]
    told = {line["event"] for line in lines if TICKET in (line.get("request_id"), line.get("ticket_request_id"))}
    assert followed == TICKET
    assert told >= {"request", "photo_received", "photo_ready", "job.ended"}
