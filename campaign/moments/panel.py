"""What judges are told of a round: that it is theirs, that it still waits for them, and its seal at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from campaign.clock import database_now
from campaign.db import db
from campaign.judging.models import PanelMember, Reopening, Round, RoundStage
from campaign.moments.book import Fact, book_of
from campaign.moments.models import MailState, Moment
from campaign.moments.occasions import Occasion
from campaign.moments.readers import Means, Reader, readers
from campaign.moments.telling import News, mail_state, tell, tell_anew, words_for

WITHOUT_DEADLINE = "the round is closed by hand"


def tell_opened(round_id: UUID, means: Means) -> None:
    """Everybody who may judge hears that the round is open; once more where it was opened again since."""
    again = select(func.max(Reopening.created_at)).where(Reopening.round_id == round_id)
    _tell_open(Occasion.PANEL_OPENED, round_id, db.session.scalar(again), means)


def tell_reminder(round_id: UUID, person_id: UUID, at: datetime, left: int, means: Means) -> None:
    """One judge hears how much still waits; said anew, and by mail, for each reminder, known by its instant."""
    _tell_open(Occasion.PANEL_REMINDED, round_id, at, means, only=person_id, more={"left": left})


def tell_sealed(round_id: UUID, means: Means) -> None:
    """Everybody of the panel, those who left it too, gets the seal; anew where a reopened round was sealed anew."""
    sealed = db.session.get(Round, round_id)
    if sealed is None or sealed.seal is None:
        return
    _tell(Occasion.PANEL_SEALED, sealed, _panel(round_id), {"seal": sealed.seal}, means, since=sealed.closed_at)


def _tell_open(
    occasion: Occasion,
    round_id: UUID,
    at: datetime | None,
    means: Means,
    *,
    only: UUID | None = None,
    more: Mapping[str, Fact] | None = None,
) -> None:
    judged = db.session.get(Round, round_id)
    if judged is None or judged.state_at(database_now()) is not RoundStage.OPEN:
        return
    facts: dict[str, Fact] = {"closes": judged.closes_at or WITHOUT_DEADLINE, **(more or {})}
    people = [one for one in _panel(round_id, judging=True) if only in (None, one)]
    _tell(occasion, judged, people, facts, means, since=at)


def _tell(
    occasion: Occasion,
    about: Round,
    people: Sequence[UUID],
    facts: Mapping[str, Fact],
    means: Means,
    *,
    since: datetime | None,
) -> None:
    """Tell those who have not heard it since that instant; who heard an earlier one reads the new one in its place."""
    campaign = about.campaign
    book = book_of(campaign.id, campaign.title)
    said = {"round": about.title, **facts}
    news = [_news(reader, occasion, about, said) for reader in readers(people).values()]
    known = _known(occasion, about.id, people)
    tell(campaign, book, [one for one in news if one.reader.person_id not in known], means)
    for one in news:
        moment = known.get(one.reader.person_id)
        if moment is not None and since is not None and moment.told_at < since:
            by_mail = mail_state(one.reader, occasion.kind, means) is MailState.WAITING
            tell_anew(moment, words_for(campaign, book, one, means), by_mail=by_mail)


def _news(reader: Reader, occasion: Occasion, about: Round, facts: Mapping[str, Fact]) -> News:
    return News(reader, occasion, about.id, f"/panel/{about.id}", None, facts)


def _panel(round_id: UUID, *, judging: bool = False) -> Sequence[UUID]:
    """The judges; with `judging` without those who left."""
    query = select(PanelMember.person_id).where(PanelMember.round_id == round_id).order_by(PanelMember.seat)
    return db.session.scalars(query.where(PanelMember.left_at.is_(None)) if judging else query).all()


def _known(occasion: Occasion, round_id: UUID, people: Sequence[UUID]) -> Mapping[UUID, Moment]:
    told = select(Moment).where(
        Moment.person_id.in_(people), Moment.kind == occasion.kind, Moment.subject_id == round_id
    )
    return {one.person_id: one for one in db.session.scalars(told.order_by(Moment.id).with_for_update())}
