"""Turns a drawn picture into the file a phone would send: format, orientation, what the camera wrote into it."""

import io
from datetime import UTC, datetime, timedelta

import pillow_heif
from PIL import ExifTags, Image, TiffImagePlugin

from campaign.demo.scene import FileFormat, Scene
from campaign.demo.scenery.noise import dice_for

_MODELS = ("Flaunt demo camera", "Flaunt demo phone", "Flaunt demo compact", "Flaunt demo tablet")
_SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
_STATEMENT = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"'
    ' Iptc4xmpExt:DigitalSourceType="{}"/></rdf:RDF></x:xmpmeta>'
)
_CONTENT_TYPES = {
    FileFormat.JPEG: ("jpg", "image/jpeg"),
    FileFormat.PNG: ("png", "image/png"),
    FileFormat.WEBP: ("webp", "image/webp"),
    FileFormat.HEIC: ("heic", "image/heic"),
    FileFormat.AVIF: ("avif", "image/avif"),
}
# EXIF says how to turn the stored pixels to see them upright; these turn upright pixels into stored ones.
_STORED = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}


def encode_scene(scene: Scene, image: Image.Image) -> tuple[str, str, bytes]:
    """The scene's file as (filename, content type, bytes), made the same way each time."""
    filename, content_type = file_of(scene)
    turned = image.transpose(_STORED[scene.orientation]) if scene.orientation in _STORED else image
    return filename, content_type, _encode(scene, turned)


def file_of(scene: Scene) -> tuple[str, str]:
    """The name and the content type of the scene's file."""
    extension, content_type = _CONTENT_TYPES[scene.file_format]
    return f"{scene.slug}.{extension}", content_type


def _encode(scene: Scene, image: Image.Image) -> bytes:
    file, exif = io.BytesIO(), _exif(scene)
    match scene.file_format:
        case FileFormat.JPEG:
            image.save(file, "JPEG", quality=90, subsampling="4:2:0", optimize=True, exif=exif, xmp=_stated(scene))
        case FileFormat.PNG:
            image.save(file, "PNG", compress_level=4)
        case FileFormat.WEBP:
            image.save(file, "WEBP", quality=88, method=2, exif=exif.tobytes())
        case FileFormat.AVIF:
            image.save(file, "AVIF", quality=78, speed=9, exif=exif.tobytes())
        case FileFormat.HEIC:
            held = pillow_heif.from_pillow(image)
            held.save(file, quality=72, exif=exif.tobytes(), enc_params={"preset": "ultrafast"})
    return file.getvalue()


def _stated(scene: Scene) -> bytes:
    """What the file says of its origin, as XMP; empty where it says nothing."""
    return _STATEMENT.format(_SOURCE_TYPES + scene.stated).encode() if scene.stated else b""


def _exif(scene: Scene) -> Image.Exif:
    dice, exif = dice_for(scene.seed, scene.slug, "camera"), Image.Exif()
    taken = datetime(2026, 9, 1, tzinfo=UTC) + timedelta(minutes=dice.randrange(100_000))
    exif[ExifTags.Base.Make] = "Flaunt"
    exif[ExifTags.Base.Model] = dice.choice(_MODELS)
    exif[ExifTags.Base.Orientation] = scene.orientation
    exif[ExifTags.Base.DateTime] = taken.strftime("%Y:%m:%d %H:%M:%S")
    details = exif.get_ifd(ExifTags.IFD.Exif)
    details[ExifTags.Base.DateTimeOriginal] = taken.strftime("%Y:%m:%d %H:%M:%S")
    details[ExifTags.Base.FNumber] = TiffImagePlugin.IFDRational(dice.choice((16, 18, 22, 28)), 10)
    details[ExifTags.Base.ISOSpeedRatings] = dice.choice((50, 100, 200, 640, 1600))
    if scene.position:
        exif.get_ifd(ExifTags.IFD.GPSInfo).update(_gps(scene.position))
    return exif


def _gps(position: tuple[float, float]) -> dict[int, object]:
    latitude, longitude = position
    return {
        ExifTags.GPS.GPSLatitudeRef: "N" if latitude >= 0 else "S",
        ExifTags.GPS.GPSLatitude: _degrees(latitude),
        ExifTags.GPS.GPSLongitudeRef: "E" if longitude >= 0 else "W",
        ExifTags.GPS.GPSLongitude: _degrees(longitude),
    }


def _degrees(value: float) -> tuple[TiffImagePlugin.IFDRational, ...]:
    seconds = round(abs(value) * 3600)
    parts = (seconds // 3600, seconds // 60 % 60, seconds % 60)
    return tuple(TiffImagePlugin.IFDRational(part, 1) for part in parts)
