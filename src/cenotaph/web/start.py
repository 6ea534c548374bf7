"""The first page: what the record holds and what to do next; and how a record begins."""

import re
from collections.abc import Iterable
from dataclasses import replace
from importlib import resources
from pathlib import Path

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cenotaph import ingest
from cenotaph.gazetteer.areas import areas
from cenotaph.ingest import Refused, Report
from cenotaph.pipeline import given_gazetteers, read
from cenotaph.pipeline.entering import as_input
from cenotaph.store import (
    Added,
    Outcome,
    RecordSettings,
    add,
    create,
    quarantined,
    save_columns,
    saved_columns,
)
from cenotaph.web.deciding import YEAR, remembered, text
from cenotaph.web.findings import shown
from cenotaph.web.gazetteers import otherwise
from cenotaph.web.held import Held, Work
from cenotaph.web.language import COOKIE, NAMES, say, within
from cenotaph.web.listing import day, whole
from cenotaph.web.pages import held_by, page, query, telling, view_of
from cenotaph.web.review import queue
from cenotaph.web.security import authorise
from cenotaph.web.troubles import Stopped, gathered, plainly, refused, spoken

EXAMPLES = Path(str(resources.files("cenotaph.web") / "examples"))
"""The example reports, which come with the program; in its own repository links to examples/."""

NO_COLUMNS = "no-columns"
"""The code of a table that nothing says the columns of."""

TOLD, NAMED, MOST = 5, 3, 1500
"""Notes, names in each, and characters of all, that are shown on one page."""

LARGE = (
    "It is a table of more than 64 MB, of which the columns have to be known beforehand. Put its "
    "first rows into a small file, add that and say what the columns stand for; then add the whole "
    "and choose that mapping."
)


def home(request: Request) -> Response:
    """Show what the record holds, or how to begin one."""
    held = held_by(request)
    if held.work is not None and not held.work.finished.is_set():
        return RedirectResponse("/working", 303)
    if not held.exists:
        return page(
            request,
            "first.html",
            countries=countries(),
            examples=(EXAMPLES / "manifest.jsonl").is_file(),
        )
    view = view_of(request)
    if not view.sizes.reports:
        return page(request, "empty.html", mappings=list(saved_columns(held.record)))
    first = [view.finding(id_) for id_ in view.questions.first(3)]
    return page(
        request,
        "home.html",
        view=view,
        gazetteer=otherwise(view),
        first_findings=[shown(view, each) for each in first if each],
        open=len(queue(view)),
        undated=view.undated,
        mappings=list(saved_columns(held.record)),
    )


def countries() -> list[tuple[str, str]]:
    """Return the countries, by name."""
    return sorted(
        ((area.code, area.name) for area in areas() if area.kind == "country"),
        key=lambda each: each[1],
    )


async def begin(request: Request) -> Response:
    """Make a new record, with the example reports in it where that is asked."""
    form = await authorise(request)
    held = held_by(request)
    if held.exists:
        return RedirectResponse("/", 303)
    if held.work is not None and not held.work.finished.is_set():
        told = say("Not made: another record is being made at this moment. Reload in a minute.")
        return page(request, "refused.html", 409, message=told)
    example = form.get("examples") == "yes"
    country = str(form.get("country") or "")[:2].upper() or None

    def make(work: Work) -> None:
        files = [EXAMPLES / "gazetteer.csv"] if example else []
        settings = RecordSettings(
            country="XT" if example else country, ruleset="default", default_gazetteer=not example
        )
        create(held.path, settings, given_gazetteers(files, default=not example))
        if example:
            named = ingest.manifest(EXAMPLES / "manifest.jsonl")
            put(held, ended(ingest.reports((), named=named), work), work)

    prepared = say("The first time, the gazetteer is prepared; this takes about half a minute.")
    work = held.start(say("Making the record"), make, hint=prepared)
    return remembered(wait_for(work, "/"), text(form, "by"))


async def upload(request: Request) -> Response:
    """Add the files of a form to the record, after those that were given before."""
    form = await authorise(request)
    held = held_by(request)
    folder = held.folder()
    try:
        return await taken(request, form, folder)
    except BaseException:
        held.drop(folder)
        raise


async def taken(request: Request, form: FormData, folder: Path) -> Response:
    """Put the files of a form into a folder, and have them added when it is their turn."""
    held = held_by(request)
    files = [*await kept(form, folder), *pasted(form, folder)]
    notes: list[tuple[str, str]] = []
    try:
        columns = await mapping(form, held)
    except ingest.ColumnsError as error:
        # The files are here by now: what needs no mapping is read, and for the rest it is asked.
        columns = None
        why = say("The mapping of columns cannot be used. %(why)s", why=plainly(str(error)))
        notes.append(("", f"{why} {say('The files were added without it.')}"))
    metadata = {
        name: value
        for name in ("published", "publisher", "lang")
        if isinstance(value := form.get(name), str) and value.strip()
    }
    if day(metadata.get("published")) is None and (given_day := metadata.pop("published", None)):
        odd = say("“%(value)s” is no day; the day of publication was left open.", value=given_day)
        notes.append(("", odd))
    if not files:
        held.drop(folder)
        told = say("Choose one or more files first, or paste a text.")
        return RedirectResponse("/?" + telling(told), 303)

    def put_all(work: Work) -> None:
        work.told += notes
        try:
            given = ingest.reports(files, metadata=metadata, columns=columns)
            found = ended(given, work, folder)
            inputs = [replace(each, name=bare(each.name, folder)) for each in found]
            if not folder.is_dir():  # the workbench stops: half of the files are not all of them
                raise Stopped(say("The workbench was stopped."))
            tables = {each.name for each in put(held, inputs, work) if each.code == NO_COLUMNS}
            waiting = [each for each in quarantined(held.record) if not each.since]
            asked = [e.id for e in waiting if e.code == NO_COLUMNS and e.name in tables]
            work.then = "/columns?" + query({"of": asked[0]}) if asked else None
        finally:
            held.drop(folder)

    return wait_for(held.start(say("Adding reports"), put_all), "/reports")


async def kept(form: FormData, folder: Path) -> list[Path]:
    """Write the files of a form into a folder of our own, under their bare names."""
    written = []
    for number, each in enumerate(form.getlist("files")):
        if not isinstance(each, UploadFile):
            continue
        if each.filename:
            name = Path(each.filename.replace("\\", "/")).name.replace("\x00", "") or "report.txt"
            place = folder / str(number)
            place.mkdir()
            target = place / name.encode()[:200].decode("utf-8", "ignore")
            with target.open("wb") as file:
                while chunk := await each.read(1 << 20):
                    file.write(chunk)
            written.append(target)
        await each.close()
    return written


def pasted(form: FormData, folder: Path) -> list[Path]:
    """Write the text that a form holds into a file named by its first words, if there is one.

    A browser sends every end of line as two characters; the text is kept with one.
    """
    value = form.get("pasted")
    if not isinstance(value, str) or not value.strip():
        return []
    content = value.replace("\r\n", "\n").encode("utf-8", "backslashreplace")
    words = re.findall(r"\w+", value)[:6]
    name = "-".join(words).casefold().encode()[:80].decode("utf-8", "ignore") or "pasted"
    place = folder / "pasted"
    place.mkdir()
    target = place / f"{name}.txt"
    target.write_bytes(content)
    return [target]


async def mapping(form: FormData, held: Held) -> str | None:
    """Return the mapping of columns that a form chooses or brings along; one brought along is kept.

    Raises ingest.ColumnsError.
    """
    given = form.get("mapping")
    if isinstance(given, UploadFile):
        content = (await given.read(1 << 20)).decode("utf-8", "replace")
        await given.close()
    if isinstance(given, UploadFile) and given.filename:
        ingest.columns(content)
        name = Path(given.filename.replace("\\", "/")).stem.replace("\x00", "")[:80]
        save_columns(held.record, name or "columns", content)
        return content
    return saved_columns(held.record).get(text(form, "columns"))


def ended(
    given: Iterable[ingest.Answer], work: Work, folder: Path | None = None
) -> list[Report | Refused]:
    """Return what ends in a state; what is only told is noted for the person."""
    inputs = []
    for each in given:
        if isinstance(each, ingest.Told):
            work.told.append((bare(each.name, folder), refused(each.code, each.message)))
        else:
            inputs.append(each)
    return inputs


def put(held: Held, given: list[Report | Refused], work: Work) -> list[Added]:
    """Add inputs to the record and read them; return what became of each.

    What was not read is noted with its reason, but for tables: what they want is asked for.
    """
    added = add(held.record, [as_input(one) for one in given])
    for each in added:
        if each.code == NO_COLUMNS:
            if each.outcome is Outcome.FAILED:  # without its bytes nothing can be asked about it
                work.told.append((each.name, say(LARGE)))
        elif each.code:
            work.told.append((each.name, refused(each.code, each.message)))
    work.what, work.total = say("Reading reports"), len(given)
    read(held.record, sources=held.sources(), done=work.advance)
    return added


def wait_for(work: Work, target: str) -> RedirectResponse:
    """Return the way to the page that tells how far a work is, and from there to `target`."""
    return RedirectResponse("/working?" + query({"of": work.number, "next": target}), 303)


def working(request: Request) -> Response:
    """Show how far a work is, or that it waits for its turn; the page asks again by itself."""
    held = held_by(request)
    work = held.work_of(whole(request.query_params.get("of", ""), digits=15))
    after = request.query_params.get("next", "/")
    target = after if after.startswith("/") and not after.startswith("//") else "/"
    if work is None or (work.finished.is_set() and work.error is None):
        notes = gathered(work.told) if work is not None else {}
        told = [together(names, words) for words, names in list(notes.items())[:TOLD]]
        target = work.then if work is not None and work.then else target
        if told:
            more = len(notes) - len(told)
            rest = [say("%(count)s more are in the list.", count=more)] if more else []
            note = telling("\n".join((*told, *rest))[:MOST])
            target += ("&" if "?" in target else "?") + note
        return RedirectResponse(target, 303)
    finished = work.finished.is_set()
    before = None if finished or work.begun.is_set() else held.under_way()
    answer = page(request, "working.html", work=before or work, behind=before and work,
                  failed=finished)  # fmt: skip
    if not finished:
        answer.headers["refresh"] = "1"
    return answer


def bare(name: str, folder: Path | None) -> str:
    """Return the name of an input without the folder that it was kept in, each in one of its own:
    of a member of an archive, that of the archive and its own path in it."""
    if folder is None or not name.startswith(f"{folder}/"):
        return Path(name).name
    return name.removeprefix(f"{folder}/").partition("/")[2]


def together(names: list[str], words: str) -> str:
    """Return a line that tells something of inputs, the first few of them by name."""
    told = [within(spoken(name)) for name in dict.fromkeys(names) if name]
    rest = [say("%(n)s more", n=len(told) - NAMED)] if len(told) > NAMED else []
    line = "; ".join((*told[:NAMED], *rest))
    return f"{line}: {words}" if line else words


def speaking(request: Request) -> Response:
    """Keep the language that somebody chose, and lead back to where they were."""
    asked, after = request.query_params.get("to", ""), request.query_params.get("next", "/")
    back = after if after.startswith("/") and not after.startswith(("//", "/\\")) else "/"
    answer = RedirectResponse(back, 303)
    if asked in NAMES:
        answer.set_cookie(COOKIE, asked, max_age=YEAR, samesite="strict", httponly=True)
    return answer


ROUTES = [
    Route("/language", speaking),
    Route("/", home),
    Route("/begin", begin, methods=["POST"]),
    Route("/add", upload, methods=["POST"]),
    Route("/working", working),
]
