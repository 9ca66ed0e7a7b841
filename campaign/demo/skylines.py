"""The demo's own photos: what they are, how they are drawn, and the folder where they are kept once drawn."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from campaign.demo.cameras import encode_scene, file_of
from campaign.demo.scene import Ground, Scene, Weather
from campaign.demo.scenery.canvas import Canvas
from campaign.demo.scenery.film import develop
from campaign.demo.scenery.light import light_of
from campaign.demo.scenery.noise import dice_for
from campaign.demo.scenes_announced import ANNOUNCED_SCENES
from campaign.demo.scenes_judging import JUDGING_SCENES
from campaign.demo.scenes_open import OPEN_SCENES
from campaign.demo.views import (
    aerial,
    beach,
    courtyard,
    facade,
    fog_sea,
    hilltop,
    mountains,
    park,
    quay,
    rooftops,
    square,
    street,
    telephoto,
    waterfront,
    window,
)

__all__ = [
    "ANNOUNCED_SCENES",
    "JUDGING_SCENES",
    "OPEN_SCENES",
    "SCENES",
    "DrawnPhoto",
    "Scene",
    "draw_all",
    "draw_scene",
    "encode_scene",
]

SCENES: tuple[Scene, ...] = (*OPEN_SCENES, *JUDGING_SCENES, *ANNOUNCED_SCENES)

_EDITION = "2"  # goes up when the drawing changes, so that kept files are drawn anew
_VIEWS: dict[Ground, Callable[[Canvas, Scene], None]] = {
    Ground.WATERFRONT: waterfront.draw,
    Ground.HILLTOP: hilltop.draw,
    Ground.STREET: street.draw,
    Ground.ROOFTOPS: rooftops.draw,
    Ground.WINDOW: window.draw,
    Ground.QUAY: quay.draw,
    Ground.MOUNTAINS: mountains.draw,
    Ground.AERIAL: aerial.draw,
    Ground.FOG_SEA: fog_sea.draw,
    Ground.FACADE: facade.draw,
    Ground.PARK: park.draw,
    Ground.TELEPHOTO: telephoto.draw,
    Ground.COURTYARD: courtyard.draw,
    Ground.BEACH: beach.draw,
    Ground.SQUARE: square.draw,
}
# A wider photo is drawn at this long side (pixels) and enlarged; its grain hides the difference.
_WORKING_SIDE = 2000
_CUT = 0.02  # of each side, where a picture is sent once more


class DrawnPhoto(NamedTuple):
    """A scene's file: what a fan would choose on a phone."""

    filename: str
    content_type: str
    data: bytes


def draw_scene(scene: Scene) -> Image.Image:
    """The scene as an upright RGB picture of its size; the same scene gives the same pixels."""
    if scene.cut_from:
        return _cut(next(one for one in SCENES if one.slug == scene.cut_from), scene.size)
    width, height = scene.size
    scale = min(1.0, _WORKING_SIDE / max(width, height))
    dice = dice_for(scene.seed, scene.slug)
    light = light_of(scene.hour, scene.weather, scene.seed)
    size = (round(width * scale), round(height * scale))
    canvas = Canvas(size, light, dice, snowy=scene.weather is Weather.SNOW)
    _VIEWS[scene.ground](canvas, scene)
    picture = develop(canvas.image, dice, canvas.light.bloom, dark=canvas.light.is_dark)
    return picture if picture.size == scene.size else picture.resize(scene.size, Image.Resampling.LANCZOS)


def _cut(original: Scene, size: tuple[int, int]) -> Image.Image:
    """What is left of another scene's picture when its edges are cut, at this size."""
    picture = draw_scene(original)
    width, height = picture.size
    box = (width * _CUT, height * _CUT, width * (1 - _CUT), height * (1 - _CUT))
    return picture.resize(size, Image.Resampling.LANCZOS, box=box)


def draw_all(scenes: Iterable[Scene], workdir: Path) -> list[DrawnPhoto]:
    """The files of these scenes, in order. They are kept in `workdir`; those found there are not drawn again."""
    workdir.mkdir(parents=True, exist_ok=True)
    return [_drawn(scene, workdir) for scene in scenes]


def _drawn(scene: Scene, workdir: Path) -> DrawnPhoto:
    filename, content_type = file_of(scene)
    kept = workdir / f"{_EDITION}-{scene.seed}-{filename}"
    if kept.is_file():
        return DrawnPhoto(filename, content_type, kept.read_bytes())
    photo = DrawnPhoto(*encode_scene(scene, draw_scene(scene)))
    # Written beside and moved, so that a start cut short leaves no half photo.
    unfinished = kept.with_suffix(".part")
    unfinished.write_bytes(photo.data)
    unfinished.replace(kept)
    return photo
