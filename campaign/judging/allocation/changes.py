"""A change to a round under way: what it would do, and doing it without losing a ballot."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select, update

from campaign.accounts.actor import Actor
from campaign.accounts.models import Person
from campaign.accounts.permissions import require
from campaign.clock import database_now
from campaign.db import db
from campaign.errors import Conflict, InvalidInput, NotFound
from campaign.judging.allocation.agenda import clear_agendas, write_agendas
from campaign.judging.allocation.filling import SINGLE, recount, seated
from campaign.judging.allocation.replanning import Remainder, matched_after, parts_after, remainder_of
from campaign.judging.life.annals import note, tell
from campaign.judging.life.plan import LARGEST_QUORUM
from campaign.judging.life.window import hold_round
from campaign.judging.models import Assignment, PanelMember, Round, RoundStage
from campaign.judging.queries import cast_of
from campaign.judging.record.chain import SALT_BYTES, commit_to


@dataclass(frozen=True, kw_only=True)
class Change:
    """What is to change: judges who join or leave, another quorum, and dealing again away from `away_from`.

    `deal_again` plans everything anew that is not judged: those in `away_from` get nothing more, and what lies before
    them goes to others; with nobody in it, the rest is levelled over all.
    """

    add: frozenset[UUID] = field(default_factory=frozenset)
    drop: frozenset[UUID] = field(default_factory=frozenset)
    quorum: int | None = None
    deal_again: bool = False
    away_from: frozenset[UUID] = field(default_factory=frozenset)


class JudgeChange(NamedTuple):
    """One judge before and after: `done` ballots stand either way; `now` and `then` are photos still to judge."""

    person_id: UUID
    display_name: str
    done: int
    now: int
    then: int
    is_new: bool
    is_leaving: bool


class Preview(NamedTuple):
    """What a change would do.

    `ballots_now` and `ballots_then` count what is still to be judged, over all. `short` are photos that would stay
    below the quorum as too few may judge them, `over` ballots beyond it that stand all the same. `pieces` and
    `smallest_cut` tell how the panel would hang together, done and planned.
    """

    judges: list[JudgeChange]
    quorum: int
    ballots_now: int
    ballots_then: int
    short: list[UUID]
    over: int
    pieces: int
    smallest_cut: int

    @property
    def more_work(self) -> int:
        """How many more photos are to be judged than now, over all; below 0 for fewer."""
        return self.ballots_then - self.ballots_now


def preview_change(actor: Actor, round_id: UUID, change: Change) -> Preview:
    """What the change would do to an open round; writes nothing.

    Raises NotPermitted, NotFound, Conflict where the round is not open, InvalidInput (`add`, `drop`, `quorum`,
    `away_from`) for what cannot be.
    """
    judged = db.session.get(Round, round_id, populate_existing=True)
    if judged is None:
        raise NotFound("There is no such round.")
    require(actor, "round.manage", judged)
    _refuse(judged, change, judged.state_at(database_now()))
    return _previewed(_remainder(judged, change), change)


def apply_change(actor: Actor, round_id: UUID, change: Change) -> Preview:
    """Do it, and tell what it did. What was judged or is being looked at stays. Raises what `preview_change` does."""
    judged, now = hold_round(round_id)
    require(actor, "round.manage", judged)
    _refuse(judged, change, judged.state_at(now))
    remainder = _remainder(judged, change)
    told = _previewed(remainder, change)
    _seat(judged, change, now)
    judged.quorum = told.quorum
    _release(round_id, change.drop | (change.away_from if change.deal_again else frozenset()), now)
    if judged.method in SINGLE:
        clear_agendas(round_id)
        db.session.flush()
        write_agendas(round_id, remainder.agendas)
        recount(judged)
    else:
        judged.planned = remainder.done.total() + told.ballots_then
    db.session.flush()
    _write_down(actor, judged, change, told)
    return told


def _remainder(judged: Round, change: Change) -> Remainder:
    return remainder_of(
        judged,
        quorum=judged.quorum if change.quorum is None else change.quorum,
        add=change.add,
        leaving=change.drop,
        idle=change.away_from if change.deal_again else frozenset(),
    )


def _previewed(remainder: Remainder, change: Change) -> Preview:
    everybody = {*remainder.panel, *change.drop}
    names = dict(db.session.execute(select(Person.id, Person.display_name).where(Person.id.in_(everybody))).all())
    if remainder.judged.method in SINGLE:
        after, dealt = remainder.after, remainder.dealt
        short = [remainder.photos[photo] for photo in dealt.short[:, 0].tolist()]
        left, pieces, cut = after.total(), dealt.after.pieces, dealt.after.smallest_cut
    else:
        left = matched_after(remainder)
        after = parts_after(remainder, left)
        short, pieces, cut = [], 1, 0
    rows = [
        JudgeChange(
            one,
            names[one],
            remainder.done[one],
            remainder.before[one],
            after[one],
            one in change.add,
            one in change.drop,
        )
        for one in sorted(everybody, key=lambda one: (names[one], one))
    ]
    now = remainder.before.total() if remainder.judged.method in SINGLE else max(
        0, remainder.judged.planned - remainder.done.total()
    )  # fmt: skip
    return Preview(rows, remainder.quorum, now, left, short, remainder.over, pieces, cut)


def _refuse(judged: Round, change: Change, state: RoundStage) -> None:
    """Raises Conflict, or InvalidInput with a sentence for each field."""
    if state is not RoundStage.OPEN:
        raise Conflict("Only a round that is open can be changed under way.", code="round_not_open")
    panel, cast = set(seated(judged.id)), {one.person_id for one in cast_of(judged.campaign_id)}
    quorum = judged.quorum if change.quorum is None else change.quorum
    after = (panel | change.add) - change.drop
    working = after - (change.away_from if change.deal_again else frozenset())
    found = {
        "add": "" if change.add <= cast - panel else "Choose people of the cast who are not on the panel yet.",
        "drop": "" if change.drop <= panel else "Choose judges who are on the panel.",
        "away_from": "" if change.away_from <= after else "Choose judges who stay on the panel.",
        "quorum": _mend_quorum(quorum, len(after) if judged.method in SINGLE else None),
        "deal_again": "" if working else "Somebody has to go on. Leave at least one judge with photos.",
    }
    if change == Change():
        found["quorum"] = "Nothing would change. Say what should."
    fields = {name: sentence for name, sentence in found.items() if sentence}
    if fields:
        raise InvalidInput("A few things need another look before the round can change.", fields=fields)


def _mend_quorum(quorum: int, panel: int | None) -> str:
    """`panel` is None where one judge may meet a photo often, in duels and lists."""
    if not 1 <= quorum <= LARGEST_QUORUM:
        return f"Choose a number from 1 to {LARGEST_QUORUM}."
    if panel is not None and quorum > panel:
        return f"Each photo is to be seen by {quorum}, and {panel} would be on the panel. Change the one or the other."
    return ""


def _seat(judged: Round, change: Change, now: datetime) -> None:
    """Who left keeps their place in the record, the chair's too, and gets it back when they return."""
    known = {one.person_id: one for one in judged.panel}
    for person_id in sorted(change.drop):
        known[person_id].left_at = now
    seat = count(max((one.seat for one in judged.panel), default=0) + 1)
    for person_id in sorted(change.add):
        if person_id in known:
            known[person_id].left_at = None
        else:
            salt = secrets.token_bytes(SALT_BYTES)
            name = commit_to(salt, person_id)
            member = PanelMember(person_id=person_id, salt=salt, commitment=name, head=name, seat=next(seat))
            judged.panel.append(member)
    db.session.flush()


def _release(round_id: UUID, judges: frozenset[UUID], now: datetime) -> None:
    """What waits before them is theirs no more; what they judged stays."""
    waiting = (Assignment.round_id == round_id, Assignment.judge_id.in_(judges), ~Assignment.judged)
    gone = {"gone_at": now, "held_until": None}
    db.session.execute(update(Assignment).where(*waiting, Assignment.gone_at.is_(None)).values(gone))


def _write_down(actor: Actor, judged: Round, change: Change, told: Preview) -> None:
    names = {one.person_id: one.display_name for one in told.judges}
    for action, people in (("round.judge_added", change.add), ("round.judge_dropped", change.drop)):
        for person_id in sorted(people):
            note(actor, judged, action, name=names[person_id], judge=str(person_id))
    if change.add:
        tell(judged, "round.opened")  # a judge is told of a round once
    if change.quorum is not None:
        note(actor, judged, "round.quorum_changed", quorum=change.quorum)
    if change.deal_again:
        note(actor, judged, "round.dealt_again", photos=told.ballots_then)
