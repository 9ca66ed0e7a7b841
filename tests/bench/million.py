"""A campaign of a million photos, made in the database alone.

The hashes are like those of real pictures: each row of eight bits is that row of one of 120 drawn scenes, so what skies
and horizons make common is as common here.
"""

from __future__ import annotations

import time

from sqlalchemy import text

from campaign.accounts.models import Role
from campaign.accounts.people import ensure_person
from campaign.db import db, transaction
from tests.bench.people import make_person
from tests.factories import make_campaign
from tests.people import ISSUER
from uploads.likeness.dhash import to_signed

PHOTOS = 1_000_000
ENTRIES = 10_000
"""Of each fan."""
ADDED = 20_000

PICTURES = """
f0f0f8daa292eae0 f0f0e0f8c8c9d0f0 f0f8f8ec3c94d8f8 9aaaa89a9a6aeaa4 da5a5a98999aaa6a a6aaaa9696aaaa96
f2d8781992909890 e0c049cec4c2c8c0 e6e66d250c888490 8052a6a8db9adaa0 28d471d0c28ad071 c4222a91cbe6d9f0
d8d8f09149d8f0e0 88e066c5cb58b0f0 c8b8b0dbcb58b2f0 e7e4c460e0c0c0c8 f1f8d89c9cdcfcfc 80c6d616b6b6f6e6
e0c0c03090b0b0c0 e0e0b0b0f0b0b0e0 e0d8c8ce9494c8e0 4d66676470086482 96848cc8f1c98ce0 8ccccecc6923c894
50f0e8888c84a0f0 50e8c88cba8880c0 50f0c8ca8cc0c0d0 f0f8f8e4c6c6c6c4 f0f0f0e4cecccca0 f0f8f8e0c6e686c0
a0a06a60b8b8e8fa a8946868a2a2e0e0 aa86a998eafaeaa2 4ce88a9e9e929c90 b862323a5a105050 1818fa9ada9adafa
01d998ce8289c9d9 c690d0c98989c9d1 9988581ececef878 80e0e4c0e0c0c0c8 e0e4c9c0c1c0c0f0 068ec0c0c2c0c0d0
c0c0c098e068e8c0 80808090e0ececc0 c0c08050f0bcec80 b0186c44a0644553 34b4a2c149c4b029 c4d6aacc4060d4b5
0eede9c04968606d 1eb9f264646561f8 206070c6ccc89070 c0e0b8ecece8ec68 c860f0d8d0d0d2d0 e85cf0d8d8c8d8ca
f06874b4bcccc9e0 e0c0e46060c4d8c0 c0606034b4d49150 d878e4f872d2c0d0 da6c64e6e2e2e0a0 28e0f8b830b050d0
f0f8f0c08b87c650 e0f0e0c886cc8cf4 e0f0f0e492ceceb8 91078fc471658403 43030f2c262f0d07 0f0e9e1ad14f5a8e
4c68f0f1c4b0f068 6270d4c08054c0d4 9998e4e092946498 24246567c4cc6464 dbdbce9a988c9aca d9d9d93de039d9d9
a8aa8ab2b0c8e0e0 a0aae8b2b2cafabc e8a8aab2b2ecbefe cec498989c98d0e0 e8418dc0c2c0e0c0 c1f1c4e2e6c060e0
f8d0c6867c6d61f0 40c806a8594969f0 81a406e0ec6561f0 283824241c54c4dc 1b3bd4d41b1b88e8 2424ddd5585a783b
c8d9d280ccc8c0d8 80e4c19884a480c0 94909018307098c0 f0f0e8b088e6c8d8 f0f0ea86c2b8a4c8 f0f0e2c6e89888c0
823c18a8a998b836 38f0c6d0d4f4b0b2 7ef2e062cc84b1b0 fce0c04baad8f0f0 c0d84c46c0cbf170 d8c06144c2d8f0f0
a8f8ec9cea4eb7b6 f0dccaecd0a0b6b6 d8c8ccd0b899a3a6 80c088c8d0e0cc8a 8080cce050103032 c0c0c4c4c88c5a12
3cf0e2d8ddb4b292 c2c0c2d9dab8b098 2e80c8dcd49cba90 e0f8e4c6d0c0e0e0 f0e0e0b2c4d2e0e0 f0f0c0d4d4c0d0e0
d4c8ea4cece2f0e0 b0e8eecccc24d0e0 c1e2e64cc8e2e0f0 9d6d63a6b0b06465 68c08ea8e0a8a8c0 b2711694b6a0b490
f8f8f8d4e6e09cb8 f878b8cc80d0c8f8 f8f8f8f4b0f4f0f0 6868ee86e4ccc668 8c8c868698c88684 8dcdc080c5a1d0d0
"""

INDEXES = "SELECT indexdef FROM pg_indexes WHERE tablename = 'photo' AND indexname ~ 'band|sha256' ORDER BY indexname"
DROP = """
DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT indexname FROM pg_indexes WHERE tablename = 'submission' AND indexname LIKE 'ix_%'
        UNION SELECT indexname FROM pg_indexes WHERE tablename = 'photo' AND indexname ~ 'band|sha256'
    LOOP EXECUTE format('DROP INDEX %I', name); END LOOP;
    ALTER TABLE submission DROP CONSTRAINT fk_submission_campaign_id;
    ALTER TABLE submission DROP CONSTRAINT fk_submission_person_id;
    ALTER TABLE submission DROP CONSTRAINT fk_submission_rules_id;
    ALTER TABLE submission DROP CONSTRAINT uq_submission_campaign_id_person_id_entry_number;
    ALTER TABLE photo DROP CONSTRAINT fk_photo_submission_id;
    ALTER TABLE photo DROP CONSTRAINT uq_photo_incoming_key;
END $$
"""
"""Filling is not what is measured, and these make it slow: what the search needs is made again afterwards."""
PATIENCE = "SET LOCAL statement_timeout = 0"
SUBMISSIONS = """
INSERT INTO submission (id, campaign_id, person_id, rules_id, entry_number, caption, place, state, reason,
                        ticket_expires_at)
SELECT gen_random_uuid(), :campaign, fan.id, :rules, slot, 'A photo', 'Lisbon', 'ready', '', now()
FROM (SELECT id FROM person WHERE email LIKE 'bench-fan-%' ORDER BY id) AS fan, generate_series(1, :each) AS slot
"""
PHOTO_ROWS = """
INSERT INTO photo (id, submission_id, filename, content_type, declared_bytes, incoming_key, original_key, format, width,
                   height, bytes, sha256, thumbhash, dominant, dhash)
SELECT gen_random_uuid(), id, 'IMG_2041.jpg', 'image/jpeg', 3000000, 'incoming/' || id, 'originals/' || id, 'jpeg',
       4032, 3024, 3000000, repeat(md5(id::text), 2), '1QcSHQRnh493V4dIh4eXh1h4kJUI', '#336699', {mixed}
FROM waiting, (SELECT CAST(:pictures AS bigint[]) AS picture) AS pictures
"""
WAITING = """
CREATE TEMPORARY TABLE waiting ON COMMIT DROP AS
SELECT submission.id FROM submission LEFT JOIN photo ON photo.submission_id = submission.id
WHERE photo.id IS NULL LIMIT :count
"""


def fill_campaign() -> dict[str, float]:
    """The rows, and what the indexes add to the cost of writing one."""
    marketer = make_person("bench-marketer", Role.MARKETER)
    campaign = make_campaign(marketer, entry_limit=100)
    rows = {"campaign": campaign.id, "rules": campaign.current_rules.id}
    db.session.commit()
    with transaction():
        for number in range((PHOTOS + 2 * ADDED) // ENTRIES):
            ensure_person(ISSUER, f"bench-fan-{number}", "A fan", f"bench-fan-{number}@example.test")
    with transaction():
        made = db.session.scalars(text(INDEXES)).all()
        db.session.execute(text(DROP))
        db.session.execute(text(PATIENCE))
        db.session.execute(text(SUBMISSIONS), rows | {"each": ENTRIES})
    _add(PHOTOS)
    without = _add(ADDED)
    with transaction():
        db.session.execute(text(PATIENCE))
        for definition in made:
            db.session.execute(text(definition))
    within = _add(ADDED)
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SET statement_timeout = 0"))
        connection.execute(text("VACUUM ANALYZE photo"))
        connection.execute(text("VACUUM ANALYZE submission"))
        size = "SELECT sum(pg_relation_size(indexname::regclass)) FROM pg_indexes WHERE indexname LIKE 'ix_photo_band%'"
        megabytes = float(connection.scalar(text(size)) or 0) / 1e6
    return {
        "photos": PHOTOS + 2 * ADDED,
        "insert_ratio": within / without,
        "insert_ms": 1_000 * within / ADDED,
        "index_megabytes": megabytes,
    }


def _add(count: int) -> float:
    """Write so many photos; answers the seconds it took."""
    pictures = [to_signed(dhash) for dhash in PICTURES.split()]
    mixed = " | ".join(
        f"(picture[1 + floor(random() * {len(pictures)})::integer] & {to_signed(f'{255 << 8 * row:016x}')}::bigint)"
        for row in range(8)
    )
    with transaction():
        db.session.execute(text(PATIENCE))
        db.session.execute(text(WAITING), {"count": count})
        began = time.perf_counter()
        db.session.execute(text(PHOTO_ROWS.format(mixed=mixed)), {"pictures": pictures})
    return time.perf_counter() - began
