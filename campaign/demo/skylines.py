"""The demo's own photos: what they are, how they are drawn, and the folder where they are kept once drawn."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from campaign.demo.cameras import encode_scene, file_of
from campaign.demo.scene import Ground, Scene
from campaign.demo.scenery.canvas import Canvas
from campaign.demo.scenery.film import develop
from campaign.demo.scenery.light import light_of
from campaign.demo.scenery.noise import dice_for
from campaign.demo.scenes import ANNOUNCED_SCENES, JUDGING_SCENES, OPEN_SCENES
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

_EDITION = "1"  # goes up when the drawing changes, so that kept files are drawn anew
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
_WORKING_SIDE = 2400  # pixels; a larger photo is drawn at this long side and enlarged, as its grain hides the difference


@dataclass(frozen=True)
class DrawnPhoto:
    """A scene and its file: what a fan would choose on a phone."""

    scene: Scene
    path: Path
    content_type: str

    @property
    def filename(self) -> str:
        """The file's name as a phone would give it."""
        return self.path.name.split("_", 1)[1]


def draw_scene(scene: Scene) -> Image.Image:
    """The scene as an upright RGB picture of its size; the same scene gives the same pixels."""
    width, height = scene.size
    scale = min(1.0, _WORKING_SIDE / max(width, height))
    dice = dice_for(scene.seed, scene.slug)
    canvas = Canvas((round(width * scale), round(height * scale)), light_of(scene.hour, scene.weather), dice)
    _VIEWS[scene.ground](canvas, scene)
    picture = develop(canvas.image, dice, canvas.light.bloom)
    return picture if picture.size == scene.size else picture.resize(scene.size, Image.Resampling.LANCZOS)


def draw_all(scenes: Iterable[Scene], workdir: Path) -> Iterator[DrawnPhoto]:
    """The files of these scenes, one after the other; those already in `workdir` are not drawn again."""
    workdir.mkdir(parents=True, exist_ok=True)
    for scene in scenes:
        filename, content_type = file_of(scene)
        path = workdir / f"{_EDITION}-{scene.seed}_{filename}"
        if not path.is_file():
            _name, _type, data = encode_scene(scene, draw_scene(scene))
            unfinished = path.with_suffix(path.suffix + ".part")
            unfinished.write_bytes(data)
            unfinished.replace(path)
        yield DrawnPhoto(scene, path, content_type)
