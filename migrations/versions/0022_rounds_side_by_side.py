"""Several rounds of a campaign may be open at once, such as one for each category.

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("uq_round_one_open", "round")


def downgrade() -> None:
    """Stops where two rounds of a campaign are open: close all but one of them first."""
    op.create_index(
        "uq_round_one_open", "round", ["campaign_id"], unique=True, postgresql_where=sa.text("stage = 'open'")
    )
