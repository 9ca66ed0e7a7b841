"""What one of the demo's photos shows, in words; how it is drawn is told in `scenery` and `views`."""

from dataclasses import dataclass
from enum import StrEnum


class Hour(StrEnum):
    """The light of the day, from which every colour of a picture follows."""

    DAWN = "dawn"
    SUNRISE = "sunrise"
    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"
    GOLDEN = "golden"
    SUNSET = "sunset"
    DUSK = "dusk"
    BLUE = "blue"
    NIGHT = "night"
    AURORA = "aurora"


class Weather(StrEnum):
    """What the air does."""

    CLEAR = "clear"
    FAIR = "fair"
    OVERCAST = "overcast"
    STORM = "storm"
    MIST = "mist"
    RAIN = "rain"
    SNOW = "snow"


class Ground(StrEnum):
    """Where the photographer stands: each has a view of its own."""

    WATERFRONT = "waterfront"
    HILLTOP = "hilltop"
    STREET = "street"
    ROOFTOPS = "rooftops"
    WINDOW = "window"
    QUAY = "quay"
    MOUNTAINS = "mountains"
    AERIAL = "aerial"
    FOG_SEA = "fog sea"
    FACADE = "facade"
    PARK = "park"
    TELEPHOTO = "telephoto"
    COURTYARD = "courtyard"
    BEACH = "beach"
    SQUARE = "square"


class FileFormat(StrEnum):
    """The formats a fan's device may send."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    HEIC = "heic"
    AVIF = "avif"


@dataclass(frozen=True)
class Scene:
    """One photo: the words a fan would send with it, and what to draw.

    `size` is (width, height) in pixels as a person sees it. `orientation` (EXIF, 1, 3, 6 or 8) is how the camera was
    held, so the stored pixels may lie on their side. `details` name what the view adds ("tv-tower",
    "bridge:suspension"). `position` (latitude, longitude in degrees) goes into the file as GPS, as phones do.
    `cut_from` is the slug of the scene whose picture somebody sends once more, a little smaller and cut at the edges.
    `stated` is what the file says of its origin: a code of IPTC's digital source types, in a JPEG.
    """

    slug: str
    caption: str
    place: str
    seed: int
    size: tuple[int, int]
    hour: Hour
    weather: Weather
    ground: Ground
    details: tuple[str, ...] = ()
    file_format: FileFormat = FileFormat.JPEG
    orientation: int = 1
    position: tuple[float, float] | None = None
    cut_from: str = ""
    stated: str = ""

    def has(self, detail: str) -> bool:
        """Whether the view shows `detail`."""
        return detail in self.details

    def kinds_of(self, family: str) -> tuple[str, ...]:
        """The details of a family, without its name: `bridge:suspension` is a kind of `bridge`."""
        return tuple(d.partition(":")[2] for d in self.details if d.startswith(family + ":"))
