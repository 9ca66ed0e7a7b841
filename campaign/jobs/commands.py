"""`flaunt jobs`: what waits, what failed and why, and trying it again."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import click
from flask import Flask

from campaign.commands import within_app
from campaign.db import transaction
from campaign.errors import FlauntError
from campaign.jobs.models import Job, JobState
from campaign.jobs.queries import count_jobs, failed_jobs, jobs_in
from campaign.jobs.queue import retry

WIDEST = 100
"""Characters of a problem that one line shows."""


def add_commands(group: click.Group, make_app: Callable[[], Flask]) -> None:
    """Add `jobs` to the command line. The application is made when one of them runs."""
    group.context_settings["obj"] = make_app
    group.add_command(jobs_group)


@click.group("jobs")
def jobs_group() -> None:
    """Work that has to happen: what waits, what failed and why; try it again."""


@jobs_group.command("list")
@click.option(
    "--state", type=click.Choice([state.value for state in JobState]), default="failed", show_default=True,
)  # fmt: skip
@click.option("--kind", metavar="KIND", help="Only this kind, such as photo.process.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, for programs.")
@within_app
def list_command(state: str, kind: str | None, limit: int, *, as_json: bool) -> None:
    """Show jobs in a state (failed ones, unless told), the latest first, and how many there are in each."""
    found = jobs_in(JobState(state), kind=kind, limit=limit)
    for job in found:
        click.echo(json.dumps(_document(job)) if as_json else _line(job))
    counts = count_jobs()
    waits = f", the oldest for {counts.oldest.total_seconds():.0f} s" if counts.oldest else ""
    click.echo(f"{counts.due} due{waits}; {counts.running} running; {counts.failed} failed.", err=True)


@jobs_group.command("retry")
@click.argument("job_id", type=click.UUID, required=False)
@click.option("--all", "everything", is_flag=True, help="Every failed job (with --kind: of this kind).")
@click.option("--kind", metavar="KIND", help="Only this kind.")
@within_app
def retry_command(job_id: UUID | None, kind: str | None, *, everything: bool) -> None:
    """Give a failed job, or all of them, three new strikes."""
    if (job_id is None) != everything:
        raise click.UsageError("Say the id of one job, or --all.")
    chosen = [job_id] if job_id else [job.id for job in failed_jobs(limit=None, kind=kind)]
    refused = 0
    for one in chosen:
        try:
            with transaction():
                retry(one)
        except FlauntError as refusal:
            if job_id:
                raise
            refused += 1
            click.echo(f"{one}: {refusal.message}", err=True)
    click.echo(f"{len(chosen) - refused} to be tried again." + (f" {refused} left as they are." if refused else ""))


def _line(job: Job) -> str:
    since = job.finished_at or job.run_at
    problem = (job.problem or "").splitlines()
    words = f"  {problem[0][:WIDEST]}" if problem else ""
    return f"{job.id}  {job.kind:<24}  attempt {job.attempt}  {_ago(since)}{words}"


def _document(job: Job) -> dict[str, Any]:
    instants = {name: getattr(job, name) for name in ("created_at", "run_at", "finished_at")}
    return {
        "id": str(job.id),
        "kind": job.kind,
        "state": job.state.value,
        "attempt": job.attempt,
        "problem": job.problem,
        "payload": job.payload,
        "request_id": job.request_id,
        **{name: at and at.isoformat() for name, at in instants.items()},
    }


def _ago(at: datetime) -> str:
    seconds = (datetime.now(UTC) - at).total_seconds()
    return f"in {-seconds:.0f} s" if seconds < 0 else f"{seconds:.0f} s ago"
