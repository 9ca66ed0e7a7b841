"""The ways of judging, each a small module without a database in it, of the one shape that `Rule` describes.

A new method is a module beside these, a member of `Method`, and a line here.
"""

from __future__ import annotations

from collections.abc import Mapping

from campaign.judging.methods import duel, ranking, shortlist, stars
from campaign.judging.methods.shape import Method, Rule

METHODS: Mapping[Method, Rule] = {
    Method.STARS: stars,
    Method.SHORTLIST: shortlist,
    Method.DUEL: duel,
    Method.RANKING: ranking,
}
