"""A disk with little room, for one process and what it starts: a small file system where one may be mounted.

Where none may (no root, no user namespaces), a limit on the length of a file does for it: it can be lifted later, too.
"""

from __future__ import annotations

import ctypes
import os
import resource
import tempfile
from pathlib import Path

import psutil

CLONE_NEWNS, CLONE_NEWUSER = 0x00020000, 0x10000000
MS_PRIVATE, MS_REC = 1 << 18, 1 << 14
BALLAST = "ballast"
MARK = "small"
"""A file that is there only where the small file system is."""
NO_LIMIT = resource.RLIM_INFINITY


def keep_small(folder: Path, size: int) -> None:
    """Let this process, which has no thread yet, see at most `size` bytes of room in `folder`, and those taken."""
    mounted = _mount(folder, size)
    assert tempfile.gettempdir() == str(folder)  # chosen while there is room, as by a worker whose disk fills up later
    if not mounted:
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, NO_LIMIT))
        return
    (folder / MARK).touch()
    _fill(folder / BALLAST)


def make_room(folder: Path, worker: psutil.Process, *, keep: int) -> None:
    """Leave only `keep` bytes of ballast on the disk that `worker` sees; what it started keeps its own limit."""
    seen = Path(f"/proc/{worker.pid}/root{folder}")
    if (seen / MARK).exists():
        with (seen / BALLAST).open("r+b") as ballast:
            ballast.truncate(keep)
        return
    room = NO_LIMIT if keep == 0 else 4096
    for process in [worker, *worker.children(recursive=True)]:
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (room, NO_LIMIT))


def is_mounted(folder: Path, worker: psutil.Process) -> bool:
    """Whether it is a real file system that is full."""
    return (Path(f"/proc/{worker.pid}/root{folder}") / MARK).exists()


def _mount(folder: Path, size: int) -> bool:
    libc = ctypes.CDLL(None, use_errno=True)
    user, group = os.getuid(), os.getgid()
    if libc.unshare(CLONE_NEWNS) != 0:
        if libc.unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0:
            return False
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    libc.mount(b"none", b"/", None, MS_REC | MS_PRIVATE, None)
    return bool(libc.mount(b"tmpfs", bytes(folder), b"tmpfs", 0, f"size={size}".encode()) == 0)


def _fill(path: Path) -> None:
    with path.open("wb", buffering=0) as ballast:
        try:
            while ballast.write(b"\0" * 4096):
                pass
        except OSError:
            return
