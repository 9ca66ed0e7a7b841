"""A result in words and as a drawing: each method's score, the plain figures beside it, and its interval as a bar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from campaign.judging.methods.shape import Criterion, Method
from campaign.web.times import number

SHARES = {Method.SHORTLIST, Method.DUEL, Method.RANKING}
"""Methods whose score is a share or a probability, 0 to 1, told in per cent."""
SCORE = {
    Method.STARS: (
        "Stars",
        "What a typical judge of this panel would give: harsh judges and mild ones are evened out.",
    ),
    Method.SHORTLIST: (
        "Yes",
        "How probably a typical judge of this panel says yes, however strict those were who saw it.",
    ),
    Method.DUEL: ("Wins", "How probably a judge of this panel prefers the photo to another one of this round."),
    Method.RANKING: (
        "Beats",
        "The share of the other photos that it beats, be it by way of others (Schulze’s method).",
    ),
}
"""Of each method, what stands over the scores, and what a score means."""
BROKEN_BY = {
    "more_ballots": "more ballots",
    "head_to_head": "head to head",
    "chair": "the chair’s vote",
    "draw": "the draw",
}


class Bar(NamedTuple):
    """An interval and the score in it, as per cent of the drawing's width."""

    left: float
    width: float
    at: float


def score_words(method: Method, score: float | None) -> str:
    """`4.21`, `62 %`, or a dash without a ballot."""
    if score is None:
        return "–"
    return f"{score * 100:.0f} %" if method in SHARES else f"{score:.2f}"


def interval_words(method: Method, low: float | None, high: float | None) -> str:
    """`3.80 to 4.62`; empty without a ballot."""
    if low is None or high is None:
        return ""
    if method in SHARES:
        return f"{low * 100:.0f} to {high * 100:.0f} %"
    return f"{low:.2f} to {high:.2f}"


def bar_of(low: float | None, score: float | None, high: float | None, ends: tuple[float, float]) -> Bar | None:
    """The interval on a line between the two ends; None without a ballot."""
    if low is None or score is None or high is None:
        return None
    first, span = ends[0], max(ends[1] - ends[0], 1e-9)
    left, at, right = (round(min(max((one - first) / span, 0), 1) * 100, 1) for one in (low, score, high))
    return Bar(left, round(max(right - left, 0.5), 1), at)


def raw_words(method: Method, raw: Mapping[str, float], criteria: Sequence[Criterion]) -> str:
    """The plain figures beside the score: nothing but what was counted."""
    match method:
        case Method.STARS:
            named = [one.name for one in criteria] if len(criteria) > 1 else []
            figures = [("mean", raw.get("mean")), *((name, raw.get(name)) for name in named)]
            return " · ".join(f"{name} {value:.2f}" for name, value in figures if value is not None)
        case Method.SHORTLIST:
            return _counted(raw, ("yes", "yes"), ("maybe", "maybe"), ("no", "no"))
        case Method.DUEL:
            return _counted(raw, ("wins", "won"), ("losses", "lost"))
        case Method.RANKING:
            return _counted(raw, ("beats", "beaten"), ("beaten_by", "ahead of it"), ("level", "level"))


def severity_words(method: Method, severity: float | None) -> str:
    """How a judge stands beside the panel."""
    if severity is None:
        return "–"
    if method is Method.DUEL:
        return f"right in {severity * 100:.0f} %"
    size = f"{abs(severity) * 100:.0f} %" if method in SHARES else f"{abs(severity):.2f}"
    if round(abs(severity), 2) == 0:
        return "as the panel"
    return f"{size} {'harsher' if severity > 0 else 'milder'}"


def _counted(raw: Mapping[str, float], *names: tuple[str, str]) -> str:
    return " · ".join(f"{number(round(raw[name]))} {word}" for name, word in names if name in raw)
