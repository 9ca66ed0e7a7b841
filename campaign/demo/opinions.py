"""What the demo's judges say: everybody sees the same photo, each in their own way, alike on every machine."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from typing import Any

LEANINGS = {"cast-1": 0.06, "cast-2": -0.08, "cast-3": -0.02, "cast-4": 0.1, "cast-5": -0.06}
"""How much better or worse a judge likes everything; the demo has a mild one and a harsh one."""
TASTE = 0.35
"""How far tastes differ, beside what everybody sees."""
YES, MAYBE = 0.55, 0.42
LEVEL = 0.03
"""Photos nearer than this are level in a ranking."""

Photo = Mapping[str, Any]


def word(judged: Mapping[str, Any], judge: str, photos: Sequence[Photo]) -> dict[str, Any]:
    """A ballot as the round's method asks for it. `judged` is the round and `photos` the assignment's, from the API."""
    likings = {str(photo["id"]): liking(judge, str(photo["caption"])) for photo in photos}
    best = sorted(likings, key=lambda one: (-likings[one], one))
    match judged["method"]:
        case "shortlist":
            return {"vote": "yes" if likings[best[0]] > YES else "maybe" if likings[best[0]] > MAYBE else "no"}
        case "duel":
            return {"winner": best[0]}
        case "ranking":
            return {"ranking": _tiers(best, likings)}
        case _:
            caption, scale = str(photos[0]["caption"]), int(judged["scale"])
            names = [one["name"] for one in judged["criteria"]]
            return {"scores": {name: _stars(liking(judge, caption, name), scale) for name in names}}


def liking(judge: str, caption: str, criterion: str = "") -> float:
    """How much this judge likes this photo, about 0 to 1."""
    seen, taste = _share(caption), _share(f"{judge} {caption} {criterion}")
    return (1 - TASTE) * seen + TASTE * taste + LEANINGS.get(judge, 0.0)


def _tiers(best: Sequence[str], likings: Mapping[str, float]) -> list[list[str]]:
    tiers: list[list[str]] = []
    for one in best:
        if tiers and likings[tiers[-1][0]] - likings[one] < LEVEL:
            tiers[-1].append(one)
        else:
            tiers.append([one])
    return tiers


def _stars(liked: float, scale: int) -> int:
    return min(scale, max(1, 1 + int(liked * scale)))


def _share(words: str) -> float:
    """A number from 0 to 1 that belongs to these words."""
    return zlib.crc32(words.encode()) / 0xFFFFFFFF
