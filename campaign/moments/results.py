"""What fans are told of a campaign's result: in batches, each a transaction of its own, however many they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select, tuple_

from campaign.campaigns.models import Campaign, State
from campaign.campaigns.window import enter_window
from campaign.db import db
from campaign.errors import NotFound
from campaign.judging.models import Award, Selection
from campaign.moments.book import Book, Fact, book_of
from campaign.moments.models import MailState, Moment
from campaign.moments.occasions import Occasion
from campaign.moments.readers import Means, Reader, readers
from campaign.moments.telling import News, mail_state, tell, tell_anew, words_for
from campaign.submissions.models import Submission, SubmissionState

BATCH = 200
"""People in one transaction."""


Chosen = tuple[Award, Submission]


@dataclass(frozen=True, slots=True)
class Figures:
    """Out of so many photos in the gallery, so many were chosen: counted once, the same for everybody."""

    photos: int
    chosen: int


def count_figures(campaign_id: UUID) -> Figures:
    published = (Submission.campaign_id == campaign_id, Submission.state == SubmissionState.PUBLISHED)
    photos = db.session.scalar(select(func.count()).select_from(Submission).where(*published))
    chosen = db.session.scalar(select(func.count()).select_from(Selection).join(Selection.submission).where(*published))
    return Figures(photos or 0, chosen or 0)


def tell_batch(
    campaign_id: UUID, figures: Figures, means: Means, *, ahead: bool, after: UUID | None, moved: bool = False
) -> UUID | None:
    """Tell the next people in the order of their ids; returns whom to go on after, or None when all were told.

    With `ahead`, only finalists and winners. Once a campaign is announced it is told to everybody; before that, to
    nobody but those who may know ahead. With `moved`, who was told another instant hears the new one, or that it is
    put off; and whoever was told ahead hears of an announcement that did not wait for its instant.
    """
    try:
        campaign, now = enter_window(campaign_id)  # nobody moves the announcement or the choice while it is told
    except NotFound:
        return None
    state = campaign.state_at(now)
    is_secret = state is not State.ANNOUNCED
    is_put_off = is_secret and campaign.announces_at is None
    if (is_secret and not ahead) or (is_put_off and not moved):
        return None
    people = _next_people(campaign_id, chosen_only=ahead, after=after)
    news = _news(campaign, figures, people, is_secret=is_secret)
    book = book_of(campaign.id, campaign.title)
    if not is_put_off:
        tell(campaign, book, news, means)
    if moved if is_secret else _came_by_hand(campaign):
        _correct(campaign, book, news, means)
    return people[-1] if len(people) == BATCH else None


def _came_by_hand(campaign: Campaign) -> bool:
    """Whether it is announced at another instant than those heard who were told ahead."""
    return campaign.told_at is not None and campaign.announces_at is None


def _correct(campaign: Campaign, book: Book, news: Sequence[News], means: Means) -> None:
    """Whoever keeps a secret must know until when: say it again where the words are others by now."""
    about = {(one.reader.person_id, one.occasion.kind, one.subject_id): one for one in news}
    place = tuple_(Moment.person_id, Moment.kind, Moment.subject_id)
    for known in db.session.scalars(select(Moment).where(place.in_(about)).order_by(Moment.id).with_for_update()):
        one = about[known.person_id, known.kind, known.subject_id]
        words = words_for(campaign, book, one, means)
        if known.body != words.body:
            known.path = one.path
            tell_anew(known, words, by_mail=mail_state(one.reader, known.kind, means) is MailState.WAITING)


def _next_people(campaign_id: UUID, *, chosen_only: bool, after: UUID | None) -> Sequence[UUID]:
    query = (
        select(Submission.person_id)
        .distinct()
        .where(Submission.campaign_id == campaign_id, Submission.state == SubmissionState.PUBLISHED)
        .order_by(Submission.person_id)
        .limit(BATCH)
    )
    if chosen_only:
        query = query.join(Selection, Selection.submission_id == Submission.id)
    if after is not None:
        query = query.where(Submission.person_id > after)
    return db.session.scalars(query).all()


def _news(campaign: Campaign, figures: Figures, people: Sequence[UUID], *, is_secret: bool) -> list[News]:
    known = readers(people)
    chosen = _chosen(campaign.id, people)
    facts: dict[str, Fact] = {"photos": figures.photos, "chosen": figures.chosen}
    if is_secret and campaign.announces_at is not None:
        facts["until"] = campaign.announces_at
    news: list[News] = []
    for person_id, reader in known.items():
        if person_id in chosen:
            news += _good_news(campaign, reader, chosen[person_id], facts, is_secret=is_secret)
        elif not is_secret:
            news.append(News(reader, Occasion.NOT_THIS_TIME, campaign.id, _winners(campaign), None, facts))
    return news


def _good_news(
    campaign: Campaign, reader: Reader, chosen: Iterable[Chosen], facts: Mapping[str, Fact], *, is_secret: bool
) -> Iterable[News]:
    for award, photo in chosen:
        occasion = Occasion(award.value + _standing(campaign, is_secret=is_secret))
        about = {**facts, "caption": photo.caption, "place": photo.place}
        path = f"/photos/{photo.id}" if is_secret else _winners(campaign)
        yield News(reader, occasion, photo.id, path, photo.id, about)


def _standing(campaign: Campaign, *, is_secret: bool) -> str:
    """Which words fit: of what everybody knows, of what is told ahead, of what was told and then put off."""
    if not is_secret:
        return ""
    return "_put_off" if campaign.announces_at is None else "_ahead"


def _chosen(campaign_id: UUID, people: Sequence[UUID]) -> Mapping[UUID, list[Chosen]]:
    query = (
        select(Selection.award, Submission)
        .join(Selection.submission)
        .where(Selection.campaign_id == campaign_id, Submission.person_id.in_(people))
        .where(Submission.state == SubmissionState.PUBLISHED)
    )
    chosen: dict[UUID, list[Chosen]] = {}
    for award, submission in db.session.execute(query):
        chosen.setdefault(submission.person_id, []).append((award, submission))
    return chosen


def _winners(campaign: Campaign) -> str:
    return f"/c/{campaign.slug}/winners"
