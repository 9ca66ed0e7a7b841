"""Content Credentials: where C2PA keeps its manifest in each format. Found by structure alone, and never verified."""

from collections.abc import Iterator

from uploads.content.containers import PNG, boxes_in, is_boxes, is_jpeg, is_png, is_webp

_MOST_BYTES = 1024 * 1024
"""Of a manifest that are read; a long one holds thumbnails."""
_MOST_PARTS = 2_000
_APP11, _START_OF_SCAN = 0xEB, 0xDA
_BEFORE_THE_BOX = 8  # of an APP11 segment: "JP", the box's number, the segment's place among those of the box
_C2PA_BOX = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")


def manifest_of(data: bytes) -> bytes:
    """The beginning of the C2PA manifest store in this file, at most a mebibyte; empty where there is none."""
    if is_jpeg(data):
        parts = [part for part in _app11(data) if part.startswith(b"JP")]
        inside = b"".join(part[_BEFORE_THE_BOX:] for part in parts)[:_MOST_BYTES]
        return inside if _is_store(inside) else b""
    if is_png(data):
        return next((data[at:end] for kind, at, end in _chunks(data, len(PNG), "big", 4) if kind == b"caBX"), b"")
    if is_webp(data):
        return next((data[at:end] for kind, at, end in _chunks(data, 12, "little", 0) if kind == b"C2PA"), b"")
    if is_boxes(data):
        return next(
            (
                data[at + 16 : min(end, at + _MOST_BYTES)]
                for kind, at, end in boxes_in(data, 0, len(data))
                if kind == b"uuid" and data[at : at + 16] == _C2PA_BOX
            ),
            b"",
        )
    return b""


def _is_store(box: bytes) -> bool:
    """Whether a JUMBF box begins as the store of C2PA does: its description says so by its type."""
    return box[4:8] == b"jumb" and box[12:16] == b"jumd" and box[16:20] == b"c2pa"


def _app11(data: bytes) -> Iterator[bytes]:
    """The APP11 segments before the picture's first scan."""
    at = 2
    for _ in range(_MOST_PARTS):
        if data[at : at + 1] != b"\xff" or at + 4 > len(data) or data[at + 1] == _START_OF_SCAN:
            return
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if data[at + 1] == _APP11:
            yield data[at + 4 : end]
        at = end


def _chunks(data: bytes, at: int, order: str, after: int) -> Iterator[tuple[bytes, int, int]]:
    """The chunks of a PNG (kind after the length, `after` bytes of checksum) or of a WebP (kind first, even length)."""
    is_little = order == "little"
    for _ in range(_MOST_PARTS):
        if at + 8 > len(data):
            return
        first, second = data[at : at + 4], data[at + 4 : at + 8]
        kind, length = (
            (first, int.from_bytes(second, "little")) if is_little else (second, int.from_bytes(first, "big"))
        )
        yield kind, at + 8, min(at + 8 + length, at + 8 + _MOST_BYTES)
        at += 8 + length + after + (length % 2 if is_little else 0)
