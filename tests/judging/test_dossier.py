"""A dossier proves its result, and any edit to it is found."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from campaign.judging import chain
from campaign.judging.commands import dossier_group
from campaign.judging.dossier import Dossier, Event, EventBody, JudgeRecord, RoundRecord, compose, verify

AT = "2026-11-22T20:00:00.000000Z"


def _event(judge: str, last: Event | None, **body: Any) -> Event:
    before = chain.Link(last.sequence, {}, last.previous, last.hash) if last else None
    link = chain.append(judge, before, body)
    return Event(sequence=link.sequence, body=EventBody.model_validate(body), previous=link.previous, hash=link.hash)


def _judge(number: int, given_stars: list[tuple[str, int | None]]) -> JudgeRecord:
    """A judge who gave (photo, stars) in this order; None takes the stars back."""
    judge = chain.commit_to(bytes([number]) * 32, UUID(int=number))
    events: list[Event] = []
    for photo, stars in given_stars:
        kind = "withdrawn" if stars is None else "cast"
        last = events[-1] if events else None
        events.append(
            _event(judge, last, kind=kind, assignment=f"{judge[:6]}-{photo}", subject=photo, stars=stars, at=AT)
        )
    return JudgeRecord(judge=judge, events=events)


def _dossier() -> Dossier:
    record = RoundRecord(
        id=str(UUID(int=1)),
        campaign=str(UUID(int=2)),
        number=1,
        title="First look",
        method="stars",
        quorum=2,
        opened_at=AT,
        closes_at=None,
        closed_at=AT,
    )
    judges = [
        _judge(1, [("a", 5), ("b", 2), ("b", 4), ("c", 3)]),
        _judge(2, [("a", 4), ("b", 4), ("c", 1), ("c", None)]),
        _judge(3, []),
    ]
    entries = ["a", "b", "c", "d"]
    heads = [one.events[-1].hash if one.events else one.judge for one in judges]
    return compose(record, entries, judges, chain.seal(record.model_dump(), entries, heads))


def test_a_sound_dossier_holds() -> None:
    dossier = _dossier()

    assert verify(dossier) == []
    assert [(row.submission, row.rank, row.mean, row.ballots) for row in dossier.result] == [
        ("a", 1, 4.5, 2),
        ("b", 2, 4.0, 2),
        ("c", 3, 3.0, 1),
        ("d", 4, None, 0),
    ]


def test_the_same_round_gives_the_same_bytes() -> None:
    assert _dossier().canonical() == Dossier.model_validate_json(_dossier().canonical()).canonical()


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [leaf for key, inner in value.items() for leaf in _leaves(inner, (*path, key))]
    if isinstance(value, list) and value:
        return [leaf for key, inner in enumerate(value) for leaf in _leaves(inner, (*path, key))]
    return [path]


def _edited(value: Any) -> Any:
    match value:
        case bool():
            return not value
        case int() | float():
            return value + 1 if value < 5 else value - 1
        case str():
            return ("0" if value[:1] != "0" else "1") + value[1:]
        case None:
            return "2026-11-23T20:00:00.000000Z"
        case _:
            return ["x"]


def _findings(document: Any) -> list[str]:
    try:
        return verify(Dossier.model_validate_json(json.dumps(document)))
    except ValidationError as problem:
        return [str(problem)]


LEAVES = _leaves(_dossier().model_dump())


@pytest.mark.parametrize("path", LEAVES, ids=lambda path: ".".join(map(str, path)))
def test_a_changed_value_is_found_wherever_it_is(path: tuple[Any, ...]) -> None:
    document = _dossier().model_dump()
    place = document
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = _edited(place[path[-1]])

    assert _findings(document) != []


@pytest.mark.parametrize("name", ["entries", "judges", "ballots", "result"])
def test_an_added_removed_or_moved_row_is_found(name: str) -> None:
    for change in (lambda rows: rows.pop(), lambda rows: rows.append(copy.deepcopy(rows[0])), list.reverse):
        document = _dossier().model_dump()
        change(document[name])
        assert _findings(document) != []


@pytest.mark.parametrize("place", [0, 1, -1])
def test_a_dropped_event_is_found(place: int) -> None:
    document = _dossier().model_dump()
    events = max((one["events"] for one in document["judges"]), key=len)
    events.pop(place)

    assert _findings(document) != []


def test_a_dossier_rewritten_whole_is_found_by_the_seal_that_was_kept() -> None:
    kept = _dossier()
    judge = _judge(1, [("a", 1)])
    seal = chain.seal(kept.round.model_dump(), kept.entries, [judge.events[-1].hash])
    rewritten = compose(kept.round, kept.entries, [judge], seal)

    assert verify(rewritten) == []
    assert verify(rewritten, seal=kept.seal) == ["seal: is not the one that was kept"]


def test_two_assignments_of_one_photo_for_a_judge_are_found() -> None:
    judge = chain.commit_to(b"s" * 32, uuid4())
    first = _event(judge, None, kind="cast", assignment="1", subject="a", stars=5, at=AT)
    second = _event(judge, first, kind="cast", assignment="2", subject="a", stars=5, at=AT)
    record = _dossier().round
    twice = compose(
        record,
        ["a"],
        [JudgeRecord(judge=judge, events=[first, second])],
        chain.seal(record.model_dump(), ["a"], [second.hash]),
    )

    assert verify(twice) == [f"judge {judge[:8]}: was given photo a twice"]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.one_of(st.none(), st.integers(1, 5))), max_size=12))
def test_the_last_word_on_each_photo_stands(given_stars: list[tuple[str, int | None]]) -> None:
    record = _dossier().round
    judge = _judge(1, given_stars)
    head = judge.events[-1].hash if judge.events else judge.judge
    dossier = compose(record, "abc", [judge], chain.seal(record.model_dump(), "abc", [head]))

    assert verify(dossier) == []
    assert {one.submission: one.stars for one in dossier.ballots} == {
        photo: stars for photo, stars in dict(given_stars).items() if stars is not None
    }


def test_verify_on_the_command_line_needs_no_database(tmp_path: Path) -> None:
    file = tmp_path / "dossier.json"
    file.write_bytes(_dossier().canonical())

    answer = CliRunner().invoke(dossier_group, ["verify", str(file), "--seal", _dossier().seal])

    assert (answer.exit_code, "4 photos, 3 judges, 8 events, 5 ballots" in answer.output) == (0, True)


@pytest.mark.parametrize("spoilt", [lambda text: text.replace('"stars":5', '"stars":4'), lambda _: "{", lambda _: "[]"])
def test_verify_on_the_command_line_tells_what_does_not_hold(tmp_path: Path, spoilt: Any) -> None:
    file = tmp_path / "dossier.json"
    file.write_text(spoilt(_dossier().canonical().decode()))

    answer = CliRunner().invoke(dossier_group, ["verify", str(file)])

    assert answer.exit_code == 1
    assert "Traceback" not in answer.output


def test_a_commitment_depends_on_the_salt() -> None:
    person = uuid4()

    assert chain.commit_to(b"a" * 32, person) != chain.commit_to(b"b" * 32, person)
