"""Indexes that find near-duplicates by the bands of their dHashes, and equal files by their bytes.

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

BANDS = [f"(((dhash >> {48 - 16 * number}) & 65535)::integer)" for number in range(4)]


def upgrade() -> None:
    for number, band in enumerate(BANDS):
        op.create_index(f"ix_photo_band_{number}", "photo", [sa.text(band), "dhash", "submission_id"])
    op.create_index("ix_photo_sha256", "photo", ["sha256"], postgresql_where=sa.text("sha256 IS NOT NULL"))


def downgrade() -> None:
    op.drop_index("ix_photo_sha256", "photo")
    for number in range(len(BANDS)):
        op.drop_index(f"ix_photo_band_{number}", "photo")
