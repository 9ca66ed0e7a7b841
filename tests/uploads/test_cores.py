"""The processors that this process may use."""

import os
from pathlib import Path

import pytest

from uploads.cores import count_cores


@pytest.fixture
def four_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2, 3})


@pytest.mark.usefixtures("four_cores")
@pytest.mark.parametrize(
    ("quota", "cores"), [("max 100000", 4), ("200000 100000", 2), ("150000 100000", 2), ("50000 100000", 1), ("?", 4)]
)
def test_a_containers_quota_counts(tmp_path: Path, quota: str, cores: int) -> None:
    (tmp_path / "cpu.max").write_text(f"{quota}\n")
    assert count_cores(tmp_path) == cores


@pytest.mark.usefixtures("four_cores")
@pytest.mark.parametrize(("quota", "cores"), [("-1", 4), ("300000", 3)])
def test_the_older_control_groups_count_too(tmp_path: Path, quota: str, cores: int) -> None:
    (tmp_path / "cpu").mkdir()
    (tmp_path / "cpu" / "cpu.cfs_quota_us").write_text(quota)
    (tmp_path / "cpu" / "cpu.cfs_period_us").write_text("100000")
    assert count_cores(tmp_path) == cores


@pytest.mark.usefixtures("four_cores")
def test_without_a_quota_it_is_what_we_may_run_on(tmp_path: Path) -> None:
    assert count_cores(tmp_path) == 4
