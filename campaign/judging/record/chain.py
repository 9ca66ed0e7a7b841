"""The record of a judge: events bound one to the next (decision 10).

A judge is known here only by a commitment, SHA-256 over a random salt and the person's id. The commitment is also
where the judge's chain starts, so a chain cannot be passed off as another judge's. Hashes are hexadecimal SHA-256;
what is hashed is canonical JSON (RFC 8785), so any program in any language can check it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import rfc8785

SALT_BYTES = 32


@dataclass(frozen=True)
class Link:
    """One event of a judge's chain. `sequence` counts from 1."""

    sequence: int
    body: Mapping[str, Any]
    previous: str
    hash: str


def commit_to(salt: bytes, person_id: UUID) -> str:
    """The name under which a judge stands in the record; without the salt nobody can tell whose it is."""
    return hashlib.sha256(salt + person_id.bytes).hexdigest()


def bind(previous: str, body: Mapping[str, Any]) -> str:
    """The hash of an event: SHA-256 over the previous hash (64 ASCII characters) and the body's canonical JSON."""
    return hashlib.sha256(previous.encode("ascii") + rfc8785.dumps(dict(body))).hexdigest()


def append(judge: str, last: Link | None, body: Mapping[str, Any]) -> Link:
    """The next link of the judge's chain after `last` (None: the first)."""
    previous = last.hash if last else judge
    sequence = last.sequence + 1 if last else 1
    return Link(sequence, body, previous, bind(previous, body))


def head(judge: str, links: Sequence[Link]) -> str:
    """The hash a judge's chain ends with; for a judge who did nothing, the commitment."""
    return links[-1].hash if links else judge


def verify_chain(judge: str, links: Sequence[Link]) -> list[str]:
    """What does not hold in one judge's chain, in words; empty when everything does."""
    findings = []
    previous = judge
    for expected, link in enumerate(links, start=1):
        where = f"event {expected}"
        if link.sequence != expected:
            findings.append(f"{where}: is numbered {link.sequence}")
        if link.previous != previous:
            findings.append(f"{where}: does not follow the event before it")
        if link.hash != bind(link.previous, link.body):
            findings.append(f"{where}: its hash does not match what it says")
        previous = link.hash
    return findings
