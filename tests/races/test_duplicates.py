"""Workers finish several copies of one photo at the same instant: exactly one of them stays."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from campaign.db import db, transaction
from campaign.submissions.models import DUPLICATE, Submission, SubmissionState
from campaign.submissions.processing import record_ready
from tests.factories import add_photos, make_campaign
from tests.people import meet
from uploads.metadata.facts import NO_FACTS
from uploads.pipeline import ProcessedPhoto

COPIES = 6

MADE = ProcessedPhoto(
    format="jpeg",
    width=1600,
    height=1200,
    bytes=1000,
    sha256="7" * 64,
    thumbhash="1QcSHQRnh493V4dIh4eXh1h4kJUI",
    dominant="#336699",
    dhash="f0e1d2c3b4a59687",
    facts=NO_FACTS,
    original_key="originals/of-its-own.jpg",
    renditions=(),
)


@pytest.mark.usefixtures("committed")
def test_of_copies_finished_at_once_one_stays(app: Flask) -> None:
    campaign = make_campaign(meet(app, "marketer").actor, entry_limit=COPIES)
    fan = meet(app, "fan").person_id
    sent = [one.id for one in add_photos(campaign, fan, COPIES, SubmissionState.RECEIVED)]
    db.session.remove()
    start = Barrier(COPIES)

    def finish(submission_id: UUID) -> bool:
        with app.app_context():
            start.wait()
            with transaction():
                return record_ready(submission_id, MADE)

    with ThreadPoolExecutor(COPIES) as threads:
        assert sorted(threads.map(finish, sent)) == [False] * (COPIES - 1) + [True]

    rows = db.session.scalars(select(Submission).where(Submission.id.in_(sent))).all()
    (first,) = [one for one in rows if one.state is SubmissionState.READY]
    collapsed = [one for one in rows if one is not first]
    assert {(one.reason, one.duplicate_of_id, one.entry_number) for one in collapsed} == {(DUPLICATE, first.id, None)}
