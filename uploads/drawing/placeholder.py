"""A blurred stand-in, shown until the photo itself has arrived."""

import struct
import zlib
from base64 import b64decode, b64encode
from functools import lru_cache

from uploads.drawing import thumbhash as hashing

# A ThumbHash holds seven half waves a side, for which 16 pixels are enough; browsers smooth the rest, and a
# page of thirty stays light on a slow network.
_LONG_SIDE = 16


@lru_cache(maxsize=4096)
def placeholder_png(thumbhash: str) -> bytes:
    """A PNG of at most 16 pixels a side from a ThumbHash in base64. Raises `ValueError` when it is none."""
    width, height, rgba = hashing.decode(b64decode(thumbhash, validate=True), long_side=_LONG_SIDE)
    is_opaque = set(rgba[3::4]) == {255}
    step = 3 if is_opaque else 4
    pixels = [rgba[i : i + step] for i in range(0, len(rgba), 4)]
    rows = [b"\0" + b"".join(pixels[y * width : (y + 1) * width]) for y in range(height)]
    header = struct.pack(">IIBBBBB", width, height, 8, 2 if is_opaque else 6, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"".join(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


@lru_cache(maxsize=4096)
def placeholder_url(thumbhash: str) -> str:
    """The same picture as a `data:` URL."""
    return f"data:image/png;base64,{b64encode(placeholder_png(thumbhash)).decode()}"


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
