"""Which photos the desk looks at: a tab, whose, which category, which words, and in which order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any, Self
from urllib.parse import urlencode
from uuid import UUID

from campaign.errors import InvalidInput
from campaign.submissions.models import SubmissionState
from campaign.submissions.search import LONGEST_ASKED
from campaign.web.pagination import LONGEST_CURSOR
from campaign.wording import one_line


class Whose(StrEnum):
    """`mine` is what one looks after, and among the decided what one decided oneself."""

    ALL = ""
    MINE = "mine"
    UNASSIGNED = "unassigned"
    OPINION = "opinion"


class Order(StrEnum):
    OLDEST = "oldest"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskFilter:
    """What stands in the address; every link and form of the page carries it on."""

    state: SubmissionState = SubmissionState.READY
    whose: Whose = Whose.ALL
    category: str = ""
    q: str = ""
    order: Order | None = None
    """None is the tab's own: what waits comes oldest first, the rest newest first."""
    after: str = ""
    """Where the page begins; empty for the first."""

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Self:
        """From an address. Raises InvalidInput for a state or an order that there is not."""
        try:
            return cls(
                state=SubmissionState(given.get("state") or SubmissionState.READY),
                whose=Whose(given.get("whose") or ""),
                order=Order(given["order"]) if given.get("order") else None,
                category=one_line(given.get("category", "")[:LONGEST_ASKED]),
                q=one_line(given.get("q", "")[:LONGEST_ASKED]),
                after=given.get("after", "")[:LONGEST_CURSOR],
            )
        except ValueError:
            raise InvalidInput("There is no such list of photos. Start again from the desk.") from None

    @property
    def oldest_first(self) -> bool:
        own = Order.OLDEST if self.state is SubmissionState.READY else Order.NEWEST
        return (self.order or own) is Order.OLDEST

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the tab leaves photos out."""
        return bool(self.whose or self.category or self.q)

    def but(self, **changes: Any) -> DeskFilter:
        """The same with another choice, from its first page."""
        return replace(self, **{"after": "", **changes})

    @property
    def query(self) -> str:
        """`?state=declined&q=ferry`, to be put behind an address: only what differs from all that waits."""
        given = {name: str(value or "") for name, value in asdict(self).items()}
        if self.state is SubmissionState.READY:
            del given["state"]
        words = urlencode({name: value for name, value in given.items() if value})
        return f"?{words}" if words else ""

    def showing(self, photo: UUID | None) -> str:
        """The same with one photo opened."""
        if photo is None:
            return self.query
        return f"{self.query}{'&' if self.query else '?'}photo={photo}"
