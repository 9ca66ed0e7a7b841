"""The card's own process: `python -m uploads.card_process REQUEST`, started by `uploads.cards`.

A rendition is our own picture, but it was written by a process that had read a stranger's bytes, so it is opened
only behind the same shut door. REQUEST is JSON as the decoder's, with the colour of the ground; the answer is
{"ok": true} once `card.jpg` stands in the directory.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

from uploads.decoder import confine
from uploads.limits import Limits


def main(request: dict[str, Any]) -> None:
    """Confines this process, then draws. Raises whatever the rendition makes Pillow raise."""
    limits = Limits(**request["limits"])
    confine(limits, parent=request["parent"])
    from PIL import Image  # noqa: PLC0415 - behind the shut door, as in the decoder

    from uploads.card import QUALITY, draw_card  # noqa: PLC0415 - as above

    Image.MAX_IMAGE_PIXELS = limits.max_pixels
    with Image.open(Path(request["photo"]), formats=("WEBP",)) as photo:
        card = draw_card(photo.convert("RGBA" if photo.mode == "RGBA" else "RGB"), request["ground"])
    card.save(Path(request["directory"]) / "card.jpg", "JPEG", quality=QUALITY, optimize=True, progressive=True)


if __name__ == "__main__":
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    main(json.loads(sys.argv[1]))
    json.dump({"ok": True}, answers)
    answers.flush()
    os._exit(0)  # nothing to tidy, as in the decoder
