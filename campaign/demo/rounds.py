"""The demo's rounds: one of each method, so that every page of judging has something to look at."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from campaign.demo.client import ApiClient
from campaign.demo.crew import JUDGES, Member
from campaign.demo.opinions import word
from campaign.demo.stories import Story

QUORUM = 3
FINALS_TOP = 6
FINALS_DAYS = 5
DUELS = 5
CRITERIA = [{"name": "Light", "weight": 2}, {"name": "Story", "weight": 2}, {"name": "Craft", "weight": 1}]
BEGUN = {"cast-1": 2, "cast-3": 3, "cast-4": 2}
"""How far the judges are in the round under way; the others have not begun."""
TURNS = (2, 4, 6, 10_000)
"""Everybody judges so many, then so many: nobody does the others' share before they have come."""


class Jury:
    """The demo's judges at work, through the API like everybody."""

    def __init__(self, base_url: str, crew: Mapping[str, Member]) -> None:
        self.crew = crew
        self.base_url = base_url
        self.marketer = self.client("marketer-1")

    def client(self, name: str) -> ApiClient:
        return ApiClient(self.base_url, self.crew[name].token)

    def under_way(self, story: Story) -> None:
        """A shortlist, final; duels of its best, closed; stars that have begun; and a ranking that is prepared."""
        best = self.best_of(story, self.judged(story, "First look", final=True, method="shortlist"))
        chair = self.id_of("cast-1")
        self.judged(story, "Two by two", method="duel", quorum=DUELS, source=best, chair=chair)
        until = (datetime.now(UTC) + timedelta(days=FINALS_DAYS)).isoformat(timespec="seconds")
        last = self.opened(story, "The last few", criteria=CRITERIA, source=best, closes_at=until, chair=chair)
        for judge, most in BEGUN.items():
            self.vote(last, judge, most=most)
        self.prepared(
            story, "In order", method="ranking", list_size=FINALS_TOP, source=best, chair=chair, tie_rule="chair"
        )

    def to_the_end(self, story: Story) -> dict[str, Any]:
        """Stars for everything, then a ranking of the best; returns the ranking, final."""
        best = self.best_of(story, self.judged(story, "Round 1", criteria=CRITERIA[:2]))
        return self.judged(story, "In order", final=True, method="ranking", list_size=FINALS_TOP, source=best)

    def best_of(self, story: Story, source: Mapping[str, Any]) -> dict[str, Any]:
        """What a round takes from another: its best, never all."""
        return {"round": source["id"], "top": min(FINALS_TOP, max(1, len(story.scenes) - 1))}

    def judged(self, story: Story, title: str, *, final: bool = False, **rules: Any) -> dict[str, Any]:
        """The round of this title, judged by everybody and closed; made where it is not there yet."""
        judged = self.opened(story, title, **rules)
        if judged["state"] == "open":
            for most in TURNS:
                for judge in JUDGES:
                    self.vote(judged, judge, most=most)
            judged = self.move(judged, "closed")
        return self.move(judged, "final") if final and judged["state"] == "closed" else judged

    def opened(self, story: Story, title: str, **rules: Any) -> dict[str, Any]:
        """The round of this title, open, or as far as it is already. The campaign is closed first."""
        path = f"/campaigns/{story.slug}"
        if self.marketer.ask("GET", path)["state"] == "open":
            self.marketer.ask("POST", f"{path}/transitions", {"to": "closed"})
        made = self.prepared(story, title, **rules)
        return self.move(made, "open") if made["state"] == "draft" else made

    def prepared(self, story: Story, title: str, **rules: Any) -> dict[str, Any]:
        """The round of this title, a draft, or as far as it is already."""
        path = f"/campaigns/{story.slug}/rounds"
        known = [one for one in self.marketer.each(path) if one["title"] == title]
        body = {"title": title, "quorum": QUORUM, "panel": [self.id_of(name) for name in JUDGES], **rules}
        made: dict[str, Any] = known[0] if known else self.marketer.ask("POST", path, body)
        return made

    def move(self, judged: Mapping[str, Any], to: str) -> dict[str, Any]:
        moved: dict[str, Any] = self.marketer.ask("POST", f"/rounds/{judged['id']}/transitions", {"to": to})
        return moved

    def id_of(self, name: str) -> str:
        return str(self.crew[name].person_id)

    def vote(self, judged: Mapping[str, Any], judge: str, *, most: int) -> None:
        """Let a judge give ballots until there are `most` of theirs, or nothing lies before them."""
        client = self.client(judge)
        answer = client.ask("GET", f"/rounds/{judged['id']}/next", limit=1)
        done = int(answer["progress"]["done"])
        assignment = answer["data"][0] if answer["data"] else None
        while assignment is not None and done < most:
            said = word(judged, judge, assignment["submissions"])
            answer = client.ask("PUT", f"/assignments/{assignment['id']}/ballot", said)
            assignment, done = answer["next"], done + 1
