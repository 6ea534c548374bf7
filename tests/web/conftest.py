"""A workbench over the example reports, asked without a browser."""

import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from cenotaph import ingest
from cenotaph.pipeline import given_gazetteers, read, sources_of
from cenotaph.store import RecordSettings, add, create
from cenotaph.store import open as open_record
from cenotaph.web.app import workbench
from cenotaph.web.start import EXAMPLES, as_input

with warnings.catch_warnings():  # it would rather have another library than the one locked
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

BASE = "http://127.0.0.1:8765"


@pytest.fixture(scope="session", autouse=True)
def own_data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing a test compiles reaches the user's own folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CENOTAPH_DATA", str(tmp_path_factory.mktemp("data")))
        # On a busy machine a small record takes as long to open as a large one does on a quiet one.
        patch.setattr("cenotaph.web.app.PATIENCE", 600)
        yield


@pytest.fixture(scope="session")
def example(own_data: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of the example reports, read; not to be changed."""
    path = tmp_path_factory.mktemp("example") / "example.db"
    settings = RecordSettings(country="XT", ruleset="default", default_gazetteer=False)
    create(path, settings, given_gazetteers([EXAMPLES / "gazetteer.csv"], default=False))
    named = ingest.manifest(EXAMPLES / "manifest.jsonl")
    with open_record(path) as record:
        add(record, map(as_input, ingest.reports((), named=named)))
        read(record, sources=sources_of(record))
    return path


@pytest.fixture
def copy(example: Path, tmp_path: Path) -> Path:
    """A copy of that record, to be changed."""
    return Path(shutil.copy(example, tmp_path / "record.db"))


def client_of(path: Path) -> TestClient:
    return TestClient(workbench(path), base_url=BASE, raise_server_exceptions=True)


def put(client: TestClient, name: str, content: bytes, **said: str) -> None:
    """Add a file, and wait until it is read; `said` are other fields of the form."""
    data = {"token": client.app.state.token, **said}
    client.post("/add", data=data, files=[("files", (name, content))])
    client.app.state.held.work.finished.wait(60)


@pytest.fixture
def client(example: Path) -> Iterator[TestClient]:
    with client_of(example) as client:
        yield client
