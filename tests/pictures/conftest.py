"""The real store, a picture, and a hand that does what the workers would do."""

from __future__ import annotations

from tests.submissions.conftest import WatchedStore, jpeg, store, watched, work

__all__ = ["WatchedStore", "jpeg", "store", "watched", "work"]
