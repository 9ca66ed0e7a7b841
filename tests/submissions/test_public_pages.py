"""What a stranger and a stranger's messenger see: states of a campaign, winners, and the cards of links."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from uuid import UUID

import pytest

from campaign.campaigns.hooks import Laurels
from campaign.campaigns.models import Campaign, Stage, State
from campaign.clock import database_now
from campaign.db import transaction
from campaign.submissions.models import Submission, SubmissionState
from campaign.submissions.queries import submission_of
from campaign.submissions.views import photo_view
from tests.factories import add_photos, make_campaign
from tests.people import Someone

PAGE = "/c/flaunt-your-city"
CARD = "http://localhost/media/photos/one/two/card.jpg"


class Metas(HTMLParser):
    """The `<meta>` of a page by name or property."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("property") or given.get("name")
        if tag == "meta" and name:
            self.found[name] = given.get("content") or ""


def metas(someone: Someone, path: str) -> dict[str, str]:
    answer = someone.browser.get(path)
    assert answer.status_code == 200
    return Metas(answer.text).found


@pytest.fixture
def carded(campaign: Campaign, fan: Someone) -> Submission:
    """A published photo whose card was made."""
    assert fan.person_id is not None
    submission = add_photos(campaign, fan.person_id)[0]
    with transaction():
        photo = submission.photo
        photo.card_key, photo.card_bytes, photo.card_etag = "photos/one/two/card.jpg", 10, "etag"
        submission.caption, submission.place = "“Us” & <them>", "Lisbon"
    return submission


def test_photo_has_a_card_with_whole_addresses(anonymous: Someone, carded: Submission) -> None:
    found = metas(anonymous, f"/photos/{carded.id}?q=us")

    assert found["og:title"] == found["twitter:title"] == "“Us” & <them>"
    assert found["og:description"] == "Lisbon · by Fan · Flaunt your city"
    assert found["og:url"] == f"http://localhost/photos/{carded.id}"
    assert found["og:image"] == found["twitter:image"] == CARD
    assert (found["og:image:width"], found["og:image:height"]) == ("1200", "630")
    assert found["og:image:type"] == "image/jpeg"
    assert found["og:image:alt"] == "“Us” & <them>, Lisbon"
    assert found["twitter:card"] == "summary_large_image"


def test_campaign_shows_the_card_of_its_newest_photo(anonymous: Someone, carded: Submission) -> None:
    found = metas(anonymous, PAGE)

    assert found["og:image"] == CARD
    assert found["og:title"] == "Flaunt your city"
    assert found["og:url"] == f"http://localhost{PAGE}"


@pytest.mark.parametrize("path", ["/", PAGE])
def test_page_without_photos_has_the_house_card(anonymous: Someone, campaign: Campaign, path: str) -> None:
    image = metas(anonymous, path)["og:image"]

    assert image.startswith("http://localhost/static/dist/card-")
    assert image.endswith(".jpg")
    with anonymous.browser.get(image.removeprefix("http://localhost")) as answer:
        assert (answer.status_code, answer.content_type) == (200, "image/jpeg")


def test_waiting_photo_and_draft_have_no_card(campaign: Campaign, fan: Someone, marketer: Someone) -> None:
    assert fan.person_id is not None
    waiting = add_photos(campaign, fan.person_id, state=SubmissionState.READY)[0].id
    make_campaign(marketer.actor, State.DRAFT, slug="draft")

    for someone, path in ((fan, f"/photos/{waiting}"), (marketer, "/c/draft")):
        assert not [name for name in metas(someone, path) if name.startswith(("og:", "twitter:"))]


def test_open_campaign_counts_down_and_says_what_is_wanted(anonymous: Someone, campaign: Campaign) -> None:
    with transaction():
        campaign.closes_at = database_now() + timedelta(days=3, hours=2, minutes=30)
        campaign.wanted, campaign.categories = "A roof.\nOr two.", ["Roofs", "Streets"]

    page = anonymous.browser.get(PAGE).text

    assert '<b data-left role="timer">3 days 2 hours</b>' in page
    assert "What we are looking for" in page
    assert "A roof.\nOr two." in page
    assert '<li class="tag">Roofs</li>' in page
    assert "What happens next" in page
    assert "The gallery is still empty" in page
    assert "Yours could be the first" in page


def test_paused_campaign_says_why_and_takes_nothing(anonymous: Someone, campaign: Campaign) -> None:
    with transaction():
        campaign.paused_at, campaign.pause_reason = database_now(), "The server room is wet."

    page = anonymous.browser.get(PAGE).text

    assert "Paused for now" in page
    assert "The server room is wet." in page
    assert "Add my photo" not in page
    assert "The server room is wet." in anonymous.browser.get("/").text


def test_scheduled_campaign_counts_down_to_its_opening(anonymous: Someone, marketer: Someone) -> None:
    soon = datetime.now(UTC) + timedelta(days=1, hours=5, minutes=1)
    make_campaign(marketer.actor, opens_at=soon, closes_at=soon + timedelta(days=2))

    page = anonymous.browser.get(PAGE).text

    assert "Opens in" in page
    assert "1 day 5 hours" in page
    assert "Time enough to go out and take one" in page
    assert "Add my photo" not in page


def test_closed_campaign_waits_for_the_cast(anonymous: Someone, marketer: Someone) -> None:
    make_campaign(marketer.actor, State.CLOSED)

    page = anonymous.browser.get(PAGE).text

    assert "data-countdown" not in page
    assert "Nothing to do but wait with us" in page
    assert "No photos were hung here" in page


def test_fan_without_entries_is_led_to_their_photos(campaign: Campaign, fan: Someone) -> None:
    assert fan.person_id is not None
    add_photos(campaign, fan.person_id, 3)

    page = fan.browser.get(PAGE).text

    assert "All your photos are in" in page
    assert "Add my photo" not in page


@pytest.fixture
def crowned(marketer: Someone, fan: Someone) -> tuple[Campaign, UUID, UUID]:
    """A closed campaign with a winner, a finalist and one more; nothing announced."""
    assert fan.person_id is not None
    campaign = make_campaign(marketer.actor, State.CLOSED, slug="crowned", title="Crowned")
    winner, finalist, _ = (one.id for one in add_photos(campaign, fan.person_id, 3))
    return campaign, winner, finalist


def test_nobody_is_crowned_before_the_instant(
    anonymous: Someone,
    marketer: Someone,
    crowned: tuple[Campaign, UUID, UUID],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    campaign, winner, finalist = crowned
    asked: list[UUID] = []

    def crown(of: Campaign) -> Laurels:
        asked.append(of.id)
        photos = {one: view(one) for one in (winner, finalist)}
        return Laurels(winners=[(photos[winner], 1)], finalists=[photos[finalist]])

    monkeypatch.setattr(anonymous.app.extensions["flaunt_campaign_hooks"], "crowning", crown)
    with transaction():
        campaign.announces_at = database_now() + timedelta(minutes=1)
    before = [one.browser.get("/c/crowned").text for one in (anonymous, marketer)]
    assert asked == []
    assert not [page for page in before if "laurels-title" in page]
    with transaction():
        campaign.announces_at = database_now() - timedelta(seconds=1)

    page = anonymous.browser.get("/c/crowned").text

    assert asked == [campaign.id]
    assert campaign.stage is Stage.CLOSED
    assert "laurels-title" in page
    assert "The finalists" in page
    assert page.index(f"/photos/{winner}") < page.index(f"/photos/{finalist}")


def view(submission_id: UUID) -> object:
    return photo_view(submission_of(submission_id))
