"""How fast the workbench answers over a large invented record.

    python bench/web.py [REPORTS]

Makes reports of the invented country (two events each), reads them into a record, and prints the
seconds that each page takes at the server, the median of three, and those of a decision.
"""

import random
import statistics
import sys
import tempfile
import time
import warnings
from datetime import date, timedelta
from pathlib import Path

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

from cenotaph.model import Document, DocumentId
from cenotaph.pipeline import given_gazetteers, read, sources_of
from cenotaph.store import Input, RecordSettings, add, create
from cenotaph.store import open as open_record
from cenotaph.web.app import workbench

GAZETTEER = Path(__file__).resolve().parent.parent / "examples" / "gazetteer.csv"
PLACES = ("Kafr Sel", "Maarat Ilun", "Sarbek", "Binora", "Homra", "Atarin", "Khan Setra", "Hreitin")
PAGES = (
    "/", "/reports", "/claims", "/incidents", "/incidents?admin1=Orun&order=-killed", "/findings",
    "/totals", "/review", "/map", "/map/points.json", "/history", "/search?q=market", "/publish",
)  # fmt: skip


def report(number: int, chance: random.Random) -> Document:
    """Return an invented report of two events on days of their own."""
    day = date(2015, 1, 1) + timedelta(days=chance.randrange(3000))
    other = day + timedelta(days=40)
    first, second = chance.sample(PLACES, 2)
    text = (
        f"Shells killed {chance.randrange(2, 30)} people, {chance.randrange(1, 2)} child among "
        f"them, and wounded {chance.randrange(2, 40)} in {first} on {day:%-d %B %Y}, rescuers "
        f"said.\n\nAn air strike on the market of {second} killed {chance.randrange(2, 20)} "
        f"civilians on {other:%-d %B %Y}, according to doctors of hospital {number}.\n"
    )
    return Document(
        id=DocumentId(f"report-{number}"),
        text=text,
        title=f"Report {number}",
        publisher=f"Courier {number % 40}",
        published=other + timedelta(days=1),
        lang="en",
        country="XT",
    )


def main(size: int) -> None:
    """Make the record and time the pages."""
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.db"
        settings = RecordSettings(country="XT", ruleset="default", default_gazetteer=False)
        create(path, settings, given_gazetteers([GAZETTEER], default=False))
        began = time.perf_counter()
        with open_record(path) as record:
            add(
                record,
                [
                    Input(raw=d.text.encode(), media_type="text/plain", name=d.id, document=d)
                    for d in (report(n, chance) for n in range(size))
                ],
            )
            read(record, sources=sources_of(record))
        print(f"{size} reports read in {time.perf_counter() - began:.1f} s")
        with TestClient(workbench(path), base_url="http://127.0.0.1:8765") as client:
            began = time.perf_counter()
            view = client.app.state.held.view()  # type: ignore[attr-defined]
            print(f"opened in {time.perf_counter() - began:.1f} s: ", end="")
            print(f"{len(view.found.incidents)} incidents, {len(view.found.claims)} claims")
            event = view.found.incidents[len(view.found.incidents) // 2]
            pages = (*PAGES, f"/i/{event.id}", f"/c/{event.claims[0]}", "/d/report-7")
            for address in pages:
                print(f"{timed(client, address):8.3f} s  {address}")
            token = client.app.state.token  # type: ignore[attr-defined]
            form = {"token": token, "kind": "accept", "subject": event.claims[0], "by": "B"}
            began = time.perf_counter()
            answer = client.post("/decide", data=form, follow_redirects=False)
            print(f"{time.perf_counter() - began:8.3f} s  a decision ({answer.status_code})")


def timed(client: TestClient, address: str) -> float:
    """Return the median of three answers, after a first one."""
    taken = []
    for _ in range(4):
        began = time.perf_counter()
        assert client.get(address, follow_redirects=True).status_code == 200, address
        taken.append(time.perf_counter() - began)
    return statistics.median(taken[1:])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000)
