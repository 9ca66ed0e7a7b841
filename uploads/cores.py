"""How many processors this process may use, which is not how many the machine has."""

import os
from contextlib import suppress
from pathlib import Path

CGROUPS = Path("/sys/fs/cgroup")


def count_cores(cgroups: Path = CGROUPS) -> int:
    """Processors that we may run on, no more than a container's quota gives (rounded up); at least 1."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(allowed, _quota(cgroups) or allowed))


def _quota(cgroups: Path) -> int | None:
    """What the second and then the first version of control groups say of this container; None without a quota."""
    with suppress(OSError, ValueError):
        most, period = (cgroups / "cpu.max").read_text().split()
        return -(-int(most) // int(period))
    with suppress(OSError, ValueError):
        most, period = ((cgroups / "cpu" / f"cpu.cfs_{name}_us").read_text() for name in ("quota", "period"))
        return -(-int(most) // int(period)) if int(most) > 0 else None
    return None
