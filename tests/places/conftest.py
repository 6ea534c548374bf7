"""A data folder of its own for every run, and the gazetteer of the invented country, compiled once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cenotaph import gazetteer

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "gazetteer.csv"


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[gazetteer.Places]:
    """The example gazetteer alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CENOTAPH_DATA", str(tmp_path_factory.mktemp("data")))
        places = gazetteer.open([EXAMPLE], default=False)
    yield places
    places.close()


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing a test compiles reaches the user's own folder."""
    monkeypatch.setenv("CENOTAPH_DATA", str(tmp_path / "data"))
