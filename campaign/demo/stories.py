"""The three campaigns of the demo, one at each point of a campaign's life."""

from __future__ import annotations

from dataclasses import dataclass

from campaign.demo.scene import Ground, Scene
from campaign.demo.skylines import ANNOUNCED_SCENES, JUDGING_SCENES, OPEN_SCENES

RULES = (
    "Send photos that you took yourself, with nobody in them who would rather not be.\n"
    "You keep the rights to your photo. You allow the show to hang it in the gallery of this campaign, to judge it "
    "and, if it is chosen, to show it in the finale with your display name and the place.\n"
    "You can take a photo back at any time under “My photos”; it is then deleted here as well.\n"
    "A person from the show looks at each photo before it hangs. If yours is declined, you read why."
)


CATEGORIES: dict[str, tuple[Ground, ...]] = {
    "In the street": (Ground.STREET, Ground.SQUARE, Ground.COURTYARD, Ground.FACADE),
    "By the water": (Ground.WATERFRONT, Ground.QUAY, Ground.BEACH),
    "From above": (Ground.ROOFTOPS, Ground.HILLTOP, Ground.AERIAL, Ground.FOG_SEA, Ground.TELEPHOTO, Ground.MOUNTAINS),
    "From a window": (Ground.WINDOW,),
    "In the green": (Ground.PARK,),
}
"""Where a photographer stood, in a fan's words."""


def category_of(scene: Scene) -> str:
    return next(category for category, grounds in CATEGORIES.items() if scene.ground in grounds)


@dataclass(frozen=True)
class Story:
    """One campaign and its photos.

    `open_days` is how long the demo leaves it open, from its first start; `left_waiting` photos wait for a moderator.
    """

    slug: str
    title: str
    brief: str
    wanted: str
    accent: str
    time_zone: str
    scenes: tuple[Scene, ...]
    open_days: int = 30
    left_waiting: int = 0
    entry_limit: int = 3
    minimum_age: int = 16
    has_categories: bool = True

    def body(self, opens_at: str, closes_at: str) -> dict[str, object]:
        """What `POST /api/v1/campaigns` takes; times are ISO 8601 with a zone."""
        return {
            "slug": self.slug,
            "title": self.title,
            "brief": self.brief,
            "wanted": self.wanted,
            "categories": list(CATEGORIES) if self.has_categories else [],
            "tell_before_hours": 24,
            "accent": self.accent,
            "time_zone": self.time_zone,
            "opens_at": opens_at,
            "closes_at": closes_at,
            "entry_limit": self.entry_limit,
            "minimum_age": self.minimum_age,
            "rules_text": RULES,
        }


OPEN = Story(
    slug="flaunt-your-city",
    title="Flaunt your city",
    brief="Show us where you live at its best hour. The cast choose twenty; the finest hang in the finale.",
    wanted="The place you would take a friend to first. Early and late light is finest. No filters needed; people are "
    "welcome when they are happy to be in it.",
    accent="#ffb547",
    time_zone="Europe/Lisbon",
    scenes=OPEN_SCENES,
    left_waiting=5,
)
JUDGING = Story(
    slug="night-windows",
    title="Night windows",
    brief="Somebody is still awake behind every one of them. Show us the lights you come home to.",
    wanted="Lit windows, yours or your neighbours’, seen from outside or from within. Nobody should be recognised who "
    "does not know of it.",
    accent="#8ab4ff",
    time_zone="Europe/Berlin",
    scenes=JUDGING_SCENES,
    has_categories=False,
)
ANNOUNCED = Story(
    slug="after-the-weather",
    title="After the weather",
    brief="Rain, snow, fog, and then the light. The ten minutes in which a city looks washed.",
    wanted="The first light after rain, snow, fog or a storm. The sky may be half of the picture.",
    accent="#7fd8be",
    time_zone="America/Montreal",
    scenes=ANNOUNCED_SCENES,
)
STORIES = (ANNOUNCED, JUDGING, OPEN)
"""In the order of their making, so that the open one stands first in lists."""
