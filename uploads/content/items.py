"""What HEIC and AVIF say of their primary picture: its properties, as ISO/IEC 23008-12 lays them out."""

from collections.abc import Iterator

from uploads.content.containers import boxes_in

_Property = tuple[bytes, int, int]  # its kind, and where its content starts and ends
_MOST_ITEMS = 10_000


def primary_properties(data: bytes) -> Iterator[_Property]:
    """The properties of the picture that is the photo. None where the boxes make no sense."""
    meta = _first(data, b"meta", 0, len(data))
    if meta is None:
        return
    inside = meta[0] + 4, meta[1]
    primary, properties = _first(data, b"pitm", *inside), _first(data, b"iprp", *inside)
    if primary is None or properties is None:
        return
    item = _number(data, primary[0] + 4, 4 if _number(data, primary[0], 1) else 2)
    container = _first(data, b"ipco", *properties)
    if container is None:
        return
    all_of_them = list(boxes_in(data, *container))
    for place in _places(data, item, *properties):
        if 0 < place <= len(all_of_them):
            yield all_of_them[place - 1]


def declared_size(data: bytes) -> tuple[int, int]:
    """The width and height in pixels that the file gives its primary picture; zeros where it gives none."""
    for kind, at, _ in primary_properties(data):
        if kind == b"ispe":
            return _number(data, at + 4, 4), _number(data, at + 8, 4)
    return 0, 0


def is_turned(data: bytes) -> bool:
    """Whether the file itself has its primary picture turned or mirrored, as every reader must do."""
    return any(kind in {b"irot", b"imir"} for kind, _, _ in primary_properties(data))


def _first(data: bytes, kind: bytes, start: int, end: int) -> tuple[int, int] | None:
    found = ((at, min(last, end)) for this, at, last in boxes_in(data, start, end) if this == kind)
    return next(found, None)


def _places(data: bytes, item: int, start: int, end: int) -> Iterator[int]:
    """Which properties, counted from 1, are associated with an item."""
    for kind, inside, _ in boxes_in(data, start, end):
        if kind != b"ipma":
            continue
        id_size = 4 if _number(data, inside, 1) else 2
        size = 2 if _number(data, inside + 3, 1) & 1 else 1
        at = inside + 8
        for _ in range(min(_number(data, inside + 4, 4), _MOST_ITEMS)):
            first, count = at + id_size + 1, _number(data, at + id_size, 1)
            if _number(data, at, id_size) == item:
                flagless = (1 << 8 * size - 1) - 1  # the first bit says whether the property is essential
                yield from (_number(data, first + size * i, size) & flagless for i in range(count))
            at = first + size * count


def _number(data: bytes, at: int, length: int) -> int:
    return int.from_bytes(data[at : at + length], "big")
