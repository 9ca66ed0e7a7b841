"""What finds near-duplicates, what the file says of itself, and which photo a duplicate collapsed into.

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("photo", sa.Column("dhash", sa.BigInteger(), nullable=True))
    op.add_column("photo", sa.Column("taken_at", sa.Text(), nullable=True))
    op.add_column("photo", sa.Column("camera_make", sa.Text(), nullable=True))
    op.add_column("photo", sa.Column("has_location", sa.Boolean(), nullable=True))
    op.add_column("photo", sa.Column("provenance", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False))
    op.add_column("submission", sa.Column("duplicate_of_id", sa.Uuid(), nullable=True))
    op.add_column("submission", sa.Column("is_distinct", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.create_foreign_key(
        op.f("fk_submission_duplicate_of_id"),
        "submission",
        "submission",
        ["duplicate_of_id"],
        ["id"],
        ondelete="SET NULL",
    )


def downgrade() -> None:
    op.drop_column("submission", "is_distinct")
    op.drop_column("submission", "duplicate_of_id")
    op.drop_column("photo", "provenance")
    op.drop_column("photo", "has_location")
    op.drop_column("photo", "camera_make")
    op.drop_column("photo", "taken_at")
    op.drop_column("photo", "dhash")
