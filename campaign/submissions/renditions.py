"""Where the pictures of a photo are found: paths of ours, or a media host in front of them."""

from __future__ import annotations

from campaign.extensions import settings
from campaign.submissions.models import Photo, Rendition, Submission, SubmissionState


def media_path(rendition: Rendition) -> str:
    """The path under which the application serves this rendition; its key is `photos/<photo>/<random>/<name>.webp`."""
    return f"/media/{rendition.key}"


def media_paths(photo: Photo) -> list[str]:
    """Every path under which a shared cache may hold this photo."""
    return [media_path(rendition) for rendition in photo.renditions]


def rendition_url(submission: Submission, rendition: Rendition) -> str:
    """For pages: on the media host when the photo is published and there is one, else a path of ours."""
    media_url = settings().media_url
    if media_url and submission.state is SubmissionState.PUBLISHED:
        return f"{media_url.rstrip('/')}/{rendition.key}"
    return media_path(rendition)


def absolute_url(path: str) -> str:
    """For programs: the same address with the host in front."""
    return path if "://" in path else f"{settings().base_url.rstrip('/')}{path}"
