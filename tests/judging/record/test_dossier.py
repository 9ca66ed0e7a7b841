"""A dossier proves its result, and any edit to it is found."""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from campaign.cli import ROOT
from campaign.judging.commands import dossier_group
from campaign.judging.record import chain
from campaign.judging.record.dossier import Dossier
from campaign.judging.record.proof import verify
from tests.judging.record.dossiers import CLOSED, DOSSIERS, body_of, judge_who, record_of, sealed


@pytest.fixture(params=DOSSIERS)
def document(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Each kind of dossier, as plain JSON."""
    return DOSSIERS[request.param].model_dump()


@pytest.mark.parametrize("dossier", DOSSIERS.values(), ids=DOSSIERS)
def test_each_kind_of_dossier_holds_and_is_written_the_same_again(dossier: Dossier) -> None:
    again = Dossier.model_validate_json(dossier.canonical())

    assert (verify(again), again.canonical(), again.format) == ([], dossier.canonical(), "flaunt-dossier/3")


def test_skipping_is_no_vote_and_what_was_taken_back_is_none() -> None:
    rows = DOSSIERS["stars"].result

    assert [(row.submission, row.place, row.ballots, row.below_quorum) for row in rows] == [
        ("a", 1, 2, False),
        ("b", 2, 2, False),
        ("c", 3, 1, True),
        ("d", 4, 0, True),
    ]


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict) and value:
        return [leaf for key, inner in value.items() for leaf in _leaves(inner, (*path, key))]
    if isinstance(value, list) and value:
        return [leaf for key, inner in enumerate(value) for leaf in _leaves(inner, (*path, key))]
    return [path]


def _edited(value: Any) -> Any:
    """The smallest lie: another digit, another letter, something where there was nothing."""
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case float():
            return round(value + 0.000001, 6)
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


@pytest.mark.parametrize("name", ["shortlist", "duel", "ranking", "reopened"])
def test_a_changed_value_is_found_wherever_it_is(name: str) -> None:
    document = DOSSIERS[name].model_dump()
    missed = []
    for path in _leaves(document):
        forged = copy.deepcopy(document)
        place = forged
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = _edited(place[path[-1]])
        if not _findings(forged):
            missed.append(path)

    assert missed == []


@pytest.mark.parametrize("name", ["entries", "panel", "ballots", "result"])
def test_an_added_removed_or_moved_row_is_found(document: dict[str, Any], name: str) -> None:
    for change in (lambda rows: rows.pop(), lambda rows: rows.append(copy.deepcopy(rows[0])), list.reverse):
        changed = copy.deepcopy(document)
        change(changed[name])
        assert changed == document or _findings(changed) != []


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("round", "number"), 10**30),
        (("round", "criteria"), []),
        (("round", "criteria", 0, "weight"), 10**400),
        (("round", "seed"), 2**80),
        (("panel", 0, "events", 0, "body", "at"), 10**30),
        (("panel", 0, "events", 0, "body"), {}),
        (("panel", 0, "events", 0, "body", "word"), {"scores": {"Overall": [[]]}}),
        (("panel", 0, "judge"), "Judge " + "9" * 5000),
    ],
)
def test_what_could_never_be_written_is_found_and_breaks_nothing(place: tuple[Any, ...], value: Any) -> None:
    document = DOSSIERS["reopened"].model_dump()
    inner = document
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value

    assert _findings(document) != []


@pytest.mark.parametrize("field", ["events", "plan"])
@pytest.mark.parametrize("place", [0, 1, -1])
def test_a_dropped_event_or_assignment_is_found(place: int, field: str) -> None:
    document = DOSSIERS["stars"].model_dump()
    document["panel"][0][field].pop(place)

    assert _findings(document) != []


def test_it_says_where_it_breaks() -> None:
    document = DOSSIERS["stars"].model_dump()
    document["panel"][0]["events"][2]["body"]["word"]["scores"]["Overall"] = 5

    assert _findings(document) == ["Judge 1, event 3: its hash does not match what it says"]


def test_a_dossier_rewritten_whole_is_found_by_the_seal_that_was_kept() -> None:
    kept = DOSSIERS["stars"]
    rewritten = sealed(kept.round, [judge_who(1, [("a", 1)])])

    assert verify(rewritten) == []
    assert verify(rewritten, seal=kept.seal) == ["seal: is not the one that was kept"]
    assert verify(kept, seal=kept.final_seal) == []


@pytest.mark.parametrize("word", [{"scores": {"Light": 5}}, {"scores": {"Light": 5, "Story": 11}}, {"vote": "yes"}])
def test_word_that_does_not_fit_the_round_is_found(word: dict[str, Any]) -> None:
    spoilt = DOSSIERS["criteria"].model_dump()
    forged = sealed(record_of("shortlist"), [judge_who(1, [("a", {"vote": "yes"})])]).model_dump()
    forged["round"] = spoilt["round"]
    forged["ballots"][0]["word"] = word

    assert any(finding.startswith("ballots: do not fit the round") for finding in _findings(forged))


@pytest.mark.parametrize(
    ("bodies", "told"),
    [
        ([body_of(1, "a", 5, at="2026-11-22T17:59:59.999999Z")], "event 1: happened while the round was not open"),
        ([body_of(1, "a", 5, at="2026-11-22T22:00:00.000001Z")], "event 1: happened while the round was not open"),
        ([body_of(1, "a", 5, at=CLOSED), body_of(1, "b", 5)], "event 2: happened before the one that it follows"),
        ([body_of(1, "a", 5) | {"kind": "bought"}], "event 1: is of no kind that is known"),
    ],
)
def test_event_that_cannot_have_been_is_found(bodies: list[dict[str, Any]], told: str) -> None:
    forged = sealed(record_of(), [judge_who(1, [], bodies=bodies)])

    assert told in " ".join(verify(forged))


def test_an_event_on_what_was_never_handed_out_is_found() -> None:
    judge = judge_who(1, [("a", 5), ("b", 4)])
    forged = sealed(record_of(), [judge.model_copy(update={"plan": judge.plan[:1]})])

    assert verify(forged) == ["Judge 1, event 2: is on what this judge was not given"]


def test_one_photo_twice_for_a_judge_is_found() -> None:
    bodies = [body_of(1, "a", 5), {**body_of(1, "a", 4), "assignment": "another"}]
    forged = sealed(record_of(), [judge_who(1, [], bodies=bodies)])

    assert verify(forged) == ["Judge 1: was to judge a 2 times"]


def test_what_a_release_before_called_withdrawn_still_takes_back() -> None:
    bodies = [body_of(1, "a", 5), body_of(1, "a", None) | {"kind": "withdrawn"}, body_of(1, "b", 3)]
    old = sealed(record_of(), [judge_who(1, [], bodies=bodies)])

    assert (verify(old), [one.subject for one in old.ballots]) == ([], ["b"])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.one_of(st.none(), st.integers(1, 5))), max_size=12))
def test_the_last_word_on_each_photo_stands(given_stars: list[tuple[str, int | None]]) -> None:
    dossier = sealed(record_of(), [judge_who(1, list(given_stars))], "abc")

    assert verify(dossier) == []
    assert {one.subject: one.word for one in dossier.ballots} == {
        photo: {"scores": {"Overall": stars}} for photo, stars in dict(given_stars).items() if stars is not None
    }


def test_verify_on_the_command_line_needs_no_database_and_loads_no_driver(tmp_path: Path) -> None:
    file = tmp_path / "dossier.json"
    file.write_bytes(DOSSIERS["stars"].canonical())
    command = (
        "import sys; from campaign.cli import main\n"
        "try: main()\n"
        "finally: print(sorted({'flask', 'sqlalchemy', 'psycopg'} & set(sys.modules)))"
    )
    arguments = ["dossier", "verify", str(file), "--seal", DOSSIERS["stars"].seal]
    asked = subprocess.run(
        [sys.executable, "-c", command, *arguments],
        env={"PATH": os.environ["PATH"]}, cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert asked.stdout.splitlines() == [
        f"verified: 4 photos, 3 judges, 10 events, 5 ballots. Sealed with {DOSSIERS['stars'].seal}.",
        "[]",
    ]


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
