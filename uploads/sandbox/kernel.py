"""The kernel's calls that Python has no name for, each a plain yes or no. Nowhere but on Linux they are all no."""

import ctypes
import signal
import sys

_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_SET_NO_NEW_PRIVS = 38
_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_CAPABILITY_VERSION_3 = 0x20080522

libc = ctypes.CDLL(None, use_errno=True)


def die_with_parent() -> bool:
    """Lets the kernel kill this process when the thread that started it ends, however it ends."""
    return _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def hide_from_equals() -> bool:
    """Closes this process's memory and environment in /proc, and core dumps, to all other processes but root's."""
    return _prctl(_PR_SET_DUMPABLE, 0)


def renounce_privileges() -> bool:
    """Gives up what root may do beyond owning files, and ever gaining anything by starting a program."""
    if not _prctl(_PR_SET_NO_NEW_PRIVS, 1):
        return False
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    none = (ctypes.c_uint32 * 6)()
    return bool(libc.capset(ctypes.byref(header), ctypes.byref(none)) == 0)


def leave_network() -> bool:
    """Moves this process to a network without any interface; False where the system does not let it.

    To a user namespace as well where that is allowed: from there nobody looks into processes outside, not even as the
    same user.
    """
    if sys.platform != "linux":
        return False
    wishes = (_CLONE_NEWUSER | _CLONE_NEWNET, _CLONE_NEWNET)
    if any(libc.unshare(wish) == 0 for wish in wishes):
        return True
    libc.unshare(_CLONE_NEWUSER)
    return False


def _prctl(option: int, value: int) -> bool:
    return sys.platform == "linux" and bool(libc.prctl(option, ctypes.c_ulong(value), 0, 0, 0) == 0)
