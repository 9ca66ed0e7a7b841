"""Stars: a whole number from 1 to 5, or to 10, for each of the round's criteria, which count by their weights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from campaign.errors import InvalidInput
from campaign.judging.methods.columns import Index, indices
from campaign.judging.methods.shape import Criterion, Given, Said, Terms, Word
from campaign.judging.scoring.agreement import Agreement, agreement_on_scores
from campaign.judging.scoring.outcome import Outcome
from campaign.judging.scoring.sheet import Sheet
from campaign.judging.scoring.stars_outcome import score_stars

FEWEST = 1
SCALES = {5: "five", 10: "ten"}
"""How far stars may go, and in words."""
MOST_CRITERIA = 6
HEAVIEST = 100
LONGEST_NAME = 40

OVERALL = "Overall"
DEFAULT_CRITERIA: tuple[Criterion, ...] = (Criterion(OVERALL),)


def mend_criteria(criteria: Sequence[Criterion]) -> str | None:
    """One to six criteria, each with a name of its own and a whole weight from 1 to 100."""
    names = [one.name.casefold() for one in criteria]
    if not 1 <= len(criteria) <= MOST_CRITERIA:
        return f"Stars are given for 1 to {MOST_CRITERIA} criteria."
    if not all(1 <= len(one.name) <= LONGEST_NAME for one in criteria):
        return f"Give each criterion a name of up to {LONGEST_NAME} characters."
    if len(set(names)) != len(names):
        return "Two criteria have the same name. Judges could not tell them apart."
    if not all(1 <= one.weight <= HEAVIEST for one in criteria):
        return f"A weight is a whole number from 1 to {HEAVIEST}."
    return None


def photos_each(terms: Terms) -> int:
    """One."""
    return 1


def read(said: Said, terms: Terms, subject: Sequence[str]) -> Word:
    """`scores` by the criteria's names; in a one-criterion round `stars` says the same."""
    for other in ("vote", "winner", "ranking"):
        if getattr(said, other) is not None:
            told = f"Give stars from 1 to {terms.scale} instead."
            raise InvalidInput("This round is judged by stars.", fields={other: told})
    if said.scores is None:
        return Word(scores=(_single(said.stars, terms),))
    if said.stars is not None:
        raise InvalidInput("Say it once.", fields={"stars": "Leave it out where scores are given."})
    scores = [said.scores.get(one.name) for one in terms.criteria]
    missing = [one.name for one, score in zip(terms.criteria, scores, strict=True) if not _counts(score, terms)]
    strange = sorted(set(said.scores) - {one.name for one in terms.criteria})
    if missing or strange:
        told = f"Still without stars: {', '.join(missing)}." if missing else f"Not judged here: {', '.join(strange)}."
        raise InvalidInput(f"Each criterion gets one to {_most(terms)} stars. {told}", fields={"scores": told})
    return Word(scores=tuple(score for score in scores if score is not None))


def write(word: Word, terms: Terms) -> dict[str, Any]:
    """`{"scores": {"Light": 4, "Story": 5}}`."""
    return {"scores": {one.name: score for one, score in zip(terms.criteria, word.scores or (), strict=True)}}


def restore(written: Mapping[str, Any], terms: Terms, subject: Sequence[str]) -> Word:
    """`write` backwards; ValueError unless there is one score for each criterion and nothing else."""
    scores = written.get("scores")
    if (
        set(written) != {"scores"}
        or not isinstance(scores, dict)
        or set(scores) != {one.name for one in terms.criteria}
    ):
        raise ValueError("not the round's criteria")
    ordered = tuple(scores[one.name] for one in terms.criteria)
    if not all(_counts(score, terms) for score in ordered):
        raise ValueError(f"not whole numbers from 1 to {terms.scale}")
    return Word(scores=ordered)


def columns(entries: Iterable[str], given: Iterable[Given], terms: Terms) -> Sheet:
    """A row for each ballot on a photo that took part, with its scores in the order of the criteria."""
    ballots = list(given)
    index = Index(entries, ballots)
    rows = [one for one in ballots if one.subject in index.photo and one.word.scores is not None]
    return Sheet(
        photos=index.photos,
        judges=index.judges,
        judge=indices(index.judge[one.judge] for one in rows),
        photo=indices(index.photo[one.subject] for one in rows),
        value=np.array([one.word.scores for one in rows], dtype=np.float64).reshape(-1, len(terms.criteria)),
    )


def score(sheet: Sheet, terms: Terms, *, seed: int, cut: int | None = None) -> Outcome:
    """By the mixed model of photos and judges, each ballot worth the weighted mean of its scores."""
    return score_stars(sheet, {one.name: one.weight for one in terms.criteria}, seed=seed, cut=cut)


def agree(sheet: Sheet, terms: Terms) -> Agreement:
    """Krippendorff's alpha, interval, over the weighted means of the criteria."""
    return agreement_on_scores(sheet, [one.weight for one in terms.criteria])


def _single(stars: int | None, terms: Terms) -> int:
    if len(terms.criteria) > 1:
        names = ", ".join(one.name for one in terms.criteria)
        told = f"Give one to {_most(terms)} stars for each of these: {names}."
        raise InvalidInput(told, fields={"scores": told})
    if stars is None or not _counts(stars, terms):
        told = f"Choose a whole number from 1 to {terms.scale}."
        raise InvalidInput(f"A photo gets one to {_most(terms)} stars.", fields={"stars": told})
    return stars


def _most(terms: Terms) -> str:
    return SCALES.get(terms.scale, str(terms.scale))


def _counts(score: object, terms: Terms) -> bool:
    return isinstance(score, int) and not isinstance(score, bool) and FEWEST <= score <= terms.scale
