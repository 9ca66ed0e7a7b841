"""A campaign's own colour, kept readable whatever a marketer picks (WCAG 2.2, contrast as in section 1.4.3)."""

from __future__ import annotations

import colorsys

READABLE = 4.5
"""The least contrast of text on its ground that WCAG calls AA."""
STAGE_GROUND = "#0b0b10"
DESK_GROUND = "#ffffff"
DARK_INK = "#000000"
LIGHT_INK = "#ffffff"
STEP = 0.02


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two `#rrggbb` colours, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def ink_on(accent: str) -> str:
    """The ink, dark or light, that reads better on the accent."""
    return max((DARK_INK, LIGHT_INK), key=lambda ink: contrast(ink, accent))


def readable_on(accent: str, ground: str) -> str:
    """The accent itself where it reads as text on the ground, else the nearest lightness that does."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(accent))
    step = STEP if _luminance(ground) < 0.5 else -STEP  # noqa: PLR2004 -- half way between black and white
    colour = accent
    while contrast(colour, ground) < READABLE and 0 <= lightness <= 1:
        lightness += step
        red, green, blue = colorsys.hls_to_rgb(hue, min(max(lightness, 0), 1), saturation)
        colour = f"#{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}"
    return colour


def stylesheet(accent: str) -> str:
    """The tokens a page of this campaign adds to the two rooms."""
    stage, desk = readable_on(accent, STAGE_GROUND), readable_on(accent, DESK_GROUND)
    return "".join(
        f".{room} {{ --accent: {colour}; --on-accent: {ink_on(colour)}; }}\n"
        for room, colour in (("stage", stage), ("desk", desk))
    )


def _channels(colour: str) -> tuple[float, float, float]:
    return int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255


def _luminance(colour: str) -> float:
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 -- sRGB's curve
        for channel in _channels(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
