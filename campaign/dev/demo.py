"""The demo, made by a process of its own, so that Ctrl-C can end it in mid-photo: `python -m campaign.dev.demo`."""

from __future__ import annotations

import os
import subprocess
import sys
from urllib.parse import urlsplit

from campaign.config import load_settings
from campaign.dev.answers import answers
from campaign.dev.home import Home, open_home
from campaign.dev.problem import LocalProblem
from campaign.dev.program import TIED
from campaign.dev.voice import DEMO, Voice


def provide_demo(home: Home, base_url: str, voice: Voice) -> bool:
    """Have the demo made where it is not whole yet; True if it is whole now.

    Flaunt runs without it, so a failure is told and passed over.
    """
    whole = home.run / "demo-is-whole"
    address = urlsplit(base_url)
    if whole.exists() and answers(address.hostname or "", address.port or 80, f"/api/v1/campaigns/{DEMO}"):
        return True
    log = home.log_of("demo")
    if _make(home, voice):
        whole.touch()
        return True
    voice.last_words(log)
    voice.say("  The demo is not whole. Flaunt runs all the same, and the next start goes on with it.")
    return False


def _make(home: Home, voice: Voice) -> bool:
    """Run the seeding and repeat what it says; True if it came to its end."""
    command = [sys.executable, "-I", str(TIED), "--", sys.executable, "-m", "campaign.dev.demo"]
    with (
        home.log_of("demo").open("w") as log,
        subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, text=True) as seeding,
    ):
        try:
            for line in seeding.stdout or ():
                voice.say(f"    {line.rstrip()}")
        except BaseException:
            seeding.kill()
            raise
    return seeding.returncode == 0


def main() -> None:
    """Seed the running stack of FLAUNT_HOME, with one line on standard output for each step."""
    from campaign.demo.client import DemoProblem  # noqa: PLC0415 - the parent process does not draw
    from campaign.demo.seed import seed_demo  # noqa: PLC0415 - as above

    settings, home = load_settings(), open_home(os.environ)
    try:
        seed_demo(settings, settings.base_url, pictures=home.path / "demo", say=lambda line: print(line, flush=True))  # noqa: T201 - read by the parent
    except (DemoProblem, LocalProblem) as problem:
        sys.exit(str(problem))


if __name__ == "__main__":
    main()
