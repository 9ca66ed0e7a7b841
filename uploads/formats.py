"""What a file is, by its first bytes: to open it as nothing else, and to refuse it for the right reason."""

from uploads.reasons import Reason

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
_MOVING_BRANDS = frozenset({b"avis", b"hevc", b"hevx", b"hevm", b"hevs", b"msf1"})
_BOX_HEADER = 8  # bytes: the length and the kind of a box in HEIC and AVIF
_OTHER_PICTURES = (
    b"II*\x00",  # TIFF, and the raw files of most cameras
    b"MM\x00*",
    b"II+\x00",
    b"MM\x00+",
    b"BM",
    b"8BPS",
    b"%PDF",
    b"%!PS",
    b"\xff\x0a",  # JPEG XL
    b"\x00\x00\x00\x0cJXL ",
    b"\x00\x00\x00\x0cjP  ",
    b"\xff\x4f\xff\x51",  # JPEG 2000
    b"FUJIFILMCCD-RAW",
    b"qoif",
    b"DDS ",
)


def refusal_by_content(data: bytes) -> Reason | None:
    """Why these bytes are no photo of ours, judged without decoding, or None when they may be one.

    Wants the whole file: a GIF tells only by its later blocks whether it moves.
    """
    if not data:
        return Reason.EMPTY
    if data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or _is_webp(data):
        return None
    if data[4:8] == b"ftyp":
        return _refusal_by_brand(data[8:12])
    if data.startswith((b"GIF87a", b"GIF89a")):
        moves = data.count(b"\x21\xf9\x04") > 1  # a graphic control block for each picture
        return Reason.ANIMATED if moves else Reason.UNSUPPORTED_FORMAT
    if data.startswith(_OTHER_PICTURES) or b"<svg" in data[:1024].lower():
        return Reason.UNSUPPORTED_FORMAT
    return Reason.NOT_AN_IMAGE


def _is_webp(data: bytes) -> bool:
    return data[:4] == b"RIFF" and data[8:12] == b"WEBP"


def _refusal_by_brand(brand: bytes) -> Reason | None:
    if brand in _MOVING_BRANDS:
        return Reason.ANIMATED
    return None if brand in _STILL_BRANDS else Reason.UNSUPPORTED_FORMAT  # the rest are videos and raw files


def is_cut_short(data: bytes) -> bool:
    """Whether a WebP, HEIC or AVIF announces more bytes than there are.

    For naming what went wrong with a photo that cannot be decoded; one that can be may well end oddly.
    """
    if _is_webp(data):
        return int.from_bytes(data[4:8], "little") + 8 > len(data)
    if data[4:8] != b"ftyp":
        return False
    at = 0
    while at + _BOX_HEADER <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        if length == 1:
            length = int.from_bytes(data[at + 8 : at + 16], "big")
        if length < _BOX_HEADER:  # 0 means "to the end", the rest is nonsense
            return False
        at += length
    return at != len(data)
