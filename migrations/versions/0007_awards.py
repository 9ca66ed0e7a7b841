"""Broadcast releases with their versions of words and their answers; the log of downloads; counts of visits.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

KEPT = """
CREATE FUNCTION keep_release_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the words of a release are kept as they were asked'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER release_words_kept BEFORE UPDATE ON release_words
    FOR EACH STATEMENT EXECUTE FUNCTION keep_release_words();
"""


def identified() -> tuple[sa.Column, sa.Column]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
    )


def to(target: str, table: str, column: str, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete)


def upgrade() -> None:
    op.create_table(
        "release_words",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        *identified(),
        sa.CheckConstraint("version >= 1", name=op.f("ck_release_words_version")),
        to("campaign.id", "release_words", "campaign_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_words")),
        sa.UniqueConstraint("campaign_id", "version", name=op.f("uq_release_words_campaign_id_version")),
    )
    op.execute(KEPT)
    op.create_table(
        "release",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("words_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("answer_by", sa.DateTime(timezone=True), nullable=True),
        *identified(),
        to("campaign.id", "release", "campaign_id"),
        to("submission.id", "release", "submission_id"),
        to("release_words.id", "release", "words_id"),
        to("person.id", "release", "asked_by", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
        sa.UniqueConstraint("submission_id", "words_id", name=op.f("uq_release_submission_id_words_id")),
    )
    op.create_index("ix_release_campaign", "release", ["campaign_id", "created_at", "id"])
    op.create_index(op.f("ix_release_words_id"), "release", ["words_id"])
    op.create_table(
        "release_answer",
        sa.Column("release_id", sa.Uuid(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        *identified(),
        sa.CheckConstraint("answer IN ('accepted', 'refused')", name=op.f("ck_release_answer_answer")),
        to("release.id", "release_answer", "release_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_answer")),
    )
    op.create_index(op.f("ix_release_answer_release_id"), "release_answer", ["release_id"])
    op.create_table(
        "originals_download",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("rights_sha256", sa.Text(), nullable=False),
        sa.Column("photos", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        *identified(),
        to("campaign.id", "originals_download", "campaign_id"),
        to("person.id", "originals_download", "person_id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_originals_download")),
    )
    op.create_index("ix_originals_download_campaign", "originals_download", ["campaign_id", "created_at", "id"])
    op.create_table(
        "traffic",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("hour", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("kind IN ('visit', 'start')", name=op.f("ck_traffic_kind")),
        sa.CheckConstraint("count > 0", name=op.f("ck_traffic_count")),
        to("campaign.id", "traffic", "campaign_id"),
        sa.PrimaryKeyConstraint("campaign_id", "hour", "kind", name=op.f("pk_traffic")),
    )


def downgrade() -> None:
    for table in ("traffic", "originals_download", "release_answer", "release", "release_words"):
        op.drop_table(table)
    op.execute("DROP FUNCTION keep_release_words()")
