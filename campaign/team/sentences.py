"""What each entry of the audit log says in words. A name in braces is one of the entry's details."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from campaign.web.times import when

INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", re.ASCII)

SENTENCES: dict[str, str] = {
    "campaign.created": "made the campaign",
    "campaign.edited": "changed the campaign’s settings: {changed}",
    "campaign.duplicated": "made the campaign as a copy of “{from}”",
    "campaign.cover_changed": "changed the cover",
    "campaign.launched": "launched the campaign",
    "campaign.paused": "paused the campaign",
    "campaign.resumed": "let the campaign go on",
    "campaign.extended": "moved the closing from {from} to {to}",
    "campaign.closed": "closed the campaign",
    "campaign.reopened": "opened the campaign again, until {to}",
    "campaign.announcement_arranged": "set the announcement for {to}",
    "campaign.announcement_called_off": "called off the announcement set for {from}",
    "campaign.announced": "announced the campaign",
    "submission.published": "published a photo",
    "submission.declined": "declined a photo",
    "submission.decision_undone": "took back a decision about a photo",
    "submission.assigned": "gave a photo to {name}",
    "submission.unassigned": "gave a photo to nobody in particular",
    "submission.taken_over": "took over a photo that somebody else had open",
    "submission.second_opinion_asked": "asked for a second opinion on a photo",
    "submission.second_opinion_dropped": "needs no second opinion on a photo any more",
    "submission.batch_undone": "took back decisions made together: {done}",
    "submission.tried_again": "had a photo opened once more",
    "submission.kept_as_distinct": "took in a photo that had been put aside as sent twice",
    "round.created": "prepared the round “{title}”",
    "round.edited": "changed the round “{title}”",
    "round.deleted": "deleted the round “{title}”",
    "round.opened": "opened the round “{title}”",
    "round.extended": "moved the deadline of the round “{title}” from {before} to {after}",
    "round.closed": "closed the round “{title}”",
    "round.finished": "made the result of the round “{title}” final",
    "round.reminded": "reminded {name} of the round “{title}”",
    "round.reopened": "opened the round “{title}” again",
    "round.tie_decided": "decided the tie on rank {rank} of the round “{title}”",
    "round.judge_added": "put {name} on the panel of the round “{title}”",
    "round.judge_dropped": "took {name} off the panel of the round “{title}”",
    "round.quorum_changed": "had each photo of the round “{title}” seen by {quorum}",
    "round.dealt_again": "dealt what was left of the round “{title}” anew",
    "round.conflict_declared": "declared a conflict of {name} in the round “{title}”",
    "round.conflict_withdrawn": "took back a conflict of {name} in the round “{title}”",
    "selection.made": "chose winners and finalists",
    "release.words_written": "wrote version {version} of the second consent",
    "release.asked": "asked finalists for the second consent, version {version}",
    "originals.downloaded": "downloaded {photos} originals with their rights",
    "wording.saved": "changed what fans are told at “{occasion}” ({language})",
    "wording.reset": "put back the house’s words at “{occasion}” ({language})",
    "wording.signed": "signs the campaign’s messages as “{name}”",
    "wording.tested": "mailed themselves the words at “{occasion}”",
    "mail.retried": "had a mail sent once more",
    "invitation.created": "invited somebody as {role}",
    "invitation.renewed": "made a new link for an invitation as {role}",
    "invitation.revoked": "took back an invitation as {role}",
    "invitation.used": "accepted an invitation as {role}",
    "role.granted": "gave the role {role}",
    "role.revoked": "took back the role {role}",
    "token.created": "made an API token for {scopes}",
    "token.revoked": "revoked an API token",
}

GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "campaign": ("Campaigns", ("campaign",)),
    "photos": ("Photos", ("submission",)),
    "judging": ("Judging and winners", ("round", "selection")),
    "originals": ("Originals and consent", ("originals", "release")),
    "messages": ("Messages", ("wording", "mail")),
    "team": ("Team and tokens", ("invitation", "role", "token")),
}
"""What the log can be narrowed to: a label, and the first parts of the actions in it."""


EMPTY = {"language": "every language"}
"""How an empty detail reads; any other is a dash."""


class _Told(dict[str, str]):
    """Details as words; what an entry of an older release lacks reads as a dash."""

    def __missing__(self, _key: str) -> str:
        return "–"


def sentence_of(action: str, details: Mapping[str, Any], zone: str | None = None) -> str:
    """`paused the campaign`; an action without words of its own is named.

    Instants are said on the clock of `zone`; without one, for programs, they stay as they are kept.
    """
    words = SENTENCES.get(action)
    if words is None:
        thing, _, verb = action.partition(".")
        return f"{verb.replace('_', ' ')}: {thing.replace('_', ' ')}"
    return words.format_map(
        _Told({name: _in_words(value, zone) or EMPTY.get(name, "–") for name, value in details.items()})
    )


def _in_words(value: object, zone: str | None) -> str:
    if isinstance(value, list):
        return ", ".join(_in_words(one, zone) for one in value)
    words = "–" if value is None else str(value)
    if zone is not None and INSTANT.fullmatch(words):
        return when(datetime.fromisoformat(words), zone)
    return words.replace("_", " ") if words.isidentifier() else words
