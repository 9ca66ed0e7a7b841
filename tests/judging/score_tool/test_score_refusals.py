"""What `flaunt score` refuses, and how it says so: by line and column, on stderr alone, with exit status 2."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from campaign.judging.score_tool.command import score
from tests.judging.score_tool.ballot_files import CRITERIA, FILES, run_score


def _refused(result: Result) -> list[str]:
    assert (result.exit_code, result.stdout) == (2, "")
    return result.stderr.splitlines()[1:]


@pytest.mark.parametrize(
    ("method", "rows", "complaints"),
    [
        ("stars", 'ann,a,x\nann,b,4\nann,b,3\n,c,nan\nbea,a\nbea,c,1,2\nbea,d,"4,5"\nbea,e,1e9\n', [
            "line 2, column score: “x” is not a number.",
            "line 4, column submission: the same judge gave this already on line 3.",
            "line 5, column judge: nothing is there.",
            "line 6, column score: nothing is there.",
            "line 7, column 4: the header has only 3 columns.",
            "line 8, column score: “4,5” is not a number. Write 4.5.",
            "line 9, column score: “1e9” is beyond 1,000,000.",
        ]),
        ("shortlist", "ann,a,yes\nann,b,perhaps\nann,a,no\n", [
            "line 3, column vote: “perhaps” should be yes, no or maybe.",
            "line 4, column submission: the same judge gave this already on line 2.",
        ]),
        ("duel", "ann,a,b\nann,b,b\n", ["line 3, column loser: “b” cannot meet itself."]),
        ("ranking", "ann,a,0\nann,b,1.5\nann,c,1\nann,c,2\n", [
            "line 2, column rank: “0” should be a whole number, 1 for the best.",
            "line 3, column rank: “1.5” should be a whole number, 1 for the best.",
            "line 5, column submission: the same judge gave this already on line 4.",
        ]),
    ],
)  # fmt: skip
def test_bad_rows_are_named_by_line_and_column(method: str, rows: str, complaints: list[str]) -> None:
    header = FILES[method].partition("\n")[0]
    assert _refused(run_score(f"{header}\n{rows}", method=method)) == complaints


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    assert _refused(run_score('judge,submission,score\n\nann,"two\nlines",4\nann,b,x\n')) == [
        "line 5, column score: “x” is not a number."
    ]


def test_a_judge_who_left_out_a_criterion_is_named() -> None:
    complaint = "line 6, column criterion: this judge gave this submission no score for “Story”."
    assert _refused(run_score(f"{CRITERIA}bea,a,3,Light\n")) == [complaint]


def test_the_same_criterion_twice_is_named() -> None:
    complaint = "line 6, column criterion: the same judge gave this already on line 2."
    assert _refused(run_score(f"{CRITERIA}ann,a,3,Light\n")) == [complaint]


def test_of_many_bad_rows_some_are_named_and_the_rest_counted() -> None:
    complaints = _refused(run_score("judge,submission,score\n" + "".join(f"ann,p{at},x\n" for at in range(50))))
    assert (len(complaints), complaints[-1]) == (21, "and 30 more")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "is empty. Its first line names the columns: judge,submission,score."),
        ("judge,submission,score\n", "has no ballots in it, only a header."),
        ("judge,score\nann,3\n", "line 1, column submission: there is no such column, only “judge”, “score”."),
        ("judge;submission;score\n", "only “judge;submission;score”. Separate them by commas."),
        ("judge,submission,score,score\nann,a,1,1\n", "line 1, column score: it is there twice."),
        ('judge,submission,score\nann,a,"3\n', "line 2: its quotation marks do not pair up."),
        (b"judge,submission,score\nann,\xff,3\n", "line 2: this is no text in UTF-8."),
    ],
)
def test_what_is_no_file_of_ballots_is_told(text: str | bytes, told: str) -> None:
    result = run_score(text)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--weights", "Ligth=2"), "--weights: there is no criterion “Ligth”. The file has “Light”, “Story”."),
        (("--weights", "Light"), "--weights: “Light” should be a criterion, =, and a number above 0."),
        (("--weights", "Light=0"), "--weights: “Light=0” should be a criterion, =, and a number above 0."),
        (("--weights", "Light=1,Light=2"), "--weights: “Light” is there twice."),
        (("--cut", "3"), "--cut 3: there are only 2 submissions."),
    ],
)
def test_options_that_do_not_fit_the_file_are_told(options: tuple[str, str], told: str) -> None:
    result = run_score(CRITERIA, *options)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"{told}\n")


def test_weights_belong_to_stars_alone() -> None:
    assert (
        run_score(FILES["duel"], "--weights", "a=1", method="duel").stderr == "--weights: only stars have criteria.\n"
    )


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    result = CliRunner().invoke(score, [str(tmp_path / "none.csv"), "--method", "stars"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.endswith("none.csv cannot be opened: No such file or directory.\n")
