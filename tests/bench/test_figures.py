"""What the bench measured is kept for whoever reads it after the run."""

from pathlib import Path

import pytest

from tests.bench import figures


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(figures, "FIGURES", tmp_path / "build" / "bench.json")
    return figures.FIGURES


def test_nothing_is_recorded_before_the_first_run(file: Path) -> None:
    assert not file.exists()
    assert figures.recorded() == {}


def test_parts_keep_each_others_figures(file: Path) -> None:
    figures.record("renditions", {"ratio": 2, "bytes": 1.00000049})
    figures.record("search", {"seconds": 0.25})
    figures.record("renditions", {"ratio": 3.5})
    assert figures.recorded() == {"renditions.bytes": 1.0, "renditions.ratio": 3.5, "search.seconds": 0.25}
    assert sorted(path.name for path in file.parent.iterdir()) == ["bench.json", "bench.lock"]
