"""What can go wrong on a person's own machine, told in one line with what to do next."""

from __future__ import annotations


class LocalProblem(Exception):
    """The stack cannot start. The text says what happened and what to do, and is all that a person sees."""
