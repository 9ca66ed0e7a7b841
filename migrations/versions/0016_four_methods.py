"""Duels and rankings, where photos come from, blind rounds, chairs and ties, reopenings, conflicts, and planned assignments.

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

NEW_ROUND_CHECKS = {
    "method": "method IN ('stars', 'shortlist', 'duel', 'ranking')",
    "stage": "stage IN ('draft', 'open', 'closed', 'final')",
    "source_kind": "source_kind IN ('published', 'category', 'top', 'least', 'picked')",
    "tie_rule": "tie_rule IN ('shared', 'more_ballots', 'head_to_head', 'chair', 'draw')",
    "closed": "(stage IN ('closed', 'final')) = (closed_at IS NOT NULL)",
    "sealed": "(stage IN ('closed', 'final')) = (seal IS NOT NULL)",
    "finished": "(stage = 'final') = (finished_at IS NOT NULL)",
    "scale": "scale IN (5, 10)",
    "list_size": "list_size BETWEEN 2 AND 20",
    "source": (
        "(source_round_id IS NOT NULL) = (source_kind IN ('top', 'least', 'picked'))"
        " AND (source_top IS NOT NULL) = (source_kind = 'top') AND source_top >= 1"
        " AND (source_least IS NOT NULL) = (source_kind = 'least')"
        " AND (source_category IS NOT NULL) = (source_kind = 'category')"
        " AND (source_reason IS NOT NULL) = (source_kind = 'picked') AND source_round_id <> id"
    ),
}
OLD_ROUND_CHECKS = {
    "method": "method IN ('stars', 'shortlist')",
    "stage": "stage IN ('draft', 'open', 'closed')",
    "closed": "(stage = 'closed') = (closed_at IS NOT NULL)",
    "sealed": "(stage = 'closed') = (seal IS NOT NULL)",
    "source": "(source_round_id IS NULL) = (source_top IS NULL) AND source_top >= 1 AND source_round_id <> id",
}
BALLOT_SCORES = (
    "cardinality(scores) BETWEEN 1 AND 6 AND array_position(scores, NULL) IS NULL"
    " AND 1 <= ALL (scores) AND {most} >= ALL (scores)"
)
ROUND_COLUMNS = (
    sa.Column("scale", sa.Integer(), server_default=sa.text("5"), nullable=False),
    sa.Column("list_size", sa.Integer(), server_default=sa.text("10"), nullable=False),
    sa.Column("source_kind", sa.Text(), server_default=sa.text("'published'"), nullable=False),
    sa.Column("source_least", sa.Float(), nullable=True),
    sa.Column("source_category", sa.Text(), nullable=True),
    sa.Column("source_reason", sa.Text(), nullable=True),
    sa.Column("is_blind", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    sa.Column("tie_rule", sa.Text(), server_default=sa.text("'shared'"), nullable=False),
    sa.Column("seed", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
    sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
)
SEATS = """
UPDATE panel_member SET seat = numbered.seat, head = coalesce(last.hash, panel_member.commitment),
    events = coalesce(last.sequence, 0), judged = coalesce(given.ballots, 0)
FROM (SELECT round_id, person_id, commitment,
             row_number() OVER (PARTITION BY round_id ORDER BY commitment) AS seat FROM panel_member) AS numbered
LEFT JOIN (SELECT DISTINCT ON (judge) judge, hash, sequence FROM ballot_event ORDER BY judge, sequence DESC) AS last
    ON last.judge = numbered.commitment
LEFT JOIN (SELECT round_id, judge_id, count(*) AS ballots FROM assignment WHERE judged GROUP BY 1, 2) AS given
    ON given.round_id = numbered.round_id AND given.judge_id = numbered.person_id
WHERE panel_member.round_id = numbered.round_id AND panel_member.person_id = numbered.person_id
"""


def upgrade() -> None:
    for column in ROUND_COLUMNS:
        op.add_column("round", column)
    op.execute("UPDATE round SET source_kind = 'top' WHERE source_round_id IS NOT NULL")
    op.execute("UPDATE round SET seed = hashtextextended(id::text, 0) & 9223372036854775807")
    for name in OLD_ROUND_CHECKS:
        op.drop_constraint(op.f(f"ck_round_{name}"), "round")
    for name, rule in NEW_ROUND_CHECKS.items():
        op.create_check_constraint(op.f(f"ck_round_{name}"), "round", rule)
    _panel()
    _assignments()
    _words()
    _tables()


def _panel() -> None:
    op.add_column("panel_member", sa.Column("seat", sa.Integer(), nullable=True))
    op.add_column("panel_member", sa.Column("is_chair", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    now = sa.text("clock_timestamp()")
    op.add_column("panel_member", sa.Column("joined_at", sa.DateTime(timezone=True), server_default=now, nullable=False))
    op.add_column("panel_member", sa.Column("left_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("panel_member", sa.Column("head", sa.Text(), nullable=True))
    for name in ("events", "judged"):
        op.add_column("panel_member", sa.Column(name, sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.execute(SEATS)
    op.alter_column("panel_member", "seat", nullable=False)
    op.alter_column("panel_member", "head", nullable=False)
    op.create_unique_constraint(op.f("uq_panel_member_round_id_seat"), "panel_member", ["round_id", "seat"])
    op.create_check_constraint(
        op.f("ck_panel_member_counters"), "panel_member", "seat >= 1 AND events >= 0 AND judged >= 0"
    )
    op.create_index(
        "uq_panel_member_one_chair", "panel_member", ["round_id"], unique=True, postgresql_where=sa.text("is_chair")
    )


def _assignments() -> None:
    op.add_column("assignment", sa.Column("handed_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE assignment SET handed_at = created_at")
    op.create_index(
        "ix_assignment_planned",
        "assignment",
        ["round_id", "judge_id", "position"],
        postgresql_where=sa.text("handed_at IS NULL AND NOT judged"),
    )


def _words() -> None:
    op.add_column("ballot", sa.Column("winner", sa.Text(), nullable=True))
    op.add_column("ballot", sa.Column("ranking", postgresql.JSONB(), nullable=True))
    for name in ("one_word", "scores"):
        op.drop_constraint(op.f(f"ck_ballot_{name}"), "ballot")
    op.create_check_constraint(
        op.f("ck_ballot_one_word"), "ballot", "num_nonnulls(scores, vote, winner, ranking) = 1"
    )
    op.create_check_constraint(op.f("ck_ballot_scores"), "ballot", BALLOT_SCORES.format(most=10))


def _tables() -> None:
    now = sa.text("clock_timestamp()")
    op.create_table(
        "round_reopening",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=now, nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reopened_by", sa.Uuid(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_round_reopening_round_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["reopened_by"], ["person.id"], name=op.f("fk_round_reopening_reopened_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_reopening")),
    )
    op.create_index("ix_round_reopening_round", "round_reopening", ["round_id"])
    op.create_table(
        "declared_conflict",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=now, nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("judge_id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=True),
        sa.Column("fan_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("declared_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "num_nonnulls(submission_id, fan_id) = 1", name=op.f("ck_declared_conflict_photo_or_fan")
        ),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_declared_conflict_campaign_id")),
        sa.ForeignKeyConstraint(["judge_id"], ["person.id"], name=op.f("fk_declared_conflict_judge_id")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_declared_conflict_submission_id")),
        sa.ForeignKeyConstraint(["fan_id"], ["person.id"], name=op.f("fk_declared_conflict_fan_id")),
        sa.ForeignKeyConstraint(
            ["declared_by"], ["person.id"], name=op.f("fk_declared_conflict_declared_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declared_conflict")),
        sa.UniqueConstraint(
            "campaign_id",
            "judge_id",
            "submission_id",
            "fan_id",
            name=op.f("uq_declared_conflict_campaign_id_judge_id_submission_id_fan_id"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_index("ix_declared_conflict_judge", "declared_conflict", ["judge_id", "campaign_id"])
    op.create_table(
        "judge_mark",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("judge_id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("is_favourite", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), server_default=now, nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_judge_mark_round_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["judge_id"], ["person.id"], name=op.f("fk_judge_mark_judge_id")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_judge_mark_submission_id")),
        sa.PrimaryKeyConstraint("round_id", "judge_id", "submission_id", name=op.f("pk_judge_mark")),
    )
    op.create_table(
        "tie_vote",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), server_default=now, nullable=False),
        sa.CheckConstraint("ordinal >= 1", name=op.f("ck_tie_vote_ordinal")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_tie_vote_round_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_tie_vote_submission_id")),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_tie_vote_decided_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("round_id", "submission_id", name=op.f("pk_tie_vote")),
        sa.UniqueConstraint("round_id", "rank", "ordinal", name=op.f("uq_tie_vote_round_id_rank_ordinal")),
    )


def downgrade() -> None:
    """What the release before cannot hold, it loses: duels, rankings and final rounds' state, hand-picked sources."""
    for table in ("tie_vote", "judge_mark", "declared_conflict", "round_reopening"):
        op.drop_table(table)
    for name in ("one_word", "scores"):
        op.drop_constraint(op.f(f"ck_ballot_{name}"), "ballot")
    op.execute("DELETE FROM ballot WHERE num_nonnulls(scores, vote) <> 1 OR NOT 5 >= ALL (scores)")
    op.create_check_constraint(op.f("ck_ballot_one_word"), "ballot", "num_nonnulls(scores, vote) = 1")
    op.create_check_constraint(op.f("ck_ballot_scores"), "ballot", BALLOT_SCORES.format(most=5))
    op.drop_column("ballot", "ranking")
    op.drop_column("ballot", "winner")
    op.drop_index("ix_assignment_planned", "assignment")
    op.execute("DELETE FROM assignment WHERE handed_at IS NULL AND NOT judged")
    op.drop_column("assignment", "handed_at")
    op.drop_index("uq_panel_member_one_chair", "panel_member")
    op.drop_constraint(op.f("ck_panel_member_counters"), "panel_member")
    op.drop_constraint(op.f("uq_panel_member_round_id_seat"), "panel_member")
    for name in ("judged", "events", "head", "left_at", "joined_at", "is_chair", "seat"):
        op.drop_column("panel_member", name)
    for name in NEW_ROUND_CHECKS:
        op.drop_constraint(op.f(f"ck_round_{name}"), "round")
    op.execute("UPDATE round SET stage = 'closed' WHERE stage = 'final'")
    op.execute("UPDATE round SET method = 'stars' WHERE method NOT IN ('stars', 'shortlist')")
    op.execute("UPDATE round SET source_round_id = NULL WHERE source_top IS NULL")
    for name, rule in OLD_ROUND_CHECKS.items():
        op.create_check_constraint(op.f(f"ck_round_{name}"), "round", rule)
    for column in reversed(ROUND_COLUMNS):
        op.drop_column("round", column.name)
