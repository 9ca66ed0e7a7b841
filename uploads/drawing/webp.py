"""WebP for photos: Pillow's reader, which gives back what it has decoded a still picture into before it copies that."""

from PIL import Image, WebPImagePlugin


class StillWebP(WebPImagePlugin.WebPImageFile):
    """Pillow reads each WebP as a film, and keeps two canvases for its next frame: at 64 megapixels half a gigabyte."""

    def _get_next(self) -> tuple[bytes, int, int]:
        frame = super()._get_next()
        if self.n_frames == 1:
            self._decoder = None
        return frame


def register_still_webp() -> None:
    """Lets Pillow open WebP by this reader from now on, in this process."""
    Image.register_open("WEBP", StillWebP, WebPImagePlugin._accept)  # noqa: SLF001 - Pillow's own test for WebP
