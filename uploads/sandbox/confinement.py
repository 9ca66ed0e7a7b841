"""What a process gives up before it reads a stranger's byte. None of it can be had back."""

import os
import resource
import sysconfig
from pathlib import Path

from uploads.limits import Limits
from uploads.sandbox.kernel import die_with_parent, renounce_privileges
from uploads.sandbox.landlock import restrict_files
from uploads.sandbox.seccomp import refuse_calls

# What is not loaded yet may still be read from here. Settings lie elsewhere.
LIBRARIES = (
    *(Path(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib", "purelib", "platlib")),
    Path(__file__).parents[1],
)


def confine(limits: Limits, *, folder: Path, photo: Path, parent: int) -> None:
    """Limits this process, ties it to its parent, and takes from it whatever else this system allows to take.

    The limits hold everywhere. Privileges, files and calls go where the kernel knows how; `uploads.sandbox.probe` tells
    which did. Ends the process when the parent is gone already.
    """
    os.umask(0o077)
    die_with_parent()
    if os.getppid() != parent:
        os._exit(1)  # it died before the kernel could be asked to take us along
    # The soft limit on CPU ends the process by a signal of its own, which tells why.
    resource.setrlimit(resource.RLIMIT_CPU, (limits.decoder_cpu, limits.decoder_cpu + 2))
    for kind, amount in (
        (resource.RLIMIT_AS, limits.decoder_memory),
        (resource.RLIMIT_FSIZE, limits.decoder_file_bytes),
        (resource.RLIMIT_NOFILE, limits.decoder_open_files),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (amount, amount))
    renounce_privileges()
    restrict_files(folder=folder, photo=photo, libraries=LIBRARIES)
    refuse_calls()
