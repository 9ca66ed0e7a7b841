"""`python -m uploads`: one answer for each file, in order, and nothing left behind."""

import hashlib
import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.uploads.sample_photos import animated, encoded, quarters, turned
from uploads.limits import Limits
from uploads.reasons import MEANINGS, OF_TICKETS, Reason
from uploads.tool.command import main
from uploads.tool.inspection import folder_name

TOOL = [sys.executable, "-m", "uploads"]
HERE = Path(__file__).parents[2]
FOUND = ["file", "ok", "format", "width", "height", "bytes", "sha256", "dhash", "thumbhash", "dominant", "taken_at"]
FOUND += ["renditions", "ms"]
REFUSED = ["file", "ok", "reason", "detail"]


Run = Callable[..., tuple[list[dict[str, Any]], str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """What the tool says on standard output, line by line, and on standard error; in this process, which is quicker."""

    def told(*arguments: str | Path, status: int = 0) -> tuple[list[dict[str, Any]], str]:
        assert main([str(argument) for argument in arguments]) == status
        out, aside = capsys.readouterr()
        return [json.loads(line) for line in out.splitlines()], aside

    return told


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """A turned photo, an animation, and two that are nothing."""
    kinds = {"IMG 1.jpg": turned("JPEG", 6, 2400, 1200), "party.jpg": animated("GIF"), "none": b"", "é.png": b"words"}
    for name, data in kinds.items():
        (tmp_path / name).write_bytes(data)
    return [tmp_path / name for name in kinds]


@pytest.mark.parametrize("flags", [(), ("--json",), ("--jobs", "1"), ("--jobs", "5")])
def test_each_file_is_answered_in_order(run: Run, files: list[Path], flags: tuple[str, ...]) -> None:
    answers, aside = run(*files, *flags)
    assert [list(answer) for answer in answers] == [FOUND, REFUSED, REFUSED, REFUSED]
    assert [answer["file"] for answer in answers] == [str(file) for file in files]
    assert [answer.get("reason") for answer in answers] == [None, "animated", "empty", "not_an_image"]
    assert aside == ""


def test_a_photo_is_told_whole(run: Run, files: list[Path]) -> None:
    (found,), _ = run(files[0])
    data = files[0].read_bytes()
    assert (found["format"], found["width"], found["height"]) == ("jpeg", 2400, 1200)
    assert (found["bytes"], found["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    assert re.fullmatch("[0-9a-f]{16}", found["dhash"])
    assert re.fullmatch("#[0-9a-f]{6}", found["dominant"])
    assert found["taken_at"] == "2026-11-20T18:04:05"
    assert isinstance(found["ms"], int)
    assert [list(made) for made in found["renditions"]] == [["name", "format", "width", "height", "bytes"]] * 4


def test_renditions_are_written_under_number_and_stem(run: Run, files: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "made" / "here"
    answers, _ = run(files[1], files[0], files[0], "--out", out)
    assert sorted(folder.name for folder in out.iterdir()) == ["1-IMG 1", "2-IMG 1"]
    for folder in out.iterdir():
        assert {file.name for file in folder.iterdir()} == {f"{made['name']}.webp" for made in answers[1]["renditions"]}
        for made in answers[1]["renditions"]:
            with Image.open(folder / f"{made['name']}.webp") as picture:
                assert (picture.format, picture.size) == ("WEBP", (made["width"], made["height"]))
            assert (folder / f"{made['name']}.webp").stat().st_size == made["bytes"]


def test_a_second_run_replaces_the_first(run: Run, files: list[Path], tmp_path: Path) -> None:
    run(files[0], "--out", tmp_path / "out")
    files[0].write_bytes(turned("JPEG", 1, 300, 200))
    run(files[0], "--out", tmp_path / "out")
    assert [file.name for file in (tmp_path / "out" / "0-IMG 1").iterdir()] == ["320.webp"]


@pytest.mark.parametrize(
    ("given", "folder"),
    [
        ("a.jpg", "7-a"),
        ("/x/y/a.tar.gz", "7-a.tar"),
        (".jpg", "7-.jpg"),
        ("no suffix", "7-no suffix"),
        ("é" * 127 + ".jpg", "7-" + "é" * 126),
        (os.fsdecode(b"\xff.jpg"), os.fsdecode(b"7-\xff")),
    ],
)
def test_a_folder_is_named_for_place_and_stem(given: str, folder: str) -> None:
    assert folder_name(7, given) == folder


def test_what_is_no_file_is_told_aside_and_the_others_are_answered(run: Run, files: list[Path], tmp_path: Path) -> None:
    pipe, folder, lost = tmp_path / "pipe", tmp_path / "folder", tmp_path / "lost.jpg"
    os.mkfifo(pipe)
    folder.mkdir()
    answers, aside = run(lost, pipe, folder, "", files[2], status=1)
    assert [answer["file"] for answer in answers] == [str(files[2])]
    assert aside.splitlines() == [
        f"uploads: {lost}: No such file or directory",
        f"uploads: {pipe}: not a plain file",
        f"uploads: {folder}: a folder; name the files in it",
        "uploads: : No such file or directory",
    ]


def test_a_name_that_is_no_text_is_answered(run: Run, tmp_path: Path) -> None:
    name = os.fsdecode(bytes(tmp_path) + b"/\xff\n.jpg")
    Path(name).write_bytes(b"")
    (answer,), _ = run(name)
    assert answer["file"] == name


def test_a_file_of_too_many_bytes_is_not_read(run: Run, tmp_path: Path) -> None:
    with (tmp_path / "vast").open("wb") as vast:
        vast.truncate(1 << 40)
    (answer,), _ = run(tmp_path / "vast")
    assert answer["reason"] == "too_many_bytes"


def test_it_needs_no_settings_and_no_network(files: list[Path]) -> None:
    bare = {"PATH": os.environ["PATH"], "DATABASE_URL": "postgresql://nobody.invalid/none"}
    told = subprocess.run([*TOOL, *map(str, files)], cwd=HERE, env=bare, capture_output=True, text=True, check=True)
    assert [json.loads(line)["ok"] for line in told.stdout.splitlines()] == [True, False, False, False]
    assert told.stderr == ""


@pytest.mark.parametrize("arguments", [(), ("--jobs", "0", "x"), ("--jobs", "many", "x"), ("--fast", "x")])
def test_arguments_that_make_no_sense(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: python -m uploads" in capsys.readouterr().err


def test_a_number_of_jobs_is_asked_for_in_plain_words(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--jobs", "many", "x"])
    assert capsys.readouterr().err.endswith("argument --jobs: 'many' is not a whole number from 1 on\n")


@pytest.mark.parametrize(
    ("closed", "status", "answers", "aside"),
    [("<&-", 0, 1, ""), ("2>&-", 0, 1, ""), (">&-", 1, 0, "uploads: standard output is closed\n")],
)
def test_a_closed_end_is_no_crash(tmp_path: Path, closed: str, status: int, answers: int, aside: str) -> None:
    (tmp_path / "none").write_bytes(b"")
    command = ["sh", "-c", f'exec "$@" {closed}', "sh", *TOOL, tmp_path / "none"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=HERE)
    assert (ended.returncode, ended.stdout.count("\n"), ended.stderr) == (status, answers, aside)


def test_the_help_tells_every_reason_of_the_tool(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    told = capsys.readouterr().out
    assert ended.value.code == 0
    assert set(re.findall(r"^  ([a-z_]+) {2,}\S", told, re.MULTILINE)) == set(Reason) - OF_TICKETS
    assert set(MEANINGS) == set(Reason)
    assert f"{Limits().max_pixels:,} pixels" in told


def test_on_a_terminal_there_is_a_bar_and_it_goes_away(files: list[Path]) -> None:
    with on_a_terminal(*files[:2], "--json") as (said, process):
        text = said()
        assert process.wait(30) == 0
    assert "[##############################] 2 of 2" in text
    assert text.endswith("\r\x1b[K")
    lines = re.findall(r"\{.*\}", text)
    assert [json.loads(line)["ok"] for line in lines] == [True, False]


def test_on_a_terminal_an_object_is_spread_out(files: list[Path]) -> None:
    with on_a_terminal(files[2]) as (said, process):
        text = said()
        process.wait(30)
    assert '{\r\n  "file": ' in text


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_leaves_nothing_behind(tmp_path: Path, how: signal.Signals) -> None:
    (tmp_path / "photo.png").write_bytes(encoded(quarters(1300, 800), "PNG"))
    out = tmp_path / "out"
    process = subprocess.Popen(
        [*TOOL, *["photo.png"] * 300, "--out", str(out)],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(HERE)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # A shell's background jobs are started deaf to Ctrl-C.
        preexec_fn=partial(signal.signal, how, signal.SIG_DFL),  # noqa: PLW1509 -- no thread of ours is about
    )
    assert process.stdout is not None
    process.stdout.readline()
    process.send_signal(how)
    _, aside = process.communicate(timeout=30)
    assert (process.returncode, aside) == (130, b"")
    assert eventually(lambda: list(out.glob(".*")) == [])
    assert {len(list(folder.iterdir())) for folder in out.iterdir()} == {4}


def test_a_reader_that_has_enough_ends_it_quietly(files: list[Path]) -> None:
    with subprocess.Popen(
        [*TOOL, *[str(files[2])] * 200], cwd=HERE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


@contextmanager
def on_a_terminal(*arguments: str | Path) -> Iterator[tuple[Callable[[], str], subprocess.Popen[bytes]]]:
    """The tool on a terminal of its own: what it has said when it is done, and its process."""
    ours, its = pty.openpty()
    process = subprocess.Popen([*TOOL, *map(str, arguments)], cwd=HERE, stdout=its, stderr=its)
    os.close(its)

    def said() -> str:
        text = b""
        try:
            while piece := os.read(ours, 65536):
                text += piece
        except OSError:  # how Linux says that nobody holds the other end any more
            pass
        return text.decode()

    try:
        yield said, process
    finally:
        os.close(ours)
        process.kill()
        process.wait()


def eventually(condition: Callable[[], bool], seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return condition()
