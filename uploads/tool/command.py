"""The tool of this package: takes files, and answers each as the worker would, without a store or a database."""

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

from uploads.cores import count_cores
from uploads.limits import MEBIBYTE, Limits
from uploads.reasons import MEANINGS, OF_TICKETS, Reason
from uploads.tool.inspection import Answer, Unanswerable, inspect_photo
from uploads.tool.progress import Progress

ANSWERED, NOT_ANSWERED, INTERRUPTED = 0, 1, 130

_ABOUT = """\
Tells what Flaunt makes of each FILE: the worker's own code, in the worker's sandbox,
without S3, a database or settings. One JSON object per file on standard output, in the
order of the files:

  {"file", "ok": true, "format", "width", "height", "bytes", "sha256", "dhash", "thumbhash",
   "dominant", "taken_at", "renditions": [{"name", "format", "width", "height", "bytes"}], "ms"}
  {"file", "ok": false, "reason", "detail"}

Width and height are after orientation, bytes are bytes, ms is milliseconds of work."""
_ENDING = """\
reasons:
{reasons}

exit status:
  0  every file was answered, refused ones included
  1  some could not be read or written; standard error says which, the others were answered
  2  the arguments make no sense

example:
  python -m uploads --out renditions ~/Pictures/*.HEIC | jq -r 'select(.ok | not) | .file + ": " + .reason'
"""


def main(arguments: Sequence[str]) -> int:
    """Does as `--help` says, and answers the exit status. Leaves nothing behind when it is interrupted."""
    asked = _parser().parse_args(arguments)
    sys.stderr = sys.stderr or Path(os.devnull).open("w")  # noqa: SIM115 - to the end; it was closed
    if sys.stdout is None:
        print("uploads: standard output is closed", file=sys.stderr)  # noqa: T201 - what a tool is for
        return NOT_ANSWERED
    try:
        with _workdir(asked.out) as workdir:
            return _answer_all(asked.files, workdir, asked.out, jobs=asked.jobs, indent=_indent(asked.json))
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # whoever read the answers has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOT_ANSWERED
    except OSError as problem:
        print(f"uploads: {problem}", file=sys.stderr)  # noqa: T201 - what a tool is for
        return NOT_ANSWERED


def _parser() -> argparse.ArgumentParser:
    told = "\n".join(f"  {reason:<19} {MEANINGS[reason]}" for reason in Reason if reason not in OF_TICKETS)
    parser = argparse.ArgumentParser(
        prog="python -m uploads",
        description=_ABOUT,
        epilog=_ENDING.format(reasons=told),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    limits = Limits()
    parser.add_argument(
        "files",
        metavar="FILE",
        nargs="+",
        help=f"a photo of at most {limits.max_bytes // MEBIBYTE} MiB and {limits.max_pixels:,} pixels",
    )
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="write the renditions to DIR/NUMBER-STEM/NAME.EXT, NUMBER from 0"
    )
    cores = count_cores()
    parser.add_argument(
        "--jobs", type=_jobs, default=cores, metavar="N", help=f"how many files at a time (one per core, here {cores})"
    )
    parser.add_argument(
        "--json", action="store_true", help="one line per object on a terminal, too, where they are else spread out"
    )
    return parser


def _jobs(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text)):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 on")
    return int(text)


def _indent(one_line: bool) -> int | None:  # noqa: FBT001 - one flag, named where it is passed
    return 2 if sys.stdout.isatty() and not one_line else None


@contextmanager
def _workdir(out: Path | None) -> Iterator[Path]:
    """Where files are taken to: on the disk of the renditions, so that these can be moved into place at once."""
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".uploads-", dir=out) as name:
        yield Path(name)


def _answer_all(files: Sequence[str], workdir: Path, out: Path | None, *, jobs: int, indent: int | None) -> int:
    stopped = Event()
    status = ANSWERED
    with Progress(len(files), sys.stderr) as progress:
        inspect = partial(inspect_photo, workdir=workdir, out=out, limits=Limits(), stopped=stopped)
        with _pool(min(jobs, len(files)), stopped) as pool:
            futures = [pool.submit(inspect, given, number) for number, given in enumerate(files)]
            for future in futures:
                future.add_done_callback(lambda _: progress.step())
            for given, future in zip(files, futures, strict=True):
                status |= _say(given, future, indent, progress)
    return status


@contextmanager
def _pool(jobs: int, stopped: Event) -> Iterator[ThreadPoolExecutor]:
    """Threads that wait for decoders; whatever ends the block early stops those at work and forgets the others."""
    pool = ThreadPoolExecutor(jobs)
    try:
        yield pool
    except BaseException:
        stopped.set()
        raise
    finally:
        pool.shutdown(cancel_futures=stopped.is_set())


def _say(given: str, future: Future[Answer], indent: int | None, progress: Progress) -> int:
    try:
        answer = json.dumps(future.result(), indent=indent)
    except (Unanswerable, OSError) as problem:
        with progress.aside():
            print(f"uploads: {given}: {problem}", file=sys.stderr)  # noqa: T201 - what a tool is for
        return NOT_ANSWERED
    with progress.aside() if sys.stdout.isatty() else nullcontext():
        print(answer, flush=True)  # noqa: T201 - as above
    return ANSWERED
