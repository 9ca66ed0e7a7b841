"""What fans sent to the two earlier campaigns: night windows, which the cast judge now, and the first snow."""

from campaign.demo.scene import FileFormat as F
from campaign.demo.scene import Ground as G
from campaign.demo.scene import Hour as H
from campaign.demo.scene import Scene
from campaign.demo.scene import Weather as W

JUDGING_SCENES: tuple[Scene, ...] = (
    Scene("across-the-street", "I know none of them and miss them when I travel", "Brooklyn, New York", 5, (1200, 1600), H.NIGHT, W.CLEAR, G.FACADE,
          ("wall:brick", "columns:4", "escape"), orientation=6),
    Scene("only-one-awake", "Somebody else could not sleep either", "Warsaw", 8, (1080, 1620), H.NIGHT, W.RAIN, G.FACADE,
          ("wall:dark", "columns:5", "one")),
    Scene("canal-windows", "Nobody here closes the curtains", "Amsterdam", 4, (1600, 1200), H.BLUE, W.CLEAR, G.QUAY,
          ("paint:brick", "church"), F.HEIC, position=(52.3702, 4.8952)),
    Scene("rain-on-the-pane", "Night shift. The tea helps", "Glasgow", 1, (1620, 1080), H.NIGHT, W.RAIN, G.WINDOW,
          ("mug",)),
    Scene("green-shutters", "The cat opposite has better manners than mine", "Naples", 61, (1440, 1440), H.DUSK, W.CLEAR, G.FACADE,
          ("wall:plaster", "shutters", "columns:4")),
    Scene("yard-with-lanterns", "Our yard, the night we all came down to eat", "Vienna", 16, (1080, 1620), H.DUSK, W.CLEAR, G.COURTYARD,
          ("lanterns",), orientation=6),
    Scene("tower-lights", "I counted four hundred and gave up", "Shanghai", 71, (2310, 990), H.NIGHT, W.CLEAR, G.WATERFRONT,
          ("tv-tower", "ferry", "moon")),
    Scene("pink-house", "The pink house is always last to go dark", "Buenos Aires", 77, (1620, 1080), H.BLUE, W.CLEAR, G.FACADE,
          ("wall:pink", "columns:6", "balconies"), F.WEBP),
    Scene("porthole", "Thousands of kitchens, and one of them mine", "Mexico City", 16, (1200, 1600), H.DUSK, W.CLEAR, G.AERIAL,
          ("porthole",)),
    Scene("roofs-awake", "Third floor left: she practises the violin", "Porto", 83, (1600, 1200), H.BLUE, W.CLEAR, G.ROOFTOPS,
          ("church", "slate"), F.PNG),
)  # fmt: skip

ANNOUNCED_SCENES: tuple[Scene, ...] = (
    Scene("first-tram-in-snow", "The driver rang the bell for joy", "Zürich", 5, (1620, 1080), H.BLUE, W.SNOW, G.STREET,
          ("lamps", "people", "tram", "church")),
    Scene("park-lamps", "Our footsteps were the first", "Stockholm", 4, (1200, 1600), H.BLUE, W.SNOW, G.PARK,
          (), orientation=6),
    Scene("white-roofs", "It began at four and I called everybody", "Tallinn", 2, (1200, 1500), H.BLUE, W.SNOW, G.ROOFTOPS,
          ("church", "smoke")),
    Scene("snow-cat", "She thinks I made it", "Kraków", 3, (1440, 1440), H.BLUE, W.SNOW, G.WINDOW,
          ("cat", "curtain", "old-town", "church"), F.HEIC),
    Scene("under-the-mountain", "The mountain was first, as always", "Innsbruck", 4, (1200, 1600), H.DAWN, W.SNOW, G.MOUNTAINS,
          ("church",), position=(47.2692, 11.4041)),
    Scene("snow-on-the-river", "Even the river went quiet", "Saint-Petersburg", 91, (2100, 1200), H.MORNING, W.SNOW, G.WATERFRONT,
          ("onion", "dome", "old-town", "bridge:stone")),
    Scene("square-in-snow", "Market day, no market, nobody minds", "Riga", 96, (1620, 1080), H.DUSK, W.SNOW, G.SQUARE,
          ("church", "tram", "people"), F.AVIF),
    Scene("valley-in-white", "From the sledge run, before school", "Sapporo", 98, (1800, 1200), H.SUNRISE, W.SNOW, G.HILLTOP,
          ("tv-tower", "conifers", "people")),
)  # fmt: skip
