"""Files of every other kind are refused by name, and what moves as what moves."""

import gzip

import pytest

from tests.uploads.foreign_files import MP4, PE, SVG, box, gif, zipped
from tests.uploads.sample_photos import animated, encoded, quarters, sample
from uploads.content.formats import check_content
from uploads.reasons import PhotoRefused, Reason

JPEG, HEIC = sample("jpeg"), sample("heic")


@pytest.mark.parametrize(
    ("data", "reason", "detail"),
    [
        (b"", Reason.EMPTY, ""),
        (b"Dear all", Reason.NOT_AN_IMAGE, "no picture that we know"),
        (PE, Reason.NOT_AN_IMAGE, "no picture that we know"),
        (zipped(), Reason.NOT_AN_IMAGE, "no picture that we know"),
        (encoded(quarters(8, 8), "GIF"), Reason.UNSUPPORTED_FORMAT, "a GIF"),
        (animated("GIF"), Reason.ANIMATED, "a GIF"),
        (gif(pictures=2), Reason.ANIMATED, "a GIF"),
        (gif(pictures=1, comment=3 * b"\x21\xf9\x04"), Reason.UNSUPPORTED_FORMAT, "a GIF"),
        (gif(pictures=2)[:30], Reason.UNSUPPORTED_FORMAT, "a GIF"),
        (encoded(quarters(8, 8), "TIFF"), Reason.UNSUPPORTED_FORMAT, "a TIFF or a raw file"),
        (
            encoded(quarters(8, 8), "TIFF", save_all=True, append_images=[quarters(8, 8)] * 2),
            Reason.UNSUPPORTED_FORMAT,
            "a TIFF of 3 pages",
        ),
        (encoded(quarters(8, 8), "BMP"), Reason.UNSUPPORTED_FORMAT, "a bitmap"),
        (encoded(quarters(16, 16), "ICO"), Reason.UNSUPPORTED_FORMAT, "an icon"),
        (encoded(quarters(8, 8), "JPEG2000"), Reason.UNSUPPORTED_FORMAT, "a JPEG 2000"),
        (encoded(quarters(8, 8), "PPM"), Reason.UNSUPPORTED_FORMAT, "a PNM"),
        (encoded(quarters(8, 8), "QOI"), Reason.UNSUPPORTED_FORMAT, "a QOI"),
        (encoded(quarters(8, 8), "EPS"), Reason.UNSUPPORTED_FORMAT, "PostScript"),
        (encoded(quarters(8, 8), "PDF"), Reason.UNSUPPORTED_FORMAT, "a PDF"),
        (b"8BPS\0\1" + bytes(40), Reason.UNSUPPORTED_FORMAT, "a Photoshop file"),
        (b"\xff\x0a\xfa\x1f", Reason.UNSUPPORTED_FORMAT, "a JPEG XL"),
        (b"<?xml version='1.0'?>\n<!-- x -->" + SVG, Reason.UNSUPPORTED_FORMAT, "an SVG"),
        (b"\xef\xbb\xbf\n<!--" + 5_000 * b"-" + b"-->" + SVG, Reason.UNSUPPORTED_FORMAT, "an SVG"),
        (SVG.decode().encode("utf-16"), Reason.UNSUPPORTED_FORMAT, "an SVG"),
        (gzip.compress(SVG, mtime=0), Reason.UNSUPPORTED_FORMAT, "an SVG"),
        (gzip.compress(b"Dear all", mtime=0), Reason.NOT_AN_IMAGE, "no picture that we know"),
        (b"\x1f\x8b\x08 and no more", Reason.NOT_AN_IMAGE, "no picture that we know"),
        (MP4, Reason.UNSUPPORTED_FORMAT, "a video or a raw file of the kind 'mp42'"),
        (b"\0\0\0\x18ftypcrx \0\0\0\1crx isom", Reason.UNSUPPORTED_FORMAT, "a video or a raw file of the kind 'crx'"),
        (HEIC.replace(b"ftypheic", b"ftyphevc"), Reason.ANIMATED, "a sequence of pictures"),
        (HEIC.replace(b"ftypheic", b"ftypmsf1"), Reason.ANIMATED, "a sequence of pictures"),
        (JPEG.replace(b"\xff\xc0", b"\xff\xc3"), Reason.UNSUPPORTED_FORMAT, "a kind of JPEG that nobody shows"),
        (b"\xff\xd8\xff\xf7" + JPEG[4:], Reason.UNSUPPORTED_FORMAT, "a kind of JPEG that nobody shows"),
    ],
)
def test_what_is_no_photo_is_named(data: bytes, reason: Reason, detail: str) -> None:
    with pytest.raises(PhotoRefused) as refused:
        check_content(data)
    assert (refused.value.reason, refused.value.detail) == (reason, detail)


def test_a_still_brand_with_a_film_of_pictures_inside_moves() -> None:
    still = box(b"ftyp", b"heic\0\0\0\0mif1heichevc")
    check_content(still + box(b"meta", b""))
    with pytest.raises(PhotoRefused) as refused:
        check_content(still + box(b"meta", b"") + box(b"moov", b""))
    assert refused.value.reason == Reason.ANIMATED
