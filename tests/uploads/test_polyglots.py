"""Files that begin as a photo and are something else as well, and the odd photos of real phones that only look so."""

import gzip
import io
import struct
import tarfile
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.uploads.foreign_files import HTML, MP4, PDF, PE, PHP, SVG, box, zipped
from tests.uploads.sample_photos import SAMPLES, XMP, camera_exif, encoded, mpo, png_chunk, quarters, sample
from uploads.content.containers import layout_of
from uploads.content.formats import check_content
from uploads.content.polyglots import other_kind
from uploads.limits import Limits
from uploads.reasons import PhotoRefused, Reason
from uploads.sandbox.decoder import decode

JPEG, PNG, WEBP, HEIC, AVIF = (sample(kind) for kind in ("jpeg", "png", "webp", "heic", "avif"))
PHOTOS = {"jpeg": JPEG, "png": PNG, "webp": WEBP, "heic": HEIC, "avif": AVIF}


def segment(marker: int, data: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data


def with_segment(data: bytes, marker: int = 0xFE, photo: bytes = JPEG) -> bytes:
    """The JPEG with a segment of its own right after its beginning; 0xFE is a comment."""
    return photo[:2] + segment(marker, data) + photo[2:]


def with_chunk(kind: bytes, data: bytes) -> bytes:
    return PNG[:33] + png_chunk(kind, data) + PNG[33:]


def with_riff_chunk(kind: bytes, data: bytes) -> bytes:
    """A WebP that counts the chunk as its own."""
    chunk = kind + struct.pack("<I", len(data)) + data + bytes(len(data) % 2)
    return b"RIFF" + struct.pack("<I", len(WEBP) - 8 + len(chunk)) + WEBP[8:] + chunk


BEHIND = {
    "a ZIP archive": zipped(),
    "a RAR archive": b"Rar!\x1a\x07\x01\x00" + bytes(30),
    "a 7z archive": b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(30),
    "a gzip archive": gzip.compress(b"hello", mtime=0),
    "a PHAR archive": b"__HALT_COMPILER(); ?>\r\n" + bytes(40),
    "a PDF": PDF,
    "PostScript": b"%!PS-Adobe-3.0\n",
    "a GIF": encoded(quarters(8, 8), "GIF"),
    "a TIFF": encoded(quarters(8, 8), "TIFF"),
    "HTML": HTML,
    "an SVG": SVG,
    "PHP": PHP,
    "a script": b"#!/bin/sh\nrm -rf ~\n",
    "a program": b"\x7fELF\x02\x01\x01" + bytes(60),
    "an Office document": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
}


@pytest.mark.parametrize("blanks", [b"", b"\0" * 37, b"\n\n"], ids=["at once", "after zeros", "after lines"])
@pytest.mark.parametrize("name", BEHIND)
@pytest.mark.parametrize("kind", PHOTOS)
def test_another_file_behind_a_photo(kind: str, name: str, blanks: bytes) -> None:
    assert refusal(PHOTOS[kind] + blanks + BEHIND[name]) == f"a photo that is {name} as well"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (JPEG + PE, "a program"),
        (JPEG + PNG, "a PNG"),
        (JPEG + WEBP, "a WebP"),
        (JPEG + HEIC, "a HEIC or AVIF"),
        (PNG + JPEG, "a JPEG"),
        (WEBP + PNG, "a PNG"),
        (PNG + MP4, "a video"),
        (JPEG + b"\0\0\0\x0cJXL \r\n\x87\n", "a JPEG XL"),
        (JPEG + b"whatever" + zipped(), "a ZIP archive"),
        (JPEG + zipped(comment=b"\xff\xd9"), "a ZIP archive"),
        (JPEG + zipped() + b"trailing", "a ZIP archive"),
        (with_segment(PDF), "a PDF"),
        (with_segment(b"x" * 900 + PDF), "a PDF"),
        (with_chunk(b"tEXt", b"Comment\0" + PDF), "a PDF"),
        (with_segment(HTML), "HTML"),
        (with_segment(b"x" * 5000 + HTML.upper()), "HTML"),
        (with_segment(SVG), "an SVG"),
        (with_segment(PHP), "PHP"),
        (with_segment(b"Exif\0\0" + PHP, 0xE1), "PHP"),
        (with_segment(b"Rar!\x1a\x07\x00" + bytes(40)), "a RAR archive"),
        (with_chunk(b"tEXt", b"Comment\0" + HTML), "HTML"),
        (with_chunk(b"prVt", PHP), "PHP"),
        (with_riff_chunk(b"junk", PHP), "PHP"),
        (with_riff_chunk(b"junk", zipped()), "a ZIP archive"),
        (WEBP[:4] + b"/*" + WEBP[6:] + b"*/=1;alert(1)", "JavaScript"),
        (HEIC + box(b"free", HTML), "HTML"),
        (AVIF + box(b"uuid", zipped()), "a ZIP archive"),
    ],
)
def test_another_kind_inside_a_photo(data: bytes, name: str) -> None:
    assert refusal(data) == f"a photo that is {name} as well"


def test_a_jpeg_that_a_browser_would_run() -> None:
    """The first segment is 0x2F2A bytes long, which reads "/*" to a script's reader."""
    jfif = segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0" + bytes(0x2F2A - 16))
    assert kind_beside(JPEG[:2] + jfif + segment(0xFE, b"*/=alert(1);/*") + JPEG[20:]) == "JavaScript"
    assert kind_beside(JPEG[:2] + jfif + segment(0xFE, b"no script") + JPEG[20:]) is None


def test_a_tar_archive_whose_first_name_is_a_photo() -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.USTAR_FORMAT, encoding="latin-1") as archive:
        archive.addfile(tarfile.TarInfo("\xff\xd8\xff\xfe\x0f\xf0 photo"))
    assert refusal(buffer.getvalue() + JPEG[2:]) == "a photo that is a tar archive as well"


def test_a_disk_image_inside_a_comment() -> None:
    data = JPEG[:2] + segment(0xFE, bytes(0x8001 - 6) + b"CD001" + bytes(40)) + JPEG[2:]
    assert refusal(data) == "a photo that is a disk image as well"


def gain_map() -> bytes:
    """An Ultra HDR photo: a JPEG with an index of pictures, and a second one with a description behind it."""
    return with_segment(b"http://ns.adobe.com/xap/1.0/\0" + XMP, 0xE1, mpo())


def samsung_trailer(*inside: bytes) -> bytes:
    told = b"\0\0\x30\x0a\x10\0\0\0MotionPhoto_Data" + b"".join(inside)
    return told + b"SEFH" + struct.pack("<III", 106, 1, 0) + struct.pack("<I", 24) + b"SEFT"


def makers_note() -> bytes:
    """Bytes of every value, and words that a search over the whole file would stumble over."""
    odd = bytes(range(256)) * 20 + b"PK\3\4 PK\5\6 GIF89a %!PS \x7fELF #! <?xml <a href='#'>mine</a> <svg> <? =1 <html"
    exif = camera_exif(1)
    exif.get_ifd(0x8769)[0x927C] = odd
    return encoded(quarters(96, 72), "JPEG", exif=exif.tobytes(), comment=b"Shot on a <b>phone</b>, 100 % %PDF")


EXTENDED = b"http://ns.adobe.com/xmp/extension/\0" + b"0" * 32 + struct.pack(">II", 90_000, 0)
REAL = {
    "zeros at the end": JPEG + bytes(4096),
    "anything at the end": JPEG + b"vivo{'com.vivo.x':'1.0'}cameraAlbum\x01\x02",
    "motion photo": with_segment(b"http://ns.adobe.com/xap/1.0/\0" + XMP, 0xE1) + MP4,
    "motion photo of Samsung": JPEG + samsung_trailer(MP4),
    "trailer of Samsung": JPEG + samsung_trailer(),
    "ultra HDR": gain_map(),
    "portrait": sample("jpeg with auxiliary pictures"),
    "preview behind it": JPEG + bytes(64) + JPEG,
    "maker's note": makers_note(),
    "long description": with_segment(EXTENDED + b"UmFyIRoHAQDPkHMAAA0A" * 2000, 0xE1),
    "broken description": with_segment(b"http://ns.adobe.com/xap/1.0/\0" + XMP + b"&lt;?php ", 0xE1),
    "progressive": sample("jpeg, progressive"),
    "png of an editor": with_chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP),
    "png of a model": with_chunk(b"tEXt", b"parameters\0a fan <lora:flaunt:1>, Steps: 20 <html"),
    "png that was longer": PNG + zlib.compress(bytes(99)) + PNG[-12:],
    "webp with a byte more": WEBP + b"\0",
    "motion photo as HEIC": HEIC + box(b"mpvd", MP4),
    "HEIC with a film behind it": HEIC + MP4,
    "HEIC of Samsung": HEIC + box(b"sefd", samsung_trailer()),
}


@pytest.mark.parametrize("name", REAL)
def test_what_phones_and_editors_write_is_a_photo(name: str, tmp_path: Path) -> None:
    (tmp_path / "photo").write_bytes(REAL[name])
    found = decode(tmp_path / "photo", tmp_path, Limits())
    assert {found["width"], found["height"]} in ({96, 72}, {800, 600})


@pytest.mark.parametrize("kind", SAMPLES)
def test_every_sample_is_only_a_photo(kind: str) -> None:
    data = sample(kind, seed=7)
    assert kind_beside(data) is None
    assert (layout_of(data).end == len(data)) == (kind != "jpeg with auxiliary pictures")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    begins=st.sampled_from([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\xff\xff\0\0WEBP", b"\0\0\0\x0cftypheic"]),
    rest=st.binary(max_size=400),
)
def test_the_walk_ends_inside_any_bytes(begins: bytes, rest: bytes) -> None:
    data = begins + rest
    layout = layout_of(data)
    assert 0 <= layout.end <= len(data)
    assert all(start >= 0 for start, _ in layout.asides)
    kind_beside(data)


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xd8" + b"\xff\xd9\xff\xe0\0\2" * 200_000,
        b"\xff\xd8\xff" + b"\xff\xe0\0\2" * 200_000,
        b"\x89PNG\r\n\x1a\n" + bytes(2_000_000),
        b"RIFF\xff\xff\xff\0WEBP" + b"abcd\0\0\0\0" * 200_000,
        b"\0\0\0\x0cftypheic" + b"\0\0\0\x08free" * 200_000,
    ],
)
def test_a_file_of_ever_so_many_parts_is_searched_as_a_whole(data: bytes) -> None:
    assert kind_beside(data) is None
    assert kind_beside(data + PHP) == "PHP"


def kind_beside(data: bytes) -> str | None:
    return other_kind(data, layout_of(data))


def refusal(data: bytes) -> str:
    """The detail of the refusal, which must be for the format."""
    with pytest.raises(PhotoRefused) as refused:
        check_content(data)
    assert refused.value.reason == Reason.UNSUPPORTED_FORMAT
    return refused.value.detail
