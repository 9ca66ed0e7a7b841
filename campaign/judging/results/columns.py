"""The ballots of a round in columns, straight from the tables: hundreds of thousands without an object for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from uuid import UUID

import numpy as np
from sqlalchemy import text

from campaign.db import db
from campaign.judging.methods.shape import Method
from campaign.judging.methods.shortlist import HALVES, WHOLE
from campaign.judging.scoring.sheet import Sheet

SAID: Mapping[Method, str] = {Method.STARS: "array_to_string(ballot.scores, ' ')", Method.SHORTLIST: "ballot.vote"}
"""What of a ballot is its word, as text. Of these methods a ballot is on one photo."""
WORTH = {str(vote): halves / WHOLE for vote, halves in HALVES.items()}

BALLOTS = """
SELECT panel_member.commitment, string_agg(assignment.subject || ' ' || {said}, ' ')
FROM assignment
JOIN ballot ON ballot.assignment_id = assignment.id
JOIN panel_member ON panel_member.round_id = assignment.round_id AND panel_member.person_id = assignment.judge_id
WHERE assignment.round_id = :round
GROUP BY panel_member.commitment ORDER BY panel_member.commitment
"""


def photo_sheet(round_id: UUID, method: Method, entries: Sequence[str], width: int) -> Sheet:
    """What the method's `columns` makes of the ballots, for `SAID`; `entries` sorted, `width` values in a ballot."""
    rows = db.session.execute(text(BALLOTS.format(said=SAID[method])), {"round": round_id}).all()
    place = {name: at for at, name in enumerate(entries)}
    words = [said.split(" ") for _, said in rows]
    subjects = [one[:: width + 1] for one in words]
    photo = np.fromiter((place.get(name, -1) for name in chain(*subjects)), dtype=np.int32)
    judge = np.repeat(np.arange(len(rows), dtype=np.int32), [len(one) for one in subjects])
    columns = [list(chain(*(one[at :: width + 1] for one in words))) for at in range(1, width + 1)]
    value = np.array([_numbers(column, method) for column in columns], dtype=np.float64).T
    took_part = photo >= 0
    return Sheet(
        photos=tuple(entries),
        judges=tuple(commitment for commitment, _ in rows),
        judge=judge[took_part],
        photo=photo[took_part],
        value=value.reshape(-1, width)[took_part],
    )


def _numbers(column: Sequence[str], method: Method) -> list[float]:
    return list(map(WORTH.__getitem__ if method is Method.SHORTLIST else float, column))
