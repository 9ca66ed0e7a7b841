"""Messages to a round's judges: it is theirs to judge, a reminder, its seal; and whether they want them by mail.

Revision ID: 0020
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0017"
branch_labels = None
depends_on = None

TO_FANS = (
    "'received', 'rejected', 'published', 'declined', 'finalist', 'winner', 'not_this_time', 'release_asked', 'test'"
)
TO_JUDGES = "'panel_opened', 'panel_reminded', 'panel_sealed'"


def upgrade() -> None:
    _kinds(f"{TO_FANS}, {TO_JUDGES}")
    op.add_column("mail_choice", sa.Column("judging", sa.Boolean(), server_default=sa.text("true"), nullable=False))


def downgrade() -> None:
    """The release before knows no messages to judges, so they go."""
    op.drop_column("mail_choice", "judging")
    op.execute(f"DELETE FROM moment WHERE kind IN ({TO_JUDGES})")
    op.execute(f"DELETE FROM wording WHERE occasion IN ({TO_JUDGES})")
    _kinds(TO_FANS)


def _kinds(kinds: str) -> None:
    op.drop_constraint(op.f("ck_moment_kind"), "moment")
    op.create_check_constraint(op.f("ck_moment_kind"), "moment", f"kind IN ({kinds})")
