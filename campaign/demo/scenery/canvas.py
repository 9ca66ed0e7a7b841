"""The picture while it is painted, and the layers painted on it from far to near."""

from collections.abc import Sequence
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from campaign.demo.scenery.colour import Colour
from campaign.demo.scenery.light import Light
from campaign.demo.scenery.noise import curve

Point = tuple[float, float]
FINE = 2  # layers are drawn at twice the size and reduced, for smooth edges


class Canvas:
    """An RGB image with the light it is seen in; `snowy` roofs are white.

    Lengths are pixels; `unit` is a thousandth of the picture's mean side.
    """

    def __init__(self, size: tuple[int, int], light: Light, dice: Random, *, snowy: bool = False) -> None:
        self.image = Image.new("RGB", size)
        self.light = light
        self.dice = dice
        self.snowy = snowy
        self.width, self.height = size
        self.unit = (size[0] * size[1]) ** 0.5 / 1000
        self.horizon = size[1] * 0.6
        self.sun: Point = (size[0] * 0.5, size[1] * 0.4)
        self._air = Image.new("RGB", (16, 1), light.sky[-1][1])
        self._sky = Image.new("RGB", (32, 48), light.sky[-1][1])

    def breathe(self) -> None:
        """Take the sky above the horizon as the colour of the air, so that what is far takes on the glow behind it."""
        top = int(self.horizon - self.height * 0.1)
        band = self.image.crop((0, max(0, top), self.width, max(1, int(self.horizon))))
        self._air = band.resize((16, 1), Image.Resampling.BOX).filter(ImageFilter.BoxBlur(1))
        self._sky = self.image.resize((32, 48), Image.Resampling.BOX).filter(ImageFilter.BoxBlur(2))

    def air(self, size: tuple[int, int]) -> Image.Image:
        """The colour of the air across the picture."""
        return self._air.resize(size, Image.Resampling.BICUBIC)

    def air_at(self, x: float) -> Colour:
        """The colour of the air at one place."""
        place = min(15, max(0, int(16 * x / self.width)))
        pixel = self._air.getpixel((place, 0))
        assert isinstance(pixel, tuple)
        return int(pixel[0]), int(pixel[1]), int(pixel[2])

    def put(self, layer: "Layer", haze: float = 0.0, foot: float | None = None, blur: float = 0.0) -> None:
        """Lay a layer on, hidden by air: `haze` (0..1) at its top, `foot` at its bottom; `blur` in pixels."""
        drawn = layer.image.getbbox()
        if drawn is None:
            return
        edge = FINE * (2 + int(blur * 3))
        box = (max(0, drawn[0] - edge) // 2 * 2, max(0, drawn[1] - edge) // 2 * 2, *(v + edge for v in drawn[2:]))
        part = layer.image.crop((box[0], box[1], min(layer.image.width, box[2]), min(layer.image.height, box[3])))
        picture = part.reduce(FINE)
        left, top = box[0] // FINE, layer.top + box[1] // FINE
        colours, shape = picture.convert("RGB"), picture.getchannel("A")
        if haze or foot:
            colours = Image.composite(self._veil((left, top), colours.size), colours, _fade(colours.size, haze, foot))
        if blur:
            near = ImageFilter.GaussianBlur(blur)
            colours, shape = spread(colours, shape).filter(near), shape.filter(near)
        self.image.paste(colours, (left, top), shape)

    def _veil(self, at: tuple[int, int], size: tuple[int, int]) -> Image.Image:
        """What hides the far: the sky behind it, and the air of the horizon below. So nothing outshines its sky."""
        scale = self._sky.height / self.height
        across = self._sky.width / self.width
        box = (
            at[0] * across,
            at[1] * scale,
            min(32.0, (at[0] + size[0]) * across),
            min(48.0, (at[1] + size[1]) * scale),
        )
        behind = self._sky.resize(size, Image.Resampling.BICUBIC, box)
        low = curve(Image.linear_gradient("L").resize((1, size[1])), lambda v: 0.15 + 0.8 * v**2).resize(size)
        edge = 16 / self.width
        air = self._air.resize(
            size, Image.Resampling.BICUBIC, (at[0] * edge, 0, min(16.0, (at[0] + size[0]) * edge), 1)
        )
        return Image.composite(air, behind, low)

    def glow(
        self, centre: Point, reach: tuple[float, float], colour: Colour, strength: float, fall: float = 2.2
    ) -> None:
        """Add a soft light, an ellipse of `reach` pixels: `strength` (0..1) in its middle, `fall` how fast it fades."""
        box = _box(centre, reach, self.image.size)
        if box is None:
            return
        left, top, right, bottom = (round(v) for v in (
            centre[0] - reach[0], centre[1] - reach[1], centre[0] + reach[0], centre[1] + reach[1]
        ))  # fmt: skip
        disc = curve(Image.radial_gradient("L"), lambda v: strength * max(0.0, 1 - v * 1.414) ** fall)
        mask = disc.resize((max(1, right - left), max(1, bottom - top)), Image.Resampling.BICUBIC)
        mask = mask.crop((box[0] - left, box[1] - top, box[2] - left, box[3] - top))
        self.add_light(mask, colour, box)

    def add_light(self, mask: Image.Image, colour: Colour, box: tuple[int, int, int, int] | None = None) -> None:
        """Screen a colour onto the picture where the L mask is bright."""
        part = self.image if box is None else self.image.crop(box)
        channels = [mask.point([v * c // 255 for v in range(256)]) for c in colour]
        lit = ImageChops.screen(part, Image.merge("RGB", channels))
        self.image.paste(lit, (0, 0) if box is None else (box[0], box[1]))

    def cover(self, colour: Colour | Image.Image, mask: Image.Image, at: tuple[int, int] = (0, 0)) -> None:
        """Paint a colour, or a picture of the mask's size, through an L mask."""
        if isinstance(colour, Image.Image):
            self.image.paste(colour, at, mask)
        else:
            self.image.paste(colour, (*at, at[0] + mask.width, at[1] + mask.height), mask)


class Layer:
    """A band of the canvas, from `top` to `bottom`, drawn with coordinates of the canvas."""

    def __init__(self, canvas: Canvas, top: float = 0, bottom: float | None = None) -> None:
        self.top = min(canvas.height - 2, max(0, int(top)))
        end = canvas.height if bottom is None else min(canvas.height, max(self.top + 2, int(bottom) + 1))
        self.image = Image.new("RGBA", (canvas.width * FINE, (end - self.top) * FINE), (0, 0, 0, 0))
        self._draw = ImageDraw.Draw(self.image)

    def _fit(self, points: Sequence[Point]) -> list[Point]:
        return [(x * FINE, (y - self.top) * FINE) for x, y in points]

    def rect(self, left: float, top: float, right: float, bottom: float, colour: Colour) -> None:
        """A filled rectangle; an empty one is not drawn."""
        box = (left * FINE, (top - self.top) * FINE, right * FINE - 0.51, (bottom - self.top) * FINE - 0.51)
        if box[2] >= box[0] and box[3] >= box[1]:
            self._draw.rectangle(box, (*colour, 255))

    def shape(self, points: Sequence[Point], colour: Colour) -> None:
        """A filled polygon."""
        self._draw.polygon(self._fit(points), (*colour, 255))

    def line(self, points: Sequence[Point], thick: float, colour: Colour) -> None:
        """A line through the points, `thick` pixels wide."""
        self._draw.line(self._fit(points), (*colour, 255), max(1, round(thick * FINE)), joint="curve")

    def oval(self, x: float, y: float, across: float, down: float, colour: Colour) -> None:
        """A filled ellipse around (x, y) with these radii."""
        (cx, cy), rx, ry = self._fit([(x, y)])[0], across * FINE, down * FINE
        self._draw.ellipse((cx - rx, cy - ry, cx + rx, cy + ry), (*colour, 255))

    def pie(self, x: float, y: float, across: float, down: float, colour: Colour) -> None:
        """The upper half of an ellipse: a dome standing on (x, y)."""
        (cx, cy), rx, ry = self._fit([(x, y)])[0], across * FINE, down * FINE
        self._draw.pieslice((cx - rx, cy - ry, cx + rx, cy + ry), 180, 360, (*colour, 255))

    def crown(self, colour: Colour, depth: float) -> None:
        """Paint what looks up at the sky, `depth` pixels deep: snow on everything, or the last light on an edge."""
        alpha = self.image.getchannel("A")
        drop = max(1, round(depth * FINE))
        below = Image.new("L", alpha.size)
        below.paste(alpha, (0, drop))
        self.image.paste((*colour, 255), (0, 0), ImageChops.subtract(alpha, below))

    def rim(self, colour: Colour, reach: float, strength: float = 1.0) -> None:
        """Light the edges that look sideways, `reach` pixels deep: from the right when positive, else from the left."""
        alpha = self.image.getchannel("A")
        shifted = Image.new("L", alpha.size)
        shifted.paste(alpha, (-round(reach * FINE) or 1, 0))
        edge = ImageChops.subtract(alpha, shifted).point([int(v * strength) for v in range(256)])
        opaque = Image.composite(Image.new("RGBA", alpha.size, (*colour, 255)), self.image, edge)
        opaque.putalpha(alpha)
        self.swap(opaque)

    def swap(self, image: Image.Image) -> None:
        """Go on with another picture of the same size."""
        self.image = image
        self._draw = ImageDraw.Draw(image)


def _fade(size: tuple[int, int], top: float, bottom: float | None) -> Image.Image:
    end = top if bottom is None else bottom
    column = Image.linear_gradient("L").resize((1, size[1]), Image.Resampling.BILINEAR)
    return curve(column, lambda v: top + (end - top) * v**1.6).resize(size)


def _box(centre: Point, reach: tuple[float, float], size: tuple[int, int]) -> tuple[int, int, int, int] | None:
    left, top = max(0, round(centre[0] - reach[0])), max(0, round(centre[1] - reach[1]))
    right, bottom = min(size[0], round(centre[0] + reach[0])), min(size[1], round(centre[1] + reach[1]))
    return (left, top, right, bottom) if right > left and bottom > top else None


def spread(colours: Image.Image, shape: Image.Image) -> Image.Image:
    """The colours with the empty part filled by their mean, so that a blurred edge does not turn black."""
    mean = (
        colours.resize((1, 1), Image.Resampling.BOX)
        if shape.getbbox() is None
        else colours.crop(shape.getbbox()).resize((1, 1), Image.Resampling.BOX)
    )
    return Image.composite(colours, mean.resize(colours.size), shape)
