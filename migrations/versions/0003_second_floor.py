"""Pause, embargo, categories and reasons of a campaign; language and time zone of a person; the audit log.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

CAMPAIGN_CHECKS = {
    "paused_with_a_reason": "(paused_at IS NULL) = (pause_reason = '')",
    "embargo_after_closing": "announces_at IS NULL OR stage IN ('closed', 'announced')",
    "tell_before_hours": "tell_before_hours BETWEEN 0 AND 720",
}
NOTHING = sa.text("'{}'")


def upgrade() -> None:
    op.add_column("campaign", sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("campaign", sa.Column("pause_reason", sa.Text(), server_default="", nullable=False))
    op.add_column("campaign", sa.Column("announces_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("campaign", sa.Column("tell_before_hours", sa.Integer(), server_default="0", nullable=False))
    op.add_column("campaign", sa.Column("told_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("campaign", sa.Column("wanted", sa.Text(), server_default="", nullable=False))
    op.add_column("campaign", sa.Column("categories", sa.ARRAY(sa.Text()), server_default=NOTHING, nullable=False))
    op.add_column("campaign", sa.Column("decline_reasons", sa.ARRAY(sa.Text()), server_default=NOTHING, nullable=False))
    for name, rule in CAMPAIGN_CHECKS.items():
        op.create_check_constraint(op.f(f"ck_campaign_{name}"), "campaign", rule)
    op.add_column("person", sa.Column("language", sa.Text(), server_default="en", nullable=False))
    op.add_column("person", sa.Column("time_zone", sa.Text(), nullable=True))
    op.add_column("submission", sa.Column("category", sa.Text(), server_default="", nullable=False))
    op.create_table(
        "audit_entry",
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("campaign_id", sa.Uuid(), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("details", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["person.id"], name=op.f("fk_audit_entry_actor_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_audit_entry_campaign_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    op.create_index("ix_audit_entry_at", "audit_entry", ["created_at", "id"])
    op.create_index("ix_audit_entry_campaign", "audit_entry", ["campaign_id", "created_at", "id"])
    op.create_index("ix_audit_entry_subject", "audit_entry", ["subject_id", "created_at"])


def downgrade() -> None:
    op.drop_table("audit_entry")
    op.drop_column("submission", "category")
    op.drop_column("person", "time_zone")
    op.drop_column("person", "language")
    for name in CAMPAIGN_CHECKS:
        op.drop_constraint(op.f(f"ck_campaign_{name}"), "campaign")
    for column in (
        "decline_reasons",
        "categories",
        "wanted",
        "told_at",
        "tell_before_hours",
        "announces_at",
        "pause_reason",
        "paused_at",
    ):
        op.drop_column("campaign", column)
