"""What every test may use: the command line in this process, and steps small enough to predict."""

import json
import re
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import settings

from cenotaph import gazetteer
from cenotaph.gazetteer import GazetteerMissing
from cenotaph.model import (
    Claim,
    Count,
    Document,
    Measure,
    Modality,
    Quote,
    Reading,
)
from cenotaph.pipeline import Setting

# A busy machine is slow: no example fails for the time that it takes.
settings.register_profile("cenotaph", deadline=None)
settings.load_profile("cenotaph")

COLUMNS_OF_PLACES = "id,name,kind,lat,lon,country,admin1,population\n"
EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "gazetteer.csv"


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test reach beyond this machine."""
    connect = socket.socket.connect

    def local(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in (
            "127.0.0.1",
            "::1",
        ):
            raise AssertionError(f"a test reached for {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", local)


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[gazetteer.Places]:
    """The gazetteer of the invented country alone, compiled once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CENOTAPH_DATA", str(tmp_path_factory.mktemp("data")))
        places = gazetteer.open([EXAMPLE], default=False)
    yield places
    places.close()


@pytest.fixture(scope="session")
def setting(compiled: gazetteer.Places) -> Setting:
    """Reading with the example gazetteer alone."""
    return Setting(gazetteer=compiled, country="XT")


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str | None], None]:
    """Put a table in place of the gazetteer that comes with the program, or take it away."""
    monkeypatch.setenv("CENOTAPH_DATA", str(tmp_path / "data"))

    def set_(rows: str | None) -> None:
        def path() -> Path:
            if rows is None:
                raise GazetteerMissing("the package is not installed")
            file = tmp_path / "world.csv"
            file.write_text(COLUMNS_OF_PLACES + rows)
            return gazetteer.compile(file)

        monkeypatch.setattr("cenotaph.gazetteer.store.default_path", path)

    return set_


@dataclass(frozen=True)
class Answer:
    """What a command did."""

    status: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The lines of JSON it wrote."""
        return [json.loads(line) for line in self.out.split("\n") if line]


Command = Callable[..., Answer]


@pytest.fixture
def command() -> Command:
    """Run `cenotaph` with these arguments in this process."""

    def run(*arguments: object) -> Answer:
        from cenotaph.cli.main import cenotaph

        done = CliRunner().invoke(cenotaph, [str(each) for each in arguments])
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return Answer(done.exit_code, done.stdout, done.stderr)

    return run


def read(
    document: Document, *, times: object, places: object, lies: object, falls: object
) -> Reading:
    """Take every "N killed" for a claim; the words CRASH and HANG do what they say."""
    if "CRASH" in document.text:
        raise RuntimeError("the reader crashed")
    if "DIE" in document.text:
        import os

        os._exit(9)
    claims = []
    for match in re.finditer(r"(\d+) killed", document.text):
        number = int(match[1])
        quote = Quote.of(document.text, *match.span())
        claims.append(
            Claim(
                document=document.id,
                measure=Measure.KILLED,
                count=Count(low=number, high=number, modality=Modality.EXACT),
                counted=quote,
                quote=quote,
                rule="number-before-killed",
            )
        )
    main = claims[0].id if claims else None
    return Reading(document=document.id, claims=tuple(claims), main=main)


@pytest.fixture
def plain_steps(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put steps that read "N killed", and no places or days, in place of the real ones."""
    from cenotaph.pipeline import document

    monkeypatch.setattr(
        document, "dates", SimpleNamespace(find=lambda *a, **k: (), published=lambda *a, **k: None)
    )
    monkeypatch.setattr(document, "places", SimpleNamespace(find=lambda *a, **k: ()))
    monkeypatch.setattr(document, "reading", SimpleNamespace(read=read))
    yield
