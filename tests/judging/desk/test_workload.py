"""How much work a round is, in words that a marketer can check."""

from __future__ import annotations

import pytest

from campaign.judging.desk.telling import bar_of, interval_words, raw_words, score_words, severity_words
from campaign.judging.desk.workload import lasting, workload
from campaign.judging.methods.shape import Criterion, Method, Terms


@pytest.mark.parametrize(
    ("method", "terms", "photos", "judges", "words"),
    [
        (Method.STARS, Terms(3), 412, 8,
         "412 photos × 3 ÷ 8 judges: about 155 photos each, an hour and a half."),
        (Method.STARS, Terms(3, (Criterion("Light"), Criterion("Story"))), 412, 8,
         "412 photos × 3 ÷ 8 judges: about 155 photos each, two hours."),
        (Method.SHORTLIST, Terms(2), 28_144, 30,
         "28,144 photos × 2 ÷ 30 judges: about 1,877 photos each, 6½ hours."),
        (Method.DUEL, Terms(6), 60, 6,
         "60 photos × 6 duels ÷ 2 photos in each ÷ 6 judges: about 30 duels each, 8 minutes."),
        (Method.RANKING, Terms(1, (), 5, 10), 20, 1,
         "20 photos × 1 list ÷ 10 photos in each ÷ 1 judge: about 2 lists each, 4 minutes."),
        (Method.STARS, Terms(3), 0, 8, "As soon as there are photos and judges, the work for each is told here."),
    ],
)  # fmt: skip
def test_work_is_told_with_its_sum(method: Method, terms: Terms, photos: int, judges: int, words: str) -> None:
    assert workload(method, terms, photos=photos, judges=judges).words == words


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0.2, "a minute"), (7, "7 minutes"), (23, "25 minutes"), (54, "55 minutes"), (60, "an hour"), (200, "3½ hours"),
     (240, "4 hours"), (1_000, "17 hours")],
)  # fmt: skip
def test_durations_are_said_as_to_a_friend(minutes: float, words: str) -> None:
    assert lasting(minutes * 60) == words


def test_scores_are_said_on_their_own_scale() -> None:
    assert (score_words(Method.STARS, 4.2149), score_words(Method.DUEL, 0.615), score_words(Method.STARS, None)) == (
        "4.21", "62 %", "–",
    )  # fmt: skip
    assert (interval_words(Method.STARS, 3.8, 4.6), interval_words(Method.RANKING, 0.3, 0.9)) == (
        "3.80 to 4.60", "30 to 90 %",
    )  # fmt: skip


def test_bar_lies_between_the_ends() -> None:
    bar = bar_of(2.0, 3.0, 4.0, (1.0, 5.0))

    assert bar == (25.0, 50.0, 50.0)
    assert bar_of(None, None, None, (1.0, 5.0)) is None
    assert bar_of(1.0, 1.0, 1.0, (1.0, 1.0)) == (0.0, 0.5, 0.0)


def test_raw_figures_are_what_was_counted() -> None:
    criteria = (Criterion("Light", 2), Criterion("Story"))
    assert raw_words(Method.STARS, {"mean": 4.1, "Light": 4.5, "Story": 3.3}, criteria) == (
        "mean 4.10 · Light 4.50 · Story 3.30"
    )
    assert raw_words(Method.SHORTLIST, {"yes": 3, "maybe": 1, "no": 0}, ()) == "3 yes · 1 maybe · 0 no"
    assert raw_words(Method.DUEL, {"wins": 3, "losses": 1}, ()) == "3 won · 1 lost"


def test_severity_is_told_beside_the_panel() -> None:
    told = [severity_words(Method.STARS, one) for one in (0.5, -0.25, 0.001, None)]

    assert told == ["0.50 harsher", "0.25 milder", "as the panel", "–"]
    assert severity_words(Method.DUEL, 0.93) == "right in 93 %"
