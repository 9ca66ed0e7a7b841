"""Releases and originals for programs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from apiflask import FileSchema
from flask import Response

from campaign.accounts.authentication import current_actor
from campaign.accounts.idempotency import naturally_idempotent
from campaign.accounts.permissions import require
from campaign.awards.delivery import TYPE, deliver_originals
from campaign.awards.models import OriginalsDownload, Release, ReleaseWords
from campaign.awards.queries import downloads_of, may_answer_any, release_of, releases_to, words_of
from campaign.awards.releases import answer_release, ask_for_release
from campaign.awards.rights import rights_of
from campaign.awards.schemas import (
    AnswerIn,
    AskIn,
    AskOut,
    DownloadList,
    OriginalsIn,
    ReleaseList,
    ReleaseOut,
    RightList,
    WordsIn,
    WordsList,
    WordsOut,
)
from campaign.awards.views import (
    download_document,
    release_document,
    release_documents,
    right_document,
    words_document,
)
from campaign.awards.words import latest_words, write_words
from campaign.campaigns.models import Campaign
from campaign.campaigns.queries import campaign_by_slug
from campaign.db import transaction
from campaign.errors import NotPermitted, SignInNeeded
from campaign.judging.results.sealed import page_of
from campaign.web.api import api_blueprint
from campaign.web.pagination import PageQuery, page_asked

api = api_blueprint("awards")


@api.get("/campaigns/<slug>/release-words")
@api.input(PageQuery, location="query")
@api.output(WordsList)
def list_release_words(slug: str, query_data: PageQuery) -> dict[str, Any]:
    """Every version of what fans are asked to allow, newest first; for the desk."""
    page = page_asked(words_of(_for_desk(slug).id), query_data, at=ReleaseWords.created_at)
    return {"data": [words_document(one) for one in page.items], "next_cursor": page.next_cursor}


@api.post("/campaigns/<slug>/release-words")
@api.input(WordsIn)
@api.output(WordsOut, status_code=201)
def post_release_words(slug: str, json_data: WordsIn) -> dict[str, Any]:
    """Write the next version. Who was asked before keeps what they answered to; ask again to have it answered."""
    with transaction():
        words = write_words(current_actor(), campaign_by_slug(slug, current_actor()).id, json_data.text)
        return words_document(words)


@api.get("/campaigns/<slug>/releases")
@api.input(PageQuery, location="query")
@api.output(RightList)
def list_rights(slug: str, query_data: PageQuery) -> dict[str, Any]:
    """The chosen photos, winners by place and finalists after them, and what their fans said; for the desk."""
    rights = rights_of(_for_desk(slug))
    page = page_of(rights, limit=query_data.limit, cursor=query_data.cursor)
    return {"data": [right_document(one) for one in page.items], "next_cursor": page.next_cursor}


@api.post("/campaigns/<slug>/releases")
@api.input(AskIn)
@api.output(AskOut)
def post_releases(slug: str, json_data: AskIn) -> dict[str, Any]:
    """Ask fans of chosen photos with the latest words; who was asked with them before is not asked again."""
    actor = current_actor()
    with transaction():
        campaign = campaign_by_slug(slug, actor)
        asked = ask_for_release(actor, campaign.id, json_data.submissions, json_data.answer_by)
        words = latest_words(campaign.id)
        assert words is not None, "asking wants words"
        return {"version": words.version, "asked": len(asked.made), "asked_before": asked.before}


@api.get("/me/releases")
@api.input(PageQuery, location="query")
@api.output(ReleaseList)
def list_my_releases(query_data: PageQuery) -> dict[str, Any]:
    """What you are asked to allow, newest first."""
    actor = current_actor()
    if actor.person_id is None:
        raise SignInNeeded("Please sign in first; what you are asked is yours alone.")
    if not may_answer_any(actor):
        raise NotPermitted("This token is not meant for that. Make one with the scope “submit”.", code="scope_missing")
    page = page_asked(releases_to(actor.person_id), query_data, at=Release.created_at)
    return {"data": release_documents(page.items), "next_cursor": page.next_cursor}


@api.get("/me/releases/<uuid:release_id>")
@api.output(ReleaseOut)
def get_release(release_id: UUID) -> dict[str, Any]:
    """One question to you. Nobody else can read it, the desk either."""
    return release_document(release_of(current_actor(), release_id))


@api.put("/me/releases/<uuid:release_id>/answer")
@api.input(AnswerIn)
@api.output(ReleaseOut)
def put_release_answer(release_id: UUID, json_data: AnswerIn) -> dict[str, Any]:
    """Accept or refuse. It may be changed until the deadline or the announcement, whichever is first."""
    with transaction():
        return release_document(answer_release(current_actor(), release_id, json_data.answer))


@api.get("/campaigns/<slug>/downloads")
@api.input(PageQuery, location="query")
@api.output(DownloadList)
def list_downloads(slug: str, query_data: PageQuery) -> dict[str, Any]:
    """Who downloaded which originals and when, newest first."""
    actor = current_actor()
    campaign = campaign_by_slug(slug, actor)
    require(actor, "originals.download", campaign)
    page = page_asked(downloads_of(campaign.id), query_data, at=OriginalsDownload.created_at)
    return {"data": [download_document(one) for one in page.items], "next_cursor": page.next_cursor}


@api.post("/campaigns/<slug>/originals")
@api.input(OriginalsIn)
@api.output(FileSchema, content_type=TYPE, description="A ZIP archive with rights.csv and RIGHTS.txt")
@naturally_idempotent
def post_originals(slug: str, json_data: OriginalsIn) -> Response:
    """Download originals of chosen photos with their rights file. Each download is written down."""
    return deliver_originals(slug, json_data.submissions)


def _for_desk(slug: str) -> Campaign:
    campaign = campaign_by_slug(slug, current_actor())
    require(current_actor(), "campaign.desk", campaign)
    return campaign
