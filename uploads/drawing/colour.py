"""Colour: any mode and profile to sRGB, and the one colour a person would name."""

import io
from contextlib import suppress
from functools import cache

from PIL import Image, ImageChops, ImageCms

_SIXTEEN_BITS = 65_536
_HIGHEST = 65_535


def to_eight_bits(image: Image.Image) -> Image.Image:
    """The picture in a mode that can be resized well: L, LA, RGB, RGBA or CMYK."""
    if image.mode in {"I;16", "I;16B", "I;16L", "I;16N", "I"}:
        return _from_sixteen_bits(image)
    if "transparency" in image.info or image.mode in {"PA", "La", "RGBa"}:
        return image.convert("RGBA")
    if image.mode in {"L", "LA", "RGB", "RGBA", "CMYK"}:
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def _from_sixteen_bits(image: Image.Image) -> Image.Image:
    """Grey of 16 bits rounded to 8; the one level that a PNG may call transparent becomes so."""
    wide = image.convert("I")
    grey = wide.point(_rounding(), "L")
    hidden = image.info.get("transparency")
    if isinstance(hidden, int) and 0 <= hidden <= _HIGHEST:
        grey.putalpha(wide.point([0 if level == hidden else 255 for level in range(_SIXTEEN_BITS)], "L"))
    return grey


@cache
def _rounding() -> list[int]:
    return [(255 * level + _HIGHEST // 2) // _HIGHEST for level in range(_SIXTEEN_BITS)]


def to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture in sRGB, by its profile (perceptually) where there is a usable one, without metadata.

    RGB, or RGBA where something shines through. It may be the picture itself, its colours changed in place.
    """
    colour = _apply_profile(image, profile) if profile else None
    wanted = "RGBA" if image.mode in {"LA", "RGBA"} else "RGB"
    if colour is None:
        colour = image if image.mode == wanted else image.convert(wanted)
    if colour.mode == "RGBA" and colour.getchannel("A").getextrema() == (255, 255):
        colour = colour.convert("RGB")
    colour.info = {}
    return colour


def _apply_profile(image: Image.Image, profile: bytes) -> Image.Image | None:
    """None where the profile is broken, or not for this kind of picture: then it is nobody's word."""
    with suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if image.mode in {"L", "LA"} and source.profile.xcolor_space.strip() == "RGB":
            image = image.convert("RGBA" if image.mode == "LA" else "RGB")
        if image.mode == "LA":
            if colour := _apply_profile(image.getchannel("L"), profile):
                colour.putalpha(image.getchannel("A"))
            return colour
        wanted = "RGBA" if image.mode == "RGBA" else "RGB"
        transform = ImageCms.buildTransform(
            source, _srgb(), image.mode, wanted, renderingIntent=ImageCms.Intent.PERCEPTUAL
        )
        if image.mode != wanted:
            return ImageCms.applyTransform(image, transform)
        if _changes_nothing(transform, wanted):
            return image
        # In place, since a copy of a large picture costs as much as a tenth of its conversion.
        colour = image.copy() if image.readonly else image
        ImageCms.applyTransform(colour, transform, inPlace=True)
        return colour
    return None


def _changes_nothing(transform: ImageCms.ImageCmsTransform, mode: str) -> bool:
    """Whether no colour moves by more than one step: the many profiles of sRGB itself differ by their rounding."""
    seen = _samples(mode).copy()
    ImageCms.applyTransform(seen, transform, inPlace=True)
    moved = ImageChops.difference(_samples(mode), seen).convert("RGB").tobytes()
    return max(moved) <= 1


@cache
def _samples(mode: str) -> Image.Image:
    """A grid of 17 x 17 x 17 colours, corners included, as a picture."""
    steps = [*range(0, 256, 16), 255]
    colours = [bytes((red, green, blue)) for red in steps for green in steps for blue in steps]
    return Image.frombytes("RGB", (len(steps) ** 2, len(steps)), b"".join(colours)).convert(mode)


@cache
def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def dominant_colour(image: Image.Image) -> str:
    """The colour of the photo as "#rrggbb".

    Of the colours that a median cut leaves of a small copy, the one with the most area *times colourfulness*:
    a red coat before a grey street is red, and a grey street alone stays grey.
    """
    small = image.convert("RGBA").resize((32, 32), Image.Resampling.BOX)
    opaque = Image.new("RGB", small.size, "white")
    opaque.paste(small, mask=small.getchannel("A"))
    cut = opaque.quantize(colors=10, method=Image.Quantize.MEDIANCUT, kmeans=2, dither=Image.Dither.NONE)
    palette = bytes(cut.getpalette() or ())
    areas = cut.histogram()
    swatches = [(areas[i], palette[3 * i : 3 * i + 3]) for i in range(len(palette) // 3)]
    _, best = max(swatches, key=lambda swatch: swatch[0] * (0.1 + _chroma(swatch[1])))
    return f"#{best.hex()}"


def _chroma(colour: bytes) -> float:
    return (max(colour) - min(colour)) / 255
