"""Who looks after a photo at the desk, second opinions, who looks at what just now, and decisions made together.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NOW = sa.text("clock_timestamp()")


def upgrade() -> None:
    add_columns()
    add_whole_indexes()
    make_looking()
    make_batches()


def downgrade() -> None:
    op.drop_table("batch_item")
    op.drop_table("batch")
    op.drop_table("looking")
    for name in ("decided", "assigned", "opinion", "counts", "category"):
        op.drop_index(f"ix_submission_{name}", table_name="submission")
    for column in ("opinion_by", "assigned_to"):
        op.drop_constraint(op.f(f"fk_submission_{column}"), "submission")
    for column in ("opinion_note", "opinion_by", "opinion_asked_at", "assigned_to"):
        op.drop_column("submission", column)


def add_columns() -> None:
    op.add_column("submission", sa.Column("assigned_to", sa.Uuid(), nullable=True))
    op.add_column("submission", sa.Column("opinion_asked_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("submission", sa.Column("opinion_by", sa.Uuid(), nullable=True))
    op.add_column("submission", sa.Column("opinion_note", sa.Text(), server_default="", nullable=False))
    for column in ("assigned_to", "opinion_by"):
        op.create_foreign_key(
            op.f(f"fk_submission_{column}"), "submission", "person", [column], ["id"], ondelete="SET NULL"
        )
    for name, columns, where in (
        ("decided", ["campaign_id", "decided_by", "decided_at"], "decided_at IS NOT NULL"),
        ("assigned", ["campaign_id", "assigned_to", "created_at", "id"], "assigned_to IS NOT NULL AND state = 'ready'"),
        ("opinion", ["campaign_id", "created_at", "id"], "opinion_asked_at IS NOT NULL AND state = 'ready'"),
    ):
        op.create_index(f"ix_submission_{name}", "submission", columns, postgresql_where=sa.text(where))


def add_whole_indexes() -> None:
    # The narrow one is what counting reads: equal keys are kept once, so 28,000 rows are a few pages.
    op.create_index("ix_submission_counts", "submission", ["campaign_id", "state"])
    op.create_index("ix_submission_category", "submission", ["campaign_id", "state", "category", "created_at", "id"])


def make_looking() -> None:
    op.create_table(
        "looking",
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.Column("took_over_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_looking_submission_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_looking_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("submission_id", "person_id", name=op.f("pk_looking")),
    )
    op.create_index("ix_looking_person_id", "looking", ["person_id"])


def make_batches() -> None:
    op.create_table(
        "batch",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.CheckConstraint("action IN ('publish', 'decline', 'assign')", name=op.f("ck_batch_action")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_batch_campaign_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_batch_person_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
    )
    op.create_index("ix_batch_latest", "batch", ["campaign_id", "person_id", "created_at"])
    op.create_table(
        "batch_item",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("before", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("after", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_batch_item_batch_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_batch_item_submission_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("batch_id", "submission_id", name=op.f("pk_batch_item")),
    )
    op.create_index("ix_batch_item_submission", "batch_item", ["submission_id", "decided_at"])
