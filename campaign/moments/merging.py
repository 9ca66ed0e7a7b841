"""Merge fields: `{name}` in a text is replaced by a value. Nothing else happens: no attributes, no formats, no code."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping

FIELD = re.compile(r"\{([^{}\n]*)\}")
AROUND = 16
"""Characters shown beside a brace that stands alone."""


def complaint_about_fields(template: str, known: Collection[str]) -> str | None:
    """The first thing wrong with the fields of a text, in a sentence that names it; None where all are sound."""
    for match in FIELD.finditer(template):
        if match[1] not in known:
            return _unknown(match[1], known)
    rest = FIELD.sub(lambda match: " " * len(match[0]), template)
    alone = re.search(r"[{}]", rest)
    if alone is None:
        return None
    near = " ".join(template[max(0, alone.start() - AROUND) : alone.start() + AROUND].split())
    if alone[0] == "{":
        return f"A field is opened and not closed near “{near}”. Fields are written like {{name}}."
    return f"A field is closed that was not opened near “{near}”. Fields are written like {{name}}."


def fields_in(template: str) -> set[str]:
    return {match[1] for match in FIELD.finditer(template)}


def fill(template: str, values: Mapping[str, str]) -> str:
    """The text with each known field replaced, in one pass: what a fan wrote is never read as a field.

    A field without a value stays as it is written; `complaint_about_fields` keeps such texts out.
    """
    return FIELD.sub(lambda match: values.get(match[1], match[0]), template)


def _unknown(name: str, known: Collection[str]) -> str:
    usable = ", ".join(f"{{{one}}}" for one in known)
    close = difflib.get_close_matches(name.strip().lower(), known, n=1, cutoff=0.6)
    if close:
        return f"There is no field {{{name}}} here. Did you mean {{{close[0]}}}? You can use {usable}."
    return f"There is no field {{{name}}} here. You can use {usable}."
