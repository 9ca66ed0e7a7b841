"""`make bench`, or `make bench PART=renditions`: each part prints a ratio to a named reference of the same run."""

from __future__ import annotations

import importlib
import sys

from tests.bench.figures import FIGURES, recorded
from tests.bench.tables import tell, tell_table

PARTS = {
    "judging": "judging",
    "duplicates": "duplicates",
    "sandbox": "sandbox",
    "end-to-end": "end_to_end",
    "renditions": "renditions",
}
"""What may be asked for, and the module that measures it; imported when it is its turn."""
WITHIN = {"sandbox": "renditions", "end-to-end": "renditions"}
"""Parts that are measured within another when all are."""


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        sys.stderr.write(f"There is no part {', '.join(unknown)}. Parts: {', '.join(PARTS)}.\n")
        return 1
    for name in names or [name for name in PARTS if name not in WITHIN]:
        importlib.import_module(f"tests.bench.{PARTS[name]}").run()
    figures = recorded()
    if figures:
        tell()
        tell_table((f"in {FIGURES.parent.name}/{FIGURES.name}", ""), [(key, f"{figures[key]:g}") for key in figures])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
