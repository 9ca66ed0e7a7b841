"""Photos as a camera makes them: EXIF with its make, the place it was taken, and held upright (orientation 6)."""

from __future__ import annotations

import itertools
import random
from pathlib import Path

from PIL import Image, ImageDraw
from PIL.ExifTags import GPS, IFD, Base

STORED = (2016, 1512)
"""Width and height of the stored pixels; orientation 6 turns them, so people see 1512 × 2016."""
UPRIGHT = 6
HEAVY, NOTE = 6 * 2**20, 65_000
LISBON = ((38.0, 42.0, 49.0), (9.0, 8.0, 21.0))


def camera_jpeg(path: Path, hue: int) -> Path:
    """A JPEG of lit windows with EXIF, GPS and orientation 6, written to `path`."""
    photo = Image.linear_gradient("L").resize(STORED)
    photo = Image.merge("HSV", (Image.new("L", STORED, hue), Image.new("L", STORED, 140), photo)).convert("RGB")
    draw = ImageDraw.Draw(photo)
    chance = random.Random(hue)  # another hue is another place, too: nobody takes the two for one photo
    for left, top in itertools.product(range(0, STORED[0], STORED[0] // 9), range(0, STORED[1], STORED[1] // 8)):
        shade = chance.randrange(20, 230)
        draw.rectangle((left, top, left + 160, top + 130), fill=(shade, shade, hue))
    exif = Image.Exif()
    exif[Base.Make] = "Flaunt"
    exif[Base.Model] = "Test camera"
    exif[Base.Orientation] = UPRIGHT
    exif[Base.DateTime] = "2026:11:20 18:04:00"
    gps = exif.get_ifd(IFD.GPSInfo)
    gps[GPS.GPSLatitudeRef], gps[GPS.GPSLatitude] = "N", LISBON[0]
    gps[GPS.GPSLongitudeRef], gps[GPS.GPSLongitude] = "W", LISBON[1]
    photo.save(path, "JPEG", quality=90, exif=exif)
    return path


def heavy_jpeg(path: Path, hue: int) -> Path:
    """The same with 6 MB of a camera's own notes in it: as long on the way as a large photo, and opened as quickly."""
    start, rest = camera_jpeg(path, hue).read_bytes()[:2], path.read_bytes()[2:]
    note = b"\xff\xfe" + (NOTE + 2).to_bytes(2, "big") + bytes([hue]) * NOTE
    path.write_bytes(start + note * (HEAVY // NOTE) + rest)
    return path
