"""Pictures, videos and papers that we do not take, by their first bytes: to say what the file is."""

import re
import struct
import zlib

_BEGINNINGS = (
    (b"II+\0", "a TIFF"),
    (b"MM\0+", "a TIFF"),
    (b"8BPS", "a Photoshop file"),
    (b"%PDF", "a PDF"),
    (b"%!PS", "PostScript"),
    (b"\xc5\xd0\xd3\xc6", "PostScript"),
    (b"\xff\x0a", "a JPEG XL"),
    (b"\0\0\0\x0cJXL ", "a JPEG XL"),
    (b"\0\0\0\x0cjP  ", "a JPEG 2000"),
    (b"\xff\x4f\xff\x51", "a JPEG 2000"),
    (b"FUJIFILMCCD-RAW", "a raw file"),
    (b"IIU\0", "a raw file"),
    (b"IIRO", "a raw file"),
    (b"IIRS", "a raw file"),
    (b"FOVb", "a raw file"),
    (b"\0MRM", "a raw file"),
    (b"\0\0\1\0", "an icon"),
    (b"\0\0\2\0", "a cursor"),
    (b"icns", "an icon"),
    (b"qoif", "a QOI"),
    (b"DDS ", "a texture"),
    (b"v/1\x01", "an OpenEXR"),
    (b"#?RADIANCE", "a Radiance picture"),
    (b"gimp xcf", "a GIMP file"),
    (b"BPG\xfb", "a BPG"),
    (b"AT&TFORM", "a DjVu"),
    (b"SIMPLE  =", "a FITS"),
    (b"\xd7\xcd\xc6\x9a", "a WMF"),
    (b"\x1aE\xdf\xa3", "a video"),
)
_TIFF = {b"II*\0": "<", b"MM\0*": ">"}
_HEAD = 64 * 1024  # editors write long comments and declarations before an SVG begins
_GZIP = b"\x1f\x8b\x08"
_SVG = re.compile(rb"<(?:\w{1,32}:)?svg[\s>]", re.IGNORECASE)
_PNM = re.compile(rb"\AP[1-7f][\s#]")
_BITMAP_HEADER = 26  # bytes that any bitmap has at least
_MOST_PAGES = 1000


def foreign_picture(data: bytes) -> str | None:
    """What picture, video or paper this is ("a TIFF of 3 pages"), or None when it is nothing of the kind."""
    if data[:4] in _TIFF:
        pages = _tiff_pages(data, _TIFF[data[:4]])
        return f"a TIFF of {pages} pages" if pages > 1 else "a TIFF or a raw file"
    if data[:2] == b"BM" and len(data) >= _BITMAP_HEADER:
        return "a bitmap"
    if data[:4] == b"RIFF" and data[8:12] == b"AVI ":
        return "a video"
    if _is_svg(data):
        return "an SVG"
    if _PNM.match(data):
        return "a PNM"
    return next((name for mark, name in _BEGINNINGS if data.startswith(mark)), None)


def _is_svg(data: bytes) -> bool:
    """Whether it reads as one: packed with gzip (SVGZ) and in UTF-16, too."""
    head = data[:_HEAD]
    if head.startswith(_GZIP):
        try:
            head = zlib.decompressobj(wbits=31).decompress(head, _HEAD)
        except zlib.error:
            return False
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head[2:].replace(b"\0", b"")
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<") and _SVG.search(head) is not None


def _tiff_pages(data: bytes, order: str) -> int:
    """How many directories follow each other from the header on; small pictures beside the large one count, too."""
    seen: set[int] = set()
    try:
        (at,) = struct.unpack_from(f"{order}I", data, 4)
        while at and at not in seen and len(seen) < _MOST_PAGES:
            (entries,) = struct.unpack_from(f"{order}H", data, at)
            seen.add(at)
            (at,) = struct.unpack_from(f"{order}I", data, at + 2 + 12 * entries)
    except struct.error:
        pass
    return len(seen)
