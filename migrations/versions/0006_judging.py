"""Rounds get criteria and a source, ballots a word of their method's own, and judges may put a photo aside.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ROUND_CHECKS = {
    "method": "method IN ('stars', 'shortlist')",
    "criteria": (
        "jsonb_array_length(criteria) BETWEEN CASE method WHEN 'stars' THEN 1 ELSE 0 END"
        " AND CASE method WHEN 'stars' THEN 6 ELSE 0 END"
    ),
    "source": "(source_round_id IS NULL) = (source_top IS NULL) AND source_top >= 1 AND source_round_id <> id",
}
BALLOT_CHECKS = {
    "one_word": "num_nonnulls(scores, vote) = 1",
    "scores": (
        "cardinality(scores) BETWEEN 1 AND 6 AND array_position(scores, NULL) IS NULL"
        " AND 1 <= ALL (scores) AND 5 >= ALL (scores)"
    ),
    "vote": "vote IN ('yes', 'maybe', 'no')",
}
ONE_CRITERION = sa.text("""'[{"name": "Overall", "weight": 1}]'""")


def upgrade() -> None:
    op.add_column("round", sa.Column("criteria", postgresql.JSONB(), server_default=ONE_CRITERION, nullable=False))
    op.add_column("round", sa.Column("source_round_id", sa.Uuid(), nullable=True))
    op.add_column("round", sa.Column("source_top", sa.Integer(), nullable=True))
    op.add_column("round", sa.Column("record_format", sa.Integer(), server_default="2", nullable=False))
    op.create_foreign_key(op.f("fk_round_source_round_id"), "round", "round", ["source_round_id"], ["id"])
    # What is sealed stays as it was sealed.
    op.execute("UPDATE round SET record_format = 1 WHERE stage = 'closed'")
    op.drop_constraint(op.f("ck_round_method"), "round")
    for name, rule in ROUND_CHECKS.items():
        op.create_check_constraint(op.f(f"ck_round_{name}"), "round", rule)

    op.create_table(
        "round_candidate",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_round_candidate_round_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_round_candidate_submission_id")),
        sa.PrimaryKeyConstraint("round_id", "submission_id", name=op.f("pk_round_candidate")),
    )
    op.add_column("assignment", sa.Column("skipped_at", sa.DateTime(timezone=True), nullable=True))

    op.add_column("ballot", sa.Column("scores", sa.ARRAY(sa.Integer()), nullable=True))
    op.add_column("ballot", sa.Column("vote", sa.Text(), nullable=True))
    op.execute("UPDATE ballot SET scores = ARRAY[stars]")
    op.drop_constraint(op.f("ck_ballot_stars"), "ballot")
    op.drop_column("ballot", "stars")
    for name, rule in BALLOT_CHECKS.items():
        op.create_check_constraint(op.f(f"ck_ballot_{name}"), "ballot", rule)


def downgrade() -> None:
    """What the release before cannot hold, it loses: votes of shortlists, and all but the first criterion's stars."""
    for name in BALLOT_CHECKS:
        op.drop_constraint(op.f(f"ck_ballot_{name}"), "ballot")
    op.add_column("ballot", sa.Column("stars", sa.Integer(), nullable=True))
    op.execute("DELETE FROM ballot WHERE scores IS NULL")
    op.execute("UPDATE ballot SET stars = scores[1]")
    op.alter_column("ballot", "stars", nullable=False)
    op.create_check_constraint(op.f("ck_ballot_stars"), "ballot", "stars BETWEEN 1 AND 5")
    op.drop_column("ballot", "vote")
    op.drop_column("ballot", "scores")
    op.execute("UPDATE assignment SET judged = false WHERE judged AND id NOT IN (SELECT assignment_id FROM ballot)")
    op.drop_column("assignment", "skipped_at")
    op.drop_table("round_candidate")
    for name in ROUND_CHECKS:
        op.drop_constraint(op.f(f"ck_round_{name}"), "round")
    op.execute("UPDATE round SET method = 'stars'")
    op.create_check_constraint(op.f("ck_round_method"), "round", "method IN ('stars')")
    op.drop_constraint(op.f("fk_round_source_round_id"), "round")
    for name in ("record_format", "source_top", "source_round_id", "criteria"):
        op.drop_column("round", name)
