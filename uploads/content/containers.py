"""How a photo's file is laid out: what in it is picture, what is said beside the picture, and where it ends.

Walks the outermost structure of JPEG, PNG, WebP and of the boxes of HEIC and AVIF, on any bytes whatever, in one
pass and without decoding. Builds on no library, so that a reader sees what the rules of `uploads.content.polyglots`
stand on.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

Span = tuple[int, int]

PNG = b"\x89PNG\r\n\x1a\n"
_BOX_HEADER = 8  # bytes: the length and the kind of a box in HEIC and AVIF
_CHUNK_HEADER = 8  # in PNG and WebP too
_MOST_PARTS = 100_000  # a file of ever so many tiny parts is not worth walking: then all of it is searched
_MARKER = re.compile(rb"\xff[\x02-\xcf\xd9-\xfe]")  # those with a length, and the end: no restart, no stuffed zero
_FRAMES = frozenset({*range(0xC0, 0xD0), 0xF7} - {0xC4, 0xC8, 0xCC})  # 0xF7 is JPEG-LS
_START_OF_SCAN, _END_OF_IMAGE = 0xDA, 0xD9
_PNG_PIXELS = frozenset({b"IDAT", b"fdAT"})
_WEBP_PIXELS = frozenset({b"VP8 ", b"VP8L", b"ALPH", b"ANMF"})
_BOXES = frozenset(
    b"ftyp styp meta mdat idat free skip wide uuid moov moof mfra sidx udta mpvd sefd jumb".split()
)  # what the largest boxes are called; an unknown one that runs past the end is no box


@dataclass(frozen=True, slots=True)
class Layout:
    """Offsets into a file. `asides` are the parts that are no pixels; `end` is where the photo's own format ends.

    `announced` is how long the file says that it is: more than there is when it was cut short, 0 when it does not say.
    `scans` is how often a JPEG's decoder must pass over the picture.
    """

    asides: tuple[Span, ...]
    end: int
    announced: int = 0
    scans: int = 0


def layout_of(data: bytes) -> Layout:
    """The layout of a file that begins as a photo does. A file that begins otherwise is one aside from end to end."""
    return next((walk(data) for begins, walk in _WALKS if begins(data)), _all_of(data))


def _all_of(data: bytes) -> Layout:
    return Layout(((0, len(data)),), len(data))


def is_jpeg(data: bytes) -> bool:
    return data.startswith(b"\xff\xd8\xff")


def is_png(data: bytes) -> bool:
    return data.startswith(PNG)


def is_webp(data: bytes) -> bool:
    return data[:4] == b"RIFF" and data[8:12] == b"WEBP"


def is_boxes(data: bytes) -> bool:
    """HEIC, AVIF, and every video of the family of MP4."""
    return data[4:8] == b"ftyp"


def boxes_in(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """The boxes between two offsets as (kind, start of the content, end of the box), the last one perhaps past `end`.

    Stops at the first that makes no sense.
    """
    at = start
    for _ in range(_MOST_PARTS):
        if at + _BOX_HEADER > end:
            return
        length, kind, header = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8], _BOX_HEADER
        if length == 1:
            length, header = int.from_bytes(data[at + 8 : at + 16], "big"), 2 * _BOX_HEADER
        elif length == 0:  # to the end
            length = end - at
        if length < header or not kind.isascii() or not kind.decode("ascii").isprintable():
            return
        yield kind, at + header, at + length
        at += length


def jpeg_frame(data: bytes) -> int | None:
    """The kind of a JPEG's frame as its marker's second byte: 0xC0 baseline, 0xC2 progressive, 0xC3 lossless …"""
    at = 2
    for _ in range(_MOST_PARTS):
        found = _MARKER.search(data, at)
        if found is None or data[found.start() + 1] in {_START_OF_SCAN, _END_OF_IMAGE}:
            return None
        at, marker = found.start(), data[found.start() + 1]
        if marker in _FRAMES:
            return marker
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None


def _walk_jpeg(data: bytes) -> Layout:
    """Several scans may follow each other, with tables and comments between them."""
    asides: list[Span] = []
    at = aside = 2
    for _ in range(_MOST_PARTS):
        # Decoders pass over whatever stands before a marker; mostly the marker is right here.
        found = _MARKER.search(data, at)
        if found is None:
            return Layout((*asides, (aside, len(data))), len(data), scans=len(asides))
        at = found.start()
        marker = data[at + 1]
        if marker == _END_OF_IMAGE:
            return Layout((*asides, (aside, at)), at + 2, scans=len(asides))
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == _START_OF_SCAN:
            asides.append((aside, at))
            found = _MARKER.search(data, at)
            aside = found.start() if found else len(data)
    return replace(_all_of(data), scans=len(asides))


def _walk_png(data: bytes) -> Layout:
    asides: list[Span] = []
    at = len(PNG)
    for _ in range(_MOST_PARTS):
        if at + _CHUNK_HEADER > len(data):
            return Layout(tuple(asides), min(at, len(data)), announced=at)
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        end = at + _CHUNK_HEADER + length + 4
        if kind not in _PNG_PIXELS:
            asides.append((at, min(end, len(data))))
        at = end
        if kind == b"IEND":
            return Layout(tuple(asides), min(at, len(data)), announced=at)
    return _all_of(data)


def _walk_webp(data: bytes) -> Layout:
    asides: list[Span] = []
    announced = _CHUNK_HEADER + int.from_bytes(data[4:8], "little")
    end = min(announced, len(data))
    at = 12
    for _ in range(_MOST_PARTS):
        if at + _CHUNK_HEADER > end:
            return Layout(tuple(asides), end, announced=announced)
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        following = at + _CHUNK_HEADER + length + length % 2
        if data[at : at + 4] not in _WEBP_PIXELS:
            asides.append((at, min(following, end)))
        at = following
    return _all_of(data)


def _walk_boxes(data: bytes) -> Layout:
    """All of it is an aside: words and pixels lie in one box, in any order."""
    announced = 0
    for kind, _, end in boxes_in(data, 0, len(data)):
        if end > len(data) and kind not in _BOXES:
            break
        announced = end
    end = min(announced, len(data))
    return Layout(((0, end),), end, announced=announced)


_WALKS: tuple[tuple[Callable[[bytes], bool], Callable[[bytes], Layout]], ...] = (
    (is_jpeg, _walk_jpeg),
    (is_png, _walk_png),
    (is_webp, _walk_webp),
    (is_boxes, _walk_boxes),
)
