"""A new draft from another campaign."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from campaign.campaigns.duplication import KEPT, Anew, duplicate_campaign
from campaign.campaigns.models import Campaign, State
from campaign.clock import database_now
from campaign.db import db, transaction
from campaign.errors import InvalidInput, NotPermitted, SignInNeeded
from campaign.submissions.models import Submission
from tests.factories import RULES, add_photos, make_campaign
from tests.people import Someone

Told = list[tuple[str, dict[str, Any]]]


def _anew(**changes: Any) -> Anew:
    now = database_now()
    given = {"title": "Once more", "opens_at": now + timedelta(days=1), "closes_at": now + timedelta(days=9)}
    return Anew(**(given | changes))


@pytest.fixture
def source(marketer: Someone) -> Campaign:
    return make_campaign(
        marketer.actor, State.CLOSED, wanted="Your street", categories=["Street", "Roof"],
        decline_reasons=["Too dark for us."], tell_before_hours=12, entry_limit=7, accent="#112233",
    )  # fmt: skip


def test_copy_is_a_draft_with_the_same_settings_and_words(marketer: Someone, source: Campaign, told: Told) -> None:
    with transaction():
        made = duplicate_campaign(marketer.actor, source.id, _anew())

    assert (made.slug, made.title, made.state_at(database_now())) == ("once-more", "Once more", State.DRAFT)
    assert {name: getattr(made, name) for name in KEPT} == {name: getattr(source, name) for name in KEPT}
    assert (made.current_rules.version, made.current_rules.text) == (1, RULES)
    assert told == [("campaign.duplicated", {"campaign_id": str(made.id), "from_id": str(source.id)})]


def test_copy_has_no_photos(marketer: Someone, fan: Someone, source: Campaign) -> None:
    assert fan.person_id is not None
    add_photos(source, fan.person_id, 2)

    with transaction():
        made = duplicate_campaign(marketer.actor, source.id, _anew())

    assert db.session.query(Submission).filter_by(campaign_id=made.id).count() == 0


def test_copy_tells_what_cannot_be_used(marketer: Someone, source: Campaign) -> None:
    with pytest.raises(InvalidInput) as refused:
        duplicate_campaign(marketer.actor, source.id, _anew(title="", slug=source.slug, closes_at=database_now()))
    assert set(refused.value.fields) == {"title", "closes_at"}


def test_copy_under_a_taken_address_is_told(marketer: Someone, source: Campaign) -> None:
    with pytest.raises(InvalidInput) as refused:
        duplicate_campaign(marketer.actor, source.id, _anew(slug=source.slug))
    assert "taken" in refused.value.fields["slug"]


@pytest.mark.parametrize("name", ["fan", "cast_member", "staff", "anonymous"])
def test_only_marketers_copy(request: pytest.FixtureRequest, source: Campaign, name: str) -> None:
    somebody: Someone = request.getfixturevalue(name)

    with pytest.raises(SignInNeeded if name == "anonymous" else NotPermitted):
        duplicate_campaign(somebody.actor, source.id, _anew())
