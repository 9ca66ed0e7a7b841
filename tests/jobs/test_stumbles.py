"""RQ's own bookkeeping may stumble when Redis was emptied; that is not the same as our code failing."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from campaign.errors import InvalidInput
from campaign.jobs.worker import passed_through_us
from campaign.web import pagination


def test_failure_of_a_library_alone_is_not_ours() -> None:
    assert not passed_through_us(_problem(lambda: json.loads("{"), ValueError).__traceback__)


def test_failure_below_our_code_is_ours() -> None:
    assert passed_through_us(_problem(lambda: pagination._decode("bm8"), InvalidInput).__traceback__)


def _problem(act: Callable[[], object], kind: type[Exception]) -> Exception:
    with pytest.raises(kind) as caught:
        act()
    return caught.value
