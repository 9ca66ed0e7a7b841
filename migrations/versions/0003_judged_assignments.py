"""Assignments say themselves whether they are judged, so the few that wait are found without reading every ballot.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("assignment", sa.Column("judged", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.execute(
        "UPDATE assignment SET judged = true, held_until = NULL"
        " WHERE EXISTS (SELECT FROM ballot WHERE ballot.assignment_id = assignment.id)"
    )
    op.create_check_constraint(op.f("ck_assignment_judged_or_held"), "assignment", "NOT judged OR held_until IS NULL")
    op.create_index(
        "ix_assignment_waiting",
        "assignment",
        ["round_id", "judge_id", "position"],
        postgresql_where=sa.text("NOT judged"),
    )


def downgrade() -> None:
    op.drop_index("ix_assignment_waiting", table_name="assignment")
    op.drop_constraint(op.f("ck_assignment_judged_or_held"), "assignment", type_="check")
    op.drop_column("assignment", "judged")
