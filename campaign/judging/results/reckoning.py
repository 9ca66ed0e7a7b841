"""The result of a sealed round: reckoned once for each seal, kept row by row, so that a page of it costs a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from uuid import UUID

from sqlalchemy import delete, insert, select

from campaign.db import Lock, db, lock_exclusive, lock_shared
from campaign.errors import Conflict
from campaign.judging.methods.shape import Given
from campaign.judging.models import (
    Assignment,
    Ballot,
    PanelMember,
    Placement,
    Reckoning,
    Round,
    RoundEntry,
    TieVote,
    word_in,
)
from campaign.judging.record.verdict import Placed, Rules, Verdict, reach, sheet_of
from campaign.judging.results.columns import SAID, photo_sheet
from campaign.judging.scoring.sheet import Sheet

NOT_CLOSED = "The result is there once the round has closed. Until then nobody sees a score."


def reckon(judged: Round) -> None:
    """See to it that the result of the round's present seal is kept. Raises Conflict until it is sealed.

    The round's lock is shared meanwhile, so nobody opens it again under our hands; one reader reckons for all.
    """
    if _is_kept(judged.id, judged.seal):
        return
    lock_shared(Lock.ROUND, judged.id)
    lock_exclusive(Lock.RECKONING, judged.id)
    db.session.refresh(judged)
    if not judged.is_judged or judged.seal is None:
        raise Conflict(NOT_CLOSED, code="round_not_closed")
    if not _is_kept(judged.id, judged.seal):
        _keep(judged.id, judged.seal, verdict_on(judged))


def reckon_again(judged: Round) -> None:
    """After the chair's vote: places as the votes now have them. Needs the round's exclusive lock."""
    assert judged.seal is not None
    _keep(judged.id, judged.seal, verdict_on(judged))


def verdict_on(judged: Round) -> Verdict:
    """The result reckoned from the ballots, with everything the method found. Costs what scoring costs."""
    return reach(rules_of(judged), _sheet(judged))


def verdict_at(judged: Round, cut: int | None) -> Verdict:
    """The same, kept by this process for the next pages that ask: what is sealed does not change.

    Of the places in it, those that the chair's votes give may be older than the votes.
    """
    assert judged.seal is not None
    return _verdict_at(judged.id, judged.seal, cut)


@lru_cache(maxsize=4)
def _verdict_at(round_id: UUID, seal: str, cut: int | None) -> Verdict:
    judged = db.session.get_one(Round, round_id)
    return reach(rules_of(judged), _sheet_at(round_id, seal), cut=cut)


@lru_cache(maxsize=2)
def _sheet_at(round_id: UUID, seal: str) -> Sheet:
    assert seal
    return _sheet(db.session.get_one(Round, round_id))


def _sheet(judged: Round) -> Sheet:
    entries = entries_of(judged.id)
    if judged.method in SAID:
        return photo_sheet(judged.id, judged.method, entries, max(len(judged.terms.criteria), 1))
    return sheet_of(rules_of(judged), entries, given_in(judged.id))


def rules_of(judged: Round) -> Rules:
    """What the result follows from beside the ballots."""
    return Rules(
        method=judged.method,
        terms=judged.terms,
        seed=judged.seed,
        tie_rule=judged.tie_rule.value,
        votes=votes_on_ties(judged.id),
    )


def votes_on_ties(round_id: UUID) -> Mapping[int, Sequence[str]]:
    """The chair's order of those that share a rank."""
    votes: dict[int, list[str]] = defaultdict(list)
    query = select(TieVote).where(TieVote.round_id == round_id).order_by(TieVote.rank, TieVote.ordinal)
    for one in db.session.scalars(query):
        votes[one.rank].append(str(one.submission_id))
    return dict(votes)


def entries_of(round_id: UUID) -> list[str]:
    """The photos that took part, by id."""
    ids = db.session.scalars(select(RoundEntry.submission_id).where(RoundEntry.round_id == round_id))
    return sorted(str(one) for one in ids)


def given_in(round_id: UUID) -> Iterator[Given]:
    """The ballots that stand; judges by their commitments, as in the dossier."""
    query = (
        select(PanelMember.commitment, Assignment.subject, Ballot.scores, Ballot.vote, Ballot.winner, Ballot.ranking)
        .select_from(Assignment)
        .join(Ballot, Ballot.assignment_id == Assignment.id)
        .join(
            PanelMember,
            (PanelMember.round_id == Assignment.round_id) & (PanelMember.person_id == Assignment.judge_id),
        )
        .where(Assignment.round_id == round_id)
    )
    for judge, subject, scores, vote, winner, ranking in db.session.execute(query):
        yield Given(judge, subject, word_in(scores, vote, winner, ranking))


def _is_kept(round_id: UUID, seal: str | None) -> bool:
    kept = db.session.scalar(select(Reckoning.seal).where(Reckoning.round_id == round_id))
    return seal is not None and kept == seal


def _keep(round_id: UUID, seal: str, verdict: Verdict) -> None:
    db.session.execute(delete(Reckoning).where(Reckoning.round_id == round_id))
    row = {"round_id": round_id, "seal": seal, "pieces": verdict.outcome.pieces}
    db.session.execute(insert(Reckoning), [row])
    rows = [_row(round_id, ordinal, one) for ordinal, one in enumerate(verdict.placed, start=1)]
    if rows:
        db.session.execute(insert(Placement), rows)


def _row(round_id: UUID, ordinal: int, placed: Placed) -> dict[str, object]:
    standing = placed.standing
    return {
        "round_id": round_id,
        "ordinal": ordinal,
        "submission_id": UUID(standing.submission),
        "rank": standing.rank,
        "place": placed.place,
        "tied": standing.tied,
        "broken_by": placed.broken_by,
        "score": standing.score,
        "low": standing.low,
        "high": standing.high,
        "ballots": standing.ballots,
        "below_quorum": placed.below_quorum,
        "piece": standing.piece,
        "raw": dict(standing.raw),
    }
