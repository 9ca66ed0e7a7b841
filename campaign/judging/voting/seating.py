"""Where photos hang before a judge: turned by the assignment, so that no photo is always on the left or at the top."""

from __future__ import annotations

import dataclasses

from campaign.judging.views import AssignmentView

TURNS = 0x10000


def seated(assignment: AssignmentView) -> AssignmentView:
    """The same photos, beginning with the one that the last four hexadecimal digits of the assignment's id point at.

    js/panel/words.js turns them alike; for programs they come in the order of their ids.
    """
    photos = assignment.photos
    first = assignment.id.int % TURNS % len(photos)
    return dataclasses.replace(assignment, photos=photos[first:] + photos[:first])
