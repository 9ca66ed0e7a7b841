"""The dHash of a picture: how it is looked at before its bits are taken (see `uploads.dhash`)."""

from PIL import Image

from uploads.dhash import HEIGHT, WIDTH, dhash_of


def fingerprint(picture: Image.Image) -> str:
    """The hash of an upright sRGB picture, 16 hex digits. What is transparent counts as white."""
    greys = _on_paper(picture).convert("L").resize((WIDTH, HEIGHT), Image.Resampling.BOX)
    return dhash_of(greys.tobytes())


def _on_paper(picture: Image.Image) -> Image.Image:
    if picture.mode != "RGBA":
        return picture
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper
