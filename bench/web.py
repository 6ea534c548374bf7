"""How fast the workbench answers over a large invented record, at the server and in a browser.

    python bench/web.py [--reports 5000] [--record FILE] [--goal]

Makes reports of the invented country (eval/generate.py), reads them into a record (or takes one that
is there, which is not changed: a copy is). The copy is opened once beforehand in a process of its
own, so that what an older program kept in it is made anew: that takes some minutes, and --keep writes
the copy so opened down for later runs. Then, in a process of its own as `cenotaph serve` is one:

- for each page the seconds that its first answer takes at the server, and the median of three more,
  as a clock has them and of the processor, which a busy machine changes least;
- for each kind of decision, taken on several claims one after the other and the first of them right
  after all pages, the seconds until it is answered, those of the page that the answer leads to, and
  those until that page shows what follows rather than that it is being worked out; and of the
  processor, the answer and the page together, and until all is worked out behind them. What is
  worked out while the page is made counts as the page's. In the middle, and the most;
- what the process holds in memory;

and in another, with Chromium, the seconds until a page can be read and the frames while the map is
dragged. Files that lists are saved as are left out: they grow with what is saved. What is over the
goal (300 ms a page; 150 ms until a decision is answered; 1.5 s to read; 100 ms a frame) is marked;
with --goal the run then fails.
With 68000 reports there are some 10,000 incidents and 100,000 claims: more of them tell of an
incident again than in a small record.
"""

import argparse
import functools
import os
import random
import resource
import shutil
import statistics
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, contextmanager
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

from cenotaph import ingest
from cenotaph.collector import look_seldom
from cenotaph.model import ClaimId, Document, DocumentId
from cenotaph.pipeline import given_gazetteers, read, sources_of
from cenotaph.pipeline.entering import as_input
from cenotaph.store import Input, RecordSettings, add, create
from cenotaph.store import open as open_record
from cenotaph.web.app import workbench
from cenotaph.web.held import Held
from cenotaph.web.pages import prepare
from cenotaph.web.view import View

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "eval")]

MANY = 20_000
TOLD_AGAIN = {"copy": 0.05, "update": 0.35, "wrong": 0.05, "sum": 0.02, "further": 0.37}
"""What part of the reports is of each kind, from so many on."""

ARABIC = 0.01
"""So many texts in Arabic stand beside the reports: words to look for, frequent and rare."""

PAGE, DECISION, READ, FRAME = 0.3, 0.15, 1.5, 0.1
"""The goal in seconds: of a page and a decision at the server, of a page and a frame in a browser."""

PAGES = (
    "/", "/reports", "/reports?order=title&page=40", "/reports?claims=no", "/reports?q=market",
    "/reports?q=zanzibar", "/reports?q=السوق", "/claims", "/claims?order=-count&page=400",
    "/claims?measure=killed", "/claims?measure=injured&certainty=asserted", "/claims?q=market",
    "/claims?q=killed", "/claims?q=zanzibar", "/claims?q=السوق", "/incidents",
    "/incidents?order=-killed", "/incidents?from=2012-03-01&to=2012-03-31", "/incidents?q=market",
    "/incidents?q=killed", "/findings", "/findings?page=20", "/findings?code=sources-differ",
    "/sources", "/totals", "/totals?by=admin1", "/totals?by=place", "/totals?by=place&page=30",
    "/totals?by=month", "/totals?by=perpetrator", "/totals?by=weapon", "/totals?by=group",
    "/totals?by=country", "/totals?measure=injured", "/totals?group=children", "/review", "/same",
    "/map", "/map?event=airstrike", "/map/points.json", "/map/own.json", "/history",
    "/history?page=3", "/search?q=market", "/search?q=killed", "/search?q=zanzibar",
    "/search?q=السوق", "/search?q=قنطرة", "/publish", "/publish?profile=internal",
    "/publish?by=month", "/publish?by=place&level=settlement", "/publish?from=2012-03-01&to=2012-04-30",
    "/bulk?measure=injured", "/help",
)  # fmt: skip
AFTER = (
    "/review", "/", "/claims", "/incidents", "/sources", "/findings", "/map", "/map/points.json",
    "/totals", "/totals?by=place", "/totals?by=admin1", "/publish",
)  # fmt: skip
"""Pages that are timed again right after a decision."""

SEEN = (
    "/", "/reports", "/claims", "/incidents", "/findings", "/sources", "/review", "/same",
    "/totals", "/totals?by=place", "/history", "/search?q=market", "/publish", "/help", "/map",
)  # fmt: skip

FRAMES = """() => { window.frames_ = []; let last = performance.now();
  const tick = (now) => { window.frames_.push(now - last); last = now; requestAnimationFrame(tick); };
  requestAnimationFrame(tick); }"""

TIMES = 3
"""Claims on which each kind of decision is taken."""

over: list[str] = []
"""What took longer than the goal allows."""


def made(folder: Path, size: int) -> Path:
    """Make a record of invented reports and read them."""
    from generate import COUNTRY, SHARES, write

    if size >= MANY:
        SHARES.update(TOLD_AGAIN)
    world = write(folder, size, 11)
    path = folder / "large.db"
    settings = RecordSettings(country=COUNTRY, ruleset="default", default_gazetteer=False)
    create(path, settings, given_gazetteers([folder / "gazetteer.csv"], default=False))
    began = time.perf_counter()
    with open_record(path) as record, (folder / "reports.jsonl").open("rb") as lines:
        given = ingest.read(ingest.line_inputs(lines.fileno(), name="reports.jsonl"))
        add(record, [as_input(each) for each in given if not isinstance(each, ingest.Told)])
        add(record, arabic(round(size * ARABIC)))
        read(record, sources=sources_of(record))
    taken = time.perf_counter() - began
    print(f"{size} reports of {len(world.incidents)} incidents read in {taken:.1f} s")
    return path


def arabic(size: int) -> list[Input]:
    """Return texts in Arabic: some words stand in nearly all of them, one in a few."""
    rng = random.Random(size)
    days = ("السبت", "الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة")
    found = []
    for number in range(size):
        where = "قنطرة النهر" if rng.random() < 0.02 else "السوق الكبير"
        text = f"فتح التجار {where} صباح {rng.choice(days)}، وحملوا {number} صندوقا من التفاح.\n"
        document = Document(id=DocumentId(f"ar{number:05d}"), text=text, lang="ar")
        raw = text.encode()
        found.append(Input(raw=raw, media_type="text/plain", name=document.id, document=document))
    return found


def server(path: Path) -> None:
    """Print what pages and decisions take at the server."""
    with TestClient(workbench(path), base_url="http://127.0.0.1:8765") as client:
        held = client.app.state.held  # type: ignore[attr-defined]
        taken, used = timed(held.view)
        view = held.view()
        print(f"opened in {taken:.1f} s ({used:.1f} s of the processor), {memory()}: ", end="")
        print(f"{view.sizes.reports} reports, {view.sizes.claims} claims, ", end="")
        print(f"{view.sizes.incidents} incidents, {view.sizes.findings} findings")
        prepare()
        taken, used = timed(lambda: held.warmed.wait(600))
        print(
            f"{taken:.1f} s more ({used:.1f} s of the processor) for what is read meanwhile; ",
            end="",
        )
        print(memory())
        print("   first    then  at the server; of the processor")
        for address in (*PAGES, *of_its_own(view)):
            first, *more = (timed(functools.partial(shown, client, address)) for _ in range(4))
            then = [statistics.median(each) for each in zip(*more, strict=True)]
            mark = held_to(first[1], PAGE, f"{address} at first")
            mark = held_to(then[1], PAGE, address) or mark
            print(f"{first[0]:8.3f}{then[0]:8.3f}  {first[1]:8.3f}{then[1]:8.3f}{mark:2} {address}")
        print(
            "   what answers would do, which a page asks for once it is there (no page waits for it)"
        )
        pairs = [f"/same?a={each.claim}&b={each.to}" for each in view.unsure[:1]]
        for address in ("/review", *pairs):
            asked = address + ("&" if "?" in address else "?") + "effect=yes"
            taken, used = timed(functools.partial(shown, client, asked))
            print(f"{taken:8.3f}{used:8.3f} {address}")
        print(f"{memory()} after all pages")
        decided(client, held)
        print("   after a decision that is worked out, of the processor")
        for address in AFTER:
            posted(client, rejecting(held.view(), 900))
            quiet(held)
            taken, used = timed(lambda: shown(client, address))  # noqa: B023
            print(f"{taken:8.3f}{used:8.3f}{held_to(used, PAGE, f'{address} after'):2} {address}")
        print(f"{memory()} after all decisions")


def decided(client: TestClient, held: Held) -> None:
    """Print what decisions take, the page after them, and what is worked out behind both."""
    taken: dict[str, list[tuple[float, ...]]] = {}
    for turn in range(TIMES):
        for name, form in decisions(held.view(), turn):
            answer = timed(lambda: posted(client, form))  # noqa: B023
            page = timed(lambda: shown(client, "/review"))
            there = timed(lambda: worked_out(client, "/review"))
            behind = timed(lambda: quiet(held))
            both = answer[1] + page[1]
            whole = answer[0] + page[0] + there[0]
            told = (answer[0], page[0], whole, both, both + there[1] + behind[1])
            taken.setdefault(name, []).append(told)
    print("seconds by the clock: answered; page after; until that shows what follows;")
    print("  of the processor: answer and page; until all is worked out. In the middle (at most)")
    for name, rows in taken.items():
        columns = list(zip(*rows, strict=True))
        mark = held_to(max(columns[0]), DECISION, f"{name}: answered")
        mark = held_to(max(columns[1]), PAGE, f"{name}: page after") or mark
        cells = (f"{statistics.median(each):7.3f} ({max(each):5.3f})" for each in columns)
        print(f"{''.join(cells)}{mark:2} {name}")


def quiet(held: Held) -> None:
    """Wait until what was decided is worked out, and nothing is done behind the pages."""
    while any(thread.name == "following" for thread in threading.enumerate()):
        time.sleep(0.01)
    with held.exclusively():
        held.view()


def of_its_own(view: View) -> Iterator[str]:
    """Yield the pages of a claim, a report and incidents, the largest among them."""
    claim = view.waiting.claim(len(view.waiting) // 2)
    yield from (f"/c/{claim}", f"/d/{next(iter(view.listed))}")
    lines = sorted(view.incident_lines.values(), key=lambda each: (len(each.claims), each.id))
    for event in (lines[len(lines) // 2], lines[-1]):
        yield f"/i/{event.id}"
    yield f"/c/{min(view.claims_with('scope', 'cumulative'), default=claim)}"


def rejecting(view: View, at: int) -> dict[str, object]:
    """Return a form that sets the claim at a position of the queue aside."""
    claim = view.waiting.claim(min(at, len(view.waiting) - 1))
    return {"kind": "reject", "why": "1", "subject": claim, "by": "B"}


def decisions(view: View, turn: int) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield one form for each kind of decision, of claims that weigh much and little; in each turn
    of others."""
    waiting, on = view.waiting, 7 * turn

    def claim(at: int) -> ClaimId:
        return waiting.claim((at + on) % len(waiting))

    yield "accept", {"kind": "accept", "subject": claim(20), "by": "B"}
    yield "reject the first", rejecting(view, on)
    yield "reject", rejecting(view, 2_000 + on)
    yield "undo", {"by": "B"}
    yield "reject the last", rejecting(view, len(waiting))
    yield "flag", {"kind": "flag", "subject": claim(30), "by": "B"}
    edit = {"kind": "edit", "why": "1", "subject": claim(300), "by": "B", "low": "3", "high": "4"}
    yield "edit the number", edit
    moved = {"place": "Velm", "admin1": "Orun", "lat": "11.5", "lon": "-38.5"}
    yield "edit the place", {"kind": "edit", "why": "3", "subject": claim(310), "by": "B", **moved}
    for n, kind in enumerate(("same", "different", "part_of", "contains", "copy_of")):
        one, other = (claim(400 + 100 * n + 2 * k) for k in (0, 1))
        yield kind, {"kind": kind, "subject": one, "other": other, "by": "B"}
    lines = (view.claim_lines[claim(at)] for at in range(1_000, 1_000 + len(waiting), 7))
    report = next(each.document for each in lines if "killed" in each.quote.split())
    by_hand = {"words": "killed", "low": "2", "high": "2", "measure": "killed", "was-low": ""}
    yield "add by hand", {"kind": "add", "subject": report, "by": "B", **by_hand}
    yield "the day of a report", {
        "kind": "set_metadata", "subject": report, "published": "2012-03-04", "by": "B",
    }  # fmt: skip


def posted(client: TestClient, form: dict[str, object]) -> None:
    """Send a decision, or the taking back of one, and look that it was taken."""
    to = "/decide" if "kind" in form else "/undo"
    token = client.app.state.token  # type: ignore[attr-defined]
    answer = client.post(to, data={**form, "token": token}, follow_redirects=False)
    assert answer.status_code == 303, (form, answer.status_code)


def shown(client: TestClient, address: str) -> bool:
    """Ask for a page; tell whether it is there, and not one that says what it waits for."""
    answer = client.get(address, follow_redirects=True)
    assert answer.status_code == 200, address
    return answer.url.path != "/working"


def worked_out(client: TestClient, address: str) -> None:
    """Ask for a page until it is there."""
    while not shown(client, address):
        pass


def timed(do: Callable[[], object]) -> tuple[float, float]:
    """Return the seconds that something takes, and those of the processor."""
    began, used = time.perf_counter(), time.process_time()
    do()
    return time.perf_counter() - began, time.process_time() - used


def held_to(taken: float, goal: float, what: str) -> str:
    """Return the mark of what took longer than it should, and remember it."""
    if taken <= goal:
        return ""
    over.append(f"{what}: {taken:.3f} s")
    return " *"


def memory() -> str:
    """Return how much memory this process holds, and the most that it held."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    now = pages * resource.getpagesize() / 1e6
    return f"{now:.0f} MB of memory ({resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 977:.0f} at most)"


def browser(path: Path) -> None:
    """Print how soon pages can be read in Chromium, and the frames while the map is dragged."""
    from tests.web.browsing import Watched, launched, serving

    app = workbench(path)
    prepare()
    with launched() as chromium, serving(app) as base:
        watched = Watched(chromium, base, viewport={"width": 1200, "height": 800})
        page = watched.page
        page.set_default_timeout(600_000)
        page.goto("/")
        page.wait_for_url(base + "/", timeout=600_000)
        app.state.held.warmed.wait(600)
        print("seconds until a page can be read in Chromium (contents parsed; everything loaded)")
        for address in SEEN:
            page.goto(address, wait_until="load")
            parsed, loaded = page.evaluate(
                "() => { const t = performance.getEntriesByType('navigation')[0];"
                " return [t.domContentLoadedEventEnd / 1000, t.loadEventEnd / 1000]; }"
            )
            mark = held_to(loaded, READ, f"{address} to read")
            print(f"{parsed:8.3f}{loaded:8.3f}{mark:2} {address}")
        began = time.perf_counter()
        page.goto("/map")
        page.wait_for_function("() => document.body.dataset.drawn")
        print(f"{time.perf_counter() - began:8.3f}  until the map is drawn")
        for zoom in range(3):
            dragged(page, zoom)
            page.mouse.wheel(0, -400)
            page.wait_for_timeout(1_500)
        watched.close()


def dragged(page: Any, zoom: int) -> None:
    """Drag the map five times and print what its frames took."""
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
    frames = sorted(each / 1000 for each in page.evaluate("() => window.frames_"))
    drawn = page.evaluate(
        "() => Number(document.getElementById('kept').textContent.replace(/\\D/g, ''))"
    )
    worst = frames[-max(1, len(frames) // 100)]
    print(
        f"map of {drawn} incidents, {zoom} steps in, dragged five times: of {len(frames)} frames"
        f" the median took {statistics.median(frames) * 1000:.0f} ms, one in twenty over"
        f" {frames[-len(frames) // 20] * 1000:.0f} ms, the longest {frames[-1] * 1000:.0f} ms"
        f"{held_to(worst, FRAME, 'a pan of the map')}"
    )


@contextmanager
def record(given: Path | None, size: int) -> Iterator[Path]:
    """Yield a record to measure: a copy of the one given, else one made for this."""
    with TemporaryDirectory() as folder:
        if given is None:
            os.environ.setdefault("CENOTAPH_DATA", str(Path(folder) / "data"))
            yield made(Path(folder), size)
        else:
            yield Path(shutil.copy(given, Path(folder) / "copy.db"))


def opened_once(path: Path) -> Sequence[str]:
    """Open a record, so that what it keeps is of this program."""
    look_seldom()
    taken, used = timed(lambda: left_open(path))
    print(f"opened once beforehand in {taken:.0f} s ({used:.0f} s of the processor); {memory()}")
    return over


def left_open(path: Path) -> None:
    """Open a record until all that pages need is read."""
    with closing(Held(path)) as held:
        held.view()
        held.warmed.wait()


def measured(path: Path, part: str) -> Sequence[str]:
    """Measure one of the two parts; return what was over the goal."""
    look_seldom()  # as the command does
    os.sync()  # else the first decision waits for the disk to take the copy that was just made
    {"server": server, "browser": browser}[part](path)
    return over


def apart(do: Callable[..., Sequence[str]], *given: object) -> Sequence[str]:
    """Return what something answers in a process of its own, which nothing went before in."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(do, *given).result()


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--reports", type=int, default=5_000)
    parser.add_argument("--record", type=Path, help="a record to measure instead")
    parser.add_argument("--keep", type=Path, help="where to write the record, once opened")
    parser.add_argument("--only", choices=("server", "browser"), help="one of the two")
    parser.add_argument("--goal", action="store_true", help="fail where something is over the goal")
    given, _ = parser.parse_known_args()
    look_seldom()
    found: list[str] = []
    with record(given.record, given.reports) as path:
        apart(opened_once, path)
        if given.keep:
            shutil.copy(path, given.keep)
        for part in ("server", "browser"):
            if given.only in (part, None):
                found += apart(measured, path, part)
    print(f"{len(found)} over the goal" + "".join(f"\n  {each}" for each in found))
    sys.exit(bool(found) and given.goal)


if __name__ == "__main__":
    main()
