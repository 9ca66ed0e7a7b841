"""From a ballot's form to what a judge said."""

from __future__ import annotations

from collections import defaultdict

from werkzeug.datastructures import MultiDict

from campaign.judging.methods.shape import Said
from campaign.web.forms import read_number

SCORE = "score:"
"""Before a criterion's name: the field of its score."""
PLACE = "place:"
"""Before a photo's id: the field of its place in an order."""


def read_ballot(given: MultiDict[str, str]) -> Said:
    """What a ballot's form says; what is no number counts as not given."""
    scores = {name.removeprefix(SCORE): read_number(word) for name, word in given.items() if name.startswith(SCORE)}
    stars = read_number(given.get("stars", ""))
    return Said(
        stars=None if scores else stars,
        scores=scores or None,
        vote=given.get("vote"),
        winner=given.get("winner"),
        ranking=read_order(given),
    )


def read_order(given: MultiDict[str, str]) -> list[list[str]] | None:
    """Photos by the places written beside them, best first: equal places tie, empty ones leave out. None for none."""
    tiers: defaultdict[int, list[str]] = defaultdict(list)
    for name, word in given.items():
        place = read_number(word) if name.startswith(PLACE) else None
        if place is not None:
            tiers[place].append(name.removeprefix(PLACE))
    return [tiers[place] for place in sorted(tiers)] or None
