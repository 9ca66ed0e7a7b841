"""How much one photo may cost."""

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What is accepted, and what the decoder's process may use. Lengths in bytes, times in seconds.

    The defaults let a 64-megapixel JPEG, PNG, HEIC, AVIF or WebP through; the hungriest asks for about two
    thirds of the memory given here.
    """

    max_bytes: int = 30 * MEBIBYTE
    max_pixels: int = 64 * MEBIBYTE  # 67,108,864: a 64-megapixel sensor, counted generously
    decoder_memory: int = 1536 * MEBIBYTE  # address space, so shared libraries count too
    decoder_cpu: int = 60
    decoder_wall: float = 90.0
    decoder_open_files: int = 32
    decoder_file_bytes: int = 32 * MEBIBYTE  # the largest file it may write
