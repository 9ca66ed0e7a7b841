"""The rights file that travels with the originals: a table for machines, and the same told for people."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from campaign.awards.models import Release
from campaign.awards.rights import Right, Standing, text_hash
from campaign.web.times import iso, plural

COLUMNS = (
    "may_be_broadcast",
    "file",
    "award",
    "place",
    "caption",
    "fan",
    "photo_place",
    "category",
    "sent_at",
    "rules_version",
    "rules_sha256",
    "release",
    "release_version",
    "release_sha256",
    "release_asked_at",
    "release_answered_at",
    "release_earlier",
    "photo_bytes",
    "photo_sha256",
    "submission",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would calculate. Fans' words are words."""

SAID = {
    Standing.ACCEPTED: "accepted",
    Standing.REFUSED: "NO CONSENT: refused",
    Standing.WAITING: "NO CONSENT: asked, not answered",
    Standing.NOT_ASKED: "NO CONSENT: never asked",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One chosen photo and the name of its file in the archive; `name` is empty where the store has no original."""

    right: Right
    name: str


def rights_csv(pieces: Sequence[Piece]) -> bytes:
    """One row for each photo, in UTF-8 with the mark that spreadsheets look for."""
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(COLUMNS)
    table.writerows([_cell(value) for value in _row(piece)] for piece in pieces)
    return out.getvalue().encode("utf-8-sig")


def rights_text(title: str, pieces: Sequence[Piece], taken_at: datetime, taken_by: str) -> bytes:
    """The same for people: first what must not be shown, then each photo, then the words that were agreed to."""
    missing = [piece for piece in pieces if piece.right.standing is not Standing.ACCEPTED]
    lines = [f"{title}: {plural(len(pieces), 'original')}", f"Taken by {taken_by}, {iso(taken_at)}", ""]
    if missing:
        lines += [f"NOT FOR BROADCAST: {len(missing)} of {len(pieces)}"]
        lines += [
            f"  {piece.name or piece.right.submission.caption}: {SAID[piece.right.standing]}" for piece in missing
        ]
    else:
        lines += ["Every fan has accepted the broadcast release."]
    for piece in pieces:
        lines += ["", *_told(piece)]
    lines += [*_words(pieces), ""]
    return "\n".join(lines).encode()


def _row(piece: Piece) -> tuple[object, ...]:
    right, submission, release = piece.right, piece.right.submission, piece.right.release
    answer = release.answer if release else None
    return (
        "YES" if right.standing is Standing.ACCEPTED else "NO",
        piece.name or "NOT IN THE STORE",
        right.selection.award.value,
        right.selection.place,
        submission.caption,
        submission.person.display_name,
        submission.place,
        submission.category,
        iso(submission.created_at),
        right.rules.version,
        text_hash(right.rules.text),
        SAID[right.standing],
        release.words.version if release else None,
        text_hash(release.words.text) if release else None,
        iso(release.created_at) if release else None,
        iso(answer.created_at) if answer else None,
        "; ".join(_history(right.earlier)),
        submission.photo.bytes,
        submission.photo.sha256,
        submission.id,
    )


def _told(piece: Piece) -> list[str]:
    right, submission, release = piece.right, piece.right.submission, piece.right.release
    place = f", place {right.selection.place}" if right.selection.place else ""
    lines = [
        piece.name or "(the store has no original of this one)",
        f"  {right.selection.award.value}{place}: “{submission.caption}”, {submission.place}",
        f"  by {submission.person.display_name}, sent {iso(submission.created_at)}",
        f"  rules, version {right.rules.version}: agreed when the photo was sent",
        f"  broadcast release: {SAID[right.standing]}" + (f", version {release.words.version}" if release else ""),
    ]
    if release and release.answer:
        lines[-1] += f", {iso(release.answer.created_at)}"
    return lines + [f"  before: {said}" for said in _history(right.earlier)]


def _history(releases: Sequence[Release]) -> list[str]:
    told = []
    for release in releases:
        answer = release.answer
        said = f"{answer.answer.value} {iso(answer.created_at)}" if answer else "not answered"
        told.append(f"version {release.words.version} {said}")
    return told


def _words(pieces: Sequence[Piece]) -> list[str]:
    """Every version that one of these fans agreed to or was asked with, once."""
    texts = {("RULES", piece.right.rules.version): piece.right.rules.text for piece in pieces}
    for piece in pieces:
        for release in (*piece.right.earlier, piece.right.release):
            if release is not None:
                texts["BROADCAST RELEASE", release.words.version] = release.words.text
    lines = []
    for (name, version), text in sorted(texts.items()):
        lines += ["", f"{name}, version {version} (SHA-256 {text_hash(text)})", "", text]
    return lines


def _cell(value: object) -> str:
    words = "" if value is None else str(value)
    return f"'{words}" if words.startswith(FORMULA) else words
