"""A long lens: a great sun or moon behind the outline of one thing."""

from PIL import Image, ImageDraw, ImageFilter

from campaign.demo.scene import Scene, Weather
from campaign.demo.scenery.buildings import Row, paint_row
from campaign.demo.scenery.canvas import Canvas, Layer
from campaign.demo.scenery.colour import ink, mix, ramp, times
from campaign.demo.scenery.landmarks import LANDMARKS
from campaign.demo.scenery.skies import birds, moon, paint_sky
from campaign.demo.scenery.weather import mist


def draw(canvas: Canvas, scene: Scene) -> None:
    """The disc, then outlines of roofs in layers of air, then the one thing."""
    base = canvas.height * 0.95
    paint_sky(canvas, scene, base, 0.5)
    size = min(canvas.width, canvas.height) * 0.27
    centre = (canvas.width * canvas.dice.uniform(0.42, 0.6), canvas.height * 0.48)
    canvas.sun = centre
    if scene.has("full-moon"):
        moon(canvas, centre, size, ink("ffd9a0"))
    else:
        _great_sun(canvas, centre, size)
    if scene.weather is Weather.FAIR:
        mist(canvas, centre[1] + size * 0.4, size * 0.24, 0.5, canvas.light.cloud_shade)
    names = [name for name in scene.details if name in LANDMARKS]
    for step in range(4):
        layer = Layer(canvas, 0, canvas.height)
        high = canvas.unit * (120 - 8 * step)
        foot = base + canvas.unit * (10 + 16 * step)
        if step == 1:
            for place, name in enumerate(names):
                x = centre[0] + (place - (len(names) - 1) / 2) * canvas.width * 0.34 - size * 0.12
                LANDMARKS[name](
                    canvas, layer, x, foot, canvas.height * (0.66 if name in {"tv-tower", "needle"} else 0.52)
                )
        roofs = ("hip", "gable", "mansard", "flat", "mast")
        row = Row(
            (high * 0.5, high * 1.1),
            (high * 0.3, high * 0.9),
            ("dark", "concrete", "brick"),
            roofs,
            canvas.unit * 7,
            0.5,
        )
        paint_row(canvas, layer, foot, row)
        shade = times(mix(canvas.light.ambient, canvas.light.sky[0][1], 0.5), 0.55)
        _darken(layer, shade, 0.78)
        layer.rim(mix(canvas.light.glow, ink("fff0d0"), 0.3), canvas.unit * (2 if step % 2 else -2), 0.5)
        canvas.put(layer, 0.34 - 0.1 * step, 0.56 - 0.14 * step)
    birds(canvas, 11, (centre[0] + size * 0.7, centre[1] - size * 0.5), canvas.unit * 70)


def _great_sun(canvas: Canvas, centre: tuple[float, float], size: float) -> None:
    canvas.glow(centre, (size * 3.2, size * 3.2), canvas.light.glow, 0.75, 2.0)
    side = int(size * 2)
    disc = Image.new("L", (side, side))
    ImageDraw.Draw(disc).ellipse((2, 2, side - 3, side - 3), 255)
    low, high = mix(canvas.light.glow, ink("ff5a28"), 0.55), mix(canvas.light.glow, ink("fff2c8"), 0.7)
    face = ramp((side, side), ((0.0, high), (1.0, low)))
    canvas.cover(
        face, disc.filter(ImageFilter.GaussianBlur(canvas.unit)), (int(centre[0] - size), int(centre[1] - size))
    )


def _darken(layer: Layer, shade: tuple[int, int, int], share: float) -> None:
    """Against the light all walls come near one dark tone."""
    alpha = layer.image.getchannel("A")
    dark = Image.blend(layer.image, Image.new("RGBA", layer.image.size, (*shade, 255)), share)
    dark.putalpha(alpha)
    layer.swap(dark)
