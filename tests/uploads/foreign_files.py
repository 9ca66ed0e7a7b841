"""Files that are no photo of ours: bodies to stand alone, or to be hidden in a photo."""

import io
import struct
import zipfile

MP4 = b"\0\0\0\x18ftypmp42\0\0\0\0isommp42" + b"\0\0\4\x08mdat" + bytes(1024)
PE = b"MZ" + bytes(58) + b"\x40\0\0\0" + b"PE\0\0" + bytes(64)
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b"<svg width='1' height='1' xmlns='http://www.w3.org/2000/svg'><script>x</script></svg>"
PHP = b"<?php system($_GET['c']); ?>"
PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF"


def zipped(comment: bytes = b"") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("payload.txt", "hello")
        archive.comment = comment
    return buffer.getvalue()


def gif(*, pictures: int, comment: bytes = b"none") -> bytes:
    """One that keeps to the shortest of its rules: pictures follow each other without a word about time."""
    picture = b"\x2c" + struct.pack("<4HB", 0, 0, 1, 1, 0) + b"\2\2\x4c\1\0"
    said = b"\x21\xfe" + bytes([len(comment)]) + comment + b"\0"
    return b"GIF89a" + struct.pack("<2H3B", 1, 1, 0x80, 0, 0) + bytes(6) + said + pictures * picture + b";"


def box(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data) + 8) + kind + data
