"""Photos that look alike, and what a file says of itself: for the desk, side by side; for nobody else."""

from __future__ import annotations

from html.parser import HTMLParser
from uuid import UUID

import pytest

from campaign.campaigns.models import Campaign
from campaign.db import transaction
from campaign.submissions.file_claims import STATED, UNKNOWN, claims_of
from campaign.submissions.models import Photo, Submission, SubmissionState
from campaign.submissions.moderation import decline_submission, publish_submission
from campaign.submissions.twins import SENT_BEFORE_YOU
from tests.counting import statements
from tests.factories import add_photos
from tests.people import Someone
from uploads.likeness.dhash import to_signed
from uploads.metadata.provenance import Provenance

FERRY = "f0e1d2c3b4a59687"
MODERATION = "/desk/c/flaunt-your-city/moderation"
CLAIMS = {
    "taken_at": "1999-05-12T18:04:00",
    "camera_make": "Kamerawerk",
    "has_location": True,
    "provenance": ["ai_generated"],
}


class Section(HTMLParser):
    """What stands in the part of the page with this id: its words, the photos' renditions and the links."""

    def __init__(self, text: str, name: str) -> None:
        super().__init__()
        self.name, self.depth = name, 0
        self.words = ""
        self.pictures: list[str] = []
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "section":
            self.depth += bool(self.depth) or given.get("id") == self.name
        if self.depth and tag == "img":
            self.pictures.append(str(given["srcset"]))
        if self.depth and tag == "a":
            self.links.append(str(given["href"]))

    def handle_endtag(self, tag: str) -> None:
        self.depth -= bool(self.depth) and tag == "section"

    def handle_data(self, data: str) -> None:
        self.words += data if self.depth else ""


def shown(campaign: Campaign, fan: Someone, count: int = 1, **changes: object) -> list[Submission]:
    """Photos that look the same; `changes` are the pictures' columns."""
    assert fan.person_id is not None
    sent = add_photos(campaign, fan.person_id, count, state=SubmissionState.READY)
    with transaction():
        for one in sent:
            for name, value in {"dhash": to_signed(FERRY), **changes}.items():
                setattr(one.photo, name, value)
    return sent


def twins(someone: Someone, submission: Submission) -> Section:
    answer = someone.browser.get(f"{MODERATION}?photo={submission.id}")
    assert answer.status_code == 200
    return Section(answer.text, "twins")


def document(someone: Someone, submission_id: UUID) -> dict[str, object]:
    answer = someone.browser.get(f"/api/v1/submissions/{submission_id}/moderation")
    assert answer.status_code == 200
    told: dict[str, object] = answer.json
    return told


def test_both_photos_hang_side_by_side_with_who_sent_the_other(
    campaign: Campaign, fan: Someone, other_fan: Someone, staff: Someone
) -> None:
    (ours,), (theirs,) = shown(campaign, fan), shown(campaign, other_fan, camera_make="Kamerawerk")
    with transaction():
        decline_submission(staff.actor, theirs.id, "Too dark to see.")

    section = twins(staff, ours)

    assert [str(one.photo.id) in pair for one, pair in zip((ours, theirs), section.pictures, strict=True)] == [
        True,
        True,
    ]
    assert f"{MODERATION}?state=declined&photo={theirs.id}" in section.links
    for words in ("Looks like another photo", "The same picture, or nearly", theirs.person.display_name,
                  "Kamerawerk", "Declined, decided by", "Too dark to see."):  # fmt: skip
        assert words in section.words


def test_whoever_was_second_may_be_told_so_kindly(
    campaign: Campaign, fan: Someone, other_fan: Someone, staff: Someone
) -> None:
    (first,) = shown(campaign, fan)
    (second,) = shown(campaign, other_fan)

    pages = [staff.browser.get(f"{MODERATION}?photo={one.id}").text for one in (first, second)]

    assert [page.count(f'value="{SENT_BEFORE_YOU}"') for page in pages] == [0, 1]


def test_a_photo_like_no_other_has_no_such_section(campaign: Campaign, fan: Someone, staff: Someone) -> None:
    (ours,) = shown(campaign, fan)

    assert twins(staff, ours).words == ""
    assert document(staff, ours.id)["near_duplicates"] == []


def test_programs_get_them_with_distance_state_and_decision(
    campaign: Campaign, fan: Someone, other_fan: Someone, staff: Someone
) -> None:
    (ours,), (theirs,) = shown(campaign, fan), shown(campaign, other_fan, dhash=to_signed(FERRY[:-1] + "4"), **CLAIMS)
    with transaction():
        publish_submission(staff.actor, theirs.id)

    told = document(staff, ours.id)
    (near,) = told["near_duplicates"]

    assert told["near_duplicate_count"] == 1
    expected = {"id": str(theirs.id), "distance": 2, "state": "published", "is_same_file": False,
                "by_the_same_fan": False, "decided_by": "Staff", "camera_make": "Kamerawerk"}  # fmt: skip
    assert {name: near[name] for name in expected} == expected
    assert near["decided_at"] is not None


def test_the_queue_says_which_photos_have_others_like_them(
    campaign: Campaign, fan: Someone, other_fan: Someone, staff: Someone
) -> None:
    (ours,), _ = shown(campaign, fan), shown(campaign, other_fan)
    (alone,) = shown(campaign, staff, dhash=to_signed("0123456789abcdef"))

    listed = staff.browser.get("/api/v1/campaigns/flaunt-your-city/moderation").json["data"]
    page = staff.browser.get(MODERATION).text

    counts = {one["submission"]["id"]: one["near_duplicate_count"] for one in listed}
    assert (counts[str(ours.id)], counts[str(alone.id)]) == (1, 0)
    assert page.count("Looks like another</span>") == 2


@pytest.mark.parametrize("path", [MODERATION, "/api/v1/campaigns/flaunt-your-city/moderation"])
def test_twins_cost_no_more_queries_for_many_than_for_two(
    campaign: Campaign, fan: Someone, other_fan: Someone, staff: Someone, path: str
) -> None:
    shown(campaign, fan)
    shown(campaign, other_fan)
    staff.browser.get(path)
    with statements() as few:
        staff.browser.get(path)
    shown(campaign, staff, 9)
    with statements() as many:
        staff.browser.get(path)

    assert len(many) == len(few)


def test_the_desk_reads_what_the_file_says_and_that_it_proves_nothing(
    campaign: Campaign, fan: Someone, staff: Someone
) -> None:
    (ours,) = shown(campaign, fan, **CLAIMS)

    page = staff.browser.get(f"{MODERATION}?photo={ours.id}").text
    facts = document(staff, ours.id)["facts"]

    said = (
        "12 May 1999, 18:04",
        "(as the file says)",
        "Kamerawerk",
        "The file has one; we note no more than that",
        "The file says that it was made with AI (IPTC digital source type)",
        "no proof either way",
    )
    assert [words for words in said if words not in page] == []
    assert isinstance(facts, dict)
    assert {name: facts[name] for name in ("taken_at", "camera_make", "has_location")} == {
        name: CLAIMS[name] for name in ("taken_at", "camera_make", "has_location")
    }
    assert facts["stated_provenance"] == ["ai_generated"]


@pytest.mark.parametrize("who", ["anonymous", "fan", "other_fan", "cast_member"])
@pytest.mark.parametrize(
    "path",
    ["/c/{slug}", "/photos/{id}", "/api/v1/submissions/{id}", "/api/v1/campaigns/{slug}/submissions", "/me/photos",
     "/api/v1/me/submissions", "/panel"],
)  # fmt: skip
def test_nobody_else_reads_what_the_file_says(
    campaign: Campaign, fan: Someone, staff: Someone, request: pytest.FixtureRequest, who: str, path: str
) -> None:
    (ours,) = shown(campaign, fan, **CLAIMS)
    with transaction():
        publish_submission(staff.actor, ours.id)
    someone: Someone = request.getfixturevalue(who)

    told = someone.browser.get(path.format(slug="flaunt-your-city", id=ours.id)).text

    secrets = ("Kamerawerk", "1999-05", "May 1999", "ai_generated", "made with AI", "has_location")
    assert [words for words in secrets if words in told] == []


@pytest.mark.parametrize(
    ("taken_at", "words"),
    [
        (None, ""),
        ("2026-05-12T18:04:00", "12 May 2026, 18:04"),
        ("2026-05-12T18:04:00+02:00", "12 May 2026, 18:04, UTC+02:00"),
    ],
)
def test_the_instant_is_told_by_the_cameras_own_clock(taken_at: str | None, words: str) -> None:
    assert claims_of(Photo(taken_at=taken_at, provenance=[])).taken == words


def test_every_mark_has_words_and_an_unknown_one_is_not_hidden() -> None:
    assert set(STATED) == set(Provenance)
    assert claims_of(Photo(provenance=["camera", "later", "c2pa"])).stated == (
        STATED[Provenance.CAMERA],
        STATED[Provenance.C2PA],
        UNKNOWN,
    )
