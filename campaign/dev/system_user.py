"""PostgreSQL refuses to run as root, so as root it runs as a system user of its own."""

from __future__ import annotations

import os
import pwd
import stat
import subprocess
from pathlib import Path

from campaign.dev.home import let_others_pass
from campaign.dev.problem import LocalProblem

USER = "pgserver"  # the wheel's own choice of name
EVERYONE_READS = stat.S_IRGRP | stat.S_IROTH


def database_user() -> str | None:
    """The user to run PostgreSQL as, made where missing; None when this is not root, and no other user is needed."""
    if os.geteuid() != 0:
        return None
    try:
        pwd.getpwnam(USER)
    except KeyError:
        _make_user()
    return USER


def open_programs(programs: Path) -> None:
    """Let the database's user run the wheel's programs, in whatever folder the virtual environment is."""
    let_others_pass(programs)
    if programs.stat().st_mode & EVERYONE_READS == EVERYONE_READS:
        return
    for path in (programs.parent, *programs.parent.rglob("*")):
        mode = path.stat().st_mode
        run = stat.S_IXGRP | stat.S_IXOTH if path.is_dir() or mode & stat.S_IXUSR else 0
        path.chmod(stat.S_IMODE(mode) | EVERYONE_READS | run)


def give(folder: Path, user: str) -> None:
    """Make `folder` and all in it the user's, as a cluster must be; a copy made by root is root's."""
    entry = pwd.getpwnam(user)
    if folder.lstat().st_uid == entry.pw_uid:
        return
    for path in (folder, *folder.rglob("*")):
        os.lchown(path, entry.pw_uid, entry.pw_gid)


def _make_user() -> None:
    command = ["useradd", "--system", "--no-create-home", "--home-dir", "/", "--shell", "/usr/sbin/nologin", USER]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError):
        raise LocalProblem(
            f"PostgreSQL does not run as root, and the user it needs could not be made. "
            f"Make it (`useradd --system {USER}`), or start as an ordinary user."
        ) from None
