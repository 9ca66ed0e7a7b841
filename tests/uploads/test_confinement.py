"""What a decoder cannot do, even when a photo has taken it over."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from uploads.limits import Limits
from uploads.reasons import PhotoRefused
from uploads.sandbox.apart import ask_apart

FORBIDDEN = {
    "a socket": "import socket; socket.socket()",
    "a connection": "import socket; socket.create_connection(('127.0.0.1', 9), 1)",
    "a socket of this machine": "import socket; socket.socket(socket.AF_UNIX)",
    "a pair of sockets": "import socket; socket.socketpair()",
    "a process": "os.fork()",
    "a program": "os.execv('/bin/true', ['true'])",
    "a program by another way": "os.posix_spawn('/bin/true', ['true'], {})",
    "its parent's life": "os.kill(os.getppid(), 9)",
    "a life of its group": "os.kill(0, 9)",
    "a life of anybody": "os.kill(-1, 9)",
    "its parent's limits": "import resource; resource.prlimit(os.getppid(), resource.RLIMIT_CPU, (1, 1))",
    "its parent's processors": "os.sched_setaffinity(os.getppid(), {0})",
    "a group of its own": "os.setsid()",
    "more memory": "import resource; resource.setrlimit(resource.RLIMIT_AS, (1 << 40, 1 << 40))",
}
OUT_OF_REACH = {
    "a file of the system": "open('/etc/passwd')",
    "a folder of the system": "os.listdir('/')",
    "a file beside its folder": "open('../beside')",
    "a file elsewhere": "open('/tmp/elsewhere', 'w')",
    "a link out": "os.symlink('/etc/passwd', 'link')",
    "its parent's environment": "open(f'/proc/{os.getppid()}/environ')",
    "its parent's memory": "open(f'/proc/{os.getppid()}/mem')",
}


@pytest.fixture
def end_of(hostile: Callable[..., object], limits: Limits, tmp_path: Path) -> Callable[[str], str]:
    """The name of what stops a decoder that does as `source` says; "nothing" where it was let through."""

    def run(source: str) -> str:
        tried = (
            "try:\n"
            f"    {source}\n"
            "    end = 'nothing'\n"
            "except Exception as problem:\n"
            "    end = type(problem).__name__\n"
            "leave_note('end', end)"
        )
        with pytest.raises(PhotoRefused):
            hostile(tried, limits)
        return (tmp_path / "end").read_text()

    return run


@pytest.mark.parametrize("source", FORBIDDEN.values(), ids=FORBIDDEN)
def test_a_decoder_is_refused(end_of: Callable[[str], str], source: str) -> None:
    assert end_of(source) in {"PermissionError", "ValueError"}  # resource's own word for it is ValueError


@pytest.mark.parametrize("source", OUT_OF_REACH.values(), ids=OUT_OF_REACH)
def test_a_decoder_reaches_only_its_photo(end_of: Callable[[str], str], tmp_path: Path, source: str) -> None:
    (tmp_path.parent / "beside").write_text("another photo")
    assert end_of(source) == "PermissionError"


def test_it_does_reach_its_folder_and_threads(end_of: Callable[[str], str]) -> None:
    source = (
        "import threading; t = threading.Thread(target=open, args=('made', 'w')); t.start(); t.join(); os.stat('made')"
    )
    assert end_of(source) == "nothing"


def test_a_decoder_inherits_no_secret(
    hostile: Callable[..., object], limits: Limits, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("S3_SECRET_ACCESS_KEY", "a secret of ours")
    with (tmp_path / "open").open("wb"), pytest.raises(PhotoRefused):
        hostile(
            "import json\n"
            "fds = []\n"
            "for fd in range(64):\n"
            "    try: os.fstat(fd); fds.append(fd)\n"
            "    except OSError: pass\n"
            "leave_note('seen', json.dumps([dict(os.environ), fds]))",
            limits,
        )
    environment, descriptors = json.loads((tmp_path / "seen").read_text())
    assert set(environment) <= {
        "GLIBC_TUNABLES",
        "LANG",
        "LC_CTYPE",
        "MALLOC_ARENA_MAX",
        "PYTHONDONTWRITEBYTECODE",
        "PYTHONPATH",
    }
    assert descriptors == [0, 1, 2, 3]  # what it was asked, what it prints (twice), its answer


def test_a_process_can_hide_its_settings_from_its_equals() -> None:
    get_dumpable = 3
    told = f"from uploads.sandbox.kernel import *; hide_from_equals(); print(libc.prctl({get_dumpable}, 0, 0, 0, 0))"
    shown = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert shown.stdout == "0\n"


def test_the_probe_finds_nothing_that_works(limits: Limits, tmp_path: Path) -> None:
    request = {"work": "probe", "photo": str(tmp_path), "asker": os.getpid()}
    assert json.loads(ask_apart(request, tmp_path, limits).said) == {
        "ok": True,
        "refused": [
            "use the network",
            "start a program",
            "start processes",
            "read our settings",
            "read other files",
            "stop our processes",
        ],
    }
