"""How much one photo may cost."""

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What is accepted, and what the decoder's process may use. Lengths in bytes, times in seconds.

    The defaults let a 64-megapixel JPEG, PNG, HEIC, AVIF or WebP through, transparent ones included. The hungriest
    takes 0.9 GB of memory; address space is counted more generously.
    """

    max_bytes: int = 30 * MEBIBYTE
    max_pixels: int = 64 * MEBIBYTE  # 67,108,864: a 64-megapixel sensor, counted generously
    decoder_memory: int = 1280 * MEBIBYTE  # address space, so shared libraries count too
    decoder_cpu: int = 60
    decoder_wall: float = 90.0
    decoder_open_files: int = 32
    decoder_file_bytes: int = 32 * MEBIBYTE  # the largest file it may write
