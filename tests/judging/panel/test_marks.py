"""Favourites and private notes: kept for the judge alone, on what was put before them, before and after the closing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from campaign.db import db
from campaign.judging.models import Assignment, Mark, Round
from campaign.submissions.models import Submission
from tests.people import Someone

Hand = Callable[..., list[Assignment]]


def address(judged: Round, photo: object) -> str:
    return f"/api/v1/rounds/{judged.id}/marks/{photo}"


def put(judge: Someone, judged: Round, photo: object, **mark: Any) -> int:
    return judge.browser.put(address(judged, photo), json=mark).status_code


def kept(judge: Someone, judged: Round) -> list[tuple[str, bool, str]]:
    answer = judge.browser.get(f"/api/v1/rounds/{judged.id}/marks")
    assert answer.status_code == 200
    return [(one["submission"], one["favourite"], one["note"]) for one in answer.get_json()["data"]]


def test_mark_is_kept_changed_and_taken_away(open_round: Round, hand: Hand, cast_member: Someone) -> None:
    first, second = (one.subject for one in hand(cast_member, 2))

    assert put(cast_member, open_round, first, favourite=True, note="  That light. ") == 200
    assert put(cast_member, open_round, second, note="Too much sky?") == 200
    assert kept(cast_member, open_round) == [(second, False, "Too much sky?"), (first, True, "That light.")]

    assert put(cast_member, open_round, first, favourite=True) == 200
    assert put(cast_member, open_round, second) == 200
    assert kept(cast_member, open_round) == [(first, True, "")]


def test_nobody_else_reads_a_mark(
    open_round: Round, hand: Hand, cast_member: Someone, other_cast_member: Someone, marketer: Someone
) -> None:
    photo = hand(cast_member, 1)[0].subject
    put(cast_member, open_round, photo, note="Mine")
    hand(other_cast_member, 4)

    assert kept(other_cast_member, open_round) == []
    assert marketer.browser.get(f"/api/v1/rounds/{open_round.id}/marks").status_code == 403
    for page in (f"/desk/rounds/{open_round.id}", f"/panel/{open_round.id}/marks/{photo}"):
        assert "Mine</textarea>" not in other_cast_member.browser.get(page).get_data(as_text=True)


def test_mark_stays_after_the_closing(closed_round: Round, photos: list[Submission], cast_member: Someone) -> None:
    assert put(cast_member, closed_round, photos[0].id, favourite=True) == 200

    assert kept(cast_member, closed_round) == [(str(photos[0].id), True, "")]


def test_only_what_was_put_before_the_judge_is_marked(
    open_round: Round, hand: Hand, photos: list[Submission], cast_member: Someone
) -> None:
    seen = {one.subject for one in hand(cast_member, 1)}
    unseen = next(photo.id for photo in photos if str(photo.id) not in seen)

    assert put(cast_member, open_round, unseen, favourite=True) == 404
    assert put(cast_member, open_round, uuid4(), favourite=True) == 404
    assert cast_member.browser.put(f"/api/v1/rounds/{uuid4()}/marks/{unseen}", json={}).status_code == 404
    assert db.session.scalars(select(Mark)).all() == []


@pytest.mark.parametrize("mark", [{"note": "x" * 2001}, {"favourite": "perhaps"}, {"note": 3}, {"stars": 4}])
def test_mark_that_cannot_be_kept_is_told(
    open_round: Round, hand: Hand, cast_member: Someone, mark: dict[str, Any]
) -> None:
    assert put(cast_member, open_round, hand(cast_member, 1)[0].subject, **mark) == 422


@pytest.mark.parametrize(("name", "status"), [("anonymous", 401), ("fan", 403), ("staff", 403), ("marketer", 403)])
def test_marks_are_for_the_panel(
    request: pytest.FixtureRequest, open_round: Round, hand: Hand, cast_member: Someone, name: str, status: int
) -> None:
    photo = hand(cast_member, 1)[0].subject
    somebody = request.getfixturevalue(name)

    assert put(somebody, open_round, photo, favourite=True) == status
    assert somebody.browser.get(f"/api/v1/rounds/{open_round.id}/marks").status_code == status


def test_plain_form_keeps_a_mark(open_round: Round, hand: Hand, cast_member: Someone) -> None:
    photo = hand(cast_member, 1)[0].subject
    form = f"/panel/{open_round.id}/marks/{photo}"
    assert cast_member.browser.get(form).status_code == 200

    answer = cast_member.browser.post(form, data={"favourite": "yes", "note": "Look again"})

    assert (answer.status_code, answer.location) == (302, f"/panel/{open_round.id}/mine")
    assert kept(cast_member, open_round) == [(photo, True, "Look again")]
    assert "Look again</textarea>" in cast_member.browser.get(form).get_data(as_text=True)
