"""`flaunt score`: what it prints, what it refuses by line and column, and that it needs nothing but the file."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.judging.score_tool.ballot_files import CRITERIA, FILES, STARS, run_score

KEYS = ["rank", "submission", "score", "low", "high", "ballots"]


@pytest.mark.parametrize("method", FILES)
def test_every_method_prints_objects_with_exactly_these_keys_best_first(method: str) -> None:
    result = run_score(FILES[method], "--json", method=method)
    assert (result.exit_code, result.stderr) == (0, "")
    objects = json.loads(result.stdout)
    assert [list(one) for one in objects] == [KEYS] * 3
    assert objects[0]["submission"] == "a"
    assert [one["rank"] for one in objects] == [1 + sum(o["score"] > one["score"] for o in objects) for one in objects]
    assert all(one["low"] <= one["score"] <= one["high"] for one in objects)


@pytest.mark.parametrize("method", FILES)
def test_probabilities_to_be_above_the_cut_sum_to_it(method: str) -> None:
    objects = json.loads(run_score(FILES[method], "--json", "--cut", "2", method=method).stdout)
    assert [list(one) for one in objects] == [[*KEYS, "above"]] * 3
    assert sum(round(one["above"] * 10**6) for one in objects) == 2 * 10**6


def test_people_get_an_aligned_table() -> None:
    assert run_score(STARS).stdout.splitlines() == [
        "rank  submission     score       low      high  ballots",
        "   1  a           4.500000  3.430326  5.569674        2",
        "   2  c           3.500000  2.702321  4.297679        2",
        "   3  b           2.500000  1.430326  3.569674        2",
    ]


def test_ties_share_a_rank_in_the_order_of_their_names_and_are_not_broken() -> None:
    rows = "".join(f"{judge},{photo},{stars}\n" for judge in "xy" for photo, stars in (("é", 3), ("b", 3), ("z", 5)))
    objects = json.loads(run_score(f"judge,submission,score\n{rows}q,a,1\n", "--json").stdout)
    assert [(one["rank"], one["submission"]) for one in objects] == [(1, "z"), (2, "b"), (2, "é"), (4, "a")]


def test_a_harsh_judge_does_not_sink_his_share() -> None:
    """The mean of each is 3; the one that the harsh judge had is the better."""
    shared = "".join(f"harsh,s{at},{1 + at % 2}\nmild,s{at},{4 + at % 2}\n" for at in range(8))
    objects = json.loads(run_score(f"judge,submission,score\n{shared}harsh,fine,3\nmild,poor,3\n", "--json").stdout)
    assert (objects[0]["submission"], objects[-1]["submission"]) == ("fine", "poor")


@pytest.mark.parametrize(
    ("weights", "scores"),
    [((), {"a": 2.5, "b": 3.5}), (("--weights", "Light=3"), {"a": 3.25, "b": 2.75}),
     (("--weights", "Light=0.5,Story=1.5"), {"a": 1.75, "b": 4.25})],
)  # fmt: skip
def test_criteria_count_by_their_weights(weights: tuple[str, ...], scores: dict[str, float]) -> None:
    text = CRITERIA + CRITERIA.partition("\n")[2].replace("ann", "bea")
    objects = json.loads(run_score(text, "--json", *weights).stdout)
    assert {one["submission"]: one["score"] for one in objects} == scores


@pytest.mark.parametrize(
    "text",
    [
        STARS.replace("\n", "\r\n").encode("utf-8-sig"),
        "Score , JUDGE,submission\n" + "".join(
            f'"{stars}",{judge},"{photo}"\n' for judge, photo, stars in (row.split(",") for row in STARS.split()[1:])
        ),
        "judge,submission,score,when\n" + "".join(f"{row},2026\n\n" for row in STARS.split()[1:]),
        STARS.splitlines()[0] + "\n" + "\n".join(reversed(STARS.splitlines()[1:])),
    ],
    ids=["windows", "quoted-and-turned", "more-columns-and-empty-lines", "other-order"],
)  # fmt: skip
def test_the_same_ballots_written_otherwise_give_the_same_result(text: str | bytes) -> None:
    result = run_score(text)
    assert (result.exit_code, result.stdout) == (0, run_score(STARS).stdout)


def test_columns_that_are_not_read_are_named() -> None:
    assert run_score("judge,submission,score,when\nann,a,3,now\n").stderr == "Not read: column when.\n"


def test_what_was_never_compared_is_named_beside_the_result() -> None:
    result = run_score("judge,submission,score\nann,a,1\nann,b,2\nbea,b,3\ncem,c,4\n")
    assert (result.exit_code, len(result.stdout.splitlines())) == (0, 4)
    assert result.stderr.splitlines() == [
        "These ballots fall into 2 pieces that were never compared, not even by way of others.",
        "How submissions of different pieces stand to each other is not known:",
        "1: a, b",
        "2: c",
    ]


def test_a_name_cannot_steer_the_terminal() -> None:
    assert "\x1b" not in run_score("judge,submission,score\nann,\x1b[2Ja,1\n").stdout


def test_it_stands_alone(tmp_path: Path) -> None:
    """With an empty environment, from standard input, and without loading Flask or SQLAlchemy."""
    program = (
        "import sys; sys.argv = ['flaunt', 'score', '-', '--method', 'stars', '--json']\n"
        "from campaign.cli import main\n"
        "try: main()\n"
        "except SystemExit as end: print([end.code, *sorted({'flask', 'sqlalchemy'} & set(sys.modules))])\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], input=STARS, capture_output=True, text=True, env={}, cwd=tmp_path, check=False
    )
    *printed, loaded = ran.stdout.splitlines()
    assert (loaded, ran.stderr) == ("[0]", "")
    assert [one["submission"] for one in json.loads("".join(printed))] == ["a", "c", "b"]
