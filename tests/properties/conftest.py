"""The gazetteer of the invented country, compiled once, and the reports made of templates."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cenotaph.pipeline import Setting, Sources

HERE = str(Path(__file__).parent)
if HERE not in sys.path:
    sys.path.insert(0, HERE)
GAZETTEER = Path(__file__).resolve().parents[2] / "examples" / "gazetteer.csv"


@pytest.fixture(scope="session")
def setting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Setting]:
    """Reading with the example gazetteer alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CENOTAPH_DATA", str(tmp_path_factory.mktemp("data")))
        yield Sources(files=(GAZETTEER,), default=False, country="XT").open()
