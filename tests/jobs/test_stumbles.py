"""RQ's own bookkeeping may stumble when Redis was emptied; that is not the same as our code failing."""

from __future__ import annotations

import json
import sys
from types import TracebackType

import pytest

from campaign.jobs.worker import passed_through_us
from campaign.web import pagination


def _traceback_of(act: object) -> TracebackType | None:
    assert callable(act)
    with pytest.raises(Exception):  # noqa: B017, PT011 -- whatever it is, its way is what counts
        try:
            act()
        except Exception:
            caught = sys.exc_info()[2]
            raise
    return caught


def test_failure_of_a_library_alone_is_not_ours() -> None:
    assert not passed_through_us(_traceback_of(lambda: json.loads("{")))


def test_failure_below_our_code_is_ours() -> None:
    assert passed_through_us(_traceback_of(lambda: pagination._decode("bm8")))
