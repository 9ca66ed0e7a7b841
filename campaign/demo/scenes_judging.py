"""What fans sent to the campaign that the cast judge now: windows at night."""

from campaign.demo.scene import FileFormat, Ground, Hour, Scene, Weather

# fmt: off
JUDGING_SCENES: tuple[Scene, ...] = (
    Scene("across-the-street", "I know none of them and miss them when I travel", "Brooklyn, New York",
          5, (1200, 1600), Hour.NIGHT, Weather.CLEAR, Ground.FACADE, ("wall:brick", "columns:4", "escape"),
          orientation=6),
    Scene("only-one-awake", "Somebody else could not sleep either", "Warsaw",
          8, (1080, 1620), Hour.NIGHT, Weather.RAIN, Ground.FACADE, ("wall:dark", "columns:5", "one")),
    Scene("canal-windows", "Nobody here closes the curtains", "Amsterdam",
          4, (1600, 1200), Hour.BLUE, Weather.CLEAR, Ground.QUAY, ("paint:brick", "church"),
          file_format=FileFormat.HEIC, position=(52.3702, 4.8952)),
    Scene("rain-on-the-pane", "Night shift. The tea helps", "Glasgow",
          1, (1620, 1080), Hour.NIGHT, Weather.RAIN, Ground.WINDOW, ("mug",)),
    Scene("green-shutters", "The cat opposite has better manners than mine", "Naples",
          61, (1440, 1440), Hour.DUSK, Weather.CLEAR, Ground.FACADE, ("wall:plaster", "shutters", "columns:4")),
    Scene("yard-with-lanterns", "Our yard, the night we all came down to eat", "Vienna",
          16, (1080, 1620), Hour.DUSK, Weather.CLEAR, Ground.COURTYARD, ("lanterns",),
          orientation=6),
    Scene("tower-lights", "I counted four hundred and gave up", "Shanghai",
          71, (2310, 990), Hour.NIGHT, Weather.CLEAR, Ground.WATERFRONT, ("tv-tower", "ferry", "moon")),
    Scene("pink-house", "The pink house is always last to go dark", "Buenos Aires",
          77, (1620, 1080), Hour.BLUE, Weather.CLEAR, Ground.FACADE, ("wall:pink", "columns:6", "balconies"),
          file_format=FileFormat.WEBP),
    Scene("porthole", "Thousands of kitchens, and one of them mine", "Mexico City",
          16, (1200, 1600), Hour.DUSK, Weather.CLEAR, Ground.AERIAL, ("porthole",)),
    Scene("roofs-awake", "Third floor left: she practises the violin", "Porto",
          83, (1600, 1200), Hour.BLUE, Weather.CLEAR, Ground.ROOFTOPS, ("church", "slate"),
          file_format=FileFormat.PNG),
)
# fmt: on
