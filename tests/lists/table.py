"""Every route that shows a list, with whoever reads it and where its rows are. The rest of what is read is named too.

A new GET that is in neither fails the build, so that nobody forgets to count its queries.
"""

from __future__ import annotations

LISTS: dict[str, tuple[str, str]] = {
    # For everybody.
    "GET /": ("anonymous", "open"),
    "GET /c/<slug>": ("anonymous", "open"),
    "GET /c/<slug>/winners": ("anonymous", "announced"),
    "GET /api/v1/campaigns": ("anonymous", "open"),
    "GET /api/v1/campaigns/<slug>/facets": ("anonymous", "open"),
    "GET /api/v1/campaigns/<slug>/submissions": ("anonymous", "open"),
    "GET /api/v1/campaigns/<slug>/winners": ("anonymous", "announced"),
    # A fan's own.
    "GET /me/messages": ("fan", "open"),
    "GET /me/photos": ("fan", "open"),
    "GET /me/profile": ("fan", "open"),
    "GET /me/releases": ("fan", "open"),
    "GET /api/v1/me/devices": ("fan", "open"),
    "GET /api/v1/me/messages": ("fan", "open"),
    "GET /api/v1/me/releases": ("fan", "open"),
    "GET /api/v1/me/submissions": ("fan", "open"),
    # A judge's own.
    "GET /panel": ("cast_member", "judged"),
    "GET /api/v1/me/rounds": ("cast_member", "judged"),
    "GET /api/v1/rounds/<uuid:round_id>/next": ("cast_member", "judged"),
    # Behind the desk.
    "GET /desk": ("marketer", "open"),
    "GET /desk/audit": ("marketer", "open"),
    "GET /desk/audit.csv": ("marketer", "open"),
    "GET /desk/team": ("marketer", "open"),
    "GET /desk/c/<slug>/insight": ("marketer", "open"),
    "GET /desk/c/<slug>/insight/places.csv": ("marketer", "open"),
    "GET /desk/c/<slug>/insight/places.svg": ("marketer", "open"),
    "GET /desk/c/<slug>/messages": ("marketer", "open"),
    "GET /desk/c/<slug>/moderation": ("marketer", "open"),
    "GET /desk/c/<slug>/originals": ("marketer", "chosen"),
    "GET /desk/c/<slug>/release": ("marketer", "chosen"),
    "GET /desk/c/<slug>/rounds": ("marketer", "judged"),
    "GET /desk/c/<slug>/rounds/new": ("marketer", "judged"),
    "GET /desk/c/<slug>/team": ("marketer", "open"),
    "GET /desk/rounds/<uuid:round_id>": ("marketer", "chosen"),
    "GET /desk/rounds/<uuid:round_id>/agreement": ("marketer", "chosen"),
    "GET /desk/rounds/<uuid:round_id>/changes": ("marketer", "judged"),
    "GET /desk/rounds/<uuid:round_id>/edit": ("marketer", "draft"),
    "GET /desk/rounds/<uuid:round_id>/pick": ("marketer", "chosen"),
    "GET /desk/rounds/<uuid:round_id>/result.csv": ("marketer", "chosen"),
    "GET /api/v1/audit": ("marketer", "open"),
    "GET /api/v1/campaigns/<slug>/cast": ("marketer", "judged"),
    "GET /api/v1/campaigns/<slug>/crew": ("marketer", "open"),
    "GET /api/v1/campaigns/<slug>/downloads": ("marketer", "chosen"),
    "GET /api/v1/campaigns/<slug>/insight": ("marketer", "open"),
    "GET /api/v1/campaigns/<slug>/messages": ("marketer", "open"),
    "GET /api/v1/campaigns/<slug>/moderation": ("marketer", "open"),
    "GET /api/v1/campaigns/<slug>/release-words": ("marketer", "chosen"),
    "GET /api/v1/campaigns/<slug>/releases": ("marketer", "chosen"),
    "GET /api/v1/campaigns/<slug>/rounds": ("marketer", "judged"),
    "GET /api/v1/rounds/<uuid:round_id>/keeper": ("marketer", "judged"),
    "GET /api/v1/rounds/<uuid:round_id>/panel": ("marketer", "judged"),
    "GET /api/v1/rounds/<uuid:round_id>/results": ("marketer", "chosen"),
    "GET /api/v1/team": ("marketer", "open"),
    "GET /api/v1/team/invitations": ("marketer", "open"),
}

ONE_THING = {
    "GET /healthz", "GET /readyz", "GET /api/openapi.json", "GET /sign-in", "GET /sign-in/<name>",
    "GET /sign-in/<name>/callback", "GET /c/<slug>/accent.css", "GET /c/<slug>/age", "GET /c/<slug>/rules",
    "GET /c/<slug>/enter", "GET /photos/<uuid:id>", "GET /media/photos/<uuid:photo_id>/<attempt>/<name>.webp",
    "GET /media/photos/<uuid:photo_id>/<attempt>/card.jpg", "GET /media/pictures/<uuid:picture_id>/<name>.webp",
    "GET /media/pictures/<uuid:picture_id>/card.jpg",
    "GET /invitations/<token>", "GET /unsubscribe/<token>", "GET /api/v1/campaigns/<slug>",
    "GET /api/v1/submissions/<uuid:submission_id>/neighbours", "GET /me/messages/choices", "GET /me/messages/<uuid:id>",
    "GET /me/photos/<uuid:id>/edit", "GET /me/photos/<uuid:id>/withdraw", "GET /me/releases/<uuid:release_id>",
    "GET /api/v1/me", "GET /api/v1/me/mail-choices", "GET /api/v1/me/releases/<uuid:release_id>",
    "GET /api/v1/me/submissions/<uuid:submission_id>", "GET /api/v1/submissions/<uuid:submission_id>",
    "GET /panel/<uuid:round_id>", "GET /desk/c/<slug>", "GET /desk/c/<slug>/insight/hours.csv",
    "GET /desk/c/<slug>/insight/hours.svg", "GET /desk/campaigns/new", "GET /desk/c/<slug>/announce",
    "GET /desk/c/<slug>/duplicate", "GET /desk/c/<slug>/edit", "GET /desk/c/<slug>/extend",
    "GET /desk/c/<slug>/messages/wording", "GET /desk/c/<slug>/messages/wording/<kind>", "GET /desk/c/<slug>/pause",
    "GET /desk/c/<slug>/reopen", "GET /desk/c/<slug>/preview", "GET /api/v1/campaigns/<slug>/wording",
    "GET /api/v1/campaigns/<slug>/wording/<occasion>", "GET /api/v1/rounds/<uuid:round_id>",
    "GET /api/v1/submissions/<uuid:submission_id>/moderation", "GET /api/v1/rounds/<uuid:round_id>/advice",
    "GET /api/v1/rounds/<uuid:round_id>/agreement", "GET /api/v1/rounds/<uuid:round_id>/ties",
    "GET /api/v1/campaigns/<slug>/workload", "GET /desk/rounds/<uuid:round_id>/reopen",
}  # fmt: skip
"""One thing, or as many as the house itself has (occasions, hours, choices), however many rows there are."""
