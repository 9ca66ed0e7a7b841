"""Messages to people and their mails, each person's mail choices, a campaign's own words and who signs them.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KINDS = (
    "'received', 'rejected', 'published', 'declined', 'finalist', 'winner', 'not_this_time', 'release_asked', 'test'"
)
NOW = sa.text("clock_timestamp()")


def _instant(name: str, *, now: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), server_default=NOW if now else None, nullable=not now)


def _words(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _belongs(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"), ondelete="CASCADE")


def upgrade() -> None:
    op.create_table(
        "moment",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=True),
        *_words("title", "body", "button", "path", "signed", "language"),
        _instant("told_at", now=True),
        _instant("read_at"),
        _instant("retracted_at"),
        sa.Column("mail", sa.Text(), nullable=False),
        sa.Column("mail_problem", sa.Text(), server_default="", nullable=False),
        _instant("mailed_at"),
        sa.Column("edition", sa.Integer(), server_default="1", nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        _instant("created_at", now=True),
        sa.CheckConstraint(f"kind IN ({KINDS})", name=op.f("ck_moment_kind")),
        sa.CheckConstraint("mail IN ('app', 'waiting', 'sent', 'failed', 'dropped')", name=op.f("ck_moment_mail")),
        sa.CheckConstraint("(mail = 'sent') <= (mailed_at IS NOT NULL)", name=op.f("ck_moment_mailed")),
        sa.CheckConstraint("edition >= 1", name=op.f("ck_moment_edition")),
        _belongs("moment", "person_id", "person"),
        _belongs("moment", "campaign_id", "campaign"),
        _belongs("moment", "submission_id", "submission"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moment")),
        sa.UniqueConstraint("person_id", "kind", "subject_id", name=op.f("uq_moment_person_id_kind_subject_id")),
    )
    shown = sa.text("retracted_at IS NULL")
    unread = sa.text("read_at IS NULL AND retracted_at IS NULL")
    op.create_index("ix_moment_inbox", "moment", ["person_id", "told_at", "id"], postgresql_where=shown)
    op.create_index("ix_moment_unread", "moment", ["person_id"], postgresql_where=unread)
    op.create_index("ix_moment_campaign", "moment", ["campaign_id", "told_at", "id"])
    op.create_index("ix_moment_mail", "moment", ["campaign_id", "mail", "told_at", "id"])
    op.create_index("ix_moment_submission", "moment", ["submission_id"])
    op.create_table(
        "mail_choice",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("photos", sa.Boolean(), nullable=False),
        sa.Column("results", sa.Boolean(), nullable=False),
        _instant("changed_at", now=True),
        _belongs("mail_choice", "person_id", "person"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_mail_choice")),
    )
    op.create_table(
        "wording",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        *_words("occasion", "language", "subject", "body", "button"),
        _instant("changed_at", now=True),
        _belongs("wording", "campaign_id", "campaign"),
        sa.PrimaryKeyConstraint("campaign_id", "occasion", "language", name=op.f("pk_wording")),
    )
    op.create_table(
        "sign_off",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        *_words("name"),
        _belongs("sign_off", "campaign_id", "campaign"),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_sign_off")),
    )


def downgrade() -> None:
    for table in ("sign_off", "wording", "mail_choice", "moment"):
        op.drop_table(table)
