"""A city across the water."""

from campaign.demo.scene import Scene, Weather
from campaign.demo.scenery.bridges import BRIDGES
from campaign.demo.scenery.buildings import Row, paint_row
from campaign.demo.scenery.canvas import Canvas, Layer
from campaign.demo.scenery.colour import ink, mix, times
from campaign.demo.scenery.landmarks import LANDMARKS
from campaign.demo.scenery.skies import birds, moon, paint_sky
from campaign.demo.scenery.terrain import grasses, grove, hills, tree
from campaign.demo.scenery.waters import ferry, reflect, sail_boat, sun_path
from campaign.demo.scenery.weather import fireworks, mist, precipitation

_OLD = ("sand", "white", "brick")
_NEW = ("glass", "concrete", "dark", "glass")


def draw(canvas: Canvas, scene: Scene) -> None:
    """Sky, hills, the far and the near city, a bridge, water, boats and what is nearest."""
    dice = canvas.dice
    line = canvas.height * (0.7 if scene.has("low-water") else dice.uniform(0.58, 0.66))
    sun_x = 0.5 if scene.has("sun-middle") else dice.choice((dice.uniform(0.12, 0.32), dice.uniform(0.68, 0.88)))
    paint_sky(canvas, scene, line, sun_x)
    if scene.has("hills"):
        _backdrop(canvas, line)
    if scene.has("big-moon"):
        moon(canvas, (canvas.width * 0.7, line * 0.55), 46 * canvas.unit, ink("ffe0b0"))
    _city(canvas, scene, line)
    if scene.has("fireworks"):
        fireworks(canvas, 4, line)
    if scene.weather is Weather.MIST:
        mist(canvas, line * 0.94, canvas.height * 0.16, 0.9)
    for kind in scene.kinds_of("bridge"):
        layer = Layer(canvas, 0, line)
        BRIDGES[kind](
            canvas,
            layer,
            (-canvas.width * 0.06, canvas.width * 1.06),
            line,
            canvas.unit * (26 if kind == "stone" else 62),
        )
        canvas.put(layer, 0.12, 0.3)
    _water(canvas, scene, line)
    _near(canvas, scene, line)


def _backdrop(canvas: Canvas, line: float) -> None:
    for step, haze in enumerate((0.78, 0.6)):
        layer = Layer(canvas, line * 0.5, line)
        hills(canvas, layer, line, line * (0.26 - 0.1 * step), canvas.light.on(ink("6f7f6a"), 0.4))
        canvas.put(layer, haze, 0.95)


def _city(canvas: Canvas, scene: Scene, line: float) -> None:
    old, unit, dice = scene.has("old-town"), canvas.unit, canvas.dice
    rising = tuple((dice.uniform(0.15, 0.85), dice.uniform(0.14, 0.3), dice.uniform(1.6, 2.5)) for _ in range(2))
    tall = canvas.height * (0.1 if old else 0.15 if scene.has("low-rise") else 0.2)
    roofs = ("hip", "gable", "mansard") if old else ("flat", "steps", "flat", "mast", "slant")
    walls = _OLD if old else _NEW
    nearest = 0.16
    for depth, (high, haze, cell) in enumerate(((1.0, 0.66, 3.2), (0.8, 0.4, 4.0), (0.5, nearest, 5.0))):
        layer = Layer(canvas, 0, line)
        peaks = () if old or haze == nearest else rising
        row = Row(
            (tall * high * 0.4, tall * high),
            (unit * 16, unit * (34 if old else 60)),
            walls,
            roofs,
            cell * unit,
            1.0,
            unit * 3,
            peaks,
        )
        paint_row(canvas, layer, line - unit * (8 - 4 * depth if old else 0), row)
        if depth == 1:
            _sights(canvas, scene, layer, line)
        if scene.weather is Weather.SNOW:
            layer.crown(canvas.light.on(ink("f4f6fa"), 0.5), unit * 1.4)
        canvas.put(layer, haze * (0.6 if canvas.light.is_dark else 1.0), min(1.0, haze + 0.22))
    layer = Layer(canvas, line - unit * 30, line)
    grove(canvas, layer, line - unit * 2, (unit * 7, unit * 16), canvas.light.on(ink("5d6b46"), 0.2))
    layer.rect(0, line - unit * 4, canvas.width, line, canvas.light.on(ink("8d857a"), 0.2))
    if canvas.light.is_dark:
        for spot in range(46):
            layer.oval(canvas.width * (spot + 0.5) / 46, line - unit * 8, unit * 1.1, unit * 1.1, ink("ffd694"))
    canvas.put(layer, 0.15)


def _sights(canvas: Canvas, scene: Scene, layer: Layer, line: float) -> None:
    names = [name for name in scene.details if name in LANDMARKS]
    for place, name in enumerate(names):
        x = canvas.width * ((place + 0.5) / len(names) * 0.76 + 0.12 + canvas.dice.uniform(-0.06, 0.06))
        high = {
            "tv-tower": 0.42,
            "needle": 0.36,
            "crane": 0.24,
            "harbour-crane": 0.2,
            "wheel": 0.24,
            "lighthouse": 0.2,
        }.get(name, 0.25)
        LANDMARKS[name](canvas, layer, x, line, canvas.height * high)


def _water(canvas: Canvas, scene: Scene, line: float) -> None:
    chop = 0.25 if scene.has("still") else 1.6 if scene.weather is Weather.STORM else 0.8
    reflect(canvas, line, chop=chop, clarity=0.92 if scene.has("still") else 0.72)
    if canvas.light.disc and not scene.has("no-disc"):
        sun_path(canvas, line)
    layer = Layer(canvas, line - canvas.unit * 6, line + canvas.unit * 6)
    layer.rect(
        0, line - canvas.unit, canvas.width, line + canvas.unit * 0.8, times(canvas.light.on(ink("59554f"), 0.1), 0.6)
    )
    canvas.put(layer, 0.25)


def _near(canvas: Canvas, scene: Scene, line: float) -> None:
    dice, unit, light = canvas.dice, canvas.unit, canvas.light
    layer = Layer(canvas, line - unit * 120, canvas.height)
    if scene.has("boats"):
        for _ in range(4):
            y = line + (canvas.height - line) * dice.uniform(0.08, 0.5)
            size = unit * (26 + 150 * (y - line) / (canvas.height - line))
            sail_boat(
                layer,
                dice.uniform(0.08, 0.92) * canvas.width,
                y,
                size,
                light.on(ink("4a3f3a"), 0.2),
                mix(light.on(ink("f3ece0"), 0.7), light.sky[-1][1], 0.2),
            )
    if scene.has("ferry"):
        y = line + (canvas.height - line) * 0.22
        ferry(
            layer,
            canvas.width * dice.uniform(0.2, 0.6),
            y,
            unit * 170,
            light.on(ink("2f4a5f"), 0.3),
            ink("ffd99a") if light.is_dark else ink("5f7078"),
        )
    canvas.put(layer, 0.12)
    if scene.has("reeds") or scene.has("tree"):
        front = Layer(canvas, 0, canvas.height)
        leaf = times(light.on(ink("47502f"), 0.15), 0.7)
        if scene.has("tree"):
            tree(front, dice, (canvas.width * 0.93, canvas.height * 1.02), canvas.height * 0.95, leaf)
        if scene.has("reeds"):
            grasses(canvas, front, canvas.height + unit * 4, canvas.height * 0.2, leaf, 130)
        canvas.put(front, 0.04, blur=unit * 1.2)
    if scene.has("birds"):
        birds(canvas, 14, (canvas.width * dice.uniform(0.3, 0.7), line * 0.4), unit * 90)
    precipitation(canvas, scene.weather, 0.8)
