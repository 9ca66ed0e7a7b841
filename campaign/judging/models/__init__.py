"""The tables of judging."""

from __future__ import annotations

from campaign.judging.models.assignments import Assignment, AssignmentItem, Coverage
from campaign.judging.models.awards import Award, Selection, TieVote
from campaign.judging.models.ballots import Ballot, BallotEvent, word_in
from campaign.judging.models.judges import DeclaredConflict, Mark
from campaign.judging.models.rounds import (
    ONE_CRITERION,
    RECORD_FORMAT,
    PanelMember,
    Reopening,
    Round,
    RoundCandidate,
    RoundEntry,
    RoundStage,
    SourceKind,
    TieRule,
)

__all__ = [
    "ONE_CRITERION",
    "RECORD_FORMAT",
    "Assignment",
    "AssignmentItem",
    "Award",
    "Ballot",
    "BallotEvent",
    "Coverage",
    "DeclaredConflict",
    "Mark",
    "PanelMember",
    "Reopening",
    "Round",
    "RoundCandidate",
    "RoundEntry",
    "RoundStage",
    "Selection",
    "SourceKind",
    "TieRule",
    "TieVote",
    "word_in",
]
