"""`python -m tests.faults.process ROLE PARENT`: one of Flaunt's processes, which ends with PARENT.

`FAULTS_TIMING` holds the job runner's pauses as JSON where they are cut down. `FAULTS_POISON` makes some photos deadly,
by their file's name: see `tests.faults.poisons`. `FAULTS_DISK` is how many bytes there is room for in TMPDIR.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from campaign.jobs.supervisor import die_with
from tests.faults.small_disk import keep_small

if TYPE_CHECKING:
    from flask import Flask

DISK = "FAULTS_DISK"
TIMING = "FAULTS_TIMING"
POISON = "FAULTS_POISON"


def main(role: str, parent: int) -> None:
    if DISK in os.environ:
        keep_small(Path(os.environ["TMPDIR"]), int(os.environ[DISK]))
    die_with(parent)
    if role == "web":
        sys.argv = ["flaunt", role]
        from campaign.cli import main as flaunt  # noqa: PLC0415 -- each process loads only what it runs

        flaunt()
        return
    app = make_app()
    settings = app.extensions["flaunt_settings"]
    if role == "worker":
        from campaign.jobs.worker import run_worker  # noqa: PLC0415 -- as above

        run_worker(app, settings)
    else:
        from campaign.jobs.clock import run_clock  # noqa: PLC0415 -- as above

        run_clock(app, settings)


def make_app() -> Flask:
    """The application as it is, with the pauses and the poison that the environment asks for."""
    from campaign.app import create_app  # noqa: PLC0415 -- as above
    from campaign.jobs.registry import registry_of  # noqa: PLC0415 -- as above
    from tests.faults.timings import shorten, shorten_strikes  # noqa: PLC0415 -- as above

    app = create_app()
    if TIMING in os.environ:
        shorten(registry_of(app), json.loads(os.environ[TIMING]))
        shorten_strikes()
    if POISON in os.environ:
        from tests.faults.poisons import poison_photos  # noqa: PLC0415 -- as above

        poison_photos(app)
    return app


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
