"""A street that runs away from us."""

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from campaign.demo.scene import Scene, Weather
from campaign.demo.scenery.canvas import Canvas, Layer, Point
from campaign.demo.scenery.colour import Colour, ink, mix, ramp, times
from campaign.demo.scenery.furniture import car, clothes, lamp, person, shine, tram
from campaign.demo.scenery.landmarks import LANDMARKS
from campaign.demo.scenery.noise import between, curve, fractal
from campaign.demo.scenery.perspective import Eye, air_share, fronts, paint_front, sign
from campaign.demo.scenery.skies import paint_sky
from campaign.demo.scenery.terrain import tree
from campaign.demo.scenery.waters import plane
from campaign.demo.scenery.weather import mist, precipitation


def draw(canvas: Canvas, scene: Scene) -> None:
    """Sky in the gap, houses on both sides, the road, who uses it, lamps, weather."""
    dice = canvas.dice
    eye = Eye(
        canvas.width * dice.uniform(0.42, 0.58),
        canvas.height * dice.uniform(0.6, 0.68),
        max(canvas.width, canvas.height) * 0.62,
        1.9,
    )
    sun = eye.x / canvas.width if scene.has("sun-middle") else dice.choice((0.2, 0.8))
    paint_sky(canvas, scene, eye.y, sun)
    thick = 42.0 if scene.weather in {Weather.MIST, Weather.SNOW, Weather.RAIN} else 110.0
    half = dice.uniform(6.5, 8.5) * (0.55 if scene.has("alley") else 1.0)
    _end_of_street(canvas, scene, eye)
    _road(canvas, scene, eye, half)
    houses = Layer(canvas)
    tall = (38.0, 95.0) if scene.has("towers") else (11.0, 19.0)
    walls = ("glass", "concrete", "brick", "dark") if scene.has("towers") else ("sand", "white", "brick", "concrete")
    for side in (-half, half):
        for front in fronts(canvas, eye, side, walls=walls, tall=tall):
            paint_front(canvas, houses, eye, front, thick)
    if scene.weather is Weather.SNOW:
        houses.crown(canvas.light.on(ink("f2f5fa"), 0.5), canvas.unit * 2)
    if scene.has("neon"):
        _signs(canvas, houses, eye, half)
    canvas.put(houses)
    if canvas.light.disc and scene.has("sun-middle"):
        canvas.glow((eye.x, canvas.sun[1]), (canvas.width * 0.6, canvas.width * 0.6), canvas.light.glow, 0.6)
    if scene.has("wet") or scene.weather is Weather.RAIN:
        _wet(canvas, eye, half)
    _traffic(canvas, scene, eye, half, thick)
    if scene.weather is Weather.MIST:
        mist(canvas, eye.y, canvas.height * 0.28, 0.7)
    precipitation(canvas, scene.weather, 0.9)


def _end_of_street(canvas: Canvas, scene: Scene, eye: Eye) -> None:
    layer = Layer(canvas, 0, eye.y + 4)
    for name in scene.details:
        if name in LANDMARKS:
            LANDMARKS[name](canvas, layer, eye.x, eye.y + 3, min(canvas.height * 0.3, canvas.unit * 260))
    canvas.put(layer, 0.35, 0.75)


def _road(canvas: Canvas, scene: Scene, eye: Eye, half: float) -> None:
    light = canvas.light
    snowy = scene.weather is Weather.SNOW
    asphalt = light.on(ink("f6f8fc") if snowy else ink("6b6a6c"), 0.7 if snowy else 0.25)
    top, size = int(eye.y), (canvas.width, canvas.height - int(eye.y))
    air = canvas.air_at(eye.x)
    ground = ramp(size, ((0.0, mix(asphalt, air, 0.8)), (0.25, mix(asphalt, air, 0.3)), (1.0, times(asphalt, 0.8))))
    rough = curve(plane(fractal(canvas.dice, (900, 900), (430, 430), 2), size, 0.1), lambda v: 0.5 + (v - 0.5) * 0.16)
    canvas.image.paste(ImageChops.overlay(ground, Image.merge("RGB", (rough, rough, rough))), (0, top))
    layer = Layer(canvas, top)
    stone = mix(light.on(ink("dfe4ea") if snowy else ink("97918a"), 0.4), air, 0.15)
    for side in (-1, 1):
        kerb = side * half * 0.66
        layer.shape(
            [
                eye.see(kerb, 0.1, 1.2),
                eye.see(kerb, 0.1, 200),
                eye.see(side * half, 0.1, 200),
                eye.see(side * half, 0.1, 1.2),
            ],
            stone,
        )
        layer.line([eye.see(kerb, 0.1, 1.2), eye.see(kerb, 0.1, 120)], canvas.unit * 1.6, times(stone, 0.7))
    _marks(layer, eye, scene, half, light.on(ink("e9e6dc"), 0.4))
    canvas.put(layer, 0.7, 0.0)


def _marks(layer: Layer, eye: Eye, scene: Scene, half: float, paint: Colour) -> None:
    if scene.has("tram"):
        for rail in (-0.75, 0.75):
            layer.shape(
                [eye.see(rail - 0.05, 0, 1.2), eye.see(rail, 0, 160), eye.see(rail + 0.05, 0, 1.2)], times(paint, 0.85)
            )
    elif not scene.has("alley") and scene.weather is not Weather.SNOW:
        for dash in range(16):
            near = 2.2 + dash * 7
            layer.shape(
                [
                    eye.see(-0.08, 0, near),
                    eye.see(-0.08, 0, near + 3),
                    eye.see(0.08, 0, near + 3),
                    eye.see(0.08, 0, near),
                ],
                paint,
            )
    if scene.has("crossing"):
        for bar in range(-6, 7):
            x = bar * half * 0.1
            layer.shape(
                [
                    eye.see(x, 0, 5.5),
                    eye.see(x, 0, 8.5),
                    eye.see(x + half * 0.05, 0, 8.5),
                    eye.see(x + half * 0.05, 0, 5.5),
                ],
                paint,
            )


def _signs(canvas: Canvas, layer: Layer, eye: Eye, half: float) -> None:
    spots = sorted((canvas.dice.uniform(4, 60) for _ in range(44)), reverse=True)
    for depth in spots:
        side = canvas.dice.choice((-1, 1))
        sign(canvas, layer, eye, side * half * 0.98, depth, canvas.dice.uniform(2.8, 8.5))


def _wet(canvas: Canvas, eye: Eye, half: float) -> None:
    """Let the ground mirror what stands on it: more in the puddles, drawn out downwards."""
    top, deep = int(eye.y), canvas.height - int(eye.y)
    part = canvas.image.crop((0, max(0, top - int(deep * 1.3)), canvas.width, top))
    mirror = part.transpose(Image.Transpose.FLIP_TOP_BOTTOM).resize((canvas.width, deep))
    smear = mirror.filter(ImageFilter.MaxFilter(5)).resize((canvas.width // 3, 9), Image.Resampling.BOX)
    mirror = Image.blend(
        mirror.filter(ImageFilter.GaussianBlur(canvas.unit * 1.5)),
        smear.resize(mirror.size, Image.Resampling.BICUBIC),
        0.55,
    )
    pools = curve(plane(fractal(canvas.dice, (700, 700), (40, 30), 4), mirror.size, 0.1), between(0.35, 0.62))
    shape = Image.new("L", mirror.size)
    corners = [
        (x, y - top)
        for x, y in (eye.see(-half, 0, 1), eye.see(-half, 0, 300), eye.see(half, 0, 300), eye.see(half, 0, 1))
    ]
    ImageDraw.Draw(shape).polygon(corners, 255)
    mask = ImageChops.multiply(
        shape.filter(ImageFilter.GaussianBlur(canvas.unit * 2)), curve(pools, lambda v: 0.4 + 0.5 * v)
    )
    canvas.cover(mirror, mask, (0, top))


def _traffic(canvas: Canvas, scene: Scene, eye: Eye, half: float, thick: float) -> None:
    dice, light = canvas.dice, canvas.light
    layer, lights, heads = Layer(canvas), [], []
    for depth in (70, 48, 33, 23, 16, 11):
        air = air_share(depth, thick)
        dark = mix(light.on(ink("2c2c33"), 0.2), canvas.air_at(eye.x), air)
        if scene.has("trees"):
            for side in (-1, 1):
                spot = eye.see(side * half * 0.74, 0, depth * 1.1)
                tree(
                    layer,
                    dice,
                    spot,
                    eye.focal / depth * 6.5,
                    mix(light.on(ink("7f7d3a"), 0.4), canvas.air_at(eye.x), air),
                    bare=scene.weather is Weather.SNOW,
                )
        if scene.has("lamps"):
            for side in (-1, 1):
                head = lamp(canvas, layer, eye.see(side * half * 0.62, 0, depth), eye.focal / depth * 4.6, dark)
                lights.append((head, eye.focal / depth * 2.6))
        if scene.has("cars") and depth > 12:  # noqa: PLR2004 -- keeps off our toes
            heads += _cars(canvas, layer, eye, half, depth, air)
        if scene.has("people"):
            _walkers(canvas, scene, layer, eye, (half, depth, air))
    if scene.has("tram"):
        heads += tram(
            canvas,
            layer,
            eye.see(0, 0, 24),
            eye.focal / 24 * 2.6,
            light.on(ink("d9a520") if scene.seed % 2 else ink("b8343a"), 0.5),
        )
    canvas.put(layer)
    if light.is_dark:
        shine(canvas, lights)
        _pools(canvas, eye, lights)
        shine(canvas, [(head, canvas.unit * 34) for head in heads], ink("ffe2b0"))


def _pools(canvas: Canvas, eye: Eye, lights: list[tuple[Point, float]]) -> None:
    """The light that lamps throw on the ground."""
    for (x, _), reach in lights:
        pool = (x, eye.y + reach / 2.6 * eye.height)
        canvas.glow(pool, (reach * 1.1, reach * 0.32), ink("ffcf94"), 0.32, 1.6)


def _walkers(canvas: Canvas, scene: Scene, layer: Layer, eye: Eye, where: tuple[float, float, float]) -> None:
    dice, (half, depth, air) = canvas.dice, where
    rainy = scene.weather is Weather.RAIN
    for _ in range(2):
        side = dice.choice((-1, 1)) * half * dice.uniform(0.68, 0.92)
        cover = canvas.light.on(ink(dice.choice(("c2403f", "d9a440", "3f6f8f", "2a2a2f"))), 0.4) if rainy else None
        coat = mix(clothes(canvas), canvas.air_at(eye.x), air)
        person(layer, dice, eye.see(side, 0, depth), eye.focal / depth * 1.72, coat, umbrella=cover)


def _cars(canvas: Canvas, layer: Layer, eye: Eye, half: float, depth: float, air: float) -> list[Point]:
    heads: list[Point] = []
    for side in (-1, 1):
        if canvas.dice.random() < 0.3:  # noqa: PLR2004 -- a gap in the traffic
            continue
        paint = canvas.light.on(
            canvas.dice.choice((ink("b8b8bc"), ink("32343c"), ink("8c2f2f"), ink("e0b030"), ink("3b5a80"))), 0.3
        )
        paint = mix(paint, canvas.air_at(eye.x), air)
        spot = eye.see(side * half * 0.3, 0, depth)
        lamps = car(layer, spot, eye.focal / depth * 1.8, paint, coming=side < 0, lit=canvas.light.shops_lit)
        heads += lamps if side < 0 else []
    return heads
