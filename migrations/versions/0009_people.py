"""Pictures that people choose, what a profile and an invitation hold beside them, and an audit log that only grows.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

NOW = sa.text("clock_timestamp()")

AUDIT = """
CREATE FUNCTION refuse_other_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- What a foreign key does (an erased person, a campaign that is gone) comes from a trigger of the database's own.
    IF TG_OP = 'DELETE' AND pg_trigger_depth() > 1 THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.actor_id IS NULL THEN
        OLD.actor_id := NULL;
        IF NEW IS NOT DISTINCT FROM OLD THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'the audit log is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION refuse_other_audit();
"""


def upgrade() -> None:
    op.create_table(
        "picture",
        sa.Column("shape", sa.Text(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("sizes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("dominant", sa.Text(), nullable=False),
        sa.Column("thumbhash", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.CheckConstraint("shape IN ('photo', 'square', 'cover')", name=op.f("ck_picture_shape")),
        sa.CheckConstraint(
            "kept_at IS NULL OR (width > 0 AND height > 0 AND thumbhash <> '')", name=op.f("ck_picture_kept_whole")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_picture")),
        sa.UniqueConstraint("folder", name=op.f("uq_picture_folder")),
    )
    op.create_index("ix_picture_unkept", "picture", ["created_at"], postgresql_where=sa.text("kept_at IS NULL"))
    op.add_column("person", sa.Column("picture_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_person_picture_id"), "person", "picture", ["picture_id"], ["id"], ondelete="SET NULL"
    )
    op.add_column("web_session", sa.Column("device", sa.Text(), server_default="", nullable=False))
    op.add_column("invitation", sa.Column("invited_by", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_invitation_invited_by"), "invitation", "person", ["invited_by"], ["id"], ondelete="SET NULL"
    )
    op.add_column("invitation", sa.Column("email", sa.Text(), nullable=True))
    op.add_column("invitation", sa.Column("note", sa.Text(), server_default="", nullable=False))
    op.add_column("invitation", sa.Column("serial", sa.Integer(), server_default="0", nullable=False))
    op.add_column("invitation", sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("invitation", sa.Column("send_problem", sa.Text(), server_default="", nullable=False))
    op.add_column("invitation", sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_invitation_campaign", "invitation", ["campaign_id", "created_at", "id"])
    op.execute(AUDIT)


def downgrade() -> None:
    op.execute("DROP TRIGGER audit_entry_append_only ON audit_entry; DROP FUNCTION refuse_other_audit()")
    op.drop_index("ix_invitation_campaign", "invitation")
    for column in ("revoked_at", "send_problem", "sent_at", "serial", "note", "email", "invited_by"):
        op.drop_column("invitation", column)
    op.drop_column("web_session", "device")
    op.drop_column("person", "picture_id")
    op.drop_table("picture")
