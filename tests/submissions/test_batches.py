"""Several photos in one go, and one undo for the lot."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from campaign.accounts.audit import AuditEntry
from campaign.campaigns.models import Campaign, Stage
from campaign.db import db, transaction
from campaign.errors import Conflict, InvalidInput, NotFound, NotPermitted, SignInNeeded
from campaign.submissions.assigning import assign_submission
from campaign.submissions.batches import MOST, Deed, Outcome, Pick, decide_together, undo_batch
from campaign.submissions.desk_models import Batch, BatchAction
from campaign.submissions.models import SubmissionState
from campaign.submissions.moderation import decline_submission, publish_submission, undo_decision
from campaign.submissions.sight import sight_of
from campaign.submissions.withdrawal import withdraw_submission
from tests.factories import add_photos, make_campaign
from tests.people import Someone
from tests.submissions.conftest import stored

MODERATION = "/desk/c/flaunt-your-city/moderation"
TOGETHER = f"{MODERATION}/together"
PUBLISH = Deed(BatchAction.PUBLISH)
DECLINE = Deed(BatchAction.DECLINE, "It is too dark.")


@pytest.fixture
def waiting(campaign: Campaign, fan: Someone) -> list[UUID]:
    assert fan.person_id is not None
    return [one.id for one in add_photos(campaign, fan.person_id, 4, SubmissionState.READY)]


def do(someone: Someone, campaign: Campaign, deed: Deed, photos: list[UUID]) -> Outcome:
    with transaction():
        return decide_together(someone.actor, campaign, deed, [Pick(one) for one in photos])


def undo(someone: Someone, batch_id: UUID | None) -> Outcome:
    assert batch_id is not None
    with transaction():
        return undo_batch(someone.actor, batch_id)


def states(photos: list[UUID]) -> list[SubmissionState]:
    return [stored(one).state for one in photos]


@pytest.mark.parametrize(("deed", "state"), [(PUBLISH, SubmissionState.PUBLISHED), (DECLINE, SubmissionState.DECLINED)])
def test_all_are_decided_and_all_are_undone(
    staff: Someone, campaign: Campaign, waiting: list[UUID], deed: Deed, state: SubmissionState
) -> None:
    outcome = do(staff, campaign, deed, waiting)
    assert sorted(outcome.done) == sorted(waiting)
    assert states(waiting) == [state] * 4

    back = undo(staff, outcome.batch_id)
    assert sorted(back.done) == sorted(waiting)
    assert states(waiting) == [SubmissionState.READY] * 4


def test_those_that_cannot_be_decided_are_named_and_the_others_happen(
    fan: Someone, staff: Someone, campaign: Campaign, waiting: list[UUID]
) -> None:
    with transaction():
        withdraw_submission(fan.actor, waiting[0])
        publish_submission(staff.actor, waiting[1])
    unknown = uuid4()

    outcome = do(staff, campaign, PUBLISH, [*waiting, unknown])

    assert sorted(outcome.done) == sorted(waiting[2:])
    skipped = {one.submission_id: (one.caption, one.why) for one in outcome.skipped}
    assert skipped.keys() == {waiting[0], waiting[1], unknown}
    assert skipped[waiting[0]][0] == "Photo 1"
    assert "taken back by the fan" in skipped[waiting[0]][1]
    assert skipped[waiting[1]] == ("Photo 2", "It hangs in the gallery already.")


def test_undo_leaves_alone_what_was_decided_since(
    staff: Someone, admin: Someone, campaign: Campaign, waiting: list[UUID]
) -> None:
    outcome = do(staff, campaign, PUBLISH, waiting)
    with transaction():
        decline_submission(admin.actor, waiting[0], "Not after all.")
        undo_decision(admin.actor, waiting[1])
        undo_decision(admin.actor, waiting[2])
        publish_submission(admin.actor, waiting[2])

    back = undo(staff, outcome.batch_id)

    assert back.done == [waiting[3]]
    assert {one.submission_id for one in back.skipped} == set(waiting[:3])
    assert any("Admin declined this photo meanwhile" in one.why for one in back.skipped)
    assert states(waiting) == [
        SubmissionState.DECLINED,
        SubmissionState.READY,
        SubmissionState.PUBLISHED,
        SubmissionState.READY,
    ]


def test_what_was_declined_before_is_declined_again(
    staff: Someone, admin: Someone, campaign: Campaign, waiting: list[UUID]
) -> None:
    with transaction():
        decline_submission(admin.actor, waiting[0], "A stranger’s face.")
    before = stored(waiting[0]).decided_at
    outcome = do(staff, campaign, PUBLISH, waiting[:1])

    undo(staff, outcome.batch_id)

    submission = stored(waiting[0])
    assert (submission.state, submission.reason) == (SubmissionState.DECLINED, "A stranger’s face.")
    assert (submission.decided_at, submission.decided_by) == (before, admin.person_id)
    assert submission.published_at is None


def test_what_hung_before_hangs_again_in_its_place(staff: Someone, campaign: Campaign, waiting: list[UUID]) -> None:
    with transaction():
        publish_submission(staff.actor, waiting[0])
    hung_at = stored(waiting[0]).published_at
    outcome = do(staff, campaign, DECLINE, waiting[:1])

    undo(staff, outcome.batch_id)

    assert stored(waiting[0]).state is SubmissionState.PUBLISHED
    assert stored(waiting[0]).published_at == hung_at


def test_assigned_together_and_taken_back(
    staff: Someone, admin: Someone, campaign: Campaign, waiting: list[UUID]
) -> None:
    with transaction():
        assign_submission(staff.actor, waiting[0], staff.person_id)
    outcome = do(staff, campaign, Deed(BatchAction.ASSIGN, person_id=admin.person_id), waiting)
    assert {stored(one).assigned_to for one in waiting} == {admin.person_id}
    with transaction():
        assign_submission(staff.actor, waiting[1], staff.person_id)

    back = undo(staff, outcome.batch_id)

    assert [stored(one).assigned_to for one in waiting] == [staff.person_id, staff.person_id, None, None]
    assert [one.submission_id for one in back.skipped] == [waiting[1]]


def test_undone_only_once(staff: Someone, campaign: Campaign, waiting: list[UUID]) -> None:
    outcome = do(staff, campaign, PUBLISH, waiting)
    undo(staff, outcome.batch_id)

    with pytest.raises(Conflict) as refused:
        undo(staff, outcome.batch_id)
    assert refused.value.code == "already_undone"
    with pytest.raises(NotFound):
        undo(staff, uuid4())


def test_announced_campaign_keeps_them_all(staff: Someone, campaign: Campaign, waiting: list[UUID]) -> None:
    outcome = do(staff, campaign, PUBLISH, waiting)
    with transaction():
        row = db.session.get_one(Campaign, campaign.id)
        row.stage, row.closed_at, row.announced_at = Stage.ANNOUNCED, row.closes_at, row.closes_at

    back = undo(staff, outcome.batch_id)

    assert back.done == []
    assert {one.why for one in back.skipped} == {"The campaign is announced, so its decisions stand."}
    assert states(waiting) == [SubmissionState.PUBLISHED] * 4


def test_mark_of_what_was_seen_counts_for_each(
    staff: Someone, admin: Someone, campaign: Campaign, waiting: list[UUID]
) -> None:
    picks = [Pick(one, sight_of(stored(one))) for one in waiting]
    with transaction():
        decline_submission(admin.actor, waiting[0], "Too dark.")

    with transaction():
        outcome = decide_together(staff.actor, campaign, PUBLISH, picks)

    assert sorted(outcome.done) == sorted(waiting[1:])
    assert stored(waiting[0]).state is SubmissionState.DECLINED


def test_none_too_many_or_no_words_are_told(
    staff: Someone, fan: Someone, campaign: Campaign, waiting: list[UUID]
) -> None:
    for deed, photos, field in (
        (PUBLISH, [], "photos"),
        (PUBLISH, [uuid4() for _ in range(MOST + 1)], "photos"),
        (Deed(BatchAction.DECLINE, " "), waiting, "reason"),
        (Deed(BatchAction.ASSIGN, person_id=fan.person_id), waiting, "person_id"),
    ):
        with pytest.raises(InvalidInput) as refused:
            do(staff, campaign, deed, photos)
        assert list(refused.value.fields) == [field]
    assert db.session.scalar(select(func.count()).select_from(Batch)) == 0


def test_photos_of_another_campaign_stay_there(staff: Someone, marketer: Someone, waiting: list[UUID]) -> None:
    elsewhere = make_campaign(marketer.actor, slug="elsewhere")

    outcome = do(staff, elsewhere, PUBLISH, waiting)

    assert (outcome.batch_id, outcome.done) == (None, [])
    assert states(waiting) == [SubmissionState.READY] * 4


def test_each_is_in_the_audit_log_and_the_undo_too(staff: Someone, campaign: Campaign, waiting: list[UUID]) -> None:
    outcome = do(staff, campaign, DECLINE, waiting)
    undo(staff, outcome.batch_id)

    logged = db.session.execute(
        select(AuditEntry.action, func.count())
        .where(AuditEntry.actor_id == staff.person_id)
        .group_by(AuditEntry.action)
    )
    assert {row.action: row[1] for row in logged} == {
        "submission.declined": 4,
        "submission.decision_undone": 4,
        "submission.batch_undone": 1,
    }


def test_strangers_decide_nothing(
    fan: Someone, cast_member: Someone, anonymous: Someone, staff: Someone, campaign: Campaign, waiting: list[UUID]
) -> None:
    batch = do(staff, campaign, PUBLISH, waiting).batch_id
    for stranger in (fan, cast_member):
        with pytest.raises(NotPermitted):
            do(stranger, campaign, PUBLISH, waiting)
        with pytest.raises(NotPermitted):
            undo(stranger, batch)
        assert stranger.browser.post(TOGETHER, data={"deed": "publish"}).status_code == 403
        assert stranger.browser.post(f"/desk/batches/{batch}/undo").status_code == 403
    with pytest.raises(SignInNeeded):
        do(anonymous, campaign, PUBLISH, waiting)
    assert anonymous.browser.post(TOGETHER).status_code == 401
    assert anonymous.browser.post(f"/desk/batches/{batch}/undo").status_code == 401


def test_page_decides_several_says_so_and_offers_one_undo(staff: Someone, waiting: list[UUID]) -> None:
    picks = [f"{one}.{sight_of(stored(one))}" for one in waiting[:3]]
    answer = staff.browser.post(f"{TOGETHER}?order=newest", data={"photo": picks, "deed": "publish"})
    assert answer.location == f"{MODERATION}?order=newest"

    page = staff.browser.get(answer.location).text
    assert "3 photos published." in page
    assert "Published: 3 photos together" in page
    assert "Published: Photo 1" not in page
    batch = db.session.scalars(select(Batch)).one()
    assert f"/desk/batches/{batch.id}/undo" in page

    back = staff.browser.post(f"/desk/batches/{batch.id}/undo")
    page = staff.browser.get(back.location).text
    assert "Taken back for 3 photos." in page
    assert "together" not in page.split("You decided lately")[-1].split("</ul>")[0] or "You decided lately" not in page
    assert states(waiting) == [SubmissionState.READY] * 4


def test_page_names_those_that_were_left(staff: Someone, admin: Someone, waiting: list[UUID]) -> None:
    picks = [f"{one}.{sight_of(stored(one))}" for one in waiting]
    admin.browser.post(f"/desk/photos/{waiting[0]}/decision", data={"decision": "publish"})

    answer = staff.browser.post(TOGETHER, data={"photo": picks, "deed": "decline", "choice": "It is too dark."})
    page = staff.browser.get(answer.location).text

    assert "3 photos declined." in page
    assert "Left as they are: 1 photo. “Photo 1”: Admin published this photo meanwhile." in page
    assert stored(waiting[1]).reason == "It is too dark."


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"deed": "publish"}, "None is selected."),
        ({"deed": "odd"}, "Choose what is to be done with them."),
        ({"deed": "publish", "photo": ["odd"]}, "The selection did not reach us whole."),
        ({"deed": "assign", "photo": [], "person_id": "odd"}, "Choose somebody of the crew."),
    ],
)
def test_odd_forms_are_told(staff: Someone, waiting: list[UUID], data: dict[str, str | list[str]], said: str) -> None:
    answer = staff.browser.post(TOGETHER, data=data)

    assert said in staff.browser.get(answer.location).text


def test_select_all_works_without_the_script(staff: Someone, waiting: list[UUID]) -> None:
    assert staff.browser.get(f"{MODERATION}?all=1").text.count(" checked data-pick") == 4
    assert staff.browser.get(MODERATION).text.count(" checked data-pick") == 0
