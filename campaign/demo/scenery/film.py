"""What a camera adds: light that spills, darker corners, grain, a hand that was not quite level."""

from random import Random

from PIL import Image, ImageChops, ImageEnhance, ImageFilter

from campaign.demo.scenery.noise import curve, static


def bloom(image: Image.Image, strength: float, threshold: float = 0.62) -> Image.Image:
    """Let what is bright spill over: `strength` 0..1."""
    small = image.resize((max(1, image.width // 4), max(1, image.height // 4)), Image.Resampling.BOX)
    bright = [max(0, round((v - 255 * threshold) / (1 - threshold))) for v in range(256)]
    lights = small.point(bright * 3)
    near = lights.filter(ImageFilter.GaussianBlur(small.width / 190))
    far = lights.filter(ImageFilter.GaussianBlur(small.width / 36))
    spill = ImageChops.add(near, far).point([round(v * strength) for v in range(256)] * 3)
    return ImageChops.screen(image, spill.resize(image.size, Image.Resampling.BICUBIC))


def vignette(image: Image.Image, strength: float) -> Image.Image:
    """Darken the corners by up to `strength` (0..1)."""
    mask = curve(Image.radial_gradient("L"), lambda v: 1 - strength * max(0.0, v - 0.35) ** 1.7 * 2)
    corner = mask.resize(image.size, Image.Resampling.BICUBIC)
    return ImageChops.multiply(image, Image.merge("RGB", (corner, corner, corner)))


def grain(image: Image.Image, dice: Random, strength: float) -> Image.Image:
    """Film grain, which also hides the steps of smooth gradients; `strength` in levels of 255."""
    noise = static(dice, image.size).filter(ImageFilter.GaussianBlur(0.55))
    tint = curve(noise, lambda v: 0.5 + (v - 0.5) * strength / 24)
    return ImageChops.add(image, Image.merge("RGB", (tint, tint, tint)), 1.0, -128)


def grade(image: Image.Image, contrast: float = 1.06, colour: float = 1.08) -> Image.Image:
    """A little more contrast and colour, as phones do."""
    return ImageEnhance.Color(ImageEnhance.Contrast(image).enhance(contrast)).enhance(colour)


def tilt(image: Image.Image, degrees: float) -> Image.Image:
    """Turn the picture by a few degrees and enlarge it so that no corner is empty."""
    size = image.size
    need = 1 + abs(degrees) * 0.0175 * max(size) / min(size)
    turned = image.rotate(degrees, Image.Resampling.BICUBIC)
    dx, dy = size[0] * (1 - 1 / need) / 2, size[1] * (1 - 1 / need) / 2
    return turned.resize(size, Image.Resampling.BICUBIC, (dx, dy, size[0] - dx, size[1] - dy))


def expose(image: Image.Image, longer: float) -> Image.Image:
    """Open the shutter longer: `longer` 1.0 changes nothing; bright parts keep their drawing."""
    return image.point([round(255 * (1 - (1 - v / 255) ** longer)) for v in range(256)] * 3)


def develop(image: Image.Image, dice: Random, spill: float, *, dark: bool = False) -> Image.Image:
    """The finished photo; in the dark the shutter stays open longer."""
    if dark:
        image = expose(image, 1.38)
    picture = grade(
        vignette(bloom(image, spill), dice.uniform(0.25, 0.55)), dice.uniform(1.02, 1.1), dice.uniform(0.98, 1.14)
    )
    if dice.random() < 0.3:  # noqa: PLR2004 -- one in three is not level
        picture = tilt(picture, dice.uniform(-0.8, 0.8))
    return grain(picture, dice, dice.uniform(1.6, 3.6))
