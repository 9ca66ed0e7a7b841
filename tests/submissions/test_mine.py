"""“My photos” across campaigns: where each photo stands, on the page and in the API."""

from __future__ import annotations

from uuid import uuid4

from campaign.campaigns.models import Campaign, State
from campaign.db import db, transaction
from campaign.submissions.models import SubmissionState
from campaign.submissions.moderation import decline_submission, publish_submission
from campaign.submissions.withdrawal import withdraw_submission
from tests.counting import statements
from tests.factories import add_photos, make_campaign
from tests.people import Someone
from tests.submissions.conftest import Issue, age_ticket, stored

MINE = "/api/v1/me/submissions"
AHEAD = ["received", "looked_at", "published", "with_jury", "announcement"]


def timeline(fan: Someone, submission_id: object) -> list[tuple[str, bool]]:
    told = fan.browser.get(f"{MINE}/{submission_id}").json["timeline"]
    assert all(step["words"] for step in told)
    return [(step["step"], step["at"] is not None) for step in told]


def test_photo_on_its_way_shows_what_lies_ahead(fan: Someone, issue: Issue) -> None:
    submission_id = issue(fan.actor).submission.id

    assert timeline(fan, submission_id) == [(step, False) for step in AHEAD]


def test_each_step_is_told_as_it_happens(campaign: Campaign, fan: Someone, staff: Someone) -> None:
    assert fan.person_id is not None
    waiting = add_photos(campaign, fan.person_id, state=SubmissionState.READY)[0].id

    before = timeline(fan, waiting)
    with transaction():
        publish_submission(staff.actor, waiting)

    assert before == [(step, step == "received") for step in AHEAD]
    assert timeline(fan, waiting) == [(step, step in AHEAD[:3]) for step in AHEAD]


def test_declined_photo_ends_with_the_reason(campaign: Campaign, fan: Someone, staff: Someone) -> None:
    assert fan.person_id is not None
    waiting = add_photos(campaign, fan.person_id, state=SubmissionState.READY)[0].id
    with transaction():
        decline_submission(staff.actor, waiting, "A little too dark.")

    told = fan.browser.get(f"{MINE}/{waiting}").json

    assert [step["step"] for step in told["timeline"]] == ["received", "looked_at", "declined"]
    assert told["timeline"][-1]["words"] == "A little too dark."
    assert (told["can_edit"], told["can_withdraw"]) == (False, True)


def test_ways_out_end_the_story(campaign: Campaign, fan: Someone, issue: Issue) -> None:
    assert fan.person_id is not None
    published = add_photos(campaign, fan.person_id)[0].id
    with transaction():
        withdraw_submission(fan.actor, published)
    late = issue(fan.actor).submission.id
    age_ticket(late)
    issue(fan.actor)

    assert [step for step, _ in timeline(fan, published)] == ["received", "looked_at", "withdrawn"]
    assert stored(late).state is SubmissionState.EXPIRED
    assert [step for step, _ in timeline(fan, late)] == ["never_sent"]


def test_campaigns_are_named_and_the_desk_reads_only_its_own(marketer: Someone, fan: Someone, staff: Someone) -> None:
    assert fan.person_id is not None
    for slug, state in (("first", State.OPEN), ("second", State.CLOSED)):
        add_photos(make_campaign(marketer.actor, state, slug=slug, title=slug.title()), fan.person_id)

    listed = fan.browser.get(MINE).json["data"]
    page = fan.browser.get("/me/photos").text

    assert [item["campaign"] for item in listed] == [
        {"slug": "second", "title": "Second"},
        {"slug": "first", "title": "First"},
    ]
    assert 'href="/c/first">First</a>' in page
    assert 'href="/c/second">Second</a>' in page
    assert staff.browser.get(MINE).json["data"] == []


def test_one_of_mine_is_nobody_elses(
    campaign: Campaign, fan: Someone, other_fan: Someone, staff: Someone, anonymous: Someone
) -> None:
    assert fan.person_id is not None
    published = add_photos(campaign, fan.person_id)[0].id

    answers = [who.browser.get(f"{MINE}/{published}").status_code for who in (fan, other_fan, staff, anonymous)]

    assert answers == [200, 404, 404, 401]
    assert fan.browser.get(f"{MINE}/{uuid4()}").status_code == 404


def test_pages_follow_the_cursor(marketer: Someone, fan: Someone) -> None:
    assert fan.person_id is not None
    add_photos(make_campaign(marketer.actor, entry_limit=100), fan.person_id, 31)

    first = fan.browser.get("/me/photos").text
    cursor = first.split('rel="next" href="?after=')[1].split('"')[0]
    second = fan.browser.get(f"/me/photos?after={cursor}").text

    assert (first.count('class="entry"'), second.count('class="entry"')) == (30, 1)
    assert fan.browser.get("/me/photos?after=x").status_code == 422


def test_lists_take_the_same_queries_for_1_and_30(marketer: Someone, fan: Someone) -> None:
    assert fan.person_id is not None
    campaign = make_campaign(marketer.actor, entry_limit=100)
    counts: dict[str, list[int]] = {"/me/photos": [], MINE: []}
    for first, more in ((1, 1), (2, 29)):
        add_photos(campaign, fan.person_id, more, first_entry=first)
        for path, counted in counts.items():
            fan.browser.get(path)
            db.session.expire_all()
            with statements() as sent:
                assert fan.browser.get(path).status_code == 200
            counted.append(len(sent))

    for path, (one, thirty) in counts.items():
        assert one == thirty, path
