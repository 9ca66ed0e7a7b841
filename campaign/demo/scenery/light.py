"""The light of each hour: the sky's colours, what falls on walls, what glows."""

from dataclasses import dataclass, replace

from campaign.demo.scene import Hour, Weather
from campaign.demo.scenery.colour import Colour, Stops, ink, mix, plus, times, under


@dataclass(frozen=True)
class Light:
    """`ambient` falls on everything, `sun` on what faces it; `windows` is the share (0..1) of lit ones.

    `sun_height` is the share of the sky between horizon and top at which the sun (or its glow) stands.
    """

    sky: Stops
    ambient: Colour
    sun: Colour
    glow: Colour
    glow_strength: float
    cloud_lit: Colour
    cloud_shade: Colour
    sun_height: float = 0.1
    disc: bool = False
    windows: float = 0.05
    stars: float = 0.0
    bloom: float = 0.35

    def on(self, albedo: Colour, facing: float) -> Colour:
        """The colour of a wall that faces the sun by `facing` (0..1)."""
        return under(albedo, plus(self.ambient, self.sun, facing))

    @property
    def shops_lit(self) -> bool:
        """Whether shops and cars have their lights on, which they do earlier than streets."""
        return self.windows > 0.08  # noqa: PLR2004 -- from the golden hour on

    @property
    def is_dark(self) -> bool:
        """Whether lamps are lit."""
        return self.windows > 0.2  # noqa: PLR2004 -- between dawn and dusk


def _sky(*codes: str) -> Stops:
    places = {2: (0, 1), 3: (0, 0.55, 1), 4: (0, 0.42, 0.78, 1), 5: (0, 0.35, 0.62, 0.84, 1)}[len(codes)]
    return tuple((float(place), ink(code)) for place, code in zip(places, codes, strict=True))


_HOURS = {
    Hour.DAWN: Light(
        _sky("31456f", "77759f", "c79aa9", "f0b9a4", "ffdfb0"), ink("8d86a4"), ink("5c4030"), ink("ffc79a"), 0.55,
        ink("ffc2a8"), ink("75708f"), 0.02, windows=0.12, bloom=0.3,
    ),
    Hour.SUNRISE: Light(
        _sky("4e7cad", "93a9bb", "e3c79f", "ffc476", "ffac52"), ink("857f8c"), ink("a06a35"), ink("ffd28a"), 0.9,
        ink("ffdfae"), ink("8d8597"), 0.12, disc=True, windows=0.06, bloom=0.45,
    ),
    Hour.MORNING: Light(
        _sky("3b7dc2", "7db4de", "c4deea", "f1f0e2"), ink("a9b4c6"), ink("806a4c"), ink("fff3d6"), 0.5,
        ink("ffffff"), ink("b3c0d0"), 0.55, windows=0.02, bloom=0.2,
    ),
    Hour.NOON: Light(
        _sky("1a5cae", "4a90d4", "92c4ea", "cfe5f0"), ink("a8b4c8"), ink("82745c"), ink("fffbe8"), 0.3,
        ink("ffffff"), ink("bccbdc"), 0.95, windows=0.0, bloom=0.15,
    ),
    Hour.AFTERNOON: Light(
        _sky("6f9cc4", "a4bccb", "d9d3bf", "f3e2bf"), ink("a8a6a6"), ink("8a6a42"), ink("ffeec2"), 0.6,
        ink("fff4dd"), ink("b5b2b0"), 0.42, disc=True, windows=0.02, bloom=0.35,
    ),
    Hour.GOLDEN: Light(
        _sky("45699b", "8296a3", "d9b27a", "ffb557", "ff9a3d"), ink("7b7480"), ink("b87432"), ink("ffc873"), 0.9,
        ink("ffd394"), ink("86768a"), 0.16, disc=True, windows=0.1, bloom=0.5,
    ),
    Hour.SUNSET: Light(
        _sky("262750", "5b3f76", "b04f6b", "ec6c4a", "ffb65a"), ink("574c6e"), ink("9a4a30"), ink("ff9a50"), 0.95,
        ink("ff8a66"), ink("56446c"), 0.05, disc=True, windows=0.22, bloom=0.55,
    ),
    Hour.DUSK: Light(
        _sky("231844", "4d2c63", "8d3d66", "c75f62", "f0a06c"), ink("4a3d62"), ink("4c2635"), ink("ff9d78"), 0.5,
        ink("e07a7c"), ink("4a3560"), 0.0, windows=0.38, stars=0.15, bloom=0.6,
    ),
    Hour.BLUE: Light(
        _sky("08152f", "12295a", "2b5590", "6d8bb3", "e0a883"), ink("34466e"), ink("1a1a24"), ink("ffb98a"), 0.35,
        ink("5f7db0"), ink("1d3157"), 0.0, windows=0.5, stars=0.25, bloom=0.7,
    ),
    Hour.NIGHT: Light(
        _sky("050817", "0b1432", "1c2b54", "4a3f60"), ink("2c3352"), ink("0c0c12"), ink("b07a58"), 0.3,
        ink("30354e"), ink("0d1224"), 0.0, windows=0.55, stars=0.8, bloom=0.8,
    ),
    Hour.AURORA: Light(
        _sky("03050e", "061426", "0b2a38", "1d3c48"), ink("1d2c3c"), ink("0a1210"), ink("5fd0a0"), 0.1,
        ink("22384a"), ink("0a1826"), 0.0, windows=0.45, stars=1.0, bloom=0.7,
    ),
}  # fmt: skip


# Other skies of the same hour: no two evenings are alike.
_SKIES = {
    Hour.DAWN: (_sky("3a5a80", "8f9cb0", "d9bcb0", "ffd0a8", "ffe8c0"),),
    Hour.SUNRISE: (_sky("6d8fc0", "b3b8cc", "f0c8b8", "ffc8a0", "ffb080"),),
    Hour.MORNING: (_sky("5b93c8", "98c0dc", "d8e4e4", "f6ead0"), _sky("2f78b0", "6fb2cc", "c0e0dc", "f4f0d8")),
    Hour.GOLDEN: (
        _sky("5b7fa8", "a3aeb0", "e8cf9a", "ffd07a", "ffb85a"),
        _sky("5a628e", "a3899c", "e0a48f", "ffb77f", "ff9f63"),
    ),
    Hour.SUNSET: (
        _sky("1f3358", "4f5f86", "c07a70", "f59a4a", "ffd070"),
        _sky("3a1f44", "803a5a", "d0505a", "ff7f4a", "ffc070"),
    ),
    Hour.DUSK: (
        _sky("1c2b4a", "3d5478", "8c7f92", "d99a80", "f7c98a"),
        _sky("2a1d3a", "5a2f4a", "a34a4a", "e08048", "ffc060"),
    ),
    Hour.BLUE: (
        _sky("062030", "0e3c50", "2a6478", "6f949a", "d8b090"),
        _sky("100f38", "231f62", "4a4590", "8a76a8", "d89a90"),
    ),
    Hour.NIGHT: (_sky("07070f", "15131f", "2e222c", "6a4430"), _sky("03101c", "08243a", "12405a", "3a5a66")),
}


def _grey(colour: Colour) -> Colour:
    tone = round(0.3 * colour[0] + 0.59 * colour[1] + 0.11 * colour[2])
    return round(tone * 0.94), round(tone * 0.99), min(255, round(tone * 1.07) + 2)


def _veil(light: Light, amount: float, dim: float) -> Light:
    """Clouds before the sun: colours lose strength, shadows go."""

    def veiled(colour: Colour) -> Colour:
        return times(mix(colour, _grey(colour), amount), dim)

    middle = mix(light.sky[1][1], light.sky[-1][1], 0.5)
    sky = tuple((place, veiled(mix(colour, middle, amount * 0.6))) for place, colour in light.sky)
    return replace(
        light,
        sky=sky,
        ambient=veiled(plus(light.ambient, light.sun, 0.25)),
        sun=times(light.sun, 1 - amount),
        glow_strength=light.glow_strength * (1 - amount),
        cloud_lit=veiled(light.cloud_lit),
        cloud_shade=veiled(times(light.cloud_shade, 0.8)),
        disc=False,
        windows=min(0.65, light.windows + 0.12 * amount),
        stars=0.0,
    )


def light_of(hour: Hour, weather: Weather, seed: int = 0) -> Light:
    """The light of an hour in a weather; the seed chooses one of the hour's skies."""
    light = _HOURS[hour]
    skies = (light.sky, *_SKIES.get(hour, ()))
    sky = skies[seed % len(skies)]
    light = replace(light, sky=sky, ambient=mix(light.ambient, mix(sky[1][1], sky[-2][1], 0.4), 0.18))
    dark = 0.4 if light.is_dark else 1.0
    if weather in {Weather.OVERCAST, Weather.RAIN}:
        return _veil(light, 0.6 * dark, 0.86)
    if weather is Weather.STORM:
        return _veil(light, 0.45 * dark, 0.66)
    if weather is Weather.SNOW:
        return _veil(light, 0.55 * dark, 1.0)
    if weather is Weather.MIST:
        return replace(_veil(light, 0.15, 1.0), disc=light.disc, glow_strength=light.glow_strength)
    return light
