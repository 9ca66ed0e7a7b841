"""Where a round's photos come from: all, a category, and of an earlier round its best, all from a score on, or some."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from campaign.campaigns.models import Campaign
from campaign.db import db, transaction
from campaign.errors import Conflict, InvalidInput
from campaign.judging.life.plan import Plan, Source
from campaign.judging.life.rounds import close_round, create_round, finish_round, open_round
from campaign.judging.life.source import Placed, cut
from campaign.judging.methods.shape import Method
from campaign.judging.models import Round, RoundCandidate, RoundEntry, SourceKind, TieRule
from campaign.judging.record.sealing import dossier_of
from campaign.judging.results.sealed import sealed_result
from campaign.submissions.models import Submission
from tests.people import Someone


def drawn(marketer: Someone, campaign: Campaign, source: Source, **changes: object) -> Round:
    """A round from this source, opened."""
    with transaction():
        prepared = create_round(marketer.actor, campaign.id, Plan(title="Next", quorum=1, source=source, **changes))  # type: ignore[arg-type]  # the test's own
    with transaction():
        return open_round(marketer.actor, prepared.id)


def entered(judged: Round, marketer: Someone) -> set[UUID]:
    with transaction():
        close_round(marketer.actor, judged.id)
    return set(db.session.scalars(select(RoundEntry.submission_id).where(RoundEntry.round_id == judged.id)))


def test_a_category_is_judged_alone(closed_campaign: Campaign, photos: list[Submission], marketer: Someone,
                                    cast_member: Someone) -> None:  # fmt: skip
    assert cast_member
    with transaction():
        closed_campaign.categories = ["Streets", "Parks"]
        photos[1].category = photos[2].category = "Streets"

    judged = drawn(marketer, closed_campaign, Source(category="Streets"))

    assert (judged.source_kind, entered(judged, marketer)) == (SourceKind.CATEGORY, {photos[1].id, photos[2].id})


def test_all_from_a_score_on_come_over(closed_round: Round, photos: list[Submission], marketer: Someone) -> None:
    with transaction():
        scores = {one.id: score for one, score in zip(photos, _scores(closed_round, photos), strict=True)}
    bar = scores[photos[1].id]

    judged = drawn(marketer, closed_round.campaign, Source(closed_round.id, least=bar))

    assert entered(judged, marketer) == {photos[0].id, photos[1].id, photos[2].id}


def _scores(closed: Round, photos: Sequence[Submission]) -> list[float]:
    found = {one.submission_id: one.score for one in sealed_result(closed)}
    return [found[one.id] or 0.0 for one in photos]


def test_some_are_picked_with_a_reason_that_the_dossier_tells(
    closed_round: Round, photos: list[Submission], marketer: Someone
) -> None:
    picked = [photos[3].id, photos[0].id]
    judged = drawn(
        marketer,
        closed_round.campaign,
        Source(closed_round.id, picked=picked, reason=" The  sea. "),
        method=Method.DUEL,
    )

    assert set(db.session.scalars(select(RoundCandidate.submission_id))) == set(picked)
    assert entered(judged, marketer) == set(picked)
    with transaction():
        finish_round(marketer.actor, judged.id)
    assert dossier_of(judged.id).round.source.reason == "The sea."


@pytest.mark.parametrize(
    "source",
    [
        Source(),
        Source(top=3),
        Source(category="Streets"),
        Source(category="Streets", top=1),
        Source(uuid4(), 3),
    ],
)
def test_source_that_cannot_be_is_told(
    closed_campaign: Campaign, marketer: Someone, cast_member: Someone, source: Source
) -> None:
    assert cast_member
    with pytest.raises(InvalidInput) as refusal:
        create_round(marketer.actor, closed_campaign.id, Plan(title="Next", quorum=1, source=source))

    assert list(refusal.value.fields) == ["source"]


@pytest.mark.parametrize(
    "changes",
    [
        {"top": 0},
        {"top": 2, "least": 1.0},
        {"least": float("nan")},
        {"picked": [], "reason": "None."},
        {"picked": [uuid4()], "reason": "Not of this round."},
        {"picked": "all"},
        {"picked": "all", "reason": " "},
    ],
)
def test_way_to_draw_from_a_round_that_cannot_be_is_told(
    closed_round: Round, photos: list[Submission], marketer: Someone, changes: dict[str, object]
) -> None:
    if changes.get("picked") == "all":
        changes = {**changes, "picked": [one.id for one in photos]}
    source = Source(closed_round.id, **changes)  # type: ignore[arg-type]  # the test's own

    with pytest.raises(InvalidInput) as refusal:
        create_round(marketer.actor, closed_round.campaign_id, Plan(title="Next", quorum=1, source=source))

    assert list(refusal.value.fields) == ["source"]


def test_score_that_nobody_reached_opens_nothing(closed_round: Round, marketer: Someone) -> None:
    with pytest.raises(Conflict, match="reached that score"):
        drawn(marketer, closed_round.campaign, Source(closed_round.id, least=99.0))


@pytest.mark.parametrize(("method", "quorum", "words"), [(Method.DUEL, 3, "a photo can be in 2 duels"),
                                                         (Method.DUEL, 2, ""), (Method.RANKING, 2, "")])  # fmt: skip
def test_duels_have_to_be_possible(
    closed_round: Round, marketer: Someone, method: Method, quorum: int, words: str
) -> None:
    """Two photos, two judges: each judge decides one duel."""
    with transaction():
        source = Source(
            closed_round.id, picked=sorted(db.session.scalars(select(Submission.id)).all())[:2], reason="Two."
        )
        plan = Plan(title="Next", quorum=quorum, source=source, method=method)
        prepared = create_round(marketer.actor, closed_round.campaign_id, plan)
    if words:
        with pytest.raises(Conflict, match=words):
            open_round(marketer.actor, prepared.id)
    else:
        with transaction():
            assert open_round(marketer.actor, prepared.id).opened_at is not None


def test_one_photo_is_not_compared(closed_round: Round, photos: list[Submission], marketer: Someone) -> None:
    with pytest.raises(Conflict, match="compares photos"):
        drawn(marketer, closed_round.campaign, Source(closed_round.id, picked=[photos[0].id], reason="Alone."),
              method=Method.RANKING)  # fmt: skip


def test_cut_takes_all_that_share_the_last_place() -> None:
    ids = [UUID(int=number) for number in range(5)]
    rows = [Placed(one, place, 1.0) for one, place in zip(ids, (1, 2, 2, 4, 5), strict=True)]

    assert cut(rows, 2) == (tuple(ids[:3]), 1)
    assert cut(rows, 3) == (tuple(ids[:3]), 0)
    assert cut(rows[2:], 1) == ((ids[2],), 0)
    assert cut(rows, 9) == (tuple(ids), 0)


@pytest.mark.parametrize(("changes", "field"), [({"tie_rule": TieRule.CHAIR}, "chair"), ({"chair": uuid4()}, "chair"),
                                                ({"scale": 6}, "scale"), ({"list_size": 1}, "list_size"),
                                                ({"seed": 2**53}, "seed")])  # fmt: skip
def test_rule_that_cannot_be_is_told_by_field(
    closed_campaign: Campaign, marketer: Someone, cast_member: Someone, changes: dict[str, object], field: str
) -> None:
    assert cast_member
    with pytest.raises(InvalidInput) as refusal:
        create_round(marketer.actor, closed_campaign.id, Plan(title="Next", quorum=1, **changes))  # type: ignore[arg-type]  # the test's own

    assert list(refusal.value.fields) == [field]
