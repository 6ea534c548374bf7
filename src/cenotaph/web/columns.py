"""What the columns of a table stand for, asked on a page and kept as the record keeps any mapping.

A table that comes without one is kept unread with its bytes; from these it is read once it is said.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cenotaph import ingest, vocab
from cenotaph.ingest import Columns, Sample
from cenotaph.model import Measure
from cenotaph.spelling import fold
from cenotaph.store import Quarantined, quarantined, save_columns, saved_columns
from cenotaph.web import start, wording
from cenotaph.web.deciding import text
from cenotaph.web.held import Held, Work
from cenotaph.web.language import say
from cenotaph.web.listing import day
from cenotaph.web.pages import held_by, missing, page, query
from cenotaph.web.security import authorise
from cenotaph.web.troubles import plainly, refused

SHOWN = 3
"""Rows that the page shows of a table."""

WORDS = 40
"""Different words of a column for which a code is asked."""

ROLES = {
    "text": "The text of a report",
    "id": "Its number or name",
    "title": "Title",
    "author": "Author",
    "publisher": "Publisher",
    "published": "Day of publication",
    "lang": "Language",
    "country": "Country",
    "url": "Address on the web",
    "note": "Note",
    "date": "First day",
    "date_end": "Last day",
    "place": "Place",
    "admin1": "Province",
    "lat": "Latitude",
    "lon": "Longitude",
    "event": "What happened",
    "weapon": "Weapon",
    "target": "Target",
    "perpetrator": "Alleged perpetrator",
    "source": "Source",
}
"""What a column can stand for beside a figure."""

PARTS = {
    "low": "at least",
    "high": "at most",
    "children": "children",
    "women": "women",
    "men": "men",
    "civilians": "civilians",
    "combatants": "combatants",
}
VOCABULARIES = {"event": "events", "weapon": "weapons", "target": "targets"}
FIELDS = ("rows", "days", "recorder", "kind", "name")
DAYS = {
    "day-first": "the day stands first: 7 February",
    "month-first": "the month stands first: 2 July",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table on the page: what its first rows hold, and what it stands for so far."""

    at: int
    name: str
    values: tuple[str, ...]
    role: str


def waiting(held: Held) -> list[Quarantined]:
    """Return the tables that nobody has said the columns of."""
    return [
        each
        for each in quarantined(held.record)
        if each.code == start.NO_COLUMNS and not each.since
    ]


def meaning(role: str) -> str:
    """Return what a column stands for, in words."""
    if role in ROLES:
        return say(ROLES[role])
    measure, _, part = role.partition(".")
    name = wording.raised(wording.lower(measure))
    return f"{name}: {say(PARTS[part])}" if part else name


def figures() -> list[str]:
    """Return what a figure's column can stand for: each measure, alone and in part."""
    known = [each.value for each in Measure if each.value in ingest.FIGURES]
    return [role for name in known for role in (name, *(f"{name}.{part}" for part in PARTS))]


def groups() -> list[tuple[str, list[str]]]:
    """Return what a column can stand for, in the groups of the page's lists."""
    both = ingest.REPORT & ingest.CODED
    return [
        (say("Where each row is a report"), [r for r in ROLES if r in ingest.REPORT - both]),
        (say("Where each row holds figures"), [r for r in ROLES if r in ingest.CODED - both]),
        (say("In either"), [role for role in ROLES if role in both]),
        (say("Figures"), figures()),
    ]


def guessed(name: str, values: Sequence[str]) -> str:
    """Return what a column of this name stands for, where it says so itself; else nothing.

    A number stands for no event: "Event" over numbers names rows.
    """
    folded = fold(BRACKETS.sub(" ", name.replace("_", " ").replace(".", " ")))
    numbers = any(values) and all(value.strip().isdigit() for value in values if value.strip())
    for role in called().get(folded, ()):
        if not (numbers and role in VOCABULARIES):
            return role
    return ""


BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")


def called() -> dict[str, tuple[str, ...]]:
    """Return what a header can stand for, by its folded words: our own names first, then those that
    tables in any language give."""
    found: dict[str, tuple[str, ...]] = {}
    own = [(role, name) for role in (*ROLES, *figures()) for name in (role, meaning(role))]
    given = [
        (role, name)
        for words in vocab.table("tables")["headers"].values()
        for role, names in words.items()
        for name in names
    ]
    for role, name in (*own, *given):
        words = fold(name.replace("_", " ").replace(".", " "))
        found[words] = (*found.get(words, ()), role)
    return found


def guesses(sample: Sample) -> dict[int, str]:
    """Return what each column of a table seems to stand for, none of them twice.

    A column without a name that says it is the text of a report where it alone holds long prose.
    """
    found: dict[int, str] = {}
    for at, name in named(sample):
        role = guessed(name, [row[at] for row in sample.rows[:SHOWN]])
        found[at] = "" if role in found.values() else role
    prose = [at for at in found if max((len(row[at]) for row in sample.rows), default=0) >= PROSE]
    if "text" not in found.values() and len(prose) == 1 and not found[prose[0]]:
        found[prose[0]] = "text"
    return found


PROSE = 200
"""Characters from which on a cell reads as a report's text."""


def of_figures(roles: Collection[str]) -> bool:
    """Tell whether a table seems to hold figures rather than reports: a column says so, or none is
    of a text."""
    return bool(set(roles) & ingest.FIGURES) or "text" not in roles


def asked(request: Request) -> Response:
    """Ask what the columns of a table stand for."""
    held = held_by(request)
    table = wanted(held, request.query_params.get("of", ""))
    if table is None:
        return missing(request, "table")
    sheet = request.query_params.get("sheet") or None
    try:
        sample = sample_of(held, table, sheet)
    except ingest.NoTable as error:
        return page(request, "refused.html", 422, message=refused(error.code, str(error)))
    return form_page(request, table, sample, sheet=sheet)


def wanted(held: Held, id_: str) -> Quarantined | None:
    """Return the table of a name, or the first that waits."""
    tables = waiting(held)
    return next((each for each in tables if each.id == id_ or not id_), None)


def sample_of(held: Held, table: Quarantined, sheet: str | None) -> Sample:
    """Return the first rows of a table that the record keeps unread. Raises NoTable."""
    return ingest.sample(held.record.content(table.capture), name=table.name, sheet=sheet)


def form_page(
    request: Request,
    table: Quarantined,
    sample: Sample,
    *,
    sheet: str | None,
    form: FormData | None = None,
    message: str = "",
) -> Response:
    """Return the page that asks, with what a form said already."""
    chosen = {name: text(form, f"column:{at}") for at, name in named(sample)} if form else {}
    likeliest = guesses(sample)
    made = [
        Column(
            at,
            name,
            tuple(row[at] for row in sample.rows[:SHOWN]),
            chosen[name] if form else likeliest[at],
        )
        for at, name in named(sample)
    ]
    given = {key: text(form, key) if form else "" for key in FIELDS}
    return page(
        request,
        "columns.html",
        200 if not message else 422,
        table=table,
        file=Path(table.name).name,
        columns=made,
        below=len(sample.rows),
        sheet=sheet,
        sheets=sample.sheets,
        groups=groups(),
        meaning=meaning,
        given=given,
        coded=given["rows"] == "coded" if form else of_figures([c.role for c in made]),
        days=DAYS,
        kinds=vocab.table("sources")["kinds"],
        kept=list(saved_columns(held_by(request).record)),
        message=message,
    )


def named(sample: Sample) -> Iterator[tuple[int, str]]:
    """Yield the columns that can be told by their names, with their positions."""
    for at, name in enumerate(sample.header):
        if name and sample.header.index(name) == at:
            yield at, name


def mapping_of(form: FormData, sample: Sample, sheet: str | None) -> Columns:
    """Return the mapping that a form gives. Raises ColumnsError where it cannot be used."""
    roles: dict[str, str] = {}
    for at, name in named(sample):
        role = text(form, f"column:{at}")
        if role and role in roles:
            twice = say("Two columns stand for the same: %(what)s.", what=meaning(role))
            raise ingest.ColumnsError(twice)
        if role:
            roles[role] = name
    coded = text(form, "rows") == "coded"
    stray = [role for role in roles if role not in (ingest.CODED if coded else ingest.REPORT)]
    if stray:
        where = say("a table of figures") if coded else say("a table of reports")
        raise ingest.ColumnsError(
            say("“%(what)s” has no meaning in %(where)s.", what=meaning(stray[0]), where=where)
        )
    if coded and not text(form, "recorder"):
        raise ingest.ColumnsError(say("Say who coded the table: they stand for every figure."))
    if coded and not set(roles) & ingest.FIGURES:
        raise ingest.ColumnsError(say("No column is of a figure, such as killed or injured."))
    if not coded and "text" not in roles:
        raise ingest.ColumnsError(say("No column is the text of a report."))
    codes: dict[str, dict[str, str]] = {}
    for role in VOCABULARIES:
        if role in roles:
            pairs = zip(form.getlist(f"words:{role}"), form.getlist(f"code:{role}"), strict=False)
            found = {str(words): str(code) for words, code in pairs if code}
            codes |= {role: found} if found else {}
    made = Columns(
        coded=coded,
        columns=roles,
        recorder=text(form, "recorder") or None,
        kind=text(form, "kind") or "monitor",
        sheet=sheet,
        days=text(form, "days") or None,
        codes=codes,
    )
    return ingest.columns(ingest.written(made))


async def given(request: Request) -> Response:
    """Show what a form makes of the first rows; read the table when that is sure."""
    return await run_in_threadpool(answered, request, await authorise(request))


def answered(request: Request, form: FormData) -> Response:
    """Return what a form about a table leads to."""
    held = held_by(request)
    table = wanted(held, text(form, "of"))
    if table is None:
        return missing(request, "table")
    sheet = text(form, "sheet") or None
    kept = saved_columns(held.record).get(text(form, "kept"))
    try:
        sample = sample_of(held, table, sheet)
        mapping = ingest.columns(kept) if kept else mapping_of(form, sample, sheet)
        lacking = mapping.fits(list(sample.header))
        if lacking:
            lack = say("The table has no column %(names)s.", names=", ".join(lacking))
            raise ingest.ColumnsError(lack)
    except ingest.NoTable as error:
        return page(request, "refused.html", 422, message=refused(error.code, str(error)))
    except ingest.ColumnsError as error:
        return form_page(
            request, table, sample, sheet=sheet, form=form, message=plainly(str(error))
        )
    if text(form, "sure") != "yes":
        return seen(request, form, table, sample, mapping)
    return read_with(
        held, table, kept or ingest.written(mapping), "" if kept else text(form, "name")
    )


def seen(
    request: Request, form: FormData, table: Quarantined, sample: Sample, mapping: Columns
) -> Response:
    """Return the page that shows what becomes of the first rows, before any is read."""
    rows = [
        [
            shown(mapping, role, row[sample.header.index(name)])
            for role, name in mapping.columns.items()
        ]
        for row in sample.rows[:SHOWN]
    ]
    words = {
        role: [(each, likely(role, each, mapping)) for each in sample.values(name)[:WORDS]]
        for role, name in mapping.columns.items()
        if mapping.coded and role in VOCABULARIES
    }
    again = [
        (key, value)
        for key, value in form.multi_items()
        if isinstance(value, str)
        and key not in ("sure", "token", "once")
        and not key.startswith(("words:", "code:"))
    ]
    return page(
        request,
        "columns_seen.html",
        file=Path(table.name).name,
        again=again,
        roles=list(mapping.columns),
        meaning=meaning,
        rows=rows,
        words=words,
        codes={role: codes_of(role) for role in VOCABULARIES},
        coded=mapping.coded,
    )


def shown(mapping: Columns, role: str, words: str) -> tuple[str | None, str]:
    """Return what a cell is taken for, as a page tells it, and its words."""
    value = ingest.understood(mapping, role, words)
    known = day(value) if value and role in ("date", "date_end", "published") else None
    return (wording.day(known) if known else value), words


def codes_of(role: str) -> list[str]:
    """Return the codes that a column's words can stand for."""
    return list(vocab.table(VOCABULARIES[role])["codes"])


def likely(role: str, words: str, mapping: Columns) -> str:
    """Return the code that words stand for: as the mapping says, else where they are its name."""
    known = mapping.codes.get(role, {}).get(words)
    if known:
        return known
    folded = words.casefold()
    names = ((code, code, wording.label(code).casefold()) for code in codes_of(role))
    return next((code for code, *called in names if folded in called), "")


def read_with(held: Held, table: Quarantined, content: str, name: str) -> Response:
    """Read a table with a mapping, which is kept with the record under a name."""
    save_columns(held.record, (name or Path(table.name).stem)[:80] or "columns", content)

    def read(work: Work) -> None:
        again = ingest.Input(
            id=table.claimed_id or Path(table.name).stem,
            name=table.name,
            raw=held.record.content(table.capture),
            columns=content,
        )
        start.put(held, start.ended(ingest.read([again]), work), work)
        work.then = onward(held)

    return start.wait_for(held.start(say("Reading the table"), read), "/reports")


def onward(held: Held) -> str | None:
    """Return the page that asks for the next table, where one waits."""
    return "/columns?" + query({"of": waiting(held)[0].id}) if waiting(held) else None


ROUTES = [Route("/columns", asked), Route("/columns", given, methods=["POST"])]
