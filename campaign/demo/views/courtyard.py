"""Looking straight up between the houses."""

from collections.abc import Callable

from campaign.demo.scene import Scene
from campaign.demo.scenery.buildings import LAMPS, WALLS
from campaign.demo.scenery.canvas import Canvas, Layer, Point
from campaign.demo.scenery.colour import Colour, ink, mix, times, vary
from campaign.demo.scenery.skies import birds, paint_sky
from campaign.demo.scenery.weather import precipitation

See = Callable[[float, float], Point]


def draw(canvas: Canvas, scene: Scene) -> None:
    """Sky over everything, then four walls that run up towards its middle."""
    paint_sky(canvas, scene, canvas.height * 1.25, canvas.dice.choice((0.3, 0.7)))
    canvas.horizon = canvas.height
    layer = Layer(canvas)
    centre = (canvas.width * canvas.dice.uniform(0.44, 0.56), canvas.height * canvas.dice.uniform(0.42, 0.56))
    towers = scene.has("towers")
    walls = ("glass", "dark", "concrete", "glass") if towers else ("sand", "brick", "white", "sand")
    for side in range(4):
        albedo = vary(canvas.dice, WALLS[walls[side]][canvas.dice.randrange(4)], 0.1)
        tall = canvas.dice.uniform(90, 150) if towers else canvas.dice.uniform(31, 36)
        _wall(canvas, layer, centre, side, tall, albedo)
    if scene.has("lanterns"):
        _lanterns(canvas, layer, centre)
    canvas.put(layer)
    if scene.has("birds"):
        birds(canvas, 6, centre, canvas.unit * 60)
    precipitation(canvas, scene.weather, 0.6)


def _wall(canvas: Canvas, layer: Layer, centre: Point, side: int, tall: float, albedo: Colour) -> None:
    """One side of the yard; `side` turns it by quarters, `tall` is in metres above our eyes."""
    light = canvas.light
    far = max(canvas.width, canvas.height) / min(canvas.width, canvas.height)
    wide, deep = (11.0, 11.0 * far) if canvas.height >= canvas.width else (11.0 * far, 11.0)
    focal = min(canvas.width, canvas.height) * (14.0 if tall > 40 else 5.6) / 11  # noqa: PLR2004 -- towers stand wider apart
    reach, span = (wide, deep) if side % 2 else (deep, wide)
    sign = 1 if side in {1, 2} else -1

    def see(place: float, height: float) -> Point:
        scale = focal / height
        a, b = place * scale, sign * reach * scale
        return (centre[0] + b, centre[1] + a) if side % 2 else (centre[0] + a, centre[1] + b)

    facing = (0.1, 0.75, 0.3, 0.15)[side] if canvas.sun[0] < centre[0] else (0.1, 0.15, 0.3, 0.75)[side]
    wall = light.on(albedo, facing)
    low = tall * 0.12
    bands = 14
    for band in range(bands):
        a, b = low * (tall / low) ** (band / bands), low * (tall / low) ** ((band + 1) / bands)
        tone = times(wall, 0.62 + 0.42 * band / bands)
        layer.shape([see(-span * 1.02, a), see(span * 1.02, a), see(span * 1.02, b), see(-span * 1.02, b)], tone)
    _storeys(canvas, layer, see, (span, tall), wall)
    edge = [see(-span, tall), see(span, tall)]
    layer.line(edge, canvas.unit * 3, times(wall, 1.2))


def _storeys(canvas: Canvas, layer: Layer, see: See, size: tuple[float, float], wall: Colour) -> None:
    dice, light, (span, tall) = canvas.dice, canvas.light, size
    floor = 3.3 if tall < 40 else 3.9  # noqa: PLR2004 -- towers have higher rooms
    columns = max(4, int(span / 1.35))
    for level in range(int(tall * 0.12 / floor) + 1, int(tall / floor)):
        low, high = level * floor + 0.4, level * floor + 2.5
        layer.line([see(-span, low - 0.5), see(span, low - 0.5)], max(0.6, canvas.unit * 5 / level), times(wall, 0.72))
        for column in range(columns):
            left = -span + 2 * span * (column + 0.2) / columns
            right = -span + 2 * span * (column + 0.8) / columns
            if dice.random() < light.windows * 0.9:
                pane = times(dice.choice(LAMPS), dice.uniform(0.7, 1.0))
            else:
                pane = mix(times(wall, 0.45), light.sky[1][1], dice.uniform(0.25, 0.6))
            trim = 0.14
            layer.shape(
                [
                    see(left - trim, low - trim),
                    see(right + trim, low - trim),
                    see(right + trim, high + trim),
                    see(left - trim, high + trim),
                ],
                times(wall, 1.15),
            )
            layer.shape([see(left, low), see(right, low), see(right, high), see(left, high)], pane)


def _lanterns(canvas: Canvas, layer: Layer, centre: Point) -> None:
    dice = canvas.dice
    for _ in range(5):
        y = centre[1] + dice.uniform(-0.3, 0.3) * canvas.height
        slope = dice.uniform(-0.08, 0.08) * canvas.height
        wire = [
            (canvas.width * s / 24, y + slope * (s / 12 - 1) + canvas.height * 0.05 * (1 - (s / 12 - 1) ** 2))
            for s in range(25)
        ]
        layer.line(wire, max(0.8, canvas.unit), ink("1c1a20"))
        for spot in wire[1:-1:2]:
            colour = dice.choice((ink("ff6a4a"), ink("ffb648"), ink("ffe0a0"), ink("f0506a")))
            layer.oval(spot[0], spot[1] + canvas.unit * 9, canvas.unit * 9, canvas.unit * 10, colour)
            layer.oval(
                spot[0], spot[1] + canvas.unit * 9, canvas.unit * 4, canvas.unit * 9, mix(colour, ink("fff6dc"), 0.5)
            )
