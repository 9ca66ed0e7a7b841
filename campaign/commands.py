"""What every command of `flaunt` shares."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import ParamSpec

import click
from flask import Flask

from campaign.errors import FlauntError

P = ParamSpec("P")


def within_app(command: Callable[P, None]) -> Callable[P, None]:
    """Run in a context of the application; say a refusal in one line and leave with 1."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        make_app: Callable[[], Flask] = click.get_current_context().obj
        with make_app().app_context():
            try:
                command(*args, **kwargs)
            except FlauntError as refusal:
                raise click.ClickException(refusal.message) from None

    return run
