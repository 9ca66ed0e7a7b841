"""The people's photos of the demo: whose city, which hour, and the few words they would send with it."""

from campaign.demo.scenes_judging import ANNOUNCED_SCENES, JUDGING_SCENES
from campaign.demo.scenes_open import OPEN_SCENES

__all__ = ["ANNOUNCED_SCENES", "JUDGING_SCENES", "OPEN_SCENES"]
