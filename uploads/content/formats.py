"""What a file is, by its bytes and never by its name: to open it as nothing else, and to refuse it for its reason."""

from uploads.content.containers import boxes_in, is_boxes, is_jpeg, is_png, is_webp, jpeg_frame, layout_of
from uploads.content.foreign import foreign_picture
from uploads.content.gifs import gif_moves, is_gif
from uploads.content.polyglots import other_kind
from uploads.reasons import PhotoRefused, Reason

# What Pillow may open, by its names for them. MPO (a JPEG with auxiliary pictures) comes through JPEG.
ALLOWED = ("JPEG", "PNG", "WEBP", "AVIF", "HEIF")

EXTENSIONS = {"jpeg": "jpg", "png": "png", "webp": "webp", "avif": "avif", "heif": "heic"}
CONTENT_TYPES = {
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "avif": "image/avif",
    "heif": "image/heic",
}

_STILL_BRANDS = frozenset({b"avif", b"heic", b"heix", b"heim", b"heis", b"mif1"})
_TAKEN_FRAMES = frozenset({0xC0, 0xC1, 0xC2, 0xC9, 0xCA, None})  # the others are lossless or hierarchical JPEG
_MOST_SCANS = 100  # a scan of 50 bytes can cost a pass over the whole picture; cameras and editors write some ten
_MOVING_BRANDS = frozenset({b"avis", b"hevc", b"hevx", b"hevm", b"hevs", b"msf1"})


def check_content(data: bytes) -> None:
    """Refuses bytes that are no photo of ours, judged by their structure alone, without decoding a pixel.

    Wants the whole file. Raises `PhotoRefused`: empty, not_an_image, unsupported_format or animated, with a detail
    that names what the file is, or decoder_timeout for a JPEG that would take hours.
    """
    if not data:
        raise PhotoRefused(Reason.EMPTY)
    if is_boxes(data):
        _check_brands(data)
    elif not (is_jpeg(data) or is_png(data) or is_webp(data)):
        raise _refusal_of_another(data)
    layout = layout_of(data)
    if is_jpeg(data):
        _check_jpeg(data, scans=layout.scans)
    if also := other_kind(data, layout):
        raise PhotoRefused(Reason.UNSUPPORTED_FORMAT, f"a photo that is {also} as well")


def _check_jpeg(data: bytes, *, scans: int) -> None:
    if jpeg_frame(data) not in _TAKEN_FRAMES:
        raise PhotoRefused(Reason.UNSUPPORTED_FORMAT, "a kind of JPEG that nobody shows")
    if scans > _MOST_SCANS:
        raise PhotoRefused(Reason.DECODER_TIMEOUT, f"a JPEG of {scans} scans")


def _check_brands(data: bytes) -> None:
    """A sequence says so by its brand; where the first brand is a photo's, by a film that comes with another."""
    end = int.from_bytes(data[:4], "big")
    brand, others = data[8:12], {data[at : at + 4] for at in range(16, min(end, 256), 4)}
    if brand in _MOVING_BRANDS:
        raise PhotoRefused(Reason.ANIMATED, "a sequence of pictures")
    if brand not in _STILL_BRANDS:
        name = brand.decode("ascii", "replace").strip()
        raise PhotoRefused(Reason.UNSUPPORTED_FORMAT, f"a video or a raw file of the kind {name!r}")
    if others & _MOVING_BRANDS and any(kind == b"moov" for kind, _, _ in boxes_in(data, 0, len(data))):
        raise PhotoRefused(Reason.ANIMATED, "a sequence of pictures")


def _refusal_of_another(data: bytes) -> PhotoRefused:
    if is_gif(data):
        return PhotoRefused(Reason.ANIMATED if gif_moves(data) else Reason.UNSUPPORTED_FORMAT, "a GIF")
    if name := foreign_picture(data):
        return PhotoRefused(Reason.UNSUPPORTED_FORMAT, name)
    return PhotoRefused(Reason.NOT_AN_IMAGE, "no picture that we know")


def is_cut_short(data: bytes) -> bool:
    """Whether a photo announces more bytes than there are, or a JPEG never ends.

    For naming what went wrong with a photo that cannot be decoded; one that can be may well end oddly.
    """
    layout = layout_of(data)
    if is_jpeg(data):
        return not data.startswith(b"\xff\xd9", layout.end - 2)
    return layout.announced > len(data)
