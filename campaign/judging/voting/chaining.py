"""Adding to a judge's chain, whose lock is the judge's row on the panel: event, last link and counters as one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import UUID

import rfc8785
from sqlalchemy import text

from campaign.db import db
from campaign.judging.methods.shape import Word
from campaign.judging.record import chain
from campaign.judging.record.instants import exact
from campaign.judging.voting.sitting import Sitting

_NOTED = """
noted AS (
    INSERT INTO ballot_event (judge, sequence, round_id, body, previous, hash)
    VALUES (:commitment, :sequence, :round, CAST(:body AS jsonb), :previous, :hash)
)
UPDATE panel_member SET head = :hash, events = :sequence, judged = judged + :more
WHERE round_id = :round AND person_id = :judge
"""
_SAID = """
said AS (
    INSERT INTO ballot (assignment_id, scores, vote, winner, ranking, cast_at)
    VALUES (:assignment, CAST(:scores AS integer[]), :vote, :winner, CAST(:ranking AS jsonb), :now)
    ON CONFLICT (assignment_id) DO UPDATE SET scores = excluded.scores, vote = excluded.vote,
        winner = excluded.winner, ranking = excluded.ranking, cast_at = excluded.cast_at
), judged AS (
    UPDATE assignment SET judged = true, held_until = NULL, skipped_at = NULL, gone_at = NULL
    WHERE id = :assignment AND NOT judged
)"""
_NOTE = text("WITH" + _NOTED)
_NOTE_BALLOT = text("WITH" + _SAID + "," + _NOTED)


class Step(NamedTuple):
    """What a judge did: `cast`, `changed`, `undone`, `skipped` or `recused`, and the word where there is one."""

    kind: str
    assignment_id: UUID
    subject: str
    word: Mapping[str, Any] | None = None


def note(sitting: Sitting, step: Step, *, more: int = 0) -> Sitting:
    """Append a step to the judge's chain; `more` ballots of theirs stand now. Returns the table after it."""
    given, after = _link(sitting, step, more)
    db.session.execute(_NOTE, given)
    return after


def note_ballot(sitting: Sitting, step: Step, word: Word, *, more: bool) -> Sitting:
    """The same in one statement with the ballot itself, which is kept or takes the former's place."""
    given, after = _link(sitting, step, int(more))
    ballot = {
        "assignment": step.assignment_id,
        "scores": None if word.scores is None else list(word.scores),
        "vote": None if word.vote is None else word.vote.value,
        "winner": word.winner,
        "ranking": None if word.ranking is None else json.dumps(word.ranking),
        "now": sitting.now,
    }
    db.session.execute(_NOTE_BALLOT, given | ballot)
    return after


def _link(sitting: Sitting, step: Step, more: int) -> tuple[dict[str, Any], Sitting]:
    body = {
        "kind": step.kind,
        "assignment": str(step.assignment_id),
        "subject": step.subject,
        "word": step.word and dict(step.word),
        "at": exact(sitting.now),
    }
    last = chain.Link(sitting.events, {}, "", sitting.head) if sitting.events else None
    link = chain.append(sitting.commitment, last, body)
    given = {
        "commitment": sitting.commitment,
        "sequence": link.sequence,
        "round": sitting.round_id,
        "judge": sitting.person_id,
        "body": rfc8785.dumps(body).decode(),
        "previous": link.previous,
        "hash": link.hash,
        "more": more,
    }
    after = sitting._replace(
        head=link.hash, events=link.sequence, judged=sitting.judged + more, panel_done=sitting.panel_done + more
    )
    return given, after
