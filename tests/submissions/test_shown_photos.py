"""How pages show photos: every rendition is offered with its width, the place is kept, what is far below comes late."""

from __future__ import annotations

from html.parser import HTMLParser
from uuid import UUID

import pytest

from campaign.campaigns.models import Campaign
from campaign.submissions.models import SubmissionState
from tests.factories import add_photos
from tests.people import Someone

Picture = dict[str, str | None]
DESK = "/desk/c/flaunt-your-city/moderation?state=published"


class Pictures(HTMLParser):
    """The photos of a page, as the attributes of their `<img>`."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[Picture] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "img" and "srcset" in given:
            self.found.append(given)


def pictures(someone: Someone, path: str) -> list[Picture]:
    answer = someone.browser.get(path)
    assert answer.status_code == 200
    return Pictures(answer.text).found


@pytest.fixture
def hung(campaign: Campaign, fan: Someone) -> list[UUID]:
    assert fan.person_id is not None
    return [one.id for one in add_photos(campaign, fan.person_id, 3)]


@pytest.mark.parametrize("path", ["/c/flaunt-your-city", "/me/photos", "/photos/{}", DESK])
def test_photos_offer_every_rendition_and_keep_their_place(
    fan: Someone, staff: Someone, hung: list[UUID], path: str
) -> None:
    found = pictures(staff if path is DESK else fan, path.format(hung[0]))

    assert found
    for one in found:
        offered = [given.split(" ") for given in str(one["srcset"]).split(", ")]
        assert [width for _, width in offered] == ["320w", "640w"]
        assert [url.rpartition("/")[2] for url, _ in offered] == ["320.webp", "640.webp"]
        assert (one["width"], one["height"], bool(one["alt"])) == ("1600", "1200", True)


def test_only_the_first_photo_hurries(fan: Someone, hung: list[UUID]) -> None:
    first, *others = pictures(fan, "/me/photos")

    assert (first["fetchpriority"], "loading" in first, len(others)) == ("high", False, 2)
    assert [(one["loading"], "fetchpriority" in one) for one in others] == [("lazy", False)] * 2


def test_a_late_photo_is_measured_by_the_browser_and_an_early_one_by_its_place(fan: Someone, hung: list[UUID]) -> None:
    first, second, _ = [str(one["sizes"]) for one in pictures(fan, "/me/photos")]
    alone = pictures(fan, f"/photos/{hung[0]}")[0]["sizes"]

    assert first == "(min-width: 56rem) min(46vw, 33rem, 80.0vh), min(100vw - 2.5rem, 80.0vh)"
    assert second == f"auto, {first}"
    assert alone == "min(100vw, 98.7vh)"


def test_a_photo_being_made_has_no_picture_to_wait_for(campaign: Campaign, fan: Someone) -> None:
    assert fan.person_id is not None
    waiting = add_photos(campaign, fan.person_id, state=SubmissionState.RECEIVED)[0]
    waiting.photo.renditions = []

    assert pictures(fan, "/me/photos") == []
