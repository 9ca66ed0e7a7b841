"""What a judge waits for at 28,000 photos: the next five, against the database merely counting the gallery."""

from __future__ import annotations

import os
from uuid import UUID

from flask import Flask
from sqlalchemy import func, select, text

from campaign.accounts.actor import Actor
from campaign.accounts.models import Role
from campaign.accounts.people import ensure_person
from campaign.app import create_app
from campaign.campaigns.lifecycle import move_campaign
from campaign.campaigns.models import State
from campaign.db import db, transaction
from campaign.judging.dealing import next_assignments
from campaign.judging.rounds import Plan, create_round, open_round
from campaign.submissions.models import Submission, SubmissionState
from tests.bench.figures import record
from tests.bench.people import make_person
from tests.bench.timing import compare
from tests.factories import make_campaign
from tests.people import ISSUER
from tests.servers import LocalServers, migrate, start_servers
from tests.settings import settings_on

PHOTOS = 28_000
FANS = 500
QUORUM = 3
JUDGED = 12_000
"""Photos that two judges have already seen: the middle of a round."""
HAND = 5

FILL = """
INSERT INTO submission (id, campaign_id, person_id, rules_id, entry_number, caption, place, state, reason,
                        ticket_expires_at, published_at)
SELECT gen_random_uuid(), :campaign, fan.id, :rules, slot,
       'A photo of ' || slot, 'Lisbon', 'published', '', now(), now()
FROM (SELECT id FROM person WHERE email LIKE 'bench-fan-%') AS fan, generate_series(1, :each) AS slot
"""
SEEN = """
INSERT INTO coverage (round_id, submission_id, judges)
SELECT :round, id, 2 FROM submission WHERE campaign_id = :campaign ORDER BY id LIMIT :judged
"""


def run() -> None:
    told = start_servers(owner=os.getpid())
    servers = LocalServers(home=told["home"], ports=told["ports"], secrets=told["secrets"], worker=0)
    address = servers.new_database("bench", template="template1")
    migrate(address)
    app = create_app(settings_on(servers, address))
    with app.app_context():
        judge, round_id, campaign_id = _middle_of_a_round(app)

        def ours() -> None:
            next_assignments(judge, round_id, HAND)
            db.session.rollback()

        def counting() -> None:
            published = (Submission.campaign_id == campaign_id, Submission.state == SubmissionState.PUBLISHED)
            db.session.scalar(select(func.count()).select_from(Submission).where(*published))
            db.session.rollback()

        found = compare(f"next {HAND} of {PHOTOS:,} photos", ours, counting, against="a count of the gallery")
        record("allocation", {"ratio_vs_count": found.median, "best_seconds": found.best})
        db.session.remove()
        db.engine.dispose()


def _middle_of_a_round(app: Flask) -> tuple[Actor, UUID, UUID]:
    assert app
    marketer = make_person("bench-marketer", Role.MARKETER)
    judges = [make_person(f"bench-judge-{number}", Role.CAST) for number in range(QUORUM)]
    campaign = make_campaign(marketer, State.OPEN, entry_limit=100)
    with transaction():
        for number in range(FANS):
            ensure_person(ISSUER, f"bench-fan-{number}", "A fan", f"bench-fan-{number}@example.test")
        rows = {"campaign": campaign.id, "rules": campaign.current_rules.id, "each": PHOTOS // FANS}
        db.session.execute(text(FILL), rows)
        move_campaign(marketer, campaign.id, State.CLOSED)
    with transaction():
        panel = [judge.person_id for judge in judges if judge.person_id]
        judged = create_round(marketer, campaign.id, Plan(title="Round 1", quorum=QUORUM, panel=tuple(panel)))
        open_round(marketer, judged.id)
        seen = {"round": judged.id, "campaign": campaign.id, "judged": JUDGED}
        db.session.execute(text(SEEN), seen)
    with transaction():
        db.session.execute(text("ANALYZE"))
    return judges[0], judged.id, campaign.id
