"""S3: `rclone serve s3` over a folder. It checks signatures and lengths, as the real ones do."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from campaign.dev.answers import status_of
from campaign.dev.problem import LocalProblem
from campaign.dev.program import Program

BUCKET = "flaunt"
REGION = "us-east-1"
# rclone removes a folder with its last object, and answers 500 to a write into it at that moment (seen once in 600
# writes). A file of ours keeps the folders in which objects come and go.
FOLDERS = ("incoming", "originals", "photos")


def server_binary() -> str:
    """Path of rclone: the wheel's, else the machine's; raises `LocalProblem` where there is none."""
    packed = Path(sys.executable).with_name("rclone")
    if found := str(packed) if packed.exists() else shutil.which("rclone"):
        return found
    raise LocalProblem("rclone was not found, which plays S3 here. `make clean run` installs it again.")


def s3_program(folder: Path, *, port: int, access_key: str, secret_key: str, hosts: tuple[str, ...]) -> Program:
    """Prepare `folder` and say how to run the server.

    Any origin may ask, since each address is signed and no cookie is read. The keys go by the environment, so that
    no list of processes shows them.
    """
    folder.mkdir(mode=0o700, exist_ok=True)
    for name in FOLDERS:
        (folder / BUCKET / name).mkdir(parents=True, exist_ok=True)
        (folder / BUCKET / name / ".keep").touch()
    listen = [word for host in hosts for word in ("--addr", f"{host}:{port}")]
    return Program(
        name="s3",
        label="S3 (rclone)",
        command=(
            *(server_binary(), "serve", "s3", *listen, "--allow-origin", "*"),
            # The folder changes through this server alone, so there is nothing to look for behind its back.
            *("--poll-interval", "0", "--config", "", "--cache-dir", str(folder.with_name("rclone")), str(folder)),
        ),
        # rclone reads lists as CSV, so a pair goes in quotes.
        environment={"RCLONE_AUTH_KEY": f'"{access_key},{secret_key}"'},
        ready=lambda: status_of("127.0.0.1", port) is not None,
        advice=f"The photos are plain files in {folder}; start again, and free some disk if it is full.",
    )
