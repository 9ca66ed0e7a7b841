"""Photos that are something else as well, which somebody's program would open as that: refused.

What counts, and why the photos that phones make pass:

- PDF: "%PDF-" within the first 1,024 bytes, which is as far as PDF readers look.
- ZIP, JAR, APK, Office: an end of central directory in the last 64 KiB that really points to a directory.
- RAR, 7z and PHAR, whose readers look for their mark beyond whatever comes before it; tar, DICOM and ISO 9660, at
  their offsets.
- HTML, SVG, PHP: their opening words in what stands beside the pixels (comments, EXIF, text chunks, private chunks) or
  behind the picture. Pixels are not searched. XMP begins with "<?xpacket" and is none of these.
- JavaScript: a first length that reads "/*", with the comment's end and an operator further on.
- Another file right behind the picture (zeros and blanks passed over): a picture of another format, a program, an
  archive, a document. Behind a JPEG, a JPEG is an auxiliary picture (MPO, gain map), and behind a JPEG or a HEIC, an
  MP4 is a motion photo; trailers of camera makers and anything else that is nobody's file are let be.

Sources: PDF Reference 1.7 appendix H note 13, APPNOTE.TXT 4.3.16, POSIX ustar, ECMA-119, and corkami/mitra, which
makes such files.
"""

import re

from uploads.content.containers import Layout, is_boxes, is_jpeg

_PDF_HEAD = 1024
_ZIP_TAIL = 65_557  # an end of central directory is 22 bytes and a comment of at most 65,535
_BLANKS = b"\0 \t\r\n"
_AT = (
    (257, b"ustar", "a tar archive"),
    (128, b"DICM", "a DICOM file"),
    (0x8001, b"CD001", "a disk image"),
    (0x8801, b"CD001", "a disk image"),
    (0x9001, b"CD001", "a disk image"),
)
# All begin with "<", which is what lets the search pass over megabytes of film in a few milliseconds.
_WORDS = re.compile(
    rb"<(?:(?P<html>!doctype\s+html|(?:html|script|iframe)[\s>])"
    rb"|(?P<svg>svg\s[^<>]{0,4096}http://www\.w3\.org/2000/svg)"
    rb"|(?P<php>\?php\s))",
    re.IGNORECASE,
)
_NAMES = {"html": "HTML", "svg": "an SVG", "php": "PHP"}
_ARCHIVES = (
    (b"__HALT_COMPILER();", "a PHAR archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c\0", "a 7z archive"),
)
_BEHIND = (
    (b"\x89PNG\r\n\x1a\n", "a PNG"),
    (b"GIF87a", "a GIF"),
    (b"GIF89a", "a GIF"),
    (b"II*\0", "a TIFF"),
    (b"MM\0*", "a TIFF"),
    (b"8BPS", "a Photoshop file"),
    (b"\0\0\0\x0cJXL ", "a JPEG XL"),
    (b"\0\0\0\x0cjP  ", "a JPEG 2000"),
    (b"%PDF-", "a PDF"),
    (b"%!PS", "PostScript"),
    (b"#!/", "a script"),
    (b"#! /", "a script"),
    (b"PK\3\4", "a ZIP archive"),
    (b"\x1f\x8b\x08", "a gzip archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Office document"),
    (b"\x7fELF", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
)
_PICTURE_BRANDS = frozenset({b"avif", b"avis", b"heic", b"heix", b"hevc", b"hevx", b"mif1", b"msf1"})


def other_kind(data: bytes, layout: Layout) -> str | None:
    """What else the file is ("a ZIP archive"), or None. Wants the whole of a file that begins as a photo does."""
    return (
        _by_its_place(data)
        or _as_javascript(data)
        or _as_zip(data)
        or _right_behind(data, layout.end)
        or _by_its_words(data, layout)
    )


def _by_its_place(data: bytes) -> str | None:
    if b"%PDF-" in data[:_PDF_HEAD]:
        return "a PDF"
    return next((name for at, mark, name in _AT if data.startswith(mark, at)), None)


def _as_javascript(data: bytes) -> str | None:
    """To a script's reader, a JPEG's or WebP's first bytes are a name; then comes "/*" as a length."""
    if data[4:6] != b"/*":
        return None
    follows = data.partition(b"*/")[2].lstrip()[:1]
    return "JavaScript" if follows and follows in b"=;,.([+-*/`?" else None


def _as_zip(data: bytes) -> str | None:
    """By the directory that its end points to; ZIP readers allow for whatever comes before the archive."""
    tail = len(data) - _ZIP_TAIL
    at = data.rfind(b"PK\5\6", max(0, tail))
    while at >= 0:
        directory = at - int.from_bytes(data[at + 12 : at + 16], "little")
        is_zip64 = data.startswith(b"PK\6\7", at - 20) if at >= 20 else False  # noqa: PLR2004 - that record's length
        if is_zip64 or (0 <= directory < at and data.startswith(b"PK\1\2", directory)):
            return "a ZIP archive"
        at = data.rfind(b"PK\5\6", max(0, tail), at)
    return None


def _right_behind(data: bytes, end: int) -> str | None:
    """The file that begins where the photo ends."""
    start = end + _blanks_at(data, end)
    begins = data[start : start + 16]
    if data.startswith(b"\xff\xd8\xff", start):
        return None if is_jpeg(data) else "a JPEG"
    # A box begins with zeros of its own, which were passed over with the blanks.
    for first in range(start, max(end, start - 3) - 1, -1):
        if data.startswith(b"ftyp", first + 4):
            return _by_brand(data, data[first + 8 : first + 12])
        if name := next((name for mark, name in _BEHIND if data.startswith(mark, first)), None):
            return name
    if begins[:4] == b"RIFF":
        return "a WebP" if begins[8:12] == b"WEBP" else "a RIFF file"
    return "a program" if begins[:2] == b"MZ" and _is_windows_program(data, start) else None


def _blanks_at(data: bytes, at: int) -> int:
    return len(data) - at - len(data[at:].lstrip(_BLANKS))


def _by_brand(data: bytes, brand: bytes) -> str | None:
    if brand in _PICTURE_BRANDS:
        return "a HEIC or AVIF"
    return None if is_jpeg(data) or is_boxes(data) else "a video"


def _is_windows_program(data: bytes, start: int) -> bool:
    return data.startswith(b"PE\0\0", start + int.from_bytes(data[start + 60 : start + 64], "little"))


def _by_its_words(data: bytes, layout: Layout) -> str | None:
    for start, end in (*layout.asides, (layout.end, len(data))):
        if found := _WORDS.search(data, start, end):
            return _NAMES[str(found.lastgroup)]
        if name := next((name for mark, name in _ARCHIVES if data.find(mark, start, end) >= 0), None):
            return name
    return None
