"""From inside: the sill, the frame, and outside a city that is out of focus, perhaps behind rain."""

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter

from campaign.demo.scene import Scene, Weather
from campaign.demo.scenery.buildings import Row, paint_row
from campaign.demo.scenery.canvas import Canvas, Layer
from campaign.demo.scenery.colour import Colour, ink, mix, times
from campaign.demo.scenery.film import expose
from campaign.demo.scenery.furniture import cat, mug, potted_plant
from campaign.demo.scenery.landmarks import LANDMARKS
from campaign.demo.scenery.skies import paint_sky
from campaign.demo.scenery.weather import pane_drops, snowfall

_BOKEH = (
    ink("ffb45c"),
    ink("ff9440"),
    ink("ffb45c"),
    ink("ff9440"),
    ink("ffcf8a"),
    ink("ff5a4a"),
    ink("8fd0ff"),
    ink("ffe8c8"),
    ink("7de0b0"),
    ink("ff86b0"),
)


def draw(canvas: Canvas, scene: Scene) -> None:
    """The city, blurred; discs of light; drops; then what stands on the sill."""
    base = canvas.height * 0.9
    paint_sky(canvas, scene, canvas.height * 0.66, canvas.dice.choice((0.25, 0.75)))
    _city(canvas, scene, base)
    sharp = (
        ImageEnhance.Brightness(canvas.image.resize((canvas.width // 2, canvas.height // 2)))
        .enhance(1.9)
        .resize(canvas.image.size)
    )
    rainy = scene.weather is Weather.RAIN
    soft = canvas.unit * (11 if rainy else 2.0)
    small = canvas.image.resize((canvas.width // 2, canvas.height // 2), Image.Resampling.BOX)
    if rainy:
        small = expose(small.filter(ImageFilter.MaxFilter(5)), 1.7)
    canvas.image = small.filter(ImageFilter.GaussianBlur(soft / 2)).resize(canvas.image.size, Image.Resampling.BICUBIC)
    if rainy:
        canvas.glow((canvas.width * 0.55, base), (canvas.width * 0.7, canvas.height * 0.55), ink("ff9448"), 0.5, 1.5)
    if canvas.light.is_dark:
        _discs(canvas, 1.0 if rainy else 0.45)
    if scene.weather is Weather.SNOW:
        snowfall(canvas, 1.1)
    if rainy:
        pane_drops(canvas, 480, ImageChops.screen(sharp, canvas.image))
    _indoors(canvas, scene)


def _city(canvas: Canvas, scene: Scene, base: float) -> None:
    unit = canvas.unit
    names = [name for name in scene.details if name in LANDMARKS]
    for step, haze in enumerate((0.6, 0.34, 0.1)):
        layer = Layer(canvas)
        if step == 1:
            for place, name in enumerate(names):
                LANDMARKS[name](
                    canvas,
                    layer,
                    canvas.width * (0.3 + 0.4 * place + canvas.dice.uniform(-0.05, 0.1)),
                    base,
                    canvas.height * 0.55,
                )
        high = canvas.height * (0.5 - 0.1 * step)
        walls, roofs = (
            (("sand", "brick", "white"), ("hip", "gable", "mansard"))
            if scene.has("old-town")
            else (("glass", "concrete", "brick"), ("flat", "steps", "mast"))
        )
        paint_row(
            canvas,
            layer,
            base + unit * 20 * step,
            Row((high * 0.4, high), (unit * 60, unit * 130), walls, roofs, unit * (9 + 3 * step)),
        )
        layer.rect(0, base, canvas.width, canvas.height, canvas.light.on(ink("6b665f"), 0.1))
        if scene.weather is Weather.SNOW:
            layer.crown(mix(canvas.light.on(ink("f4f7fc"), 0.8), ink("b9c8e2"), 0.2), unit * 6)
        canvas.put(layer, haze, haze + 0.2)


def _discs(canvas: Canvas, amount: float) -> None:
    for _ in range(4):
        pen = Image.new("RGB", (canvas.width // 2, canvas.height // 2))
        draw = ImageDraw.Draw(pen)
        for _ in range(int(34 * amount)):
            x, y = canvas.dice.random() * pen.width, pen.height * min(0.96, max(0.2, canvas.dice.gauss(0.68, 0.14)))
            radius = canvas.unit * canvas.dice.uniform(3, 15)
            tone = times(canvas.dice.choice(_BOKEH), canvas.dice.uniform(0.15, 0.7))
            draw.ellipse(
                (x - radius, y - radius, x + radius, y + radius),
                times(tone, 0.7),
                outline=tone,
                width=max(1, round(radius * 0.1)),
            )
        soft = pen.filter(ImageFilter.GaussianBlur(canvas.unit * 0.8)).resize(
            canvas.image.size, Image.Resampling.BICUBIC
        )
        canvas.image = ImageChops.screen(canvas.image, soft)


def _indoors(canvas: Canvas, scene: Scene) -> None:
    w, h, unit, dice = canvas.width, canvas.height, canvas.unit, canvas.dice
    layer = Layer(canvas)
    warm = mix(ink("3a2a20"), canvas.light.ambient, 0.25)
    frame = times(mix(ink("d8cdbc"), canvas.light.ambient, 0.55), 0.42)
    sill = h * 0.9
    layer.rect(0, sill, w, h, frame)
    layer.rect(0, sill, w, sill + unit * 7, times(frame, 1.5))
    if scene.has("frame"):
        for x in (0.0, w * 0.5 - unit * 14, w - unit * 34):
            layer.rect(x, 0, x + unit * (28 if 0 < x < w * 0.9 else 34), sill, frame)
            layer.rect(x + unit * 22, 0, x + unit * 28, sill, times(frame, 1.35))
        layer.rect(0, h * 0.26, w, h * 0.26 + unit * 20, frame)
    if scene.has("curtain"):
        _curtain(canvas, layer, warm)
    if scene.has("plants"):
        for step in range(3):
            pot = mix(ink("a8603f"), ink("20160f"), 0.55)
            potted_plant(
                layer,
                dice,
                (w * (0.68 + 0.12 * step), sill + unit * 6),
                h * dice.uniform(0.26, 0.42),
                pot,
                times(mix(ink("4d7a3f"), canvas.light.ambient, 0.4), 0.5),
            )
    if scene.has("mug"):
        mug(
            layer,
            w * 0.27,
            sill + unit * 14,
            min(w, h) * 0.15,
            times(mix(ink("d8563f"), canvas.light.ambient, 0.3), 0.62),
        )
        for puff in range(7):
            reach = unit * (14 + 7 * puff)
            canvas.glow(
                (w * 0.275 + unit * 6 * (-1) ** puff, sill - min(w, h) * 0.15 - unit * 22 * puff),
                (reach, reach * 1.6),
                ink("ffffff"),
                0.09,
                1.5,
            )
    if scene.has("cat"):
        cat(layer, w * 0.32, sill + unit * 8, h * 0.34, times(warm, 0.35))
    layer.rim(mix(canvas.light.glow, canvas.light.cloud_lit, 0.4), unit * dice.choice((-2.2, 2.2)), 0.4)
    canvas.put(layer, blur=unit * 0.7)


def _curtain(canvas: Canvas, layer: Layer, tone: Colour) -> None:
    unit, wide, fold = canvas.unit, canvas.width * 0.17, 0
    x = 0.0
    while x < wide:
        step = unit * canvas.dice.uniform(10, 22)
        shade = times(tone, 0.75 if fold % 2 else 1.25)
        layer.shape([(x, 0), (x + step, 0), (x + step * 0.8, canvas.height), (x * 0.8, canvas.height)], shade)
        x, fold = x + step, fold + 1
