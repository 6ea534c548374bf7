"""Makes the ways to run the whole program importable, and keeps what tests compile to themselves."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = str(Path(__file__).parent)
if HERE not in sys.path:
    sys.path.insert(0, HERE)


@pytest.fixture(scope="session")
def own_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for compiled gazetteers that is not the user's own."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture
def in_own_data(own_data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Compile into that folder."""
    monkeypatch.setenv("CENOTAPH_DATA", str(own_data))
    yield
