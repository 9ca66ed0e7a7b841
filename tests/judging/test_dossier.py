"""A dossier proves its result, and any edit to it is found."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from campaign.judging import chain
from campaign.judging.commands import dossier_group
from campaign.judging.dossier import Dossier, compose, verify
from campaign.judging.papers import JudgeRecord
from tests.judging.dossiers import AT, DOSSIERS, event_after, judge_who, record_of, sealed


@pytest.fixture(params=DOSSIERS)
def document(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Each kind of dossier, as plain JSON."""
    return DOSSIERS[request.param].model_dump()


@pytest.mark.parametrize("dossier", DOSSIERS.values(), ids=DOSSIERS)
def test_each_kind_of_dossier_holds_and_is_written_the_same_again(dossier: Dossier) -> None:
    again = Dossier.model_validate_json(dossier.canonical())

    assert (verify(again), again.canonical()) == ([], dossier.canonical())


def test_first_format_keeps_its_name_and_its_rows() -> None:
    first = DOSSIERS["first format"].model_dump()

    assert (first["format"], DOSSIERS["stars"].format) == ("flaunt-dossier/1", "flaunt-dossier/2")
    assert (first["ballots"][0]["stars"], "criteria" in first["round"], "breakdown" in first["result"][0]) == (
        5,
        False,
        False,
    )
    assert [(row["rank"], row["mean"]) for row in first["result"]] == [(1, 4.5), (2, 4.0), (3, 3.0), (4, None)]


def test_weighted_criteria_count_by_their_weights() -> None:
    rows = DOSSIERS["criteria"].result

    # a: (2·5+1)/3 and (2·4+2)/3; b: (2·3+5)/3 and (2·4+5)/3.
    assert [(row.submission, row.mean) for row in rows] == [("b", 4.0), ("a", 3.5), ("c", 1.0), ("d", None)]
    assert [row.model_dump()["breakdown"] for row in rows[:2]] == [
        {"Light": 3.5, "Story": 5.0},
        {"Light": 4.5, "Story": 1.5},
    ]


def test_skipping_is_no_vote() -> None:
    rows = [(row.submission, row.mean, row.ballots) for row in DOSSIERS["shortlist"].result]

    assert rows == [("a", 0.75, 2), ("b", 0.75, 2), ("c", 0.0, 1), ("d", None, 0)]


@pytest.mark.parametrize(
    "word",
    [{"scores": {"Light": 5}}, {"scores": {"Light": 5, "Story": 5, "Mood": 5}}, {"vote": "yes"}],
)
def test_word_that_does_not_fit_the_round_is_found(word: dict[str, Any]) -> None:
    sound = DOSSIERS["criteria"]
    judge = judge_who(1, [("a", word)])
    seal = chain.seal(sound.round.model_dump(), sound.entries, [judge.events[-1].hash])
    ballot = {"judge": judge.judge, "assignment": f"{judge.judge[:6]}-a", "submission": "a", "word": word}
    spoilt = {**sound.model_dump(), "judges": [judge.model_dump()], "ballots": [ballot], "seal": seal}

    assert [finding.split(":")[0] for finding in _findings(spoilt)] == ["ballots"]


def test_a_sound_dossier_holds() -> None:
    dossier = DOSSIERS["stars"]

    assert verify(dossier) == []
    assert [(row.submission, row.rank, row.mean, row.ballots) for row in dossier.result] == [
        ("a", 1, 4.5, 2),
        ("b", 2, 4.0, 2),
        ("c", 3, 3.0, 1),
        ("d", 4, None, 0),
    ]


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


LEAVES = [(name, path) for name, one in DOSSIERS.items() for path in _leaves(one.model_dump())]


@pytest.mark.parametrize(("name", "path"), LEAVES, ids=lambda part: ".".join(map(str, part)))
def test_a_changed_value_is_found_wherever_it_is(name: str, path: tuple[Any, ...]) -> None:
    document = DOSSIERS[name].model_dump()
    place = document
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = _edited(place[path[-1]])

    assert _findings(document) != []


@pytest.mark.parametrize("name", ["entries", "judges", "ballots", "result"])
def test_an_added_removed_or_moved_row_is_found(document: dict[str, Any], name: str) -> None:
    for change in (lambda rows: rows.pop(), lambda rows: rows.append(copy.deepcopy(rows[0])), list.reverse):
        changed = copy.deepcopy(document)
        change(changed[name])
        assert _findings(changed) != []


@pytest.mark.parametrize("place", [0, 1, -1])
def test_a_dropped_event_is_found(place: int) -> None:
    document = DOSSIERS["stars"].model_dump()
    events = max((one["events"] for one in document["judges"]), key=len)
    events.pop(place)

    assert _findings(document) != []


def test_a_dossier_rewritten_whole_is_found_by_the_seal_that_was_kept() -> None:
    kept = DOSSIERS["stars"]
    judge = judge_who(1, [("a", 1)])
    seal = chain.seal(kept.round.model_dump(), kept.entries, [judge.events[-1].hash])
    rewritten = compose(kept.round, kept.entries, [judge], seal)

    assert verify(rewritten) == []
    assert verify(rewritten, seal=kept.seal) == ["seal: is not the one that was kept"]


def test_two_assignments_of_one_photo_for_a_judge_are_found() -> None:
    judge = chain.commit_to(b"s" * 32, uuid4())
    five = {"scores": {"Overall": 5}}
    first = event_after(judge, None, kind="cast", assignment="1", subject="a", word=five, at=AT)
    second = event_after(judge, first, kind="cast", assignment="2", subject="a", word=five, at=AT)
    twice = sealed(record_of(), [JudgeRecord(judge=judge, events=[first, second])], "a")

    assert verify(twice) == [f"judge {judge[:8]}: was given photo a twice"]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.one_of(st.none(), st.integers(1, 5))), max_size=12))
def test_the_last_word_on_each_photo_stands(given_stars: list[tuple[str, int | None]]) -> None:
    dossier = sealed(record_of(), [judge_who(1, list(given_stars))], "abc")

    assert verify(dossier) == []
    assert {one.submission: one.model_dump()["word"] for one in dossier.ballots} == {
        photo: {"scores": {"Overall": stars}} for photo, stars in dict(given_stars).items() if stars is not None
    }


def test_verify_on_the_command_line_needs_no_database(tmp_path: Path) -> None:
    file = tmp_path / "dossier.json"
    file.write_bytes(DOSSIERS["stars"].canonical())

    answer = CliRunner().invoke(dossier_group, ["verify", str(file), "--seal", DOSSIERS["stars"].seal])

    assert (answer.exit_code, "4 photos, 3 judges, 10 events, 5 ballots" in answer.output) == (0, True)


@pytest.mark.parametrize(
    "spoilt", [lambda text: text.replace('"Overall":5', '"Overall":4'), lambda _: "{", lambda _: "[]"]
)
def test_verify_on_the_command_line_tells_what_does_not_hold(tmp_path: Path, spoilt: Any) -> None:
    file = tmp_path / "dossier.json"
    file.write_text(spoilt(DOSSIERS["stars"].canonical().decode()))

    answer = CliRunner().invoke(dossier_group, ["verify", str(file)])

    assert answer.exit_code == 1
    assert "Traceback" not in answer.output


def test_a_commitment_depends_on_the_salt() -> None:
    person = uuid4()

    assert chain.commit_to(b"a" * 32, person) != chain.commit_to(b"b" * 32, person)
