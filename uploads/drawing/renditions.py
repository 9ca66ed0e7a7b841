"""The pictures we make of a photo: WebP, upright, sRGB, without metadata, never larger than the photo."""

from base64 import b64encode
from dataclasses import replace
from pathlib import Path

from PIL import ExifTags, Image, ImageFile

from uploads.drawing import thumbhash
from uploads.drawing.colour import dominant_colour, to_eight_bits, to_srgb
from uploads.drawing.portrait import HALVINGS, Portrait, Rendition, plan_renditions
from uploads.drawing.shapes import Box, Shape, cut_for
from uploads.likeness.fingerprint import fingerprint

# WebP effort, 0 to 6. At 2 the large ones take less than half the time that 4 takes. The small ones, which most people
# see, are made with care: all of them together cost a quarter of the largest. Quality 81 makes up for it: it looks the
# same, and is as long, as whole decodes at quality 80 and effort 4 (measured by `make bench PART=renditions`).
QUALITY = 81
EFFORT, EFFORT_FOR_SMALL = 2, 4
_SMALL = 640  # pixels on the long side

ORIENTATION_ASIDE = "original_orientation"
"""Where pillow-heif puts the orientation that it takes out of the EXIF."""
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SAME_SHAPE = {
    Image.Transpose.FLIP_LEFT_RIGHT,
    Image.Transpose.ROTATE_180,
    Image.Transpose.FLIP_TOP_BOTTOM,
}


def draw_portrait(photo: ImageFile.ImageFile, directory: Path, shape: Shape = Shape.PHOTO) -> Portrait:
    """Decodes the opened photo and writes its renditions into `directory` as NAME.webp.

    Raises what Pillow raises for damaged files.
    """
    size = photo.size
    largest = plan_renditions(*size, shape)[-1]
    if photo.format in {"JPEG", "MPO"}:  # a HEIC would be drafted from its thumbnail, which may show anything
        draft(photo, largest)
    photo.load()
    turn, profile = _turn_of(photo), photo.info.get("icc_profile")
    picture = to_eight_bits(photo)
    # To halve by boxes is as true as how libjpeg halves, and ten times faster than Lanczos.
    halves = _half_of(picture) == (largest.width, largest.height)
    picture = _shrink(picture, largest, cut_for(shape, *picture.size), gap=1.0 if halves else 2.0)
    if picture is not photo:
        photo.close()  # gives the large picture's memory back before the encoding starts
    picture = to_srgb(picture, profile)
    if turn is not None:
        picture = picture.transpose(turn)
        size = size if turn in _SAME_SHAPE else (size[1], size[0])
    return _write_all(picture, size, directory, shape)


def draft(photo: ImageFile.ImageFile, to: Rendition) -> None:
    """Has the JPEG decoded at a half, a quarter or an eighth, as small as leaves enough for the largest rendition."""
    width, height = photo.size
    scale = max(s for s in HALVINGS if s == 1 or (-(-width // s) >= to.width and -(-height // s) >= to.height))
    photo.draft(None, (max(1, width // scale), max(1, height // scale)))


def _turn_of(photo: Image.Image) -> Image.Transpose | None:
    """How to turn the photo upright.

    A HEIC that is turned by its container comes upright from its decoder, whatever its EXIF still says. One that is not
    is turned by its EXIF: ISO/IEC 23008-12 would leave it, but writers that only copy the EXIF mean it to be obeyed.
    """
    try:
        aside = photo.info.get(ORIENTATION_ASIDE, 1)
        orientation = aside if photo.format == "HEIF" else photo.getexif().get(ExifTags.Base.Orientation, 1)
    except Exception:  # noqa: BLE001 - broken EXIF raises anything, and is no reason to refuse a photo
        return None
    return _TURNS.get(orientation) if isinstance(orientation, int) else None


def _half_of(picture: Image.Image) -> tuple[int, int]:
    return -(-picture.width // 2), -(-picture.height // 2)


def _shrink(picture: Image.Image, to: Rendition, box: Box | None = None, gap: float = 2.0) -> Image.Image:
    if picture.size == (to.width, to.height):
        return picture
    # Boxes first, Lanczos for the rest: as good to the eye and several times faster on large pictures.
    return picture.resize((to.width, to.height), Image.Resampling.LANCZOS, box=box, reducing_gap=gap)


def _write_all(picture: Image.Image, size: tuple[int, int], directory: Path, shape: Shape) -> Portrait:
    """Each rendition from the one above it, largest first."""
    written = []
    for planned in reversed(plan_renditions(*size, shape)):
        picture = _shrink(picture, planned)
        path = directory / f"{planned.name}.webp"
        picture.save(path, "WEBP", quality=QUALITY, method=effort_for(planned), icc_profile=b"", exif=b"", xmp=b"")
        written.append(replace(planned, bytes=path.stat().st_size))
    return Portrait(
        width=size[0],
        height=size[1],
        thumbhash=thumbhash_of(picture),
        dominant=dominant_colour(picture),
        dhash=fingerprint(picture),
        renditions=tuple(reversed(written)),
    )


def effort_for(rendition: Rendition) -> int:
    """How hard WebP tries."""
    return EFFORT_FOR_SMALL if max(rendition.width, rendition.height) <= _SMALL else EFFORT


def thumbhash_of(picture: Image.Image) -> str:
    """The picture's ThumbHash in base64, from a copy of 32 pixels: it holds seven half waves a side at most."""
    scale = 32 / max(picture.size)
    # Fewer pixels than half waves would come back as a pattern that is not in the photo.
    width, height = (max(8, round(side * scale)) for side in picture.size)
    small = picture.convert("RGBA").resize((width, height), Image.Resampling.BOX)
    return b64encode(thumbhash.encode(width, height, small.tobytes())).decode()
