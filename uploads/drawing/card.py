"""A photo as the preview of its link: whole, on its own blurred light, in the shape that previews have."""

from PIL import Image, ImageFilter

WIDTH, HEIGHT = 1200, 630  # pixels, as Open Graph and Twitter's large cards want them
QUALITY = 84
MARGIN = 26  # pixels around the photo, so that it reads as a photo and not as a crop
_SMALL = 8  # the ground is blurred at an eighth of its size: the same to the eye, for a fraction of the work
_BLUR = 7.0
_DIMMED = 0.55  # how much of its own light the ground keeps


def draw_card(photo: Image.Image, ground: str) -> Image.Image:
    """The card of an upright photo in sRGB, as RGB of 1200 x 630 pixels.

    `ground` ("#rrggbb") is the photo's colour, which the light behind it starts from.
    A photo smaller than its place is enlarged to three times its size at most. A card is a JPEG, so what shines through
    the photo is white, as on paper.
    """
    shown = Image.new("RGB", photo.size, "white")
    shown.paste(photo, mask=photo.getchannel("A") if photo.mode == "RGBA" else None)
    card = _light_of(shown, ground).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
    scale = min((WIDTH - 2 * MARGIN) / shown.width, (HEIGHT - 2 * MARGIN) / shown.height, 3.0)
    size = (max(1, round(shown.width * scale)), max(1, round(shown.height * scale)))
    whole = shown.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    card.paste(whole, ((WIDTH - size[0]) // 2, (HEIGHT - size[1]) // 2))
    return card


def _light_of(photo: Image.Image, ground: str) -> Image.Image:
    """The photo spread over the whole card, far out of focus and dimmed towards its own dark."""
    width, height = WIDTH // _SMALL, HEIGHT // _SMALL
    spread = photo.resize((width, height), Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(_BLUR))
    spread = Image.blend(Image.new("RGB", spread.size, ground), spread, 0.8)
    return Image.blend(Image.new("RGB", spread.size), spread, _DIMMED)
