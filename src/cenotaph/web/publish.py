"""Reports to the public: chosen on one page, made as one file, as a static site, for print."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, QueryParams, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cenotaph.model import Incident
from cenotaph.pipeline import ruleset_of
from cenotaph.reconcile import NAMES
from cenotaph.spelling.folding import fold_text
from cenotaph.web import embedding, exports
from cenotaph.web.content import content, figures_in
from cenotaph.web.held import Earlier, Held
from cenotaph.web.listing import day, whole
from cenotaph.web.mapping import own_files
from cenotaph.web.pages import environment, held_by, page, view_of
from cenotaph.web.prepared import ahead, prepared
from cenotaph.web.security import authorise
from cenotaph.web.selection import (
    GROUPINGS,
    LEVELS,
    Chosen,
    Wish,
)
from cenotaph.web.sentences import (
    A_TURN,
    HIDE,
    TICK,
    Release,
    Said,
    Sentence,
    release_of,
)
from cenotaph.web.site import site, zipped
from cenotaph.web.view import View

PREVIEWED, LINES = 25, 50
"""Incidents, and lines of totals, that the page shows of a report; the saved one has them all."""

ASKED = ("title", "from", "to", "by", "profile", "level", "delay", "ruleset", "since",
         "words", "unticked")  # fmt: skip
"""What an address says of a report, beside the parties, the sentences and the words masked."""

LARGEST = 50_000_000
"""Bytes of an earlier report that are looked at."""

KEPT = 4
"""Earlier reports of which what they say is kept, to go on being compared with."""

LONGEST_ADDRESS = 48_000
"""Characters of an address that the server and every browser take."""


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
        outlets=frozenset(name for name in params.getlist("outlet") if isinstance(name, str)),
    )


def behind(held: Held, view: View) -> Iterator[None]:
    """Work out behind the pages, step by step, what the page for publishing needs next."""
    return ahead(view, lambda view: wish_of(QueryParams(), view), own_files(held))


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
    view.last_report = wish
    ready = prepared(view, wish)
    chosen = ready.chosen
    release = release_of(params) if release is None else release
    number = params.get("turn", "")
    turn = int(number) if isinstance(number, str) and TURN.fullmatch(number) else 1
    of_parts = len(ready.parts) if chosen.quoting else 1
    part = min(turn, of_parts) - 1
    since = params.get("since", "")
    earlier = held_by(request).earlier.get(since) if isinstance(since, str) else None
    figures = earlier.figures if earlier else None
    told = content(
        request, view, chosen, figures, release=release, most=PREVIEWED, lines=LINES, part=part
    )
    said: Said = told["said"]
    words, unticked = given(params, "words")[:200], given(params, "unticked") == "yes"
    looked_for = narrowed(unlike(said.here), words, unticked)
    every = turns(looked_for) if of_parts == 1 else [looked_for]
    last = len(every) if of_parts == 1 else of_parts
    turn = min(turn, last)
    listed = every[turn - 1 if of_parts == 1 else 0] if every else []
    here = {each.key for each in listed}
    if not lost:
        lost = len(release.ticked - said.printed) if chosen.quoting else 0
    return page(
        request,
        "publish.html",
        wish=wish,
        chosen=chosen,
        content=told,
        release=release,
        lost=lost,
        since=since if earlier else "",
        earlier=earlier,
        forgotten=bool(since) and earlier is None,
        said=listed,
        words=words,
        unticked=unticked,
        ticked=[key for key in sorted(said.printed) if key not in here]
        if chosen.quoting
        else sorted(release.ticked),
        turn=turn,
        turns=last,
        more=max(0, len(chosen.incidents) - PREVIEWED),
        more_lines=max(0, len(chosen.sums.rows) - LINES),
        groupings=GROUPINGS,
        levels=LEVELS,
        rulesets=NAMES,
    )


TURN = re.compile(r"[1-9][0-9]{0,4}")


def given(params: QueryParams | FormData, name: str) -> str:
    """Return a field as text, "" where there is none."""
    value = params.get(name, "")
    return value if isinstance(value, str) else ""


def turns(said: Sequence[Sentence]) -> list[Sequence[Sentence]]:
    """Return the sentences of a report in turns to be read."""
    return [said[at : at + A_TURN] for at in range(0, len(said), A_TURN)] or [()]


def narrowed(said: Sequence[Sentence], words: str, unticked: bool) -> Sequence[Sentence]:
    """Return the sentences that hold all of these words, of all or of those not ticked yet."""
    wanted = fold_text(words).split()
    if not wanted and not unticked:
        return said
    return [
        each
        for each in said
        if not (unticked and each.released)
        and all(word in fold_text(f"{each.text} {each.source}") for word in wanted)
    ]


def unlike(said: Sequence[tuple[Incident, Sentence]]) -> list[Sentence]:
    """Return sentences, one that two incidents rest on once."""
    return list({sentence.key: sentence for _, sentence in said}.values())


async def make(request: Request) -> Response:
    """Make the report that a form asks for, as one file or as a site."""
    form = await authorise(request)
    file, found = form.get("earlier"), None
    if isinstance(file, UploadFile):
        raw = await file.read(LARGEST)
        figures = figures_in(raw.decode("utf-8", "replace"))
        found = Earlier((file.filename or "")[:200], figures) if figures else None
        key = hashlib.sha256(raw).hexdigest()[:16]
        await file.close()
        if found is not None:
            keep(held_by(request).earlier, key, found)
            form = FormData(
                [(n, v) for n, v in form.multi_items() if n != "since"] + [("since", key)]
            )
    return await run_in_threadpool(made, request, form, found is not None)


def keep(known: dict[str, Earlier], key: str, earlier: Earlier) -> None:
    """Keep what an earlier report says, of the last few that were given."""
    known.pop(key, None)
    while len(known) >= KEPT:
        known.pop(next(iter(known)))
    known[key] = earlier


def made(request: Request, form: FormData, new: bool) -> Response:
    """Return the report that a form asks for; `new` where it brings an earlier one along."""
    with held_by(request).exclusively():
        view = view_of(request)
        chosen = prepared(view, wish_of(form, view)).chosen
        release = release_of(form)
        again = form.get("form") == "show" or "turn" in form
        since = held_by(request).earlier.get(str(form.get("since", "")))
        earlier = since.figures if since else None
        before = (earlier or {}).get("released")
        if again and new and isinstance(before, list):
            release = replace(release, ticked=release.ticked.union(map(str, before)))
        told = content(request, view, chosen, earlier, release=release)
        lost = len(release.ticked) - len(told["said"].printed) if chosen.quoting else 0
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
    ticked = told["said"].printed if chosen.quoting else release.ticked
    said = [(name, form.get(name, "")) for name in (*ASKED, "turn")]
    said += [(of, name) for of in ("party", "outlet") for name in form.getlist(of)]
    said += [(HIDE, "\n".join(release.hide)), *((TICK, key) for key in sorted(ticked))]
    address = urlencode([(name, value) for name, value in said if value and isinstance(value, str)])
    if lost or len(address) > LONGEST_ADDRESS:
        now = replace(release, ticked=ticked, seen=release.hide)
        return asked(request, form, now, lost)
    return RedirectResponse(f"/publish?{address}", status_code=303)


ROUTES = [
    Route("/publish", publish),
    Route("/publish", make, methods=["POST"]),
]
