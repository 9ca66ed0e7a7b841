"""Reading the desk's forms, and saying on the next page what was refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from flask import flash, request, url_for

from campaign.errors import Conflict, InvalidInput
from campaign.submissions.batches import Pick
from campaign.submissions.desk_filter import DeskFilter
from campaign.submissions.desk_models import BatchAction

LONGEST_MARK = 32
NOBODY = "nobody"


@contextmanager
def told() -> Iterator[None]:
    """What is refused is said on the page that comes next; the rest of the block does not happen."""
    try:
        yield
    except (InvalidInput, Conflict) as refused:
        sentences = list(refused.fields.values()) if isinstance(refused, InvalidInput) else []
        flash(" ".join(sentences) or refused.message, "refused")


def desk_url(slug: str, wanted: DeskFilter, *, photo: UUID | None = None) -> str:
    """The desk's page with its filters, and one photo opened."""
    return url_for("submissions.moderation", slug=slug) + wanted.showing(photo)


def read_action() -> BatchAction:
    try:
        return BatchAction(request.form.get("deed", ""))
    except ValueError:
        raise InvalidInput("Choose what is to be done with them.") from None


def read_reason() -> str:
    """What was written; where nothing was, the sentence that was chosen."""
    return request.form.get("reason", "").strip() or request.form.get("choice", "")


def read_seen() -> str | None:
    return request.form.get("seen", "")[:LONGEST_MARK] or None


def read_person() -> UUID | None:
    """The person of the form; None for nobody. Raises InvalidInput for what is no person."""
    given = request.form.get("person_id", "")
    try:
        return None if given in ("", NOBODY) else UUID(given)
    except ValueError:
        raise InvalidInput("Choose somebody of the crew.") from None


def read_picks() -> list[Pick]:
    """Each checkbox says `id.mark`: which photo, and what was seen of it."""
    given = [value.partition(".") for value in request.form.getlist("photo")]
    try:
        return [Pick(UUID(photo), mark[:LONGEST_MARK] or None) for photo, _, mark in given]
    except ValueError:
        raise InvalidInput("The selection did not reach us whole. Select the photos once more.") from None


def read_filter() -> DeskFilter:
    return DeskFilter.read(request.args)
