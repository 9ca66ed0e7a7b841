"""The plots, as SVG that a page shows as a picture: no script, nothing fetched, readable in light and in dark."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pygal
from pygal.style import Style

from campaign.insight.series import PlaceCount, Point

sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__module__ != pygal.__name__]
"""pygal looks for plugins of its own (maps) in a way that Python is giving up, at every import that comes after."""

SVG = "image/svg+xml"
FACE = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif"
INK, QUIET, BAR, LINE = "#1c1a22", "#65616e", "#7a4b00", "#d6d2ca"
DARK = """inline:
@media (prefers-color-scheme: dark) {
  text, .axis text, .text-overlay text.value, text.no_data { fill: #f1eff4 !important; }
  .color-0 { fill: #f0b25a !important; stroke: #f0b25a !important; }
  .axis .line, .axis .guide.line, .axis .major.guide.line { stroke: #4a4756 !important; }
}
.reactive { stroke-width: 0 }
.text-overlay text.value { text-anchor: start !important; transform: translateX(4px) }
"""
MOST_BARS = 10
"""Places that are drawn; the table has all."""
LETTER = 22
"""Pixels of the plot for each letter of a place's name, so that the bars keep two thirds of it."""
LABEL_WIDTH = 85
"""Pixels that a name below a bar takes."""
DAY_HOURS = 26
"""So many hours or fewer are named by the clock, more by the day."""
YEAR = 360


@dataclass(frozen=True, slots=True)
class Size:
    """In pixels, with the size of the type in it."""

    width: int
    height: int
    type: int


def hours_plot(points: Sequence[Point], zone: ZoneInfo, size: Size, *, by_day: bool) -> bytes:
    """One bar for each hour or day."""
    names = _names(points, zone, size, by_day=by_day)
    chart = pygal.Bar(**_looks(size), height=size.height, spacing=2, show_minor_x_labels=False)
    chart.x_labels = [names.get(number, f"#{number}") for number in range(len(points))]
    chart.x_labels_major = list(names.values())
    chart.y_labels = _ticks(max(point.sent for point in points))
    chart.add("Sent", [point.sent for point in points])
    return _drawn(chart)


def places_plot(places: Sequence[PlaceCount], size: Size) -> bytes:
    """One bar for each of the places most photos come from, and one for the rest."""
    shown = [(one.place, one.sent) for one in places[:MOST_BARS]]
    rest = sum(one.sent for one in places[MOST_BARS:])
    if rest:
        shown.append(("Everywhere else", rest))
    height = 60 + 30 * max(3, len(shown))
    chart = pygal.HorizontalBar(**_looks(size), height=height, print_values=True, print_values_position="top")
    chart.margin_right = 40  # for the number beside the longest bar
    chart.x_labels = [_short(place, size) for place, _ in reversed(shown)]
    chart.y_labels = _ticks(max(count for _, count in shown), size.width // 120)
    chart.add("Sent", [count for _, count in reversed(shown)])
    return _drawn(chart)


def _looks(size: Size) -> dict[str, Any]:
    """What both plots share. `js` empty: pygal would fetch its tooltips from its authors' host."""
    style = Style(
        background="transparent",
        plot_background="transparent",
        foreground=INK,
        foreground_strong=INK,
        foreground_subtle=QUIET,
        guide_stroke_color=LINE,
        major_guide_stroke_color=LINE,
        guide_stroke_dasharray="0",
        major_guide_stroke_dasharray="0",
        font_family=FACE,
        label_font_size=size.type,
        major_label_font_size=size.type,
        value_font_size=size.type,
        colors=(BAR,),
        value_colors=(INK,),
        opacity="1",
        transition="0ms",
    )
    return {
        "width": size.width,
        "style": style,
        "css": ["file://style.css", "file://graph.css", DARK],
        "js": [],
        "no_prefix": True,
        "show_legend": False,
        "truncate_label": -1,
        "margin": 6,
        "value_formatter": lambda value: f"{value:,.0f}",
    }


def _names(points: Sequence[Point], zone: ZoneInfo, size: Size, *, by_day: bool) -> dict[int, str]:
    """Which bars are named below the plot, and how: a few hours of one day, or a few days."""
    local = [point.at.astimezone(zone) for point in points]
    if by_day:
        form = "{0.day} {0:%b}" if len(points) < YEAR else "{0.day} {0:%b} {0:%Y}"
        candidates = list(range(len(points)))
    elif len(points) <= DAY_HOURS:
        form, candidates = "{0:%H:%M}", list(range(len(points)))
    else:
        form = "{0:%a} {0.day}"
        candidates = [number for number, (one, other) in enumerate(pairwise(local), 1) if one.date() != other.date()]
    step = -(-len(candidates) // max(2, size.width // LABEL_WIDTH))
    return {number: form.format(local[number]) for number in candidates[:: step or 1]}


def _ticks(most: int, wanted: int = 4) -> list[int]:
    """Whole numbers from 0 to at least `most`, in steps of 1, 2 or 5 times a power of ten."""
    step = next(size for power in range(12) for base in (1, 2, 5) if (size := base * 10**power) * wanted >= most)
    return list(range(0, max(1, -(-most // step)) * step + 1, step))


def _short(place: str, size: Size) -> str:
    longest = min(30, size.width // LETTER)
    return place if len(place) <= longest else f"{place[: longest - 1]}…"


def _drawn(chart: Any) -> bytes:
    """The picture without the script that pygal writes into every one, and without its comments."""
    root: ET.Element = chart.render_tree()
    for parent in list(root.iter()):
        for child in list(parent):
            if not isinstance(child.tag, str) or child.tag.endswith("script"):
                parent.remove(child)
    for name in ("id", "class"):
        root.attrib.pop(name, None)
    drawn: bytes = ET.tostring(root, encoding="utf-8")
    return drawn
