"""`--weights Light=2,Story=0.5`: how much each criterion counts, as the whole numbers that a round has."""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from fractions import Fraction

from campaign.judging.methods.shape import Criterion
from campaign.judging.score_tool.ballots import NUMBER
from campaign.judging.score_tool.complaints import Unusable, quoted


def weigh(criteria: Sequence[str], weights: str | None) -> tuple[Criterion, ...]:
    """The criteria with their weights, 1 for those not named. Raises Unusable for unknown names and odd weights."""
    given = _parse(weights) if weights is not None else {}
    unknown = [name for name in given if name not in criteria]
    if unknown:
        known = f"The file has {', '.join(map(quoted, criteria))}." if criteria else "The file names no criteria."
        raise Unusable(f"--weights: there is no criterion {', '.join(map(quoted, unknown))}. {known}")
    exact = {name: given.get(name, Fraction(1)) for name in criteria}
    whole = math.lcm(*(weight.denominator for weight in exact.values()))
    return tuple(Criterion(name, int(weight * whole)) for name, weight in exact.items())


def _parse(weights: str) -> dict[str, Fraction]:
    given: dict[str, Fraction] = {}
    for part in next(csv.reader([weights]), []):
        name, equals, weight = (piece.strip() for piece in part.rpartition("="))
        if not equals or not name or not NUMBER.fullmatch(weight) or not 0 < float(weight) <= MOST:
            raise Unusable(f"--weights: {quoted(part)} should be a criterion, =, and a number above 0.")
        if name in given:
            raise Unusable(f"--weights: {quoted(name)} is there twice.")
        given[name] = Fraction(weight)
    return given


MOST = 1_000_000
