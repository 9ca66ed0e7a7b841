"""The round keeper by a fixed clock: forecasts from the judges' pace, who falls behind, and what it proposes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.judging.keeper.forecasts import Course, Gait, Judge, Sitting, forecast, forecast_round, outlooks
from campaign.judging.keeper.proposals import REMIND_AGAIN, Remedy, may_remind, proposals, spell

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
OPENED = NOW - 4 * DAY


def sat(judge: str, ago: timedelta, ballots: int, seconds: int = 30) -> Sitting:
    ended = NOW - ago
    return Sitting(judge, ended - timedelta(seconds=seconds * (ballots - 1)), ended, ballots)


def judge(name: str, done: int, left: int, ago: timedelta | None = None, reminded: timedelta | None = None) -> Judge:
    last = None if ago is None else NOW - ago
    return Judge(name.lower(), name, done, left, OPENED, last, None if reminded is None else NOW - reminded)


def course(*judges: Judge, sittings: tuple[Sitting, ...] = (), missing: int = 0, **changes: object) -> Course:
    """A round of quorum 3 that has been open for four days, in which `missing` photos want one more ballot."""
    photos = {2: missing, 3: 100 - missing} if missing <= 100 else {0: missing // 3}
    given = {"quorum": 3, "photos": photos, "judges": judges, "sittings": sittings, "opened_at": OPENED}
    return Course(**(given | changes))  # type: ignore[arg-type]  # by name


def kinds(of: Course) -> list[Remedy]:
    return [one.remedy for one in proposals(of, NOW)]


STEADY = tuple(sat("ana", number * DAY + HOUR, 40) for number in range(4))
"""Forty a day, every day."""


def test_round_is_done_when_the_panels_pace_gets_there() -> None:
    both = course(judge("Ana", 160, 40, HOUR), sittings=STEADY, missing=80)

    expected = forecast_round(both, NOW)

    assert expected is not None
    assert expected.likely == NOW + 2 * DAY
    assert expected.early < expected.likely < expected.late
    # Σ size² / n² = 4·1600/160² = 1/4, and (Σ size² / n) / R = 40/80: a spread of √0.75.
    assert expected.late - NOW == pytest.approx(2 * DAY * 3.0339, rel=1e-3)


def test_many_small_sittings_tell_more_than_one_big_one() -> None:
    often = tuple(sat("ana", number * 6 * HOUR + HOUR, 10) for number in range(16))
    once = (sat("ana", DAY, 160),)

    widths = []
    for sittings in (often, once):
        expected = forecast(80, sittings, OPENED, NOW)
        assert expected is not None
        assert expected.likely == NOW + 2 * DAY
        widths.append(expected.late - expected.early)

    assert widths[0] < widths[1] / 2


def test_an_hours_zeal_is_no_rate_for_a_day() -> None:
    expected = forecast(100, (sat("ana", timedelta(0), 50),), NOW - HOUR, NOW)

    assert expected is not None
    assert expected.likely == NOW + 2 * DAY


def test_nobody_lately_is_no_forecast() -> None:
    assert forecast(10, (sat("ana", 9 * DAY, 50),), NOW - 12 * DAY, NOW) is None


@given(
    left=st.integers(0, 100_000),
    sizes=st.lists(st.tuples(st.floats(0, 6.9), st.integers(1, 500)), min_size=1, max_size=20),
    opened=st.floats(0, 100),
)
def test_range_holds_what_is_likely_and_more_work_never_ends_sooner(
    left: int, sizes: list[tuple[float, int]], opened: float
) -> None:
    sittings = [sat("ana", days * DAY, ballots) for days, ballots in sizes]
    expected, more = (forecast(count, sittings, NOW - opened * DAY, NOW) for count in (left, left + 10))

    assert expected is not None
    assert more is not None
    assert NOW <= expected.early <= expected.likely <= expected.late
    assert expected.likely < more.likely


@pytest.mark.parametrize(
    ("someone", "gait"),
    [
        (judge("Ana", 160, 40, HOUR), Gait.STEADY),
        (judge("Ana", 160, 0, HOUR), Gait.DONE),
        (judge("Ana", 160, 1000, HOUR), Gait.BEHIND),
        (judge("Ben", 0, 40), Gait.NOT_BEGUN),
        (judge("Ben", 3, 40, 3 * DAY), Gait.QUIET),
        (judge("Ben", 0, 40)._replace(joined_at=NOW - HOUR), Gait.EXPECTED),
    ],
)
def test_judges_are_told_apart_by_how_they_go_along(someone: Judge, gait: Gait) -> None:
    (seen,) = outlooks(course(someone, sittings=STEADY, missing=80, closes_at=NOW + 5 * DAY), NOW)

    assert seen.gait is gait


def test_in_a_short_round_one_wonders_sooner() -> None:
    short = course(judge("Ben", 0, 40), missing=40, opened_at=NOW - 8 * HOUR, closes_at=NOW + 16 * HOUR)
    late_joiner = replace(short, judges=[judge("Ben", 0, 40)._replace(joined_at=NOW - HOUR)])

    assert [outlooks(one, NOW)[0].gait for one in (short, late_joiner)] == [Gait.NOT_BEGUN, Gait.EXPECTED]


def test_without_a_deadline_the_panel_is_the_measure() -> None:
    slow = (sat("ben", HOUR, 8),)
    seen = outlooks(
        course(judge("Ana", 160, 40, HOUR), judge("Ben", 8, 90, HOUR), sittings=STEADY + slow, missing=90), NOW
    )

    assert [one.gait for one in seen] == [Gait.STEADY, Gait.BEHIND]


def test_time_left_is_that_of_the_judges_own_pace() -> None:
    (seen,) = outlooks(course(judge("Ana", 160, 40, HOUR), sittings=STEADY, missing=80), NOW)

    assert (seen.per_day, seen.seconds, seen.minutes_left) == (40.0, 30.0, 20)


def test_nothing_is_proposed_where_all_goes_well() -> None:
    assert kinds(course(judge("Ana", 160, 40, HOUR), sittings=STEADY, missing=40, closes_at=NOW + 5 * DAY)) == []


def test_who_has_not_begun_is_to_be_reminded_and_once_a_day_only() -> None:
    ben = judge("Ben", 0, 40)
    waiting = course(judge("Ana", 160, 40, HOUR), ben, sittings=STEADY, missing=40, opened_at=NOW - 3 * DAY)
    waiting = replace(waiting, judges=[waiting.judges[0], ben._replace(joined_at=NOW - 3 * DAY)])

    (proposed,) = proposals(waiting, NOW)

    assert (proposed.remedy, proposed.judges) == (Remedy.REMIND, ("ben",))
    assert proposed.why == "Ben has not begun, 3 days in."
    reminded = replace(waiting, judges=[waiting.judges[0], waiting.judges[1]._replace(reminded_at=NOW - HOUR)])
    assert kinds(reminded) == []


def test_who_was_reminded_in_vain_has_the_rest_dealt_again() -> None:
    both = course(judge("Ana", 160, 40, HOUR), judge("Ben", 3, 40, 3 * DAY, DAY), sittings=STEADY, missing=40)

    again = [one for one in proposals(both, NOW) if one.remedy is Remedy.DEAL_AGAIN]

    assert [one.judges for one in again] == [("ben",)]
    assert "Ben has been away for a while. Dealt again, the 40 that wait there go to the others" in again[0].why


def test_work_of_all_is_never_dealt_away_from_all() -> None:
    assert Remedy.DEAL_AGAIN not in kinds(course(judge("Ben", 3, 40, 5 * DAY, DAY), sittings=STEADY, missing=40))


def test_late_round_may_lower_its_quorum_or_get_more_time() -> None:
    late = course(
        judge("Ana", 160, 200, HOUR), sittings=STEADY, photos={2: 60, 1: 20}, missing=0, closes_at=NOW + 2 * DAY
    )

    proposed = {one.remedy: one for one in proposals(late, NOW)}

    assert late.missing() == 100
    assert proposed[Remedy.LOWER_QUORUM].quorum == 2
    until = proposed[Remedy.EXTEND].until
    assert until is not None
    expected = forecast_round(late, NOW)
    assert expected is not None
    assert expected.late < until <= expected.late + HOUR
    assert "12 hours after its deadline" in proposed[Remedy.EXTEND].why


def test_quorum_of_two_is_never_lowered() -> None:
    late = course(judge("Ana", 160, 200, HOUR), sittings=STEADY, quorum=2, photos={1: 500}, closes_at=NOW + DAY)

    assert Remedy.LOWER_QUORUM not in kinds(late)


def test_round_that_has_all_its_ballots_is_to_be_closed() -> None:
    assert kinds(course(judge("Ana", 100, 0, HOUR), sittings=STEADY)) == [Remedy.CLOSE]


def test_round_that_nobody_can_finish_says_so() -> None:
    (stuck,) = proposals(course(judge("Ana", 100, 0, HOUR), sittings=STEADY, missing=2), NOW)

    assert stuck.remedy is Remedy.CLOSE
    assert stuck.why.startswith("Nobody has anything left, and 2 photos cannot reach the quorum")


def test_duels_and_lists_count_ballots_and_not_photos() -> None:
    assert course(photos={0: 10, 1: 10}, quorum=2, each=2).missing() == 15
    assert course(photos={0: 10, 1: 10}, quorum=2, each=7).missing() == 5


def test_ballots_asked_for_beyond_the_quorum_are_still_to_come() -> None:
    more = course(photos={2: 6}, quorum=2, asked=2, judges=[judge("Ada", 6, 1), judge("Ben", 6, 1)])

    assert (more.missing(), more.missing(2), more.short) == (2, 0, 0)
    assert Remedy.CLOSE not in {one.remedy for one in proposals(more, NOW)}


def test_reminders_are_kind() -> None:
    asked = judge("Ana", 1, 5, reminded=REMIND_AGAIN)
    assert may_remind(asked, NOW)
    assert not may_remind(asked, NOW - timedelta(seconds=1))
    assert not may_remind(judge("Ana", 1, 0), NOW)


@pytest.mark.parametrize(
    ("span", "words"),
    [(timedelta(seconds=5), "1 minute"), (40 * timedelta(minutes=1), "40 minutes"), (HOUR, "1 hour"),
     (35 * HOUR, "35 hours"), (36 * HOUR, "2 days"), (10 * DAY, "10 days")],
)  # fmt: skip
def test_lengths_of_time_are_said_as_one_says_them(span: timedelta, words: str) -> None:
    assert spell(span) == words
