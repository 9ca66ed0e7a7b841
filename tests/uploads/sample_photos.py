"""Photos made in code, of every kind that phones send and of some that nobody should."""

import io
import struct
import zlib
from collections.abc import Callable
from random import Random

import pillow_heif
from PIL import Image, ImageCms, ImageDraw

pillow_heif.register_heif_opener()

RED, GREEN, BLUE, YELLOW = (200, 40, 40), (40, 160, 60), (40, 60, 190), (220, 200, 50)
# What must be done to an upright picture so that a viewer, obeying the tag, turns it upright again.
_STORED_AS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def quarters(width: int = 800, height: int = 600, mode: str = "RGB") -> Image.Image:
    """Red and green above blue and yellow: any wrong turn shows."""
    picture = Image.new("RGB", (width, height), RED)
    draw = ImageDraw.Draw(picture)
    x, y = width // 2, height // 2
    draw.rectangle((x, 0, width, y - 1), fill=GREEN)
    draw.rectangle((0, y, x - 1, height), fill=BLUE)
    draw.rectangle((x, y, width, height), fill=YELLOW)
    return picture.convert(mode)


def corners(picture: Image.Image) -> list[tuple[int, ...]]:
    """The colours in the middle of the four quarters: top left, top right, bottom left, bottom right."""
    across, down = picture.width // 4, picture.height // 4
    where = [(across, down), (3 * across, down), (across, 3 * down), (3 * across, 3 * down)]
    return [picture.getpixel(point) for point in where]


def is_close(colours: list[tuple[int, ...]], wanted: list[tuple[int, ...]], within: int = 12) -> bool:
    pairs = [(a, b) for colour, wish in zip(colours, wanted, strict=True) for a, b in zip(colour, wish, strict=True)]
    return all(abs(a - b) <= within for a, b in pairs)


def camera_exif(orientation: int | None = None) -> Image.Exif:
    """What a phone writes: its make, the hour, and where it stood."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Lumen", "Lumen 8"
    exif.get_ifd(0x8769)[0x9003] = "2026:11:20 18:04:05"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (52.0, 31.0, 12.0), "E", (13.0, 24.0, 36.0)
    if orientation is not None:
        exif[0x0112] = orientation
    return exif


def encoded(picture: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def turned(
    kind: str, orientation: int, width: int = 800, height: int = 600, *, as_object: bool = False, **options: object
) -> bytes:
    """A photo that is `quarters()` once its orientation is obeyed.

    With `as_object` the writer is handed Pillow's own EXIF, which pillow-heif copies without telling the container.
    """
    picture = quarters(width, height)
    if orientation in _STORED_AS:
        picture = picture.transpose(_STORED_AS[orientation])
    exif = camera_exif(orientation)
    return encoded(picture, kind, exif=exif if as_object else exif.tobytes(), **options)


def mpo() -> bytes:
    """A JPEG with an auxiliary picture, as phones write depth and gain maps."""
    return encoded(quarters(), "MPO", save_all=True, append_images=[Image.new("RGB", (200, 150), "gray")])


def animated(kind: str) -> bytes:
    frames = [Image.new("RGB", (64, 64), colour) for colour in ("red", "green", "blue")]
    return encoded(frames[0], kind, save_all=True, append_images=frames[1:], duration=80)


def png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def vast_png(width: int = 60_000, height: int = 60_000) -> bytes:
    """A few bytes that claim to be an enormous picture."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = png_chunk(b"IDAT", zlib.compress(b"\0" * 100_000))
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + body + png_chunk(b"IEND", b"")


def display_p3_profile() -> bytes:
    """A matrix profile with the primaries of Display P3 and a gamma of 2.2, as ICC.1:2001 lays it out."""

    def fixed(*values: float) -> bytes:
        return b"".join(struct.pack(">i", round(value * 65536)) for value in values)

    def xyz(*values: float) -> bytes:
        return b"XYZ \0\0\0\0" + fixed(*values)

    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(2.2 * 256)) + b"\0\0"
    name = b"Display P3\0"
    described = b"desc\0\0\0\0" + struct.pack(">I", len(name)) + name + b"\0" * (12 + 67 + 1)
    described += b"\0" * (-len(described) % 4)
    tags = {
        b"desc": described,
        b"wtpt": xyz(0.9642, 1.0, 0.8249),
        b"rXYZ": xyz(0.51512, 0.24120, -0.00105),
        b"gXYZ": xyz(0.29198, 0.69225, 0.04189),
        b"bXYZ": xyz(0.15710, 0.06657, 0.78407),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    offset = 128 + 4 + 12 * len(tags)
    table, body = struct.pack(">I", len(tags)), b""
    for tag, data in tags.items():
        table += tag + struct.pack(">II", offset + len(body), len(data))
        body += data
    header = struct.pack(">I", offset + len(body)) + b"\0\0\0\0\x02\x10\0\0mntrRGB XYZ " + b"\0" * 12 + b"acsp"
    header += b"\0" * 28 + fixed(0.9642, 1.0, 0.8249) + b"\0" * 48
    return header + table + body


def srgb_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


XMP = b"<?xpacket begin='\xef\xbb\xbf' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'/>"

SAMPLES: dict[str, Callable[[Image.Image], bytes]] = {
    "jpeg": lambda picture: encoded(picture, "JPEG"),
    "jpeg of a camera": lambda picture: encoded(
        picture, "JPEG", exif=camera_exif(6).tobytes(), icc_profile=display_p3_profile(), xmp=XMP, comment=b"Hello"
    ),
    "jpeg, progressive": lambda picture: encoded(picture, "JPEG", progressive=True),
    "jpeg, grey": lambda picture: encoded(picture.convert("L"), "JPEG"),
    "jpeg, cmyk": lambda picture: encoded(picture.convert("CMYK"), "JPEG"),
    "jpeg with auxiliary pictures": lambda picture: encoded(
        picture, "MPO", save_all=True, append_images=[picture.convert("L").resize((24, 18))]
    ),
    "png": lambda picture: encoded(picture, "PNG", exif=camera_exif(8).tobytes(), icc_profile=srgb_profile()),
    "png, 16 bit": lambda picture: encoded(
        picture.convert("I").point(lambda level: level * 257).convert("I;16"), "PNG"
    ),
    "png, palette": lambda picture: encoded(picture.quantize(64), "PNG", transparency=3),
    "png, see-through": lambda picture: encoded(see_through(picture), "PNG"),
    "webp": lambda picture: encoded(picture, "WEBP", exif=camera_exif(3).tobytes(), xmp=XMP),
    "webp, lossless": lambda picture: encoded(picture, "WEBP", lossless=True),
    "webp, see-through": lambda picture: encoded(see_through(picture), "WEBP"),
    "avif": lambda picture: encoded(picture, "AVIF", exif=camera_exif(6).tobytes()),
    "avif, see-through": lambda picture: encoded(see_through(picture), "AVIF"),
    "heic": lambda picture: encoded(picture, "HEIF", exif=camera_exif(6).tobytes(), icc_profile=display_p3_profile()),
    "heic, see-through": lambda picture: encoded(see_through(picture), "HEIF"),
    "heic of two pictures": lambda picture: encoded(
        picture, "HEIF", save_all=True, append_images=[picture.rotate(180)], primary_index=1
    ),
}
"""How to make each kind of file that we take, from any picture: `sample` does it for a seed."""


def sample(kind: str, seed: int = 0, width: int = 96, height: int = 72) -> bytes:
    """A photo of one of the kinds in `SAMPLES`; the same arguments give the same picture on any machine."""
    noise = Image.frombytes("RGB", (12, 9), Random(seed).randbytes(12 * 9 * 3))
    return SAMPLES[kind](Image.blend(quarters(width, height), noise.resize((width, height)), 0.4))


def see_through(picture: Image.Image) -> Image.Image:
    """The picture with a gradient for its alpha."""
    picture = picture.copy()
    picture.putalpha(Image.linear_gradient("L").resize(picture.size))
    return picture
