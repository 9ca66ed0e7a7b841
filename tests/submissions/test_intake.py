"""Who may take an entry, when, and how many."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from campaign.accounts.models import Scope
from campaign.campaigns.lifecycle import edit_campaign, move_campaign
from campaign.campaigns.models import Campaign, State
from campaign.db import transaction
from campaign.errors import Conflict, InvalidInput, NotPermitted, SignInNeeded
from campaign.submissions.models import SubmissionState
from campaign.submissions.withdrawal import withdraw_submission
from tests.factories import make_campaign, particulars
from tests.people import Someone
from tests.submissions.conftest import Issue, age_ticket, stored


def test_ticket_takes_the_first_entry_and_says_until_when(fan: Someone, issue: Issue) -> None:
    issued = issue(fan.actor)

    submission = stored(issued.submission.id)
    assert submission.state is SubmissionState.TICKETED
    assert submission.entry_number == 1
    assert submission.ticket_expires_at - submission.created_at == timedelta(seconds=900)
    assert submission.rules.version == 1
    assert issued.put.method == "PUT"
    assert submission.photo.incoming_key in issued.put.url


def test_text_is_kept_clean(fan: Someone, issue: Issue) -> None:
    submission = issue(fan.actor, caption=" The  ferry\n home\x00 ", place="Lisboa\u202e").submission

    assert (submission.caption, submission.place) == ("The ferry home", "Lisboa")


def test_anonymous_is_asked_to_sign_in(anonymous: Someone, issue: Issue) -> None:
    with pytest.raises(SignInNeeded):
        issue(anonymous.actor)


def test_token_without_the_scope_is_refused(fan: Someone, issue: Issue) -> None:
    with pytest.raises(NotPermitted) as refused:
        issue(replace(fan.actor, scopes=frozenset({Scope.READ})))

    assert refused.value.code == "scope_missing"


def test_age_is_asked_first(fan: Someone, issue: Issue) -> None:
    with pytest.raises(NotPermitted) as refused:
        issue(replace(fan.actor, affirmed_age=None))

    assert refused.value.code == "age_needed"


def test_token_vouches_for_the_age(fan: Someone, issue: Issue) -> None:
    actor = replace(fan.actor, affirmed_age=None, scopes=frozenset({Scope.SUBMIT}))

    assert issue(actor).submission.state is SubmissionState.TICKETED


def test_everything_wrong_is_said_at_once(fan: Someone, issue: Issue) -> None:
    with pytest.raises(InvalidInput) as refused:
        issue(fan.actor, caption="  ", place="x" * 121, bytes=31 * 2**20)

    assert set(refused.value.fields) == {"caption", "place", "photo"}
    assert refused.value.code == "too_many_bytes"
    assert "30 MB" in refused.value.fields["photo"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"bytes": 0}, "empty"),
        ({"bytes": -5}, "empty"),
        ({"content_type": "video/mp4", "filename": "a.mp4"}, "unsupported_format"),
        ({"content_type": "", "filename": "a.pdf"}, "unsupported_format"),
    ],
)
def test_claim_that_cannot_be_a_photo_is_refused(
    fan: Someone, issue: Issue, changes: dict[str, object], code: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        issue(fan.actor, **changes)

    assert refused.value.code == code


def test_rules_that_changed_meanwhile_are_told(
    fan: Someone, marketer: Someone, campaign: Campaign, issue: Issue
) -> None:
    with transaction():
        changed = particulars(
            rules_text="New words.", opens_at=campaign.opens_at, closes_at=campaign.closes_at, entry_limit=3
        )
        edit_campaign(marketer.actor, campaign.id, changed)

    with pytest.raises(Conflict) as refused:
        issue(fan.actor, rules_version=1)

    assert refused.value.code == "rules_changed"
    assert issue(fan.actor, rules_version=2).submission.rules.version == 2


def test_campaign_that_opens_later_says_when(fan: Someone, marketer: Someone, issue: Issue) -> None:
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    later = make_campaign(
        marketer.actor, slug="later", title="Later", opens_at=tomorrow, closes_at=tomorrow + timedelta(days=1)
    )

    with pytest.raises(Conflict) as refused:
        issue(fan.actor, campaign=later)

    assert refused.value.code == "not_open_yet"
    assert refused.value.message.startswith("“Later” opens on ")


def test_closed_campaign_takes_nothing(fan: Someone, marketer: Someone, campaign: Campaign, issue: Issue) -> None:
    with transaction():
        move_campaign(marketer.actor, campaign.id, State.CLOSED)

    with pytest.raises(Conflict) as refused:
        issue(fan.actor)

    assert refused.value.code == "closed"


def test_campaign_past_its_time_takes_nothing_though_nobody_closed_it(
    fan: Someone, campaign: Campaign, issue: Issue
) -> None:
    with transaction():
        campaign.closes_at = datetime.now(UTC) - timedelta(seconds=1)

    with pytest.raises(Conflict) as refused:
        issue(fan.actor)

    assert refused.value.code == "closed"


def test_entries_run_out(fan: Someone, other_fan: Someone, issue: Issue) -> None:
    numbers = [issue(fan.actor).submission.entry_number for _ in range(3)]

    with pytest.raises(Conflict) as refused:
        issue(fan.actor)

    assert numbers == [1, 2, 3]
    assert refused.value.code == "entry_limit"
    assert refused.value.message.startswith("You have sent all 3 photos")
    assert issue(other_fan.actor).submission.entry_number == 1


def test_unused_ticket_gives_its_entry_to_the_next_one(fan: Someone, issue: Issue) -> None:
    issued = [issue(fan.actor).submission.id for _ in range(3)]
    age_ticket(issued[1])

    assert issue(fan.actor).submission.entry_number == 2
    assert stored(issued[1]).state is SubmissionState.EXPIRED
    assert stored(issued[1]).entry_number is None


def test_limit_lowered_since_counts_the_entries_above_it(
    marketer: Someone, fan: Someone, campaign: Campaign, issue: Issue
) -> None:
    sent = [issue(fan.actor).submission for _ in range(3)]
    with transaction():
        withdraw_submission(fan.actor, sent[0].id)
        campaign.entry_limit = 2

    with pytest.raises(Conflict) as refused:
        issue(fan.actor)

    assert refused.value.code == "entry_limit"
