"""From ballots to places, without a database: the one road that the tables, the API and the dossier all take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from campaign.judging.methods import METHODS
from campaign.judging.methods.shape import Given, Method, Terms
from campaign.judging.scoring.outcome import Outcome, Standing
from campaign.judging.scoring.sheet import Sheet
from campaign.judging.scoring.ties import Decision, break_ties


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What was laid down before the round opened, and the chair's votes on ties, by the rank that is shared."""

    method: Method
    terms: Terms
    seed: int
    tie_rule: str = "shared"
    votes: Mapping[int, Sequence[str]] = field(default_factory=dict)


class Placed(NamedTuple):
    """A photo's standing, its place after the rule for ties, and which rule gave it a place of its own."""

    standing: Standing
    place: int
    broken_by: str | None
    below_quorum: bool


class Verdict(NamedTuple):
    """All photos, best first, those that share a place by name; and what else the method found."""

    placed: tuple[Placed, ...]
    outcome: Outcome
    sheet: Sheet


def sheet_of(rules: Rules, entries: Iterable[str], given: Iterable[Given]) -> Sheet:
    """The ballots in the columns that the round's method scores; words on anything but the entries stay aside."""
    return METHODS[rules.method].columns(entries, given, rules.terms)


def reach(rules: Rules, sheet: Sheet, *, cut: int | None = None) -> Verdict:
    """The result of a round, a pure function of rules and ballots. `cut` adds the chances to be above it."""
    outcome = METHODS[rules.method].score(sheet, rules.terms, seed=rules.seed, cut=cut)
    weights = [one.weight for one in rules.terms.criteria]
    decision = Decision(rule=rules.tie_rule, seed=rules.seed, votes=rules.votes, weights=weights)
    standing = {one.submission: one for one in outcome.standings}
    placed = [
        Placed(
            standing[one.submission], one.place, one.broken_by, below_quorum=_is_below(standing[one.submission], rules)
        )
        for one in break_ties(outcome.standings, sheet, decision)
    ]
    return Verdict(tuple(placed), outcome, sheet)


def _is_below(standing: Standing, rules: Rules) -> bool:
    return standing.ballots < rules.terms.quorum
