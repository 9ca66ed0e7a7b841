"""Our side of the decoder: hands it one photo, watches it, and turns whatever becomes of it into an answer."""

import os
import selectors
import signal
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from uploads.drawing.shapes import Shape
from uploads.limits import Limits
from uploads.reasons import PhotoRefused, Reason
from uploads.sandbox.answers import Decoded, read_answer
from uploads.sandbox.warm_parent import Child, WarmParent, WarmParentGone

OURS = WarmParent()

_ANSWER_BYTES = 16 * 1024  # far more than an honest answer has
_BEAT_SECONDS = 1.0
_GRACE_SECONDS = 5.0  # to exit in, once all is said
_CHANCES = 2  # a photo in hand when the warm parent dies is tried once more
_NO_MEMORY = ("MemoryError", "bad_alloc", "Cannot allocate", "failed to map", "out of memory")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a confined process said before it ended well, and its peak of memory in bytes."""

    said: bytes
    peak: int


def decode_apart(
    photo: Path,
    directory: Path,
    limits: Limits,
    *,
    shape: Shape = Shape.PHOTO,
    beat: Callable[[], None] = lambda: None,
    parent: WarmParent = OURS,
) -> Decoded:
    """Decodes `photo` in a process of its own; renditions appear in `directory` as NAME.webp.

    Photo and directory must be readable by the owner of this process, without root's privileges. `beat` is called
    about once a second, and may raise to give up. Raises `PhotoRefused`, whatever the process did, and `OSError` when
    our own disk was at fault. `parent` is replaced in tests of hostile decoders.
    """
    request = {"work": "decode", "photo": str(photo.resolve()), "shape": shape.value}
    answer = ask_apart(request, directory, limits, beat=beat, parent=parent)
    return replace(read_answer(answer.said, directory, limits, shape), peak=answer.peak)


def ask_apart(
    request: Mapping[str, str | int],
    directory: Path,
    limits: Limits,
    *,
    beat: Callable[[], None] = lambda: None,
    parent: WarmParent = OURS,
) -> Answer:
    """What a confined process answers to a request for one of `uploads.sandbox.works`; it may write into `directory`.

    The request names its `work` and the `photo` it may read; directory and limits are added. Raises `PhotoRefused` when
    the process crashes, talks or lives too long.
    """
    whole = {"limits": asdict(limits), "directory": str(directory.resolve()), **request}
    for _ in range(_CHANCES):
        with TemporaryFile(dir=directory) as said_aside:
            try:
                with parent.child(whole, said_aside) as child:
                    said = _listen(child, deadline=time.monotonic() + limits.decoder_wall, beat=beat)
                    ending = child.ending()
            except WarmParentGone:
                continue
            if ending.status != 0:
                raise _refusal_by_death(ending.status, said_aside)
            return Answer(said, ending.peak)
    raise PhotoRefused(Reason.DECODER_FAILED, "the decoder's parent process died")


def _listen(child: Child, *, deadline: float, beat: Callable[[], None]) -> bytes:
    """All the process says until it has ended. Raises `PhotoRefused` when it talks or lives too long."""
    said = b""
    with selectors.DefaultSelector() as selector:
        selector.register(child.answers, selectors.EVENT_READ)
        selector.register(child.line, selectors.EVENT_READ)
        while (left := deadline - time.monotonic()) > 0:
            ready = {key.fileobj for key, _ in selector.select(min(_BEAT_SECONDS, left))}
            if not ready:
                beat()
            elif child.answers not in ready:
                return said  # its end is told, and all it said is read
            elif piece := os.read(child.answers, _ANSWER_BYTES):
                said += piece
                if len(said) > _ANSWER_BYTES:
                    raise PhotoRefused(Reason.DECODER_FAILED, "an answer far too long")
            else:
                selector.unregister(child.answers)
                deadline = min(deadline, time.monotonic() + _GRACE_SECONDS)
    raise PhotoRefused(Reason.DECODER_TIMEOUT, "still at work when the time was over")


def _refusal_by_death(status: int, said_aside: IO[bytes]) -> PhotoRefused:
    said_aside.seek(0)
    last_words = said_aside.read(64 * 1024).decode(errors="replace")[-300:].strip()
    if any(words in last_words for words in _NO_MEMORY):
        return PhotoRefused(Reason.OUT_OF_MEMORY, last_words)
    if status >= 0:
        return PhotoRefused(Reason.DECODER_FAILED, f"ended with {status}: {last_words}")
    if -status == signal.SIGXCPU:
        return PhotoRefused(Reason.DECODER_TIMEOUT, "used up its processor time")
    return PhotoRefused(Reason.DECODER_FAILED, f"killed by {signal.Signals(-status).name}: {last_words}")
