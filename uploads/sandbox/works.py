"""The works that the warm parent's children do, with all that they stand on loaded."""

from PIL import Image

from uploads.sandbox import card_process, decoder, probe
from uploads.sandbox.zygote import Work

WORKS: dict[str, Work] = {"decode": decoder.main, "card": card_process.main, "probe": probe.main}

Image.init()  # every plugin now, so that an unknown file makes no child load them; which may open is told each time
