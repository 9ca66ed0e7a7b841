"""Results kept by their seal, a second seal for final rounds, and seeds that JSON can hold.

Rounds that an earlier release sealed keep their seal, events and record format: nothing of them is rewritten. Their
dossier is written once they were opened again with a reason and sealed anew.

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

LARGEST_SEED = 2**53 - 1


def upgrade() -> None:
    op.add_column("round", sa.Column("final_seal", sa.Text(), nullable=True))
    op.execute(f"UPDATE round SET seed = seed & {LARGEST_SEED} WHERE seed > {LARGEST_SEED}")
    # None can be final yet: the release before this one has no verb for it.
    op.create_check_constraint(op.f("ck_round_final_seal"), "round", "(stage = 'final') = (final_seal IS NOT NULL)")
    op.create_check_constraint(op.f("ck_round_seed"), "round", f"seed BETWEEN 0 AND {LARGEST_SEED}")
    op.alter_column("round", "record_format", server_default=sa.text("3"))
    op.execute("UPDATE round SET record_format = 3 WHERE seal IS NULL")
    _tables()


def _tables() -> None:
    op.create_table(
        "round_reckoning",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column(
            "reckoned_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_round_reckoning_round_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_round_reckoning")),
    )
    op.create_table(
        "round_placement",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("tied", sa.Boolean(), nullable=False),
        sa.Column("broken_by", sa.Text(), nullable=True),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("low", sa.Float(), nullable=True),
        sa.Column("high", sa.Float(), nullable=True),
        sa.Column("ballots", sa.Integer(), nullable=False),
        sa.Column("below_quorum", sa.Boolean(), nullable=False),
        sa.Column("piece", sa.Integer(), nullable=False),
        sa.Column("raw", postgresql.JSONB(), nullable=False),
        sa.CheckConstraint("ordinal >= 1 AND place >= rank AND rank >= 1", name=op.f("ck_round_placement_counted")),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["round_reckoning.round_id"],
            name=op.f("fk_round_placement_round_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_round_placement_submission_id")),
        sa.PrimaryKeyConstraint("round_id", "ordinal", name=op.f("pk_round_placement")),
    )
    op.create_index("ix_round_placement_submission_id", "round_placement", ["submission_id"])


def downgrade() -> None:
    op.drop_table("round_placement")
    op.drop_table("round_reckoning")
    op.execute("UPDATE round SET record_format = 2 WHERE seal IS NULL")
    op.alter_column("round", "record_format", server_default=sa.text("2"))
    op.drop_constraint(op.f("ck_round_seed"), "round")
    op.drop_constraint(op.f("ck_round_final_seal"), "round")
    op.drop_column("round", "final_seal")
