"""A warm parent whose decoder does as the photo says: `python -m tests.uploads.hostile PARENT`, confined as ours is.

A photo here is Python source, with `answer` for what a decoder says. So a test's photo is what it would be if it had
found a hole in a codec.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

from uploads.sandbox.kernel import leave_network
from uploads.sandbox.warm_parent import WarmParent
from uploads.sandbox.zygote import main

ANSWERS = 3
"""The descriptor that a child of the warm parent answers on."""


def obey(request: dict[str, Any]) -> dict[str, Any]:
    known = {"os": os, "sys": sys, "time": time, "answer": answer, "leave_note": leave_note}
    exec(Path(request["photo"]).read_text(), known)
    os._exit(0)


def answer(said: bytes) -> None:
    os.write(ANSWERS, said)


def leave_note(name: str, text: object) -> None:
    """A file in the directory, whole from its first moment."""
    Path(f"{name}.new").write_text(str(text))
    Path(f"{name}.new").rename(name)


def hostile_parent() -> WarmParent:
    return WarmParent([sys.executable, "-S", "-P", "-m", "tests.uploads.hostile"])


if __name__ == "__main__":
    leave_network()
    main({"decode": obey}, int(sys.argv[1]))
