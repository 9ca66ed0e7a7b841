"""The parent's side of the decoder: starts it, watches it, and turns whatever becomes of it into an answer."""

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from uploads.answers import Decoded, read_answer
from uploads.limits import Limits
from uploads.reasons import PhotoRefused, Reason
from uploads.shapes import Shape

_ANSWER_BYTES = 16 * 1024  # far more than an honest answer has
_BEAT_SECONDS = 1.0
_DECODER = (sys.executable, "-S", "-P", "-m", "uploads.decoder")

_GRACE_SECONDS = 5.0  # to exit in, once all is said
_NO_MEMORY = ("MemoryError", "bad_alloc", "Cannot allocate", "failed to map", "out of memory")


def decode_apart(
    photo: Path,
    directory: Path,
    limits: Limits,
    *,
    shape: Shape = Shape.PHOTO,
    beat: Callable[[], None] = lambda: None,
    command: Sequence[str] = _DECODER,
) -> Decoded:
    """Decodes `photo` in a process of its own; renditions appear in `directory` as NAME.webp.

    `beat` is called about once a second. Raises `PhotoRefused`, whatever the process did, and `OSError` when our
    own disk was at fault. `command` is replaced in tests of hostile decoders.
    """
    request = {"photo": str(photo.resolve()), "shape": shape.value}
    answer = ask_apart(command, request, directory, limits, beat=beat)
    return read_answer(answer, directory, limits, shape)


def ask_apart(
    command: Sequence[str],
    request: Mapping[str, str],
    directory: Path,
    limits: Limits,
    *,
    beat: Callable[[], None] = lambda: None,
) -> bytes:
    """What a confined process of ours answers to a request; it may write into `directory`.

    The directory, the limits and our own process id are added to the request. Raises `PhotoRefused` when the process
    crashes, talks or lives too long.
    """
    whole = {"limits": asdict(limits), "directory": str(directory.resolve()), "parent": os.getpid(), **request}
    with TemporaryFile(dir=directory) as said_aside:
        process = subprocess.Popen(  # noqa: S603 - our own module, our own arguments
            [*command, json.dumps(whole)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=said_aside,
            cwd=directory,
            env=_bare_environment(),
            start_new_session=True,
        )
        try:
            answer = _listen(process, deadline=time.monotonic() + limits.decoder_wall, beat=beat)
        finally:
            _end(process)
        if process.returncode != 0:
            raise _refusal_by_death(process.returncode, said_aside)
    return answer


def _bare_environment() -> dict[str, str]:
    """Nothing of ours: where the modules are, and one malloc arena, so that address space means memory."""
    return {
        "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[1]), *filter(None, sys.path)]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "LANG": "C.UTF-8",
        "MALLOC_ARENA_MAX": "1",
    }


def _listen(process: subprocess.Popen[bytes], *, deadline: float, beat: Callable[[], None]) -> bytes:
    """All the process says until it falls silent. Raises `PhotoRefused` when it talks or lives too long."""
    assert process.stdout is not None
    answer = b""
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while (left := deadline - time.monotonic()) > 0:
            if not selector.select(min(_BEAT_SECONDS, left)):
                beat()
                continue
            piece = os.read(process.stdout.fileno(), _ANSWER_BYTES)
            if not piece:
                _await_exit(process)
                return answer
            answer += piece
            if len(answer) > _ANSWER_BYTES:
                raise PhotoRefused(Reason.DECODER_FAILED, "an answer far too long")
    raise PhotoRefused(Reason.DECODER_TIMEOUT, "still at work when the time was over")


def _await_exit(process: subprocess.Popen[bytes]) -> None:
    """Lets a process that has said all exit by itself, so that its status is its own."""
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=_GRACE_SECONDS)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends whatever is left of the process and its session, and collects its exit status."""
    if process.stdout is not None:
        process.stdout.close()
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _refusal_by_death(returncode: int, said_aside: IO[bytes]) -> PhotoRefused:
    said_aside.seek(0)
    last_words = said_aside.read(64 * 1024).decode(errors="replace")[-300:].strip()
    if any(words in last_words for words in _NO_MEMORY):
        return PhotoRefused(Reason.OUT_OF_MEMORY, last_words)
    if returncode >= 0:
        return PhotoRefused(Reason.DECODER_FAILED, f"ended with {returncode}: {last_words}")
    if -returncode == signal.SIGXCPU:
        return PhotoRefused(Reason.DECODER_TIMEOUT, "used up its processor time")
    return PhotoRefused(Reason.DECODER_FAILED, f"killed by {signal.Signals(-returncode).name}: {last_words}")
