"""A data folder of its own for every test."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing a test compiles reaches the user's own folder."""
    monkeypatch.setenv("CENOTAPH_DATA", str(tmp_path / "data"))
