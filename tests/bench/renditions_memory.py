"""How much memory one photo takes at most: `python -m tests.bench.renditions_memory NAME PHOTO` prints bytes.

NAME is ours or pyvips. A process of its own for each, since memory once taken hides what comes after.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

from tests.bench.renditions_engines import draw_by_pyvips, draw_ours
from uploads.drawing.portrait import plan_renditions

_MEBIBYTE = 1024 * 1024


def peak_of(name: str, photo: Path) -> float:
    """Mebibytes, the interpreter and the libraries included."""
    command = [sys.executable, "-m", "tests.bench.renditions_memory", name, str(photo)]
    told = subprocess.run(command, check=True, capture_output=True, text=True)
    return int(told.stdout) / _MEBIBYTE


def main(name: str, photo: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        if name == "ours":
            draw_ours(photo, Path(folder))
        else:
            with Image.open(photo) as opened:
                turned = opened.format != "HEIF" and opened.getexif().get(0x0112, 1) > 4
                size = opened.size[::-1] if turned else opened.size
            draw_by_pyvips(photo, Path(folder), plan_renditions(*size))
    print(_peak())  # noqa: T201 -- read by `peak_of`


def _peak() -> int:
    """Bytes. Linux' figure for children counts what their parent once had; the one in /proc does not."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
