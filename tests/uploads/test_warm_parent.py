"""The warm parent: there when it is needed, gone with whoever started it, and started anew when it dies."""

import os
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.uploads.hostile import hostile_parent
from tests.uploads.processes import eventually, is_gone
from tests.uploads.sample_photos import turned
from uploads.limits import Limits
from uploads.reasons import PhotoRefused, Reason
from uploads.sandbox.apart import decode_apart
from uploads.sandbox.warm_parent import WarmParent

HANG = "leave_note('pids', f'{os.getpid()} {os.getppid()}'); time.sleep(60)"
NOTE = 'leave_note(\'parent\', os.getppid()); answer(b\'{"ok": false, "reason": "empty", "detail": ""}\')'


@pytest.fixture
def fresh() -> Iterator[WarmParent]:
    """A hostile warm parent of this test's own, to be killed."""
    parent = hostile_parent()
    yield parent
    parent.end()


@pytest.fixture
def parent_of(tmp_path: Path, limits: Limits) -> Callable[[WarmParent], int]:
    """The process id of a warm parent, as its child sees it."""

    def ask(parent: WarmParent) -> int:
        (tmp_path / "photo").write_text(NOTE)
        with pytest.raises(PhotoRefused, match="empty"):
            decode_apart(tmp_path / "photo", tmp_path, limits, parent=parent)
        return int((tmp_path / "parent").read_text())

    return ask


def test_photos_share_one_warm_parent(fresh: WarmParent, parent_of: Callable[[WarmParent], int]) -> None:
    assert parent_of(fresh) == parent_of(fresh) != os.getpid()


def test_it_is_started_anew_when_it_was_killed(fresh: WarmParent, parent_of: Callable[[WarmParent], int]) -> None:
    first = parent_of(fresh)
    os.kill(first, 9)
    assert eventually(lambda: is_gone(first))
    assert parent_of(fresh) != first


def test_it_is_started_anew_after_it_idled_out(
    parent_of: Callable[[WarmParent], int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    idling = (
        "import sys; from uploads.sandbox import zygote; from tests.uploads.hostile import obey;"
        "zygote.IDLE_SECONDS = 0.05; zygote.main({'decode': obey}, int(sys.argv[1]))"
    )
    parent = WarmParent([sys.executable, "-S", "-P", "-c", idling])
    first = parent_of(parent)
    assert eventually(lambda: is_gone(first))
    assert parent_of(parent) != first
    parent.end()


def test_a_photo_in_hand_is_tried_once_more(fresh: WarmParent, tmp_path: Path, limits: Limits) -> None:
    once = "if not os.path.exists('pids'): " + HANG
    (tmp_path / "photo").write_text(once + "\n" + NOTE)
    killer = threading.Thread(target=kill_parent, args=(tmp_path,))
    killer.start()
    with pytest.raises(PhotoRefused) as refused:
        decode_apart(tmp_path / "photo", tmp_path, limits, parent=fresh)
    killer.join()
    assert str(refused.value) == "empty"
    assert is_gone(int((tmp_path / "pids").read_text().split()[0]))


def test_a_photo_that_loses_its_warm_parent_twice_is_refused(fresh: WarmParent, tmp_path: Path, limits: Limits) -> None:
    (tmp_path / "photo").write_text(HANG)

    def kill_twice() -> None:
        kill_parent(tmp_path)
        (tmp_path / "pids").unlink()
        kill_parent(tmp_path)

    killer = threading.Thread(target=kill_twice)
    killer.start()
    with pytest.raises(PhotoRefused) as refused:
        decode_apart(tmp_path / "photo", tmp_path, limits, parent=fresh)
    killer.join()
    assert refused.value.reason == Reason.DECODER_FAILED


def test_a_warm_parent_that_cannot_start_is_a_refusal(tmp_path: Path, limits: Limits) -> None:
    (tmp_path / "photo").write_bytes(turned("JPEG", 1))
    parent = WarmParent([sys.executable, "-S", "-c", "import sys; sys.exit(4)"])
    with pytest.raises(PhotoRefused) as refused:
        decode_apart(tmp_path / "photo", tmp_path, limits, parent=parent)
    assert refused.value.reason == Reason.DECODER_FAILED
    parent.end()


def test_a_warm_parent_that_is_stuck_holds_nobody_up(
    fresh: WarmParent, tmp_path: Path, limits: Limits, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("uploads.sandbox.warm_parent._LAST_SECONDS", 0.2)
    (tmp_path / "photo").write_text(HANG)

    def beat() -> None:
        os.kill(int((tmp_path / "pids").read_text().split()[1]), 19)
        raise TimeoutError("given up")

    with pytest.raises(TimeoutError, match="given up"):
        decode_apart(tmp_path / "photo", tmp_path, limits, parent=fresh, beat=beat)
    assert all(eventually(lambda pid=pid: is_gone(int(pid))) for pid in (tmp_path / "pids").read_text().split())


def test_all_die_with_a_worker_that_is_killed(tmp_path: Path) -> None:
    (tmp_path / "photo").write_text(HANG)
    worker = f"""
        import os, threading
        from pathlib import Path
        from tests.uploads.hostile import hostile_parent
        from uploads.limits import Limits
        from uploads.sandbox.apart import decode_apart
        here, parent = Path({str(tmp_path)!r}), hostile_parent()
        threading.Thread(target=decode_apart, args=(here / 'photo', here, Limits()), kwargs=dict(parent=parent)).start()
        while not (here / 'pids').exists(): pass
        if os.fork() == 0:
            (here / 'fork').write_text(str(os.getpid()))
            threading.Event().wait(20)
    """
    process = subprocess.Popen([sys.executable, "-c", textwrap.dedent(worker)])
    assert eventually((tmp_path / "fork").exists)
    process.kill()
    process.wait(timeout=5)
    assert all(eventually(lambda pid=pid: is_gone(int(pid)), 2) for pid in (tmp_path / "pids").read_text().split())
    os.kill(int((tmp_path / "fork").read_text()), 9)


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_fork_of_ours_has_a_warm_parent_of_its_own(
    fresh: WarmParent, parent_of: Callable[[WarmParent], int], tmp_path: Path
) -> None:
    first = parent_of(fresh)
    pid = os.fork()
    if pid == 0:
        try:
            (tmp_path / "forked").write_text(str(parent_of(fresh)))
            fresh.end()
        finally:
            os._exit(0)
    os.waitpid(pid, 0)
    assert int((tmp_path / "forked").read_text()) != first
    assert parent_of(fresh) == first


def test_it_outlives_the_thread_that_started_it(fresh: WarmParent, parent_of: Callable[[WarmParent], int]) -> None:
    found: list[int] = []
    thread = threading.Thread(target=lambda: found.append(parent_of(fresh)))
    thread.start()
    thread.join()
    assert parent_of(fresh) == found[0]


def test_it_holds_nothing_of_ours(fresh: WarmParent, parent_of: Callable[[WarmParent], int], tmp_path: Path) -> None:
    with (tmp_path / "ours").open("wb") as ours:
        os.set_inheritable(ours.fileno(), True)  # noqa: FBT003 -- the standard library's own signature
        held = {file.path for file in psutil.Process(parent_of(fresh)).open_files()}
    assert str(tmp_path / "ours") not in held


def kill_parent(directory: Path) -> None:
    """Kill the warm parent that a hanging child has left a note about."""
    assert eventually((directory / "pids").exists)
    os.kill(int((directory / "pids").read_text().split()[1]), 9)
