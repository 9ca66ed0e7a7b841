"""The decoder's sandbox: what could a photo that takes the decoder over still do on this machine?"""

from __future__ import annotations

import json
import os
from pathlib import Path
from tempfile import TemporaryDirectory

from campaign.config import Settings
from campaign.doctor.finding import Ailing, Finding
from campaign.submissions.limits import photo_limits
from uploads.reasons import PhotoRefused
from uploads.sandbox.apart import ask_apart
from uploads.sandbox.probe import attempts

NAME = "decoder's sandbox"
REMEDY = (
    "Let it use Landlock (Linux 5.13 and newer), seccomp and user namespaces, as containers do by default; "
    "and do not run Flaunt as root. Photos are opened all the same."
)


def examine_sandbox(settings: Settings) -> Finding:
    """Tries from within what must not work. What this system cannot take away is a note; Ailing where nothing opens."""
    asker = os.getpid()
    try:
        with TemporaryDirectory(prefix="doctor-") as folder:
            request: dict[str, str | int] = {"work": "probe", "photo": folder, "asker": asker}
            told = json.loads(ask_apart(request, Path(folder), photo_limits(settings)).said)
    except PhotoRefused as refused:
        raise Ailing(
            f"does not start, so no photo can be opened: {refused}",
            "`python -m uploads FILE` says here what it misses.",
        ) from refused
    possible = [name for name in attempts(asker) if name not in told["refused"]]
    if possible:
        return Finding(NAME, f"a decoder gone astray could {', '.join(possible)}", REMEDY, note=True)
    return Finding(NAME, f"a decoder gone astray cannot {', '.join(told['refused'])}")
