"""What the card's process does: draws the card from a rendition.

A rendition is our own picture, but it was written by a process that had read a stranger's bytes, so it is opened
only in a process as confined as the decoder's. The answer is {"ok": true} once `card.jpg` stands in the directory.
"""

from pathlib import Path
from typing import Any

from PIL import Image

from uploads.drawing.card import QUALITY, draw_card


def main(request: dict[str, Any]) -> dict[str, Any]:
    """Draws the card of a request (`photo`, `directory`, `ground`, `limits`). Raises what Pillow raises."""
    Image.MAX_IMAGE_PIXELS = request["limits"]["max_pixels"]
    with Image.open(Path(request["photo"]), formats=("WEBP",)) as photo:
        card = draw_card(photo.convert("RGBA" if photo.mode == "RGBA" else "RGB"), request["ground"])
    card.save(Path(request["directory"]) / "card.jpg", "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return {"ok": True}
