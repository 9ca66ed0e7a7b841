"""A round's ballots read straight from the tables: the same columns as word by word, in fewer seconds."""

from __future__ import annotations

from uuid import UUID

import numpy as np
import pytest

from campaign.campaigns.models import Campaign
from campaign.db import transaction
from campaign.judging.allocation.dealing import next_assignments
from campaign.judging.life.rounds import Plan, create_round, move_round
from campaign.judging.methods.shape import Criterion, Method, Said
from campaign.judging.models import RoundStage
from campaign.judging.record.verdict import sheet_of
from campaign.judging.results.columns import photo_sheet
from campaign.judging.results.reckoning import given_in, rules_of
from campaign.judging.scoring.sheet import Sheet
from campaign.judging.voting.ballots import cast_ballot
from campaign.submissions.models import Submission
from tests.people import Someone

CRITERIA = (Criterion("Light", 2), Criterion("Story"))


@pytest.mark.parametrize(
    ("method", "criteria", "said"),
    [
        (Method.SHORTLIST, (), [Said(vote="yes"), Said(vote="maybe"), Said(vote="no")]),
        (
            Method.STARS,
            CRITERIA,
            [Said(scores={"Light": one, "Story": other}) for one, other in ((5, 1), (2, 4), (3, 3))],
        ),
    ],
)
def test_columns_from_the_tables_are_those_of_the_words(
    closed_campaign: Campaign,
    photos: list[Submission],
    marketer: Someone,
    cast_member: Someone,
    other_cast_member: Someone,
    method: Method,
    criteria: tuple[Criterion, ...],
    said: list[Said],
) -> None:
    plan = Plan(title="Columns", method=method, criteria=criteria, quorum=2)
    with transaction():
        judged = create_round(marketer.actor, closed_campaign.id, plan)
        move_round(marketer.actor, judged.id, RoundStage.OPEN)
    for judge, words in ((cast_member, said), (other_cast_member, said[1:])):
        with transaction():
            for assignment, word in zip(next_assignments(judge.actor, judged.id, len(words)), words, strict=True):
                cast_ballot(judge.actor, assignment.id, word)
    entries = sorted(str(one.id) for one in photos)[1:]

    found = photo_sheet(judged.id, method, entries, max(len(criteria), 1))

    assert _rows(found) == _rows(sheet_of(rules_of(judged), entries, given_in(judged.id)))
    assert _rows(photo_sheet(UUID(int=0), method, entries, 1)) == (entries, [], [])


def _rows(sheet: Sheet) -> tuple[list[str], list[str], list[list[float]]]:
    assert sheet.value is not None
    rows = np.column_stack([sheet.judge, sheet.photo, sheet.value])
    return list(sheet.photos), list(sheet.judges), sorted(rows.tolist())
