"""The dHash of a picture: how it is looked at before its bits are taken (see `uploads.likeness.dhash`)."""

from PIL import Image

from uploads.likeness.dhash import HEIGHT, WIDTH, dhash_of


def fingerprint(picture: Image.Image) -> str:
    """The hash of an upright sRGB picture, 16 hex digits. What is transparent counts as white.

    A small rendition is enough, and all renditions of a photo agree within a bit or two.
    """
    greys = _on_paper(picture).convert("L").convert("F")
    # In fractions of a grey: rounded ones flip bits wherever a picture is smooth. Lanczos measured better against crops
    # than boxes, triangles and cubics.
    small = greys.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    return dhash_of(memoryview(small.tobytes()).cast("f"))


def _on_paper(picture: Image.Image) -> Image.Image:
    if picture.mode != "RGBA":
        return picture
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper
