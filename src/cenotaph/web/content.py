"""What a report says: what its templates are filled with, and the figures by which the next one
tells what changed."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from importlib import metadata, resources
from typing import Any

from starlette.requests import Request

from cenotaph.model import Incident, Place
from cenotaph.web import charts, wording
from cenotaph.web.embedding import over_time
from cenotaph.web.mapping import own_files
from cenotaph.web.pages import held_by
from cenotaph.web.prepared import prepared
from cenotaph.web.selection import Chosen, coarser, party_of, without_names
from cenotaph.web.sentences import (
    Release,
    Said,
    said_in,
    sentences,
    shown_when,
)
from cenotaph.web.view import View

EMBEDDED = re.compile(r'<script type="application/json" id="figures">(.*?)</script>', re.DOTALL)
"""Where a report keeps its own figures, so that the next can say what changed."""


def content(
    request: Request,
    view: View,
    chosen: Chosen,
    earlier: Mapping[str, Any] | None = None,
    *,
    release: Release,
    most: int | None = None,
    lines: int | None = None,
    part: int | None = None,
) -> dict[str, Any]:
    """Return what the templates of a report are filled with; of incidents `most`, or all, of totals
    so many `lines`, or all, and of sentences a part of a large report's, or all."""
    record = held_by(request).record
    ready = prepared(view, chosen.wish)
    known, by_month = ready.known, ready.months
    said = Said(())
    if chosen.quoting:
        some = chosen.incidents if part is None else ready.parts[part]
        said = said_in(chosen, view, release, known, some, held_by(request).said_of)
    told = figures(chosen) | ({"released": sorted(said.printed)} if chosen.quoting else {})
    events = (chosen.look(each.id) for each in chosen.incidents[:most])
    incidents = [shown(each, chosen, view, release, known) for each in events if each is not None]
    drawing, unplaced = ready.drawing(own_files(held_by(request)))
    return {
        "chosen": chosen,
        "wish": chosen.wish,
        "view": view,
        "rows": [(row, dict(row.key)) for row in chosen.sums.rows[:lines]],
        "whole": chosen.whole.whole,
        "chart": charts.months(by_month, over_time(chosen.wish.by)),
        "months": by_month,
        "incidents": incidents,
        "said": said,
        "released": len(said.printed),
        "quoted": len({each.key for _, each in said.every}) if said.all else None,
        "drawing": drawing,
        "unplaced": unplaced,
        "findings": ready.findings,
        "gazetteers": record.gazetteers(),
        "version": metadata.version("cenotaph"),
        "figures": json.dumps(told, ensure_ascii=False),
        "changes": changes(earlier, told, partial(named_now, view)) if earlier else None,
        "style": style(),
        "w": wording,
        "told_by": ready.told_by,
        "unnamed": lambda told: without_names(told, chosen.names),
        "may_say": ready.may_say,
        "hidden": lambda name: party_of(name, chosen),
    }


def style() -> str:
    """Return the style sheet of a report, which it carries within itself."""
    folder = resources.files("cenotaph.web") / "static"
    sheets = ("report.css", "narrow.css")
    return "".join((folder / name).read_text(encoding="utf-8") for name in sheets)


def shown(
    event: Incident, chosen: Chosen, view: View, release: Release, known: frozenset[str]
) -> dict[str, Any]:
    """Return an incident as a report may show it."""
    # Where nothing is released no sentence is printed.
    silent = chosen.coarse or (chosen.wish.public and not release.ticked)
    said = () if silent else sentences(event, chosen, view, release, known)
    where: Place | None = coarser(event.place, chosen)
    return {
        "event": event,
        "place": where,
        "when": shown_when(event.when, chosen),
        "quotes": [(each.text, each.source) for each in said if each.released],
    }


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
    earlier: Mapping[str, Any], now: dict[str, Any], lead: Callable[[str], str | None]
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
        "made": told_day(str(earlier.get("made", ""))[:10]),
        "whole": earlier.get("whole"),
        "new": sorted(after.keys() - stood.keys()),
        "gone": sorted(before.keys() - after.keys() - moved.keys()),
        "moved": sorted(moved.items()),
        "changed": sorted(id_ for id_ in after.keys() & stood.keys() if after[id_] != stood[id_]),
    }


def told_day(named: str) -> str:
    """Return a day that a report gives as it is read; as it stands where it is none."""
    try:
        return wording.day(date.fromisoformat(named))
    except ValueError:
        return named


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
