"""What fans sent to the campaign with announced winners: the first snow."""

from campaign.demo.scene import FileFormat, Ground, Hour, Scene, Weather

# fmt: off
ANNOUNCED_SCENES: tuple[Scene, ...] = (
    Scene("first-tram-in-snow", "The driver rang the bell for joy", "Zürich",
          5, (1620, 1080), Hour.BLUE, Weather.SNOW, Ground.STREET, ("lamps", "people", "tram", "church")),
    Scene("park-lamps", "Our footsteps were the first", "Stockholm",
          4, (1200, 1600), Hour.BLUE, Weather.SNOW, Ground.PARK,
          orientation=6),
    Scene("white-roofs", "It began at four and I called everybody", "Tallinn",
          2, (1200, 1500), Hour.BLUE, Weather.SNOW, Ground.ROOFTOPS, ("church", "smoke")),
    Scene("snow-cat", "She thinks I made it", "Kraków",
          3, (1440, 1440), Hour.BLUE, Weather.SNOW, Ground.WINDOW, ("cat", "curtain", "old-town", "church"),
          file_format=FileFormat.HEIC),
    Scene("under-the-mountain", "The mountain was first, as always", "Innsbruck",
          4, (1200, 1600), Hour.DAWN, Weather.SNOW, Ground.MOUNTAINS, ("church",),
          position=(47.2692, 11.4041)),
    Scene("snow-on-the-river", "Even the river went quiet", "Sofia",
          91, (2100, 1200), Hour.MORNING, Weather.SNOW, Ground.WATERFRONT,
          ("onion", "dome", "old-town", "bridge:stone")),
    Scene("square-in-snow", "Market day, no market, nobody minds", "Riga",
          96, (1620, 1080), Hour.DUSK, Weather.SNOW, Ground.SQUARE, ("church", "tram", "people"),
          file_format=FileFormat.AVIF),
    Scene("valley-in-white", "From the sledge run, before school", "Sapporo",
          98, (1800, 1200), Hour.SUNRISE, Weather.SNOW, Ground.HILLTOP, ("tv-tower", "conifers", "people")),
)
# fmt: on
