"""Who sees what: plans without a database, on numpy alone. `docs/methods.md` tells the rules and their sources."""

from __future__ import annotations

from campaign.judging.design.change import Balance, Change, Figures, replan
from campaign.judging.design.duels import next_pairs
from campaign.judging.design.lists import Lists, next_lists
from campaign.judging.design.photos import Handed, Pool
from campaign.judging.design.planning import plan
from campaign.judging.design.shape import Design, TooFewJudges, weights_of
from campaign.judging.design.stealing import take

__all__ = [
    "Balance",
    "Change",
    "Design",
    "Figures",
    "Handed",
    "Lists",
    "Pool",
    "TooFewJudges",
    "next_lists",
    "next_pairs",
    "plan",
    "replan",
    "take",
    "weights_of",
]
