"""Campaigns to be judged, filled in the database alone, with their cast."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import text

from campaign.accounts.actor import Actor
from campaign.accounts.models import Role
from campaign.accounts.people import ensure_person
from campaign.campaigns.lifecycle import move_campaign
from campaign.campaigns.models import State
from campaign.db import db, transaction
from campaign.judging.life.rounds import Plan, create_round
from tests.bench.people import make_person
from tests.factories import make_campaign
from tests.people import ISSUER

ENTRIES = 1_000
"""Of each fan, at most."""
PATIENCE = "SET LOCAL statement_timeout = 0"
SUBMISSIONS = """
INSERT INTO submission (id, campaign_id, person_id, rules_id, entry_number, caption, place, state, reason,
                        ticket_expires_at, published_at)
SELECT gen_random_uuid(), :campaign, fan.id, :rules, slot, 'A photo of ' || slot, 'Lisbon', 'published', '',
       now(), now()
FROM (SELECT id FROM person WHERE email LIKE 'bench-fan-%' ORDER BY id) AS fan, generate_series(1, :each) AS slot
LIMIT :count
"""
PHOTOS = """
INSERT INTO photo (id, submission_id, filename, content_type, declared_bytes, incoming_key, original_key, format, width,
                   height, bytes, sha256, thumbhash, dominant)
SELECT gen_random_uuid(), id, 'IMG_2041.jpg', 'image/jpeg', 3000000, 'incoming/' || id, 'originals/' || id, 'jpeg',
       4032, 3024, 3000000, repeat(md5(id::text), 2), '1QcSHQRnh493V4dIh4eXh1h4kJUI', '#336699'
FROM submission WHERE campaign_id = :campaign
"""
RENDITIONS = """
INSERT INTO rendition (photo_id, name, key, width, height, bytes, etag)
SELECT photo.id, side::text, 'photos/' || photo.id || '/r/' || side || '.webp', side, side * 3 / 4, 1000 * side,
       'e' || side
FROM photo JOIN submission ON submission.id = photo.submission_id, unnest(ARRAY[320, 640, 1280, 2560]) AS side
WHERE submission.campaign_id = :campaign
"""


def make_cast(judges: int) -> tuple[Actor, list[Actor]]:
    """A marketer and the judges."""
    marketer = make_person("bench-marketer", Role.MARKETER)
    return marketer, [make_person(f"bench-judge-{number}", Role.CAST) for number in range(judges)]


def prepared_round(marketer: Actor, judges: list[Actor], photos: int, quorum: int, *, drawn: bool = True) -> UUID:
    """A draft of a round of so many published photos; without `drawn`, they have no pictures."""
    campaign = make_campaign(marketer, State.OPEN, entry_limit=100, title=f"A bench of {photos} photos")
    fans = -(-photos // ENTRIES)
    with transaction():
        for number in range(fans):
            ensure_person(ISSUER, f"bench-fan-{number}", "A fan", f"bench-fan-{number}@example.test")
    rows = {"campaign": campaign.id, "rules": campaign.current_rules.id, "each": ENTRIES, "count": photos}
    with transaction():
        db.session.execute(text(PATIENCE))
        for statement in (SUBMISSIONS, PHOTOS, RENDITIONS) if drawn else (SUBMISSIONS,):
            db.session.execute(text(statement), rows)
        move_campaign(marketer, campaign.id, State.CLOSED)
    panel = tuple(one.person_id for one in judges if one.person_id)
    with transaction():
        round_id = create_round(marketer, campaign.id, Plan(title="Round 1", quorum=quorum, panel=panel)).id
    with transaction():
        db.session.execute(text("ANALYZE"))
    return round_id
