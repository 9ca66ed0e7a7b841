"""Whether a GIF moves: how many pictures are in it, by its blocks (GIF89a Specification, CompuServe 1990)."""

_MOST_BLOCKS = 1_000_000  # of 255 bytes each; a longer walk than any GIF of ours needs
_COLOURS_FOLLOW = 0x80
_EXTENSION, _PICTURE = 0x21, 0x2C
_SCREEN_FLAGS_AT, _SCREEN_END = 10, 13
_PICTURE_FLAGS_AT, _PICTURE_HEADER = 9, 10


def is_gif(data: bytes) -> bool:
    return data.startswith((b"GIF87a", b"GIF89a"))


def gif_moves(data: bytes) -> bool:
    """Whether a second picture follows the first; what was cut off before it does not count."""
    if len(data) < _SCREEN_END:
        return False
    at, pictures = _SCREEN_END + _colours(data[_SCREEN_FLAGS_AT]), 0
    while at + _PICTURE_HEADER <= len(data) and data[at] in {_EXTENSION, _PICTURE}:
        if data[at] == _EXTENSION:
            at = _behind_blocks(data, at + 2)
            continue
        pictures += 1
        if pictures > 1:
            return True
        at = _behind_blocks(data, at + _PICTURE_HEADER + _colours(data[at + _PICTURE_FLAGS_AT]) + 1)
    return False


def _colours(flags: int) -> int:
    """How many bytes of colours follow a header with these flags."""
    return 3 << (flags & 7) + 1 if flags & _COLOURS_FOLLOW else 0


def _behind_blocks(data: bytes, at: int) -> int:
    """Where the blocks that begin here end: each is its length and as many bytes, the last one is empty."""
    for _ in range(_MOST_BLOCKS):
        if at >= len(data) or data[at] == 0:
            break
        at += 1 + data[at]
    return at + 1
