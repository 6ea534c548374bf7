"""Reports to the public: chosen on one page, made as one file, as a static site, for print."""

import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from importlib import metadata, resources
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, QueryParams, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cenotaph.model import Incident, Place
from cenotaph.pipeline import ruleset_of
from cenotaph.reconcile import NAMES
from cenotaph.web import charts, embedding, exports, outlines, wording
from cenotaph.web.listing import day, whole
from cenotaph.web.mapping import own_files
from cenotaph.web.pages import environment, held_by, page, view_of
from cenotaph.web.security import authorise
from cenotaph.web.selection import (
    GROUPINGS,
    LEVELS,
    Chosen,
    Wish,
    choose,
    coarser,
    may_say,
    party_of,
    told_by,
    without_names,
)
from cenotaph.web.sentences import (
    HIDE,
    TICK,
    Release,
    Sentence,
    listed,
    release_of,
    sentences,
    shown_when,
    told_words,
)
from cenotaph.web.sourced import ToldBy, sources_of
from cenotaph.web.view import View

KEPT = 4
PREVIEWED = 50
"""Incidents and lines of totals that the page shows of a report; the saved one has them all."""

A_TURN = 200
"""Sentences that the page lists at once, to be read and ticked."""

ASKED = ("title", "from", "to", "by", "profile", "level", "delay", "ruleset")
"""What an address says of a report, beside the parties, the sentences and the words masked."""

LONGEST_ADDRESS = 48_000
"""Characters of an address that the server and every browser take."""

EMBEDDED = re.compile(r'<script type="application/json" id="figures">(.*?)</script>', re.DOTALL)
"""Where a report keeps its own figures, so that the next can say what changed."""


def wish_of(params: QueryParams | FormData, view: View) -> Wish:
    """Return what a form asks of a report. Raises UnknownName for a ruleset there is not."""

    def get(name: str, default: str = "") -> str:
        value = params.get(name, default)
        return value if isinstance(value, str) else default

    delay = whole(get("delay"), digits=4)
    return Wish(
        title=get("title")[:200],
        first=day(get("from")),
        last=day(get("to")),
        by=get("by", "admin1"),
        public=get("profile", "public") != "internal",
        level=get("level", "admin1") if get("level", "admin1") in LEVELS else "admin1",
        delay=14 if delay is None else delay,
        ruleset=ruleset_of(get("ruleset") or view.ruleset.name),
        today=datetime.now(UTC).date(),
        parties=frozenset(name for name in params.getlist("party") if isinstance(name, str)),
    )


def publish(request: Request) -> Response:
    """Show the report that the address asks for, before it is made."""
    return asked(request, request.query_params)


def asked(
    request: Request, params: QueryParams | FormData, release: Release | None = None, lost: int = 0
) -> Response:
    """Return the page of a report as it is asked for, with the sentences it would print.

    `release` where it is another than was asked for, with how many ticks of it were `lost`.
    """
    view = view_of(request)
    wish = wish_of(params, view)
    chosen = chosen_of(view, wish)
    release = release_of(params) if release is None else release
    told = content(request, view, chosen, release=release, most=PREVIEWED)
    if not lost:
        lost = len(release.ticked - kept(told["sentences"])) if chosen.quoting else 0
    said = turns(told["sentences"])
    number = params.get("turn", "")
    turn = min(int(number), len(said)) if isinstance(number, str) and TURN.fullmatch(number) else 1
    return page(
        request,
        "publish.html",
        wish=wish,
        chosen=chosen,
        content=told,
        release=release,
        lost=lost,
        said=said[turn - 1] if said else [],
        ticked=[
            each.key
            for n, part in enumerate(said)
            if n != turn - 1
            for each in part
            if each.released
        ]
        if chosen.quoting
        else sorted(release.ticked),
        turn=turn,
        turns=len(said),
        more=max(0, len(chosen.incidents) - PREVIEWED),
        more_lines=max(0, len(chosen.sums.rows) - PREVIEWED),
        groupings=GROUPINGS,
        levels=LEVELS,
        rulesets=NAMES,
    )


TURN = re.compile(r"[1-9][0-9]{0,4}")


def turns(said: list[tuple[Incident, Sentence]]) -> list[list[Sentence]]:
    """Return the sentences of a report in turns to be read; one that two incidents rest on once."""
    each = list({sentence.key: sentence for _, sentence in said}.values())
    return [each[at : at + A_TURN] for at in range(0, len(each), A_TURN)]


def kept(said: Iterable[tuple[Incident, Sentence]]) -> frozenset[str]:
    """Return what stands for the sentences that are released, as they read now."""
    return frozenset(each.key for _, each in said if each.released)


def chosen_of(view: View, wish: Wish) -> Chosen:
    """Return what goes into a report; the last few are kept, for as long as the record stays."""
    known, _ = kept_of(view, wish)
    return known


def kept_of(view: View, wish: Wish) -> tuple[Chosen, ToldBy]:
    """Return what goes into a report, and the sources it rests on."""
    last = view.kept_reports
    if wish not in last:
        while len(last) >= KEPT:
            last.pop(next(iter(last)))
        chosen = choose(view, wish)
        last[wish] = chosen, sources_of(chosen, view)
    known: tuple[Chosen, ToldBy] = last[wish]
    return known


def content(
    request: Request,
    view: View,
    chosen: Chosen,
    earlier: dict[str, Any] | None = None,
    *,
    release: Release,
    most: int | None = None,
) -> dict[str, Any]:
    """Return what the templates of a report are filled with; of incidents and lines `most`, or
    all."""
    record = held_by(request).record
    findings = Counter(
        each.code
        for each in view.findings
        if not each.claims or any(id_ in chosen.claims for id_ in each.claims)
    )
    known = told_words(view) if chosen.quoting else frozenset()
    said = listed(chosen, view, release, known) if chosen.quoting else []
    printed = kept(said)
    told = figures(chosen) | ({"released": sorted(printed)} if chosen.quoting else {})
    events = (chosen.look(each.id) for each in chosen.incidents[:most])
    incidents = [shown(each, chosen, view, release, known) for each in events if each is not None]
    places = [coarser(each.place, chosen) for each in chosen.incidents]
    drawing, unplaced = outlines.drawn(places, own_files(held_by(request)))
    return {
        "chosen": chosen,
        "wish": chosen.wish,
        "view": view,
        "rows": [(row, dict(row.key)) for row in chosen.sums.rows[:most]],
        "whole": chosen.whole.whole,
        "chart": charts.months(months(chosen)),
        "months": months(chosen),
        "incidents": incidents,
        "sentences": said,
        "released": len(printed),
        "quoted": len({each.key for _, each in said}),
        "drawing": drawing,
        "unplaced": unplaced,
        "findings": sorted(findings.items()),
        "gazetteers": record.gazetteers(),
        "version": metadata.version("cenotaph"),
        "figures": json.dumps(told, ensure_ascii=False),
        "changes": changes(earlier, told, partial(named_now, view)) if earlier else None,
        "style": style(),
        "w": wording,
        "told_by": kept_of(view, chosen.wish)[1],
        "unnamed": lambda told: without_names(told, chosen.names),
        "may_say": lambda told: may_say(told, chosen),
        "hidden": lambda name: party_of(name, chosen),
    }


def style() -> str:
    """Return the style sheet of a report, which it carries within itself."""
    return (resources.files("cenotaph.web") / "static" / "report.css").read_text(encoding="utf-8")


def shown(
    event: Incident, chosen: Chosen, view: View, release: Release, known: frozenset[str]
) -> dict[str, Any]:
    """Return an incident as a report may show it."""
    said = () if chosen.coarse else sentences(event, chosen, view, release, known)
    where: Place | None = coarser(event.place, chosen)
    return {
        "event": event,
        "place": where,
        "when": shown_when(event.when, chosen),
        "quotes": [(each.text, each.source) for each in said if each.released],
    }


def months(chosen: Chosen) -> list[tuple[str, int, int]]:
    """Return for each month the least and the most that its incidents may have killed, one event
    beside another; sums over several events are not in it.
    """
    found: dict[str, tuple[int, int]] = {}
    for event in chosen.incidents:
        when = event.when
        if event.figure is None or when is None or (when.start or when.end) is None:
            continue
        first = when.start or when.end
        assert first is not None
        low, high = found.get(f"{first:%Y-%m}", (0, 0))
        least, _, most = event.figure
        found[f"{first:%Y-%m}"] = (
            low + (least or 0),
            high + (least or 0 if most is None else most),
        )
    return [(month, *bounds) for month, bounds in sorted(found.items())]


def figures(chosen: Chosen) -> dict[str, Any]:
    """Return the figures of a report, by which a later one tells what changed."""
    whole = chosen.whole.whole.figure
    return {
        "made": chosen.wish.today.isoformat(),
        "whole": [whole.low, whole.best, whole.high],
        "incidents": {
            each.id: None if each.figure is None else list(each.figure) for each in chosen.incidents
        },
    }


def changes(
    earlier: dict[str, Any], now: dict[str, Any], lead: Callable[[str], str | None]
) -> dict[str, Any]:
    """Return what is new, gone and different beside an earlier report.

    `lead` tells which incident holds now what went by an earlier name: that one is not gone, and
    the other not new.
    """
    before = earlier.get("incidents")
    before = {str(id_)[:40]: of for id_, of in before.items()} if isinstance(before, dict) else {}
    after = now["incidents"]
    moved = {id_: to for id_ in before.keys() - after.keys() if (to := lead(id_)) in after}
    # What goes by another name only is held against what it was.
    stood = {to: before[id_] for id_, to in sorted(moved.items(), reverse=True)} | before
    return {
        "made": str(earlier.get("made", ""))[:10],
        "whole": earlier.get("whole"),
        "new": sorted(after.keys() - stood.keys()),
        "gone": sorted(before.keys() - after.keys() - moved.keys()),
        "moved": sorted(moved.items()),
        "changed": sorted(id_ for id_ in after.keys() & stood.keys() if after[id_] != stood[id_]),
    }


def named_now(view: View, id_: str) -> str | None:
    """Return the incident to which an earlier name leads, None where it leads to none."""
    led = view.led(id_)
    return None if led is None else led.incident


def figures_in(markup: str) -> dict[str, Any] | None:
    """Return the figures that an earlier report carries, None where it carries none."""
    match = EMBEDDED.search(markup)
    if match is None:
        return None
    try:
        known = json.loads(match[1])
    except ValueError:
        return None
    return known if isinstance(known, dict) else None


async def make(request: Request) -> Response:
    """Make the report that a form asks for, as one file or as a site."""
    form = await authorise(request)
    earlier = None
    given = form.get("earlier")
    if isinstance(given, UploadFile):
        earlier = figures_in((await given.read(50_000_000)).decode("utf-8", "replace"))
        await given.close()
    return await run_in_threadpool(made, request, form, earlier)


def made(request: Request, form: FormData, earlier: dict[str, Any] | None) -> Response:
    """Return the report that a form asks for."""
    with held_by(request).exclusively():
        view = view_of(request)
        chosen = chosen_of(view, wish_of(form, view))
        release = release_of(form)
        again = form.get("form") == "show" or "turn" in form
        before = (earlier or {}).get("released")
        if again and isinstance(before, list):
            release = replace(release, ticked=release.ticked.union(map(str, before)))
        told = content(request, view, chosen, earlier, release=release)
        lost = len(release.ticked) - len(kept(told["sentences"])) if chosen.quoting else 0
        if again or lost > 0:
            return shown_again(request, form, release, told, lost=0 if again else lost)
        name = f"report-{chosen.wish.today.isoformat()}"
        if form.get("form") == "site":
            return exports.file(site(told, chosen, view), f"{name}.zip", "application/zip")
        if form.get("form") == "embed":
            parts = zipped(embedding.files(environment(), told, site=False), chosen)
            return exports.file(parts, f"{name}-embed.zip", "application/zip")
        markup = environment().get_template("published/report.html").render(told, site=False)
        return exports.file(markup, f"{name}.html", "text/html")


def shown_again(
    request: Request, form: FormData, release: Release, told: dict[str, Any], *, lost: int
) -> Response:
    """Return the page of what a form asks for, under the address that asks for it."""
    chosen: Chosen = told["chosen"]
    ticked = kept(told["sentences"]) if chosen.quoting else release.ticked
    given = [(name, form.get(name, "")) for name in (*ASKED, "turn")]
    given += [("party", name) for name in form.getlist("party")]
    given += [(HIDE, "\n".join(release.hide)), *((TICK, key) for key in sorted(ticked))]
    address = urlencode(
        [(name, value) for name, value in given if value and isinstance(value, str)]
    )
    if lost or len(address) > LONGEST_ADDRESS:
        now = replace(release, ticked=ticked, seen=release.hide)
        return asked(request, form, now, lost)
    return RedirectResponse(f"/publish?{address}", status_code=303)


def site(told: dict[str, Any], chosen: Chosen, view: View) -> bytes:
    """Return a static site as a zip: the report, a page an incident, its data, parts to embed."""
    templates = environment()
    files = [
        ("index.html", templates.get_template("published/report.html").render(told, site=True))
    ]
    one = templates.get_template("published/incident.html")
    for each in told["incidents"]:
        files.append((f"i/{each['event'].id}.html", one.render(told, each=each)))
    files += [(f"data/{name}", content) for name, content in data(chosen, view).items()]
    parts = embedding.files(templates, told, site=True)
    return zipped([*files, *((f"embed/{name}", content) for name, content in parts)], chosen)


def zipped(files: Iterable[tuple[str, str]], chosen: Chosen) -> bytes:
    """Return files as a zip that is the same whenever it is made on one day."""
    out = io.BytesIO()
    stamp = (max(1980, chosen.wish.today.year), chosen.wish.today.month, chosen.wish.today.day)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name, (*stamp, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content.encode("utf-8", "backslashreplace"))
    return out.getvalue()


def data(chosen: Chosen, view: View) -> dict[str, str]:
    """Return the incidents of a report as tables, no finer than the report itself."""
    rows = []
    for each in chosen.incidents:
        event = chosen.look(each.id)
        if event is None:
            continue
        cells = dict(
            zip(exports.INCIDENT_COLUMNS, exports.incident_cells(event, view), strict=True)
        )
        where = coarser(event.place, chosen)
        name, admin1, lat, lon, precision = exports.spot(where)
        cells |= {
            "place": name,
            "admin1": admin1,
            "country": where.country if where else None,
            "latitude": lat,
            "longitude": lon,
            "place_precision": precision,
        }
        if chosen.wish.public:
            told = dict.fromkeys(told_by(each, chosen) for each in event.sources)
            blamed = ("alleged_perpetrators", "accepted_by", "denied_by")
            cells |= {key: without_names(cells[key] or "", chosen.names) for key in blamed}
            cells |= {"sources": "; ".join(told), "reports": None}
        rows.append(cells)
    columns = exports.INCIDENT_COLUMNS
    table = exports.table(columns, [[row[name] for name in columns] for row in rows])
    plain = [
        {key: value.isoformat() if isinstance(value, date) else value for key, value in row.items()}
        for row in rows
    ]
    return {
        "incidents.csv": table,
        "incidents.json": json.dumps(plain, ensure_ascii=False, indent=1),
        "incidents.geojson": json.dumps(features(plain), ensure_ascii=False),
    }


def features(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return rows as features; those whose place is coarse have no geometry."""
    made = []
    for row in rows:
        properties = dict(row)
        lat, lon = properties.pop("latitude"), properties.pop("longitude")
        point = {"type": "Point", "coordinates": [round(lon, 4), round(lat, 4)]} if lat else None
        made.append(
            {"type": "Feature", "id": row["id"], "geometry": point, "properties": properties}
        )
    return {"type": "FeatureCollection", "features": made}


ROUTES = [
    Route("/publish", publish),
    Route("/publish", make, methods=["POST"]),
]
