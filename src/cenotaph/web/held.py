"""The record that a workbench has open, what follows from it, and the work under way."""

import contextvars
import gc
import shutil
import tempfile
import threading
import time
import unicodedata
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from cenotaph.collector import look, look_when_told, much_is_new
from cenotaph.model import Decision, Document, DocumentId, Gazetteer, Place
from cenotaph.pipeline import IncidentLine, Sources, Workspace, ruleset_of, sources_of, verify
from cenotaph.store import Custody, Record, RecordError, RecordSettings, custody, documents, log
from cenotaph.store import open as open_record
from cenotaph.web import troubles
from cenotaph.web.language import say
from cenotaph.web.questions import Questions
from cenotaph.web.view import View
from cenotaph.web.waiting import Waiting

Answer = TypeVar("Answer")

LARGE = 5_000
"""Claims from which on what pages need is read before they are asked for."""

FOLLOWING = 0
"""The number of the work that follows a decision; others are numbered from one."""

PAUSE = 0.01
"""Seconds between two steps of what is done behind pages."""

QUIET, LONGEST = 0.3, 2.0
"""Seconds that pass without a question before such a step is taken, and those after which it is
taken though there were some."""

KEPT = 50
"""Works whose outcome can still be told after they are done."""

SCRIPTS = ("ARABIC", "HEBREW", "CYRILLIC")
"""Scripts in which a place's name is shown beside its Latin one."""


@dataclass(slots=True)
class Work:
    """Something that takes longer than a page may: reading reports, making a gazetteer.

    `told` is what to tell a person when it is done, each with the name that it is of, or "".
    `then` is the page that goes on from it where it leads elsewhere than was thought, `hint` how
    long it may take. `begun` is when its turn came.
    """

    number: int
    what: str
    done: int = 0
    total: int | None = None
    hint: str = ""
    error: str | None = None
    then: str | None = None
    told: list[tuple[str, str]] = field(default_factory=list)
    begun: threading.Event = field(default_factory=threading.Event)
    finished: threading.Event = field(default_factory=threading.Event)

    def advance(self) -> None:
        """Count one step as done."""
        self.done += 1


@dataclass(frozen=True, slots=True)
class Verified:
    """What a check of the whole record said: up to which entry of the log, when, and its faults."""

    sequence: int
    at: str
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier report that a new one is compared with: the name of its file, and the figures it
    carries."""

    name: str
    figures: Mapping[str, Any]


class Changed(Exception):
    """The record was changed while a page let others come first: it has to be made anew."""


def waits(work: Work) -> bool:
    """Tell whether work is still to be done or being done."""
    return not work.finished.is_set()


def done(job: Callable[[Work], None], work: Work) -> None:
    """Do what a work is, and keep why it failed where it did."""
    work.begun.set()
    try:
        job(work)
    except Exception as error:
        work.error = troubles.failed(error)
    finally:
        work.finished.set()


class Held:
    """A record held open between requests. What follows from it is made once for each state.

    `behind` works out, step by step, what pages about a view need, before anybody asks for them.
    """

    def __init__(
        self,
        path: Path,
        *,
        passphrase: str | None = None,
        behind: Callable[["Held", View], Iterator[None]] | None = None,
    ) -> None:
        self.path = path
        self._behind = behind
        self._passphrase = passphrase
        self.work: Work | None = None
        self._works: list[Work] = []
        self._line: deque[Callable[[], None]] = deque()
        self._folders: set[Path] = set()
        self._queueing = threading.Lock()
        self.verified: Verified | None = None
        self._record: Record | None = None
        self._view: View | None = None
        self._gazetteer: Gazetteer | None = None
        self._space: Workspace | None = None
        # Incidents as the map draws them, by language, each with the line that it is drawn of.
        self.drawn: dict[str, dict[str, tuple[IncidentLine, msgspec.Raw]]] = {}
        # Of which incident each sentence is that was shown to be released.
        self.said_of: dict[str, str] = {}
        # Earlier reports that were given on the page for publishing, by digests of their files.
        self.earlier: dict[str, Earlier] = {}
        self._waiting, self._questions = Waiting(), Questions()
        self._opening: Work | None = None
        self._following: Work | None = None
        self._lock = threading.RLock()
        self._starting = threading.Lock()
        self._tidying = threading.Lock()
        self.warmed = threading.Event()
        self._stopped = False
        self._depth = 0
        # How many wait for the record.
        self._in_line = 0
        self._counting = threading.Lock()
        self._asked = 0.0

    @property
    def exists(self) -> bool:
        """Tell whether there is a record yet."""
        return self.path.exists()

    def folder(self) -> Path:
        """Return a new folder for files on their way into the record; `drop` it when they are in.

        What is left of it is deleted when the workbench stops: nothing stays behind in plain text.
        """
        made = Path(tempfile.mkdtemp(prefix="cenotaph-"))
        with self._queueing:
            self._folders.add(made)
        return made

    def drop(self, folder: Path) -> None:
        """Delete such a folder with what is in it."""
        shutil.rmtree(folder, ignore_errors=True)
        with self._queueing:
            self._folders.discard(folder)

    def stop(self) -> None:
        """Let go of what waits for its turn and of what is done behind pages, and of files on
        their way."""
        self._stopped = True
        with self._queueing:
            self._line.clear()
            left = tuple(self._folders)
        for each in left:
            self.drop(each)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._space is not None:
                self._space.close()
            self._space = None
            if self._record is not None:
                self._record.close()
            self._record = None

    def forget(self) -> None:
        """Open what follows anew when it is next asked for."""
        with self._lock:
            if self._space is not None:
                self._space.close()
            self._space = self._view = self._gazetteer = None
            self.drawn.clear()
            self._waiting, self._questions = Waiting(), Questions()

    @property
    def record(self) -> Record:
        """The open record. Raises RecordError where it cannot be opened."""
        with self._lock:
            if self._record is None:
                self._record = open_record(self.path, passphrase=self._passphrase)
            return self._record

    def settings(self) -> RecordSettings:
        """Return what holds for the whole record."""
        return self.record.settings()

    def sources(self) -> Sources:
        """Return what the record is read with."""
        return sources_of(self.record)

    def gazetteer(self) -> Gazetteer:
        """Return the places that the record knows. Raises SettingError."""
        with self._lock:
            if self._gazetteer is None:
                self._gazetteer = self.sources().open().gazetteer
            return self._gazetteer

    def other_names(self, place: Place | None) -> list[str]:
        """Return a place's name in other scripts than Latin, one of each."""
        if place is None or place.entry is None:
            return []
        entry = self.gazetteer().entry(place.entry)
        found: dict[str, str] = {}
        for name in entry.names if entry else ():
            script = unicodedata.name(name[:1], "").partition(" ")[0]
            if script in SCRIPTS:
                found.setdefault(script, name)
        return [found[script] for script in SCRIPTS if script in found]

    def opened(self, patience: float) -> bool:
        """Begin to open what follows from the record, where nobody has; tell whether it is there,
        or will not be, after so many seconds."""
        with self._starting:
            if self._space is not None or not self.exists:
                return True
            work = self._opening
            if work is None or work.finished.is_set():
                if self._busy():
                    return True
                work = self._opening = self.start(
                    say("Opening the record"),
                    lambda _: self._open(),
                    hint=say("With a hundred thousand claims this takes about a minute."),
                )
        return work.finished.wait(patience)

    def _open(self) -> None:
        self.view()

    def follow(self) -> None:
        """Begin to work out what a decision changes in a large record, which may be much: who took
        it is answered meanwhile."""
        with self._starting:
            space, work = self._space, self._following
            if space is None or space.sizes.claims < LARGE or self._busy():
                return
            if work is not None and waits(work):
                return
            work = self._following = Work(
                FOLLOWING,
                say("Working out what the decision changes"),
                hint=say("The totals are shown as soon as they are ready."),
            )
        asked = contextvars.copy_context()
        self.asked()

        def followed() -> None:
            done(self._follow, work)
            self._step_by_step(space, space.catch_up())
            self._step_by_step(space, self._ahead())
            self._when_quiet()
            self._tidy()

        threading.Thread(target=asked.run, args=(followed,), name="following", daemon=True).start()

    def _follow(self, _: Work) -> None:
        with self.exclusively():
            self.view()

    def followed(self, patience: float) -> bool:
        """Tell whether what was decided is worked out, or is after so many seconds."""
        work = self._following
        return work is None or work.finished.wait(patience)

    def _busy(self) -> bool:
        """Tell whether other work is under way."""
        work = self.work
        return work is not None and work is not self._opening and not work.finished.is_set()

    def view(self) -> View:
        """Return what follows from the record as it is now, whoever changed it."""
        with self._lock:
            if self._space is None:
                rules = ruleset_of(self.settings().ruleset)
                self._space = Workspace(self.record, sources=self.sources(), ruleset=rules)
                self._put_in_order(self._space)
                gc.unfreeze()
                self._tidy()
                self.warmed.set()
                if self._space.sizes.claims >= LARGE:
                    look_when_told()
                    self.warmed.clear()
                    opening = contextvars.copy_context()
                    threading.Thread(
                        target=opening.run,
                        args=(self._warm, self._space),
                        name="warming",
                        daemon=True,
                    ).start()
            else:
                self._space.refresh()
            if self._view is None or self._view.version != self._space.version:
                before = self._view
                self._put_in_order(self._space)
                self._view = View(self._space, self._waiting, self._questions)
                if before is not None:
                    self._view.last_report = before.last_report
                    before.drop()
            return self._view

    def _put_in_order(self, space: Workspace) -> None:
        """Bring what is asked about to the state of the record."""
        touched = space.touched()
        self._waiting.follow(space, touched)
        self._questions.follow(space, touched)

    def _warm(self, space: Workspace) -> None:
        """Read what pages need while nobody waits for one; who asks for one comes first."""
        self._step_by_step(space, space.warm())
        self._step_by_step(space, self._ahead())
        self._when_quiet()
        self._tidy()
        self.warmed.set()

    def _ahead(self) -> Iterator[None]:
        """Work out what pages need of the state of now, for as long as it is that."""
        view = self.view()
        if self._behind is None or (self.warmed.is_set() and view.last_report is None):
            return  # nobody looked at a report since the record was opened
        for _ in self._behind(self, view):
            yield
            if self._view is not view or self.view() is not view:
                return

    def _tidy(self) -> None:
        """Look for rubbish now, so that no page waits for it, and let what is held as long as the
        workbench runs not be looked through again."""
        with self.exclusively():
            gc.collect()
            gc.freeze()

    def tidy_behind(self) -> None:
        """Begin to look for rubbish when nobody asks for a page, where a large record left much."""
        space = self._space
        if space is None or space.sizes.claims < LARGE or not much_is_new():
            return
        if self._tidying.acquire(blocking=False):
            threading.Thread(target=self._tidy_when_quiet, name="tidying", daemon=True).start()

    def _tidy_when_quiet(self) -> None:
        try:
            self._when_quiet()
            with self.exclusively():
                look()
        finally:
            self._tidying.release()

    def asked(self) -> None:
        """Note that somebody asks for something now: what is done behind pages waits for it."""
        self._asked = time.monotonic()

    def _when_quiet(self) -> None:
        """Wait until nobody asks for anything, but not for ever."""
        begun = time.monotonic()
        time.sleep(PAUSE)
        while (now := time.monotonic()) - self._asked < QUIET and now - begun < LONGEST:
            time.sleep(PAUSE)

    def _step_by_step(self, space: Workspace, steps: Iterator[None]) -> None:
        with suppress(RecordError, StopIteration):
            while self._space is space and not self._stopped:
                self._when_quiet()
                with self.exclusively():
                    if self._space is space:
                        next(steps)

    def foresee(self, wanted: Sequence[Decision], ask: Callable[[Workspace], Answer]) -> Answer:
        """Return what the record would answer with these decisions taken; nothing is written.

        Raises DecisionError.
        """
        with self._lock:
            self.view()
            space = self._space
            assert space is not None
            return space.foresee(wanted, lambda: ask(space))

    def document(self, id_: DocumentId) -> Document | None:
        """Return a report with its text."""
        return next(iter(documents(self.record, [id_])), None)

    def custody(self, id_: DocumentId) -> Custody | None:
        """Return how a report has been kept, its bytes, text and entries checked again."""
        return custody(self.record, id_)

    def head(self) -> int:
        """Return the number of the log's last entry."""
        return log.head(self.record).sequence

    def verify(self) -> None:
        """Check bytes, texts, quotes and log, and keep what was found until the workbench stops."""
        head = log.head(self.record).sequence
        found = tuple(f"{each.where}: {each.message}" for each in verify(self.record))
        self.verified = Verified(head, log.now(), found)

    def start(
        self, what: str, job: Callable[[Work], None], *, total: int | None = None, hint: str = ""
    ) -> Work:
        """Do something in the background, after all that was asked for before.

        Only one thing is done at a time, and none is left out. `work` is the last that was asked
        for: when it is finished, all are.
        """
        # The work says what it does in the language of the page that began it.
        asked = contextvars.copy_context()
        with self._queueing:
            work = Work(self.work.number + 1 if self.work else 1, what, total=total, hint=hint)
            self.work = work
            self._works = [*self._works[-KEPT:], *(w for w in self._works[:-KEPT] if waits(w))]
            self._works.append(work)
            self._line.append(lambda: asked.run(done, job, work))
            idle = len(self._line) == 1
        if idle:
            threading.Thread(target=self._work_off, name="workbench", daemon=True).start()
        return work

    def _work_off(self) -> None:
        """Do what waits, one after the other, until nothing does."""
        while True:
            with self._queueing:
                job = self._line[0] if self._line else None
            if job is None:
                return
            job()
            with self._queueing:
                if self._line:
                    self._line.popleft()
                if not self._line:
                    return

    def work_of(self, number: int | None) -> Work | None:
        """Return the work of a number, the last for None; None where it is not known any more."""
        if number is None:
            return self.work
        if number == FOLLOWING:
            return self._following
        return next((each for each in self._works if each.number == number), None)

    def under_way(self) -> Work | None:
        """Return the work that is being done."""
        return next((each for each in self._works if each.begun.is_set() and waits(each)), None)

    @contextmanager
    def exclusively(self) -> Iterator[None]:
        """Let nobody else change or derive meanwhile."""
        self._hold()
        try:
            yield
        finally:
            self._let_go()

    def give_way(self) -> None:
        """Let those who wait for the record come first, between two parts of a page that takes
        long. Raises Changed where the record is another then."""
        if self._depth != 1 or not self._in_line:
            return
        before = self._view
        self._let_go()
        while self._in_line:
            time.sleep(PAUSE)
        self._hold()
        if self.view() is not before:
            raise Changed

    def _hold(self) -> None:
        with self._counting:
            self._in_line += 1
        self._lock.acquire()
        with self._counting:
            self._in_line -= 1
        self._depth += 1

    def _let_go(self) -> None:
        try:
            self._depth -= 1
            if self._depth == 0 and self._space is not None:
                self._space.rest()
        finally:
            self._lock.release()
