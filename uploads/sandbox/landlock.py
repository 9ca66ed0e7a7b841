"""The files a decoder may touch, told to the kernel: Landlock, which needs no privilege (Linux 5.13 and newer).

Everything else is out of reach, other processes' environments in /proc included, also for a process of root.
Source: landlock(7), linux/landlock.h.
"""

import ctypes
import os
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

from uploads.sandbox.kernel import libc

_CREATE, _ADD_RULE, _RESTRICT = 444, 445, 446  # the same numbers on every machine
_ASK_VERSION = 1
_BENEATH_PATH = 1
_EXECUTE, _WRITE, _READ, _READ_FOLDER, _REMOVE, _MAKE_FILE, _TRUNCATE = (1 << bit for bit in (0, 1, 2, 3, 5, 8, 14))
_TCP = 0b11  # to bind, to connect
_SCOPES = 0b11  # abstract sockets and signals stay within
# How many kinds of access to files each version of Landlock knows.
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15}
_NETWORK_SINCE, _SCOPES_SINCE = 4, 6


def restrict_files(*, folder: Path, photo: Path, libraries: Iterable[Path]) -> bool:
    """Leaves this process its folder to write in, and its photo and the libraries to read; False where it cannot be.

    Where the kernel knows how, TCP is refused as well, and signals to processes outside.
    """
    version = libc.syscall(_CREATE, None, 0, _ASK_VERSION) if sys.platform == "linux" else -1
    if version < 1:
        return False
    handled = (1 << _FILE_RIGHTS.get(version, 16)) - 1
    rules = struct.pack("Q", handled)
    rules += struct.pack("Q", _TCP) if version >= _NETWORK_SINCE else b""
    rules += struct.pack("Q", _SCOPES) if version >= _SCOPES_SINCE else b""
    ruleset = libc.syscall(_CREATE, ctypes.c_char_p(rules), len(rules), 0)
    if ruleset < 0:
        return False
    try:
        allowed = [(folder, _WRITE | _READ | _READ_FOLDER | _REMOVE | _MAKE_FILE | _TRUNCATE), (photo, _READ)]
        allowed += [(library, _READ | _READ_FOLDER) for library in libraries if library.is_dir()]
        told = all(_allow(ruleset, path, rights & handled) for path, rights in allowed)
        return told and bool(libc.syscall(_RESTRICT, ruleset, 0) == 0)
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: Path, rights: int) -> bool:
    there = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        rule = struct.pack("=Qi", rights, there)
        return bool(libc.syscall(_ADD_RULE, ruleset, _BENEATH_PATH, ctypes.c_char_p(rule), 0) == 0)
    finally:
        os.close(there)
