"""The database's own rules: jobs announce themselves, and the ballots' history is never rewritten.

Revision ID: 0002
Revises: 0001
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

JOBS = """
CREATE FUNCTION announce_job() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('flaunt_job', '');
    RETURN NULL;
END $$;
CREATE TRIGGER job_announced AFTER INSERT ON job FOR EACH STATEMENT EXECUTE FUNCTION announce_job();
"""

HISTORY = """
CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the history of ballots is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER ballot_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ballot_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
"""


def upgrade() -> None:
    op.execute(JOBS)
    op.execute(HISTORY)


def downgrade() -> None:
    op.execute("DROP TRIGGER ballot_event_append_only ON ballot_event; DROP FUNCTION refuse_rewriting()")
    op.execute("DROP TRIGGER job_announced ON job; DROP FUNCTION announce_job()")
