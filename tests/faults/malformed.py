"""Malformed images from their formats' own grammar: pieces that are well formed by themselves, and make no sense."""

from __future__ import annotations

import struct
import zlib

from hypothesis import strategies as st

ANY = st.binary(max_size=60)
LENGTH = st.one_of(st.none(), st.sampled_from((0, 1, 7, 8, 0xFFFF, 0x7FFF_FFFF, 0xFFFF_FFFF)))
"""What a piece says that its length is; None for the truth."""


def jpegs() -> st.SearchStrategy[bytes]:
    """Segments in any order, some of which lie about their length."""
    marker = st.sampled_from((0xC0, 0xC1, 0xC2, 0xC4, 0xDA, 0xDB, 0xDD, 0xE0, 0xE1, 0xE2, 0xED, 0xEE, 0xFE, 0xD9))
    segment = st.builds(
        lambda kind, body, said: bytes((0xFF, kind))
        + struct.pack(">H", (len(body) + 2 if said is None else said) & 0xFFFF)
        + body,
        marker, st.one_of(ANY, st.builds(_frame, st.integers(0, 65_535), st.integers(0, 65_535))), LENGTH,
    )  # fmt: skip
    return st.lists(segment, max_size=12).map(lambda segments: b"\xff\xd8\xff" + b"".join(segments)[1:])


def pngs() -> st.SearchStrategy[bytes]:
    """Chunks with sound checksums, behind a header that may say anything."""
    header = st.builds(
        lambda width, height, depth, colour, interlaced: struct.pack(
            ">IIBBBBB", width, height, depth, colour, 0, 0, interlaced
        ),
        st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1), st.integers(0, 17), st.integers(0, 7), st.integers(0, 2),
    )  # fmt: skip
    kind = st.sampled_from((b"IDAT", b"PLTE", b"tRNS", b"iCCP", b"eXIf", b"iTXt", b"zTXt", b"acTL", b"fdAT", b"IEND"))
    body = st.one_of(ANY, ANY.map(zlib.compress))
    chunks = st.lists(st.builds(_chunk, kind, body, LENGTH), max_size=8)
    return st.builds(
        lambda first, rest: b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", first, None) + b"".join(rest), header, chunks
    )


def webps() -> st.SearchStrategy[bytes]:
    """A RIFF of chunks of which some lie about their length."""
    kind = st.sampled_from((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP", b"EXIF", b"XMP ", b"JUNK"))
    chunk = st.builds(
        lambda name, body, said: name + struct.pack("<I", len(body) if said is None else said) + body, kind, ANY, LENGTH
    )
    return st.builds(
        lambda chunks, said: b"RIFF"
        + struct.pack("<I", len(b"".join(chunks)) + 4 if said is None else said)
        + b"WEBP"
        + b"".join(chunks),
        st.lists(chunk, max_size=8), LENGTH,
    )  # fmt: skip


def boxes() -> st.SearchStrategy[bytes]:
    """HEIC and AVIF: boxes within boxes, of which some lie about their length."""
    kind = st.sampled_from(
        (b"meta", b"hdlr", b"pitm", b"iloc", b"iinf", b"infe", b"iprp", b"ipco", b"ipma", b"ispe", b"hvcC", b"av1C",
         b"iref", b"idat", b"mdat", b"grid", b"irot", b"colr", b"moov")
    )  # fmt: skip
    inner = st.recursive(
        st.builds(_box, kind, ANY, LENGTH),
        lambda within: st.builds(
            lambda name, parts, said: _box(name, b"\0\0\0\0" + b"".join(parts), said),
            kind, st.lists(within, max_size=4), LENGTH,
        ),
        max_leaves=20,
    )  # fmt: skip
    brand = st.sampled_from((b"heic", b"heix", b"mif1", b"avif"))
    return st.builds(
        lambda name, rest: _box(b"ftyp", name + b"\0\0\0\0" + name + b"mif1", None) + b"".join(rest),
        brand, st.lists(inner, max_size=4),
    )  # fmt: skip


def malformed() -> st.SearchStrategy[bytes]:
    """Any of them; none is empty."""
    return st.one_of(jpegs(), pngs(), webps(), boxes())


def _frame(width: int, height: int) -> bytes:
    return b"\x08" + struct.pack(">HH", height, width) + b"\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01"


def _chunk(kind: bytes, body: bytes, said: int | None) -> bytes:
    length = struct.pack(">I", len(body) if said is None else said)
    return length + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _box(kind: bytes, body: bytes, said: int | None) -> bytes:
    return struct.pack(">I", len(body) + 8 if said is None else said) + kind + body
