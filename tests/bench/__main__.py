"""`make bench`, or `make bench PART=renditions`: each part prints a ratio to a named reference of the same run."""

from __future__ import annotations

import sys

from tests.bench import allocation, renditions

PARTS = {"allocation": allocation.run, "renditions": renditions.run}


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        print(f"There is no part {', '.join(unknown)}. Parts: {', '.join(PARTS)}.", file=sys.stderr)  # noqa: T201 -- a line for whoever typed it
        return 1
    for name in names or PARTS:
        PARTS[name]()
    return 0


sys.exit(main(sys.argv[1:]))
