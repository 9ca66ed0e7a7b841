"""Where the pictures of a photo are found: paths of ours, or a media host in front of them."""

from __future__ import annotations

from campaign.extensions import settings
from campaign.submissions.models import Photo, Rendition, Submission, SubmissionState


def media_path(rendition: Rendition) -> str:
    """The path under which the application serves this rendition; its key is `photos/<photo>/<random>/<name>.webp`."""
    return f"/media/{rendition.key}"


def media_paths(photo: Photo) -> list[str]:
    """Every path under which a shared cache may hold this photo."""
    cards = [f"/media/{photo.card_key}"] if photo.card_key else []
    return [media_path(rendition) for rendition in photo.renditions] + cards


def rendition_url(submission: Submission, rendition: Rendition) -> str:
    """For pages: on the media host when the photo is published and there is one, else a path of ours."""
    return public_url(rendition.key) if submission.state is SubmissionState.PUBLISHED else media_path(rendition)


def card_url(submission: Submission) -> str:
    """The absolute address of the photo's card, for previews of links; empty while it hangs in no gallery."""
    key = submission.photo.card_key
    return absolute_url(public_url(key)) if key and submission.state is SubmissionState.PUBLISHED else ""


def absolute_url(path: str) -> str:
    """For programs: the same address with the host in front."""
    return path if "://" in path else f"{settings().base_url.rstrip('/')}{path}"


def public_url(key: str) -> str:
    """Where everybody finds this object: on the media host where there is one."""
    media_url = settings().media_url
    return f"{media_url.rstrip('/')}/{key}" if media_url else f"/media/{key}"
