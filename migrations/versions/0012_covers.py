"""A campaign's own cover, one of the pictures that people choose.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("campaign", sa.Column("cover_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_campaign_cover_id"), "campaign", "picture", ["cover_id"], ["id"], ondelete="SET NULL"
    )


def downgrade() -> None:
    op.drop_constraint(op.f("fk_campaign_cover_id"), "campaign")
    op.drop_column("campaign", "cover_id")
