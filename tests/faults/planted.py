"""Photos of every kind, full of where they were taken: in EXIF, maker's notes, XMP, IPTC and plain text."""

from __future__ import annotations

import struct
from collections.abc import Mapping

import pillow_heif
from PIL import Image, PngImagePlugin

from tests.faults.pictures import encoded, patches

pillow_heif.register_heif_opener()

SIZE = (400, 300)
LATITUDE, LONGITUDE = "38.713661", "9.139444"
SECONDS = (2_459, 50)
"""49.18 of them, as EXIF counts."""
CITY, OWNER, NOTE, PLACE = "Plantedcity", "Planted Owner", "PLANTED-MAKER-NOTE", "Planted Quay 17"
XMP = f"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 exif:GPSLatitude="38,42.81966N" exif:GPSLongitude="9,8.36664W" photoshop:City="{CITY}"/></rdf:RDF></x:xmpmeta>"""
"""As phones write it."""

TRACES: tuple[bytes, ...] = (
    *(word.encode() for word in (LATITUDE, LONGITUDE, "42.81966", "8.36664", CITY, OWNER, NOTE, PLACE, "GPSLatitude")),
    struct.pack(">II", *SECONDS),
    struct.pack("<II", *SECONDS),
)
"""What must be found in an original, one or the other, and nowhere else."""
TELLTALES = (b"Exif\0", b"EXIF", b"XMP ", b"ns.adobe.com", b"Photoshop 3.0", b"8BIM", b"xmpmeta")
"""What no picture of ours may hold besides: the places themselves in which such things are kept."""


def planted() -> Mapping[str, tuple[str, bytes]]:
    """By kind: the content type, and the photo."""
    picture, exif = patches(5, SIZE), _exif()
    clear = patches(6, SIZE)
    clear.putalpha(200)
    xmp = XMP.encode()
    return {
        "jpeg": ("image/jpeg", _with_iptc(encoded(picture, "JPEG", exif=exif, xmp=xmp, comment=PLACE.encode()))),
        "jpeg_auxiliary": (
            "image/jpeg",
            encoded(patches(12, SIZE), "MPO", exif=exif, save_all=True, append_images=[patches(7, (80, 60))]),
        ),
        "png": ("image/png", encoded(patches(8, SIZE), "PNG", exif=exif, pnginfo=_png_texts())),
        "webp": ("image/webp", encoded(patches(9, SIZE), "WEBP", exif=exif, xmp=xmp)),
        "webp_clear": ("image/webp", encoded(clear, "WEBP", exif=exif, xmp=xmp)),
        "heic": ("image/heic", encoded(patches(10, SIZE), "HEIF", exif=exif, xmp=xmp)),
        "avif": ("image/avif", encoded(patches(11, SIZE), "AVIF", exif=exif, xmp=xmp)),
    }


def _exif() -> bytes:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x013B] = "Lumen", "Lumen 8", OWNER
    details = exif.get_ifd(0x8769)
    details[0x927C], details[0x9286] = NOTE.encode(), b"ASCII\0\0\0" + PLACE.encode()
    details[0xA430] = OWNER
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (38.0, 42.0, SECONDS[0] / SECONDS[1]), "W", (9.0, 8.0, 22.0)
    gps[0x1B] = b"ASCII\0\0\0" + f"{LATITUDE} {LONGITUDE}".encode()
    return exif.tobytes()


def _with_iptc(jpeg: bytes) -> bytes:
    """The JPEG with IPTC's city (2:90) and sublocation (2:92), as Photoshop keeps them."""
    words = b"".join(
        bytes((0x1C, 2, number)) + struct.pack(">H", len(said)) + said.encode()
        for number, said in ((90, CITY), (92, PLACE))
    )
    block = b"8BIM" + struct.pack(">HH", 0x0404, 0) + struct.pack(">I", len(words)) + words + b"\0" * (len(words) % 2)
    body = b"Photoshop 3.0\0" + block
    return jpeg[:2] + b"\xff\xed" + struct.pack(">H", len(body) + 2) + body + jpeg[2:]


def _png_texts() -> PngImagePlugin.PngInfo:
    texts = PngImagePlugin.PngInfo()
    texts.add_itxt("XML:com.adobe.xmp", XMP)
    texts.add_text("Location", f"{LATITUDE}, {LONGITUDE}")
    texts.add_text("Comment", PLACE, zip=True)
    return texts
