"""What the gallery is searched and filtered by, and the card of a published photo.

Revision ID: 0004
Revises: 0003
"""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BATCH = 1_000
PUBLISHED = sa.text("state = 'published'")

# As campaign/submissions/folding.py was when this was written.
PLAIN = str.maketrans(
    {"æ": "ae", "ð": "d", "đ": "d", "ħ": "h", "ı": "i", "ł": "l", "ŋ": "n", "ø": "o", "œ": "oe", "ŧ": "t", "þ": "th"}
)
UNSPACED = re.compile("([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff])")


def upgrade() -> None:
    op.add_column("submission", sa.Column("folded", sa.Text(), server_default="", nullable=False))
    op.add_column("submission", sa.Column("folded_place", sa.Text(), server_default="", nullable=False))
    op.add_column("photo", sa.Column("card_key", sa.Text(), nullable=True))
    op.add_column("photo", sa.Column("card_bytes", sa.Integer(), nullable=True))
    op.add_column("photo", sa.Column("card_etag", sa.Text(), nullable=True))
    op.create_unique_constraint(op.f("uq_photo_card_key"), "photo", ["card_key"])
    op.create_check_constraint(
        op.f("ck_photo_card_whole_or_none"), "photo", "num_nulls(card_key, card_bytes, card_etag) IN (0, 3)"
    )
    fold_what_is_there()
    for column in ("category", "folded_place"):
        op.create_index(
            f"ix_submission_gallery_{column.removeprefix('folded_')}",
            "submission",
            ["campaign_id", column, "published_at", "id"],
            postgresql_where=PUBLISHED,
        )
    op.create_index(
        "ix_submission_words",
        "submission",
        [sa.text("to_tsvector('simple'::regconfig, folded)")],
        postgresql_using="gin",
    )
    ask_for_cards()


def downgrade() -> None:
    for name in ("words", "gallery_place", "gallery_category"):
        op.drop_index(f"ix_submission_{name}", table_name="submission")
    op.drop_constraint(op.f("ck_photo_card_whole_or_none"), "photo")
    op.drop_constraint(op.f("uq_photo_card_key"), "photo")
    for column in ("card_etag", "card_bytes", "card_key"):
        op.drop_column("photo", column)
    op.drop_column("submission", "folded_place")
    op.drop_column("submission", "folded")


def fold_what_is_there() -> None:
    """Photos that came before, some at a time, walking along their ids."""
    connection = op.get_bind()
    some = sa.text("SELECT id, caption, place FROM submission WHERE id > :last ORDER BY id LIMIT :batch")
    keep = sa.text("UPDATE submission SET folded = :folded, folded_place = :folded_place WHERE id = :id")
    last = "00000000-0000-0000-0000-000000000000"
    while rows := connection.execute(some, {"last": last, "batch": BATCH}).all():
        connection.execute(
            keep,
            [{"id": id, "folded": fold(f"{caption} {place}"), "folded_place": fold(place)} for id, caption, place in rows],
        )
        last = rows[-1].id


def fold(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(one for one in apart if unicodedata.category(one) not in ("Mn", "Me"))
    plain = unicodedata.normalize("NFC", bare.translate(PLAIN))
    kept = "".join(one if unicodedata.category(one)[0] in "LNM" else " " for one in plain)
    return " ".join(UNSPACED.sub(r" \1 ", kept).split())


def ask_for_cards() -> None:
    """Workers of this release make the cards of what is published; those of an older one leave the jobs waiting."""
    op.execute(
        "INSERT INTO job (id, kind, payload, state, attempt, strikes) "
        "SELECT gen_random_uuid(), 'photo.card', jsonb_build_object('submission_id', id::text), 'due', 0, 0 "
        "FROM submission WHERE state = 'published'"
    )
