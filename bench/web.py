"""How fast the workbench answers over a large invented record, at the server and in a browser.

    python bench/web.py [--reports 5000] [--record FILE]

Makes reports of the invented country (eval/generate.py), reads them into a record (or takes one that
is there, which is not changed: a copy is), and prints for each page the seconds that its first answer
takes at the server, and the median of three more, as a clock has them and of the processor, which a
busy machine changes least; the same after each of three decisions; then, with Chromium, the seconds
until a page can be read and the frames while the map is dragged. With 76000 reports there are some
10,000 incidents and 100,000 claims: more of them tell of an incident again than in a small record.
"""

import argparse
import os
import resource
import shutil
import statistics
import sys
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

from cenotaph import ingest
from cenotaph.pipeline import given_gazetteers, read, sources_of
from cenotaph.pipeline.entering import as_input
from cenotaph.store import RecordSettings, add, create
from cenotaph.store import open as open_record
from cenotaph.web.app import workbench

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "eval")]

MANY, AGAIN = 20_000, 0.22
"""Reports from which on so large a part of them tells of an incident again."""

PAGES = (
    "/", "/reports", "/reports?q=market", "/claims", "/claims?measure=killed", "/claims?q=market",
    "/incidents", "/incidents?order=-killed", "/incidents?q=market", "/findings", "/sources",
    "/totals", "/totals?by=admin1", "/totals?by=place", "/review", "/same", "/map",
    "/map/points.json", "/history", "/search?q=market", "/publish", "/publish?by=month",
    "/bulk?measure=injured", "/help",
)  # fmt: skip
AFTER = ("/review", "/", "/claims", "/incidents", "/map/points.json", "/totals", "/publish")
"""Pages that are timed right after a decision."""

SEEN = (
    "/", "/reports", "/claims", "/incidents", "/findings", "/sources", "/review", "/same",
    "/totals", "/history", "/search?q=market", "/publish", "/map",
)  # fmt: skip

FRAMES = """() => { window.frames_ = []; let last = performance.now();
  const tick = (now) => { window.frames_.push(now - last); last = now; requestAnimationFrame(tick); };
  requestAnimationFrame(tick); }"""


def made(folder: Path, size: int) -> Path:
    """Make a record of invented reports and read them."""
    from generate import COUNTRY, SHARES, write

    if size >= MANY:
        SHARES["further"] = AGAIN
    write(folder, size, 11)
    path = folder / "large.db"
    settings = RecordSettings(country=COUNTRY, ruleset="default", default_gazetteer=False)
    create(path, settings, given_gazetteers([folder / "gazetteer.csv"], default=False))
    began = time.perf_counter()
    with open_record(path) as record, (folder / "reports.jsonl").open("rb") as lines:
        given = ingest.read(ingest.line_inputs(lines.fileno(), name="reports.jsonl"))
        add(record, [as_input(each) for each in given if not isinstance(each, ingest.Told)])
        read(record, sources=sources_of(record))
    print(f"{size} reports read in {time.perf_counter() - began:.1f} s")
    return path


def server(path: Path) -> None:
    """Print what pages and decisions take at the server."""
    with TestClient(workbench(path), base_url="http://127.0.0.1:8765") as client:
        began, used = time.perf_counter(), time.process_time()
        held = client.app.state.held  # type: ignore[attr-defined]
        view = held.view()
        taken, used = time.perf_counter() - began, time.process_time() - used
        print(
            f"opened in {taken:.1f} s ({used:.1f} s of the processor), {memory():.0f} MB: ", end=""
        )
        print(f"{view.sizes.incidents} incidents, {view.sizes.claims} claims")
        claim = view.waiting.claim(len(view.waiting) // 2)
        event = view.incident_of.get(claim)
        some = next(iter(view.listed))
        own = (f"/c/{claim}", f"/d/{some}", *((f"/i/{event.id}",) if event else ()))
        print("   first    then  at the server; of the processor")
        for address in (*PAGES, *own):
            first, *more = (timed(client, address) for _ in range(4))
            then = [statistics.median(each) for each in zip(*more, strict=True)]
            print(f"{first[0]:8.3f}{then[0]:8.3f}  {first[1]:8.3f}{then[1]:8.3f}  {address}")
        token = client.app.state.token  # type: ignore[attr-defined]
        for kind, at in (("accept", 20), ("reject", 200), ("reject", 2_000)):
            claim = held.view().waiting.claim(min(at, len(held.view().waiting) - 1))
            form = {"token": token, "kind": kind, "why": "1", "subject": claim, "by": "B"}
            began, used = time.perf_counter(), time.process_time()
            answer = client.post("/decide", data=form, follow_redirects=False)
            taken, used = time.perf_counter() - began, time.process_time() - used
            print(f"{taken:8.3f}{used:8.3f}  to {kind} a claim ({answer.status_code}); then")
            for address in AFTER:
                taken, used = timed(client, address)
                print(f"{taken:16.3f}{used:8.3f}  {address}")
        print(f"{memory():.0f} MB")


def timed(client: TestClient, address: str) -> tuple[float, float]:
    """Return the seconds that an answer takes, and those of the processor."""
    began, used = time.perf_counter(), time.process_time()
    assert client.get(address, follow_redirects=True).status_code == 200, address
    return time.perf_counter() - began, time.process_time() - used


def memory() -> float:
    """Return the most memory held so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def browser(path: Path) -> None:
    """Print how soon pages can be read in Chromium, and the frames while the map is dragged."""
    from tests.web.browsing import Watched, launched, served

    with launched() as chromium, served(path) as base:
        watched = Watched(chromium, base, viewport={"width": 1200, "height": 800})
        page = watched.page
        page.set_default_timeout(600_000)
        page.goto("/")
        print("seconds until a page can be read in Chromium (contents parsed; everything loaded)")
        for address in SEEN:
            page.goto(address, wait_until="load")
            parsed, loaded = page.evaluate(
                "() => { const t = performance.getEntriesByType('navigation')[0];"
                " return [t.domContentLoadedEventEnd / 1000, t.loadEventEnd / 1000]; }"
            )
            print(f"{parsed:8.3f}{loaded:8.3f}  {address}")
        page.wait_for_load_state("networkidle")
        page.wait_for_selector("#map canvas")
        box = page.locator("#map").bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.wait_for_timeout(1_000)
        page.evaluate(FRAMES)
        for turn in range(5):
            page.mouse.move(x, y)
            page.mouse.down()
            for step in range(1, 21):
                page.mouse.move(x + (-1) ** turn * step * 10, y + step * 4)
            page.mouse.up()
            page.wait_for_timeout(300)
        frames = sorted(page.evaluate("() => window.frames_"))
        drawn = page.evaluate(
            "() => Number(document.getElementById('kept').textContent.replace(/\\D/g, ''))"
        )
        print(
            f"map of {drawn} incidents, dragged five times: of {len(frames)} frames the median took"
            f" {statistics.median(frames):.0f} ms, one in twenty over {frames[-len(frames) // 20]:.0f}"
            f" ms, the longest {frames[-1]:.0f} ms"
        )
        watched.close()


@contextmanager
def record(given: Path | None, size: int) -> Iterator[Path]:
    """Yield a record to measure: a copy of the one given, else one made for this."""
    with TemporaryDirectory() as folder:
        if given is None:
            os.environ.setdefault("CENOTAPH_DATA", str(Path(folder) / "data"))
            yield made(Path(folder), size)
        else:
            yield Path(shutil.copy(given, Path(folder) / "copy.db"))


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--reports", type=int, default=5_000)
    parser.add_argument("--record", type=Path, help="a record to measure instead")
    given, _ = parser.parse_known_args()
    with record(given.record, given.reports) as path:
        server(path)
        browser(path)


if __name__ == "__main__":
    main()
