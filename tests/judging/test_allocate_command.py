"""`flaunt allocate`: a plan printed, from nothing but numbers and a file."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from campaign.judging.allocate_command import allocate

KEYS = ["pairs", "load_min", "load_max", "pieces", "smallest_cut", "ms"]


def run(submissions: int, judges: int, quorum: int, *more: str) -> Result:
    numbers = ["--submissions", str(submissions), "--judges", str(judges), "--quorum", str(quorum)]
    return CliRunner().invoke(allocate, [*numbers, *more])


@pytest.fixture
def conflicts(tmp_path: Path) -> Path:
    return tmp_path / "conflicts.csv"


def test_the_figures_are_printed() -> None:
    result = run(45, 10, 2)

    assert result.exit_code == 0
    lines = [line.rsplit(maxsplit=1) for line in result.output.splitlines()]
    assert lines[:4] == [["load minimum", "9"], ["load maximum", "9"], ["pieces", "1"], ["smallest cut", "9"]]
    assert lines[4][0] == "milliseconds"
    assert float(lines[4][1]) > 0


def test_json_is_one_object_with_all_pairs() -> None:
    told = json.loads(run(45, 10, 2, "--json").output)

    assert list(told) == KEYS
    assert [told[key] for key in KEYS[1:5]] == [9, 9, 1, 9]
    pairs = np.array(told["pairs"])
    assert np.bincount(pairs[:, 0]).tolist() == [2] * 45
    assert np.bincount(pairs[:, 1]).tolist() == [9] * 10


def test_the_same_seed_prints_the_same_plan() -> None:
    one, same, other = (json.loads(run(30, 6, 2, "--json", "--seed", seed).output)["pairs"] for seed in ("5", "5", "6"))

    assert one == same
    assert one != other


@pytest.mark.parametrize(
    "text", ["submission,judge\n0,1\n2,0\n", "0,1\n2,0", "\ufeffSubmission, Judge\r\n0,1\r\n\r\n2,0\r\n"]
)
def test_conflicts_are_kept_with_or_without_a_header(conflicts: Path, text: str) -> None:
    conflicts.write_bytes(text.encode())

    told = json.loads(run(4, 3, 2, "--conflicts", str(conflicts), "--json").output)

    assert [0, 1] not in told["pairs"]
    assert [2, 0] not in told["pairs"]
    assert (told["load_min"], told["load_max"]) == (2, 3)


def test_bad_rows_are_named_by_line_and_column(conflicts: Path) -> None:
    conflicts.write_text("submission,judge\n0,1\nx,1\n1,3\n4\n-1,2,7\n")

    result = run(4, 3, 2, "--conflicts", str(conflicts))

    assert result.exit_code == 2
    assert result.output.splitlines()[1:] == [
        "line 3, column 1 (submission): “x” should be a number from 0 to 3.",
        "line 4, column 2 (judge): “3” should be a number from 0 to 2.",
        "line 5, column 1 (submission): “4” should be a number from 0 to 3.",
        "line 5, column 2 (judge): “” should be a number from 0 to 2.",
        "line 6, column 1 (submission): “-1” should be a number from 0 to 3.",
        "line 6, column 3: a row has 2 columns, submission and judge.",
    ]


@pytest.mark.parametrize(
    "data", [b"\xff\xfe\x00", b"0,\x00\n", "０,1\n".encode(), b"1e1,0\n", b"0," + b"9" * 5000, b'"0,1\n']
)
def test_hostile_files_are_told_and_never_a_traceback(conflicts: Path, data: bytes) -> None:
    conflicts.write_bytes(data)

    result = run(4, 3, 2, "--conflicts", str(conflicts))

    assert result.exit_code == 2
    assert isinstance(result.exception, SystemExit)
    assert result.output.startswith(f"Error: {conflicts}: ")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert run(4, 3, 2, "--conflicts", str(tmp_path / "nothing.csv")).exit_code == 2


def test_submissions_with_too_few_judges_are_named(conflicts: Path) -> None:
    conflicts.write_text("1,0\n1,1\n3,2\n3,1\n")

    result = run(5, 3, 2, "--conflicts", str(conflicts))

    assert (result.exit_code, result.output) == (2, "Error: Fewer than 2 judges may see these submissions: 1, 3.\n")


def test_a_quorum_above_the_panel_names_all_submissions() -> None:
    result = run(3, 2, 3)

    assert (result.exit_code, result.output) == (2, "Error: Fewer than 3 judges may see these submissions: 0, 1, 2.\n")


@pytest.mark.parametrize("numbers", [(-1, 3, 2), (3, 0, 1), (3, 2, 0)])
def test_numbers_that_cannot_be_are_told(numbers: tuple[int, int, int]) -> None:
    assert run(*numbers).exit_code == 2


def test_it_stands_alone() -> None:
    script = (
        "import sys; sys.argv = ['flaunt', 'allocate', '--submissions', '6', '--judges', '4', '--quorum', '2'];"
        "from campaign.cli import main\n"
        "try: main()\n"
        "except SystemExit as end: print(end.code, sorted({'flask', 'sqlalchemy', 'pydantic'} & set(sys.modules)))"
    )

    done = subprocess.run([sys.executable, "-c", script], env={}, capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[0].split() == ["load", "minimum", "3"]
    assert done.stdout.splitlines()[-1] == "0 []"
