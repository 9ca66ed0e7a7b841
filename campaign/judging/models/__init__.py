"""The tables of judging."""

from __future__ import annotations

from campaign.judging.models.assignments import Assignment, AssignmentItem, PlanPage
from campaign.judging.models.awards import Award, Selection, TieVote
from campaign.judging.models.ballots import Ballot, BallotEvent, word_in
from campaign.judging.models.judges import DeclaredConflict, Mark
from campaign.judging.models.results import Placement, Reckoning
from campaign.judging.models.rounds import (
    LARGEST_SEED,
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
    new_seed,
)

__all__ = [
    "LARGEST_SEED",
    "ONE_CRITERION",
    "RECORD_FORMAT",
    "Assignment",
    "AssignmentItem",
    "Award",
    "Ballot",
    "BallotEvent",
    "DeclaredConflict",
    "Mark",
    "PanelMember",
    "Placement",
    "PlanPage",
    "Reckoning",
    "Reopening",
    "Round",
    "RoundCandidate",
    "RoundEntry",
    "RoundStage",
    "Selection",
    "SourceKind",
    "TieRule",
    "TieVote",
    "new_seed",
    "word_in",
]
