import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from cenotaph.model import Document, DocumentId, Finding
from cenotaph.store import Input, Record, RecordSettings, create
from cenotaph.store import open as open_record


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "record.db"
    create(path, RecordSettings(country="XT"))
    return path


@pytest.fixture
def path(empty: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(empty, tmp_path))


@pytest.fixture
def record(path: Path) -> Iterator[Record]:
    with open_record(path) as record:
        yield record


def given(id_: str, text: str, published: str | None = None, **metadata: str) -> Input:
    day = date.fromisoformat(published) if published else None
    document = Document(id=DocumentId(id_), text=text, published=day, **metadata)
    return Input(raw=text.encode(), media_type="text/plain", name=f"{id_}.txt", document=document)


def unreadable(raw: bytes, code: str = "bad-json") -> Input:
    return Input(
        raw=raw, media_type="application/octet-stream", name="x:1", code=code, message="It is not."
    )


@pytest.fixture(name="given")
def given_fixture():
    return given


@pytest.fixture(name="unreadable")
def unreadable_fixture():
    return unreadable


@pytest.fixture
def finding() -> Finding:
    return Finding(code="published-unreadable", message="It is.", documents=(DocumentId("a"),))
