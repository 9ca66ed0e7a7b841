"""What is planned for judges, in pages; how many ballots a round plans; what is no longer a judge's. No more coverage.

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

WAITING = "NOT judged AND gone_at IS NULL"
PLANNED = """
UPDATE round SET planned = counted.ballots
FROM (SELECT round_id, count(*) AS ballots FROM assignment GROUP BY round_id) AS counted
WHERE counted.round_id = round.id
"""


def upgrade() -> None:
    """Rounds that are open just now have no plan yet, which −1 says; the clock's process writes it."""
    op.create_table(
        "plan_page",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("judge_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("photos", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.CheckConstraint(
            "cardinality(photos) >= 1 AND array_position(photos, NULL) IS NULL", name=op.f("ck_plan_page_photos")
        ),
        sa.ForeignKeyConstraint(
            ["round_id", "judge_id"],
            ["panel_member.round_id", "panel_member.person_id"],
            name=op.f("fk_plan_page_round_id_judge_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("round_id", "judge_id", "number", name=op.f("pk_plan_page")),
    )
    op.add_column("round", sa.Column("planned", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.execute(PLANNED)
    op.execute("UPDATE round SET planned = -1 WHERE stage = 'open'")
    op.add_column("assignment", sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE assignment SET handed_at = created_at WHERE handed_at IS NULL")
    op.alter_column("assignment", "handed_at", nullable=False, server_default=sa.text("clock_timestamp()"))
    op.create_check_constraint(
        op.f("ck_assignment_gone_and_not_judged"),
        "assignment",
        "gone_at IS NULL OR (NOT judged AND held_until IS NULL)",
    )
    for index in ("ix_assignment_planned", "ix_assignment_held", "ix_assignment_waiting"):
        op.drop_index(index, "assignment")
    columns = ["round_id", "judge_id", "position"]
    op.create_index("ix_assignment_waiting", "assignment", columns, postgresql_where=sa.text(WAITING))
    op.drop_table("coverage")


def downgrade() -> None:
    op.create_table(
        "coverage",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("judges", sa.Integer(), nullable=False),
        sa.CheckConstraint("judges >= 0", name=op.f("ck_coverage_judges")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_coverage_round_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_coverage_submission_id")),
        sa.PrimaryKeyConstraint("round_id", "submission_id", name=op.f("pk_coverage")),
    )
    op.execute(
        "INSERT INTO coverage (round_id, submission_id, judges) "
        "SELECT round_id, submission_id, count(*) FROM assignment JOIN assignment_item ON assignment_id = id "
        "WHERE judged OR held_until IS NOT NULL GROUP BY 1, 2"
    )
    columns = ["round_id", "judge_id", "position"]
    op.drop_index("ix_assignment_waiting", "assignment")
    op.create_index("ix_assignment_waiting", "assignment", columns, postgresql_where=sa.text("NOT judged"))
    op.create_index(
        "ix_assignment_planned",
        "assignment",
        columns,
        postgresql_where=sa.text("handed_at IS NULL AND NOT judged"),
    )
    held = sa.text("held_until IS NOT NULL")
    op.create_index("ix_assignment_held", "assignment", ["round_id", "held_until"], postgresql_where=held)
    op.drop_constraint(op.f("ck_assignment_gone_and_not_judged"), "assignment")
    op.alter_column("assignment", "handed_at", nullable=True, server_default=None)
    op.drop_column("assignment", "gone_at")
    op.drop_column("round", "planned")
    op.drop_table("plan_page")
