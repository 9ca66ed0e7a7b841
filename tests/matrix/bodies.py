"""What is sent where an empty request would be refused for its shape, before anybody looks at who sends it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

from tests.world import World

LATER = (datetime.now(UTC) + timedelta(days=30)).isoformat(timespec="seconds")


def bodies_of(world: World) -> Mapping[str, Mapping[str, Any]]:
    """By route. They need not be good, only whole."""
    photo = str(world.waiting.id)
    campaign = "POST /api/v1/campaigns"
    of_campaign = f"{campaign}/<slug>"
    wording = {"subject": "It hangs", "body": "Look.", "button": "See it"}
    bodies: dict[str, Any] = {
        "PUT /api/v1/me/releases/<uuid:release_id>/answer": {"answer": "accepted"},
        "PUT /api/v1/assignments/<uuid:assignment_id>/ballot": {"stars": 3},
        "PUT /api/v1/me/mail-choices": {"photos": True, "results": False},
        campaign: {"title": "New", "rules_text": "Yours.", "closes_at": LATER},
        f"{of_campaign}/submissions": {
            "caption": "Harbour", "place": "Lisbon", "rules_version": 1,
            "photo": {"filename": "a.jpg", "content_type": "image/jpeg", "bytes": 1000},
        },
        f"{of_campaign}/decisions": {"action": "publish", "photos": [{"id": photo}]},
        f"{of_campaign}/duplicate": {"title": "Again", "closes_at": LATER},
        f"{of_campaign}/extend": {"closes_at": LATER},
        f"{of_campaign}/pause": {"reason": "A day of rest."},
        f"{of_campaign}/release-words": {"text": "May we show it?"},
        f"{of_campaign}/reopen": {"closes_at": LATER, "reason": "The trains stood still."},
        f"{of_campaign}/rounds": {"title": "Look", "quorum": 1},
        f"{of_campaign}/transitions": {"to": "closed"},
        f"{of_campaign}/wording/<occasion>/preview": wording,
        f"{of_campaign}/wording/<occasion>/test": wording,
        "PUT /api/v1/campaigns/<slug>/announcement": {"announces_at": LATER},
        "PUT /api/v1/campaigns/<slug>/wording/<occasion>": wording,
        "PUT /api/v1/campaigns/<slug>/wording/sign-off": {"name": "The desk"},
        "PUT /api/v1/rounds/<uuid:round_id>/ties/<int:rank>": {"order": [photo, str(world.waiting.id)]},
        "POST /api/v1/rounds/<uuid:round_id>/more": {"submissions": [photo], "each": 1, "reason": "A coin toss."},
        "PUT /api/v1/rounds/<uuid:round_id>/selection": {"finalists": [], "winners": []},
        "POST /api/v1/rounds/<uuid:round_id>/reminders": {"judge": str(world.judge_id)},
        "POST /api/v1/rounds/<uuid:round_id>/transitions": {"to": "closed"},
        "POST /api/v1/rounds/<uuid:round_id>/changes": {"quorum": 1},
        "POST /api/v1/rounds/<uuid:round_id>/changes/preview": {"quorum": 1},
        "POST /api/v1/rounds/<uuid:round_id>/conflicts": {"submission": photo, "judge": str(world.judge_id)},
        "POST /api/v1/assignments/<uuid:assignment_id>/recuse": {},
        "POST /api/v1/submissions/<uuid:submission_id>/decision": {"decision": "publish"},
        "PUT /api/v1/submissions/<uuid:submission_id>/assignment": {"person_id": None},
        "POST /api/v1/team/invitations": {"role": "cast", "campaign": world.open.slug},
    }  # fmt: skip
    forms: dict[str, Any] = {
        "PUT /api/v1/campaigns/<slug>/cover": {"cover": (BytesIO(b"x"), "cover.jpg")},
        "PUT /api/v1/me/picture": {"picture": (BytesIO(b"x"), "me.jpg")},
        "POST /desk/c/<slug>/transitions": {"to": "closed"},
        "POST /desk/team/invitations": {"role": "cast", "campaign": world.open.slug},
    }
    return {route: {"json": body} for route, body in bodies.items()} | {
        route: {"data": body} for route, body in forms.items()
    }
