"""What one judge gives makes no difference to anything that anybody else can open before the round closes.

Tried on somebody who holds every role there is, sits on the same panel and is its chair: nobody may open more.
"""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import update

from campaign.db import db, transaction
from campaign.judging.models import PanelMember
from tests.judging.canaries import NOTE
from tests.judging.theatre import Theatre, open_theatre
from tests.people import Someone

FLEETING = re.compile(
    r"X-Request-ID: \S+|Set-Cookie: .*|Content-Length: \d+|(state|nonce|code_challenge)=[\w.-]+"
    r"|csrf[_-]token\" (value|content)=\"[^\"]+\"|\d+ (second|minute)s?|\d\d:\d\d(:\d\d)?(\.\d+)?Z?|\s+",
    re.ASCII,
)
"""What differs between two looks at the same page."""
HARSH, KIND = 1, 5


@pytest.fixture
def theatre(app: Flask, database: None) -> Theatre:
    made = open_theatre(app)
    here = (PanelMember.person_id == made.hats.person_id, PanelMember.round_id == made.open_id)
    with transaction():
        db.session.execute(update(PanelMember).where(*here).values(is_chair=True))
    made.hats.browser.get(f"/api/v1/rounds/{made.open_id}/next")  # so that the same lies before them at every look
    return made


def give(theatre: Theatre, stars: int) -> None:
    """Let the judge change every word given in the open round."""
    judge = theatre.judge.browser
    for assignment in judge.get(f"/api/v1/rounds/{theatre.open_id}/ballots").get_json()["data"]:
        given = judge.put(f"/api/v1/assignments/{assignment['id']}/ballot", json={"stars": stars})
        assert given.status_code == 200


def looks(theatre: Theatre, person: Someone) -> dict[str, str]:
    """Every page and answer about the open round, without what is fleeting."""
    of_this_round = replace(theatre, rooms=theatre.rooms[:1])
    return {address: FLEETING.sub("", text) for address, text in of_this_round.walk(person)}


def test_nobody_else_can_tell_what_a_judge_gave_or_wrote_down(theatre: Theatre) -> None:
    own = f"/api/v1/rounds/{theatre.open_id}"
    give(theatre, KIND)
    before = looks(theatre, theatre.hats)
    was = theatre.ask(theatre.judge, "GET", f"{own}/ballots")[1]
    give(theatre, HARSH)
    after = looks(theatre, theatre.hats)
    assert {address for address in before if before[address] != after[address]} == set()
    assert (f'"stars":{KIND}' in was, f'"stars":{HARSH}' in was) == (True, False)
    assert [address for address in after if NOTE in after[address]] == []
    assert NOTE in theatre.ask(theatre.judge, "GET", f"{own}/marks")[1]
