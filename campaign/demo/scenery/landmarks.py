"""The things a city is known by, under the names that scenes use."""

from collections.abc import Callable

from campaign.demo.scenery.canvas import Canvas, Layer
from campaign.demo.scenery.churches import church, dome, mosque, onion_domes, pagoda, twin_spires
from campaign.demo.scenery.towers import crane, harbour_crane, lighthouse, needle, tv_tower, wheel

Draw = Callable[[Canvas, Layer, float, float, float], None]

LANDMARKS: dict[str, Draw] = {
    "tv-tower": tv_tower,
    "needle": needle,
    "church": church,
    "cathedral": twin_spires,
    "dome": dome,
    "mosque": mosque,
    "onion": onion_domes,
    "pagoda": pagoda,
    "wheel": wheel,
    "crane": crane,
    "harbour-crane": harbour_crane,
    "lighthouse": lighthouse,
}
