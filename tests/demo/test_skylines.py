"""The demo's photos: enough of them, each its own, drawn the same way every time."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import ImageChops, ImageStat

from campaign.demo.scene import FileFormat, Ground, Scene
from campaign.demo.skylines import ANNOUNCED_SCENES, JUDGING_SCENES, OPEN_SCENES, SCENES, draw_all, draw_scene
from uploads.likeness.dhash import NEAR, distance
from uploads.likeness.fingerprint import fingerprint


def small(scene: Scene) -> Scene:
    width, height = scene.size
    return replace(scene, size=(round(240 * width / max(width, height)), round(240 * height / max(width, height))))


def one_of_each_ground() -> list[Scene]:
    return list({scene.ground: scene for scene in SCENES}.values())


def test_scenes_are_enough_for_three_campaigns() -> None:
    assert len(OPEN_SCENES) >= 24
    assert len(JUDGING_SCENES) >= 10
    assert len(ANNOUNCED_SCENES) >= 8
    assert {scene.ground for scene in SCENES} == set(Ground)


@pytest.mark.parametrize("word", ["slug", "caption", "place"])
def test_words_are_there_and_fit(word: str) -> None:
    words = [getattr(scene, word) for scene in SCENES]
    assert all(text.strip() == text and 0 < len(text) <= 80 for text in words)
    if word != "place":
        assert len(set(words)) == len(SCENES)


def test_places_are_spread() -> None:
    assert max(Counter(scene.place for scene in SCENES).values()) == 1


def test_shapes_and_formats_vary_as_phones_do() -> None:
    assert len({round(scene.size[0] / scene.size[1], 2) for scene in SCENES}) >= 8
    assert {scene.file_format for scene in SCENES} == set(FileFormat)
    assert {scene.orientation for scene in SCENES} == {1, 3, 6, 8}
    assert sum(scene.position is not None for scene in SCENES) >= 3
    assert all(900 <= max(scene.size) <= 4000 for scene in SCENES)


@pytest.mark.parametrize("scene", one_of_each_ground(), ids=lambda scene: scene.ground.value)
def test_draw_scene_has_the_size_and_shows_something(scene: Scene) -> None:
    picture = draw_scene(small(scene))
    assert (picture.mode, picture.size) == ("RGB", small(scene).size)
    assert max(ImageStat.Stat(picture).stddev) > 10


@pytest.mark.parametrize("scene", SCENES[:4], ids=lambda scene: scene.slug)
def test_draw_scene_twice_is_the_same_picture(scene: Scene) -> None:
    assert draw_scene(small(scene)).tobytes() == draw_scene(small(scene)).tobytes()


def test_draw_scene_with_another_seed_is_another_picture() -> None:
    scene = small(SCENES[0])
    difference = ImageChops.difference(draw_scene(scene), draw_scene(replace(scene, seed=scene.seed + 1)))
    assert max(ImageStat.Stat(difference).mean) > 2


def test_draw_all_draws_each_file_once(tmp_path: Path) -> None:
    scenes = [small(scene) for scene in SCENES[:3]]
    first = draw_all(scenes, tmp_path / "pictures")
    kept = {path: path.stat().st_mtime_ns for path in (tmp_path / "pictures").iterdir()}
    second = draw_all(scenes, tmp_path / "pictures")
    assert first == second
    assert len(kept) == 3
    assert kept == {path: path.stat().st_mtime_ns for path in (tmp_path / "pictures").iterdir()}


def test_a_picture_sent_once_more_is_a_near_duplicate_of_the_first() -> None:
    again = next(scene for scene in OPEN_SCENES if scene.cut_from)
    first = next(scene for scene in OPEN_SCENES if scene.slug == again.cut_from)

    assert draw_scene(again).size == again.size != first.size
    assert distance(fingerprint(draw_scene(again)), fingerprint(draw_scene(first))) <= NEAR
