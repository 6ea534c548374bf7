"""Inputs through processes that parse: in order, each for itself, none able to take others down."""

import atexit
import contextlib
import os
import select
import signal
import threading
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cenotaph.ingest import starting
from cenotaph.ingest.kinds import CONTAINERS, HEAD, Kind, kind_of
from cenotaph.ingest.pieces import Input
from cenotaph.ingest.report import Refused, Report, Told
from cenotaph.ingest.wire import LARGEST, LENGTH, End, Frame, Member, Outer, Ready, ask, unpack

Answer = Report | Refused | Told

SECONDS = 16.0
"""Seconds without an answer after which a process is given up that waits for something."""

PATIENCE = 120.0
"""Seconds for one that computes, on a machine that has no time for it; its processor limit ends it
long before on any other."""

BATCH, WEIGHT = 64, 1024 * 1024
"""Inputs, and bytes, that are handed to one process at once."""

SERVED = 5000
"""Inputs after which a process is replaced, so that none grows without end."""

RESTARTS = 40
"""Members of one container that may break the process before the rest is given up."""


class Broken(Exception):
    """A process ended, or was ended, over an input; `code` and the message say how."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Child:
    """A process that parses, and our ends of its pipes."""

    def __init__(self, seconds: float | None = None) -> None:
        self._seconds = seconds or SECONDS
        self._process = starting.started()
        self._buffer = bytearray()
        self._is_ready = False
        self.served = 0

    def ask(self, inputs: Sequence[Input]) -> None:
        """Hand inputs to the process, which takes them all in before it answers the first."""
        if not self._is_ready:
            ready = self._frame(time.monotonic() + 60)
            assert isinstance(ready, Ready)
            self._is_ready = True
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # why it is gone shows in the answers
            self._process.stdin.write(ask(inputs))
            self._process.stdin.flush()

    def answers(self) -> Iterator[Frame]:
        """Yield what the process answers to the next input it was handed. Raises Broken where it
        does not."""
        while True:
            frame = self._frame(time.monotonic() + self._seconds)
            if isinstance(frame, End):
                self.served = SERVED if frame.retire else self.served + 1
                return
            yield frame

    def end(self) -> None:
        """End the process."""
        starting.end(self._process)

    def _frame(self, until: float) -> Frame:
        size = int.from_bytes(self._bytes(LENGTH, until), "big")
        if size > LARGEST:
            raise Broken("too-large", f"What it gives is larger than {LARGEST} bytes.")
        return unpack(self._bytes(size, until))

    def _bytes(self, size: int, until: float) -> bytes:
        assert self._process.stdout is not None
        descriptor = self._process.stdout.fileno()
        while len(self._buffer) < size:
            left = until - time.monotonic()
            if not select.select([descriptor], [], [], max(left, 0.0))[0]:
                overdue = time.monotonic() - until
                if overdue < PATIENCE - self._seconds and computes(self._process.pid):
                    select.select([descriptor], [], [], 0.5)
                    continue
                raise Broken("too-slow", f"Reading it took more than {self._seconds:.0f} seconds.")
            chunk = os.read(descriptor, 1 << 20)
            if not chunk:
                raise ended(self._process.wait())
            self._buffer += chunk
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        return taken


def computes(process: int) -> bool:
    """Tell whether a process computes, or would if it were let; one that waits does not.

    Where the system cannot be asked it is taken for one that waits.
    """
    try:
        threads = list(Path(f"/proc/{process}/task").iterdir())
        states = [(each / "stat").read_text().rpartition(")")[2].split()[0] for each in threads]
    except (OSError, IndexError):
        return False
    return any(state in ("R", "D") for state in states)


def ended(status: int) -> Broken:
    """Return what to say of a process that ended by itself."""
    if status == -signal.SIGXCPU:
        return Broken("too-slow", "Reading it took more of the processor than one input may have.")
    if status == -signal.SIGKILL:
        return Broken("too-large", "The system ended the process that read it, for want of memory.")
    how = signal.Signals(-status).name if status < 0 else f"status {status}"
    return Broken("parser-died", f"The process that read it ended with {how}.")


_idle: list[Child] = []
_lock = threading.Lock()
os.register_at_fork(after_in_child=_idle.clear)


@contextlib.contextmanager
def borrowed() -> Iterator[Child]:
    """Lend a process, a waiting one where there is one; one that broke is not taken back."""
    with _lock:
        child = _idle.pop() if _idle else None
    child = child or Child()
    try:
        yield child
    except BaseException:
        child.end()
        raise
    if child.served >= SERVED:
        child.end()
    else:
        with _lock:
            _idle.append(child)


def dismiss() -> None:
    """End the processes that wait for work."""
    with _lock:
        waiting, _idle[:] = list(_idle), []
    for child in waiting:
        child.end()
    starting.dismiss()


atexit.register(dismiss)


def read(inputs: Iterable[Input | Refused | Told], *, size: int | None = None) -> Iterator[Answer]:
    """Yield what becomes of every input, in their order; nothing that one holds stops another."""
    workers = size or min(4, os.cpu_count() or 1)
    with ThreadPoolExecutor(workers) as executor:
        due: deque[Future[list[Answer]]] = deque()
        batch: list[Input] = []
        weight = 0

        def submit() -> None:
            nonlocal batch, weight
            if batch:
                due.append(executor.submit(together, batch))
                batch, weight = [], 0

        try:
            for each in inputs:
                if isinstance(each, Input) and not holds_many(each):
                    batch.append(each)
                    weight += len(each.raw)
                    if len(batch) >= BATCH or weight >= WEIGHT:
                        submit()
                    while len(due) > 2 * workers:
                        yield from due.popleft().result()
                    continue
                submit()
                while due:
                    yield from due.popleft().result()
                yield from alone(each) if isinstance(each, Input) else (each,)
            submit()
            while due:
                yield from due.popleft().result()
        finally:
            for future in due:
                future.cancel()


def holds_many(given: Input) -> bool:
    """Tell whether an input is read as a stream: what it gives need not fit into memory."""
    if given.kind is not None:
        return False
    return given.path is not None or kind_of(given.raw[:HEAD], name=given.name) in CONTAINERS


@dataclass(slots=True)
class Course:
    """How far the reading of an input has come.

    `done` are members that are through, `seen` those begun in the present process, `member` the one
    that is being read; `whole` are the input's bytes, as far as they can be kept.
    """

    whole: bytes | None
    done: int = 0
    seen: int = 0
    restarts: int = 0
    member: Member | None = None


def together(batch: Sequence[Input]) -> list[Answer]:
    """Return what becomes of several inputs, handed to a process at once.

    Where one breaks the process, those behind it go to the next.
    """
    answers: list[Answer] = []
    left = deque(batch)
    while left:
        try:
            with borrowed() as child:
                child.ask(left)
                while left and child.served < SERVED:
                    course = Course(left[0].raw)
                    for answer in answered(child, left[0], course):
                        answers.append(answer)
                    left.popleft()
        except Broken as broken:
            answers += taken_up(left.popleft(), course, broken)
    return answers


def alone(given: Input) -> Iterator[Answer]:
    """Yield what becomes of one input, whatever it does to the process that reads it."""
    course = Course(given.raw if given.path is None else small(given.path))
    broken = yield from attempt(given, course)
    if broken is not None:
        yield from taken_up(given, course, broken)


def taken_up(given: Input, course: Course, broken: Broken | None) -> Iterator[Answer]:
    """Yield what becomes of an input that broke the process.

    A member of a container that did so is refused, and the container is taken up again behind it.
    """
    while broken is not None:
        if course.member is None:
            yield from again(given, broken)
            return
        course.done += course.seen
        course.restarts += 1
        yield from again(as_input(course.member, given), broken)
        if course.restarts >= RESTARTS:
            message = f"{RESTARTS} members broke the process that reads; the rest is not read."
            yield Refused(id=given.id, code="too-many", message=message, name=given.name,
                          raw=course.whole)  # fmt: skip
            return
        broken = yield from attempt(given, course)


def attempt(given: Input, course: Course) -> Generator[Answer, None, Broken | None]:
    """Yield the answers to an input; return what broke the process, if anything did."""
    try:
        with borrowed() as child:
            child.ask([replace(given, skip=course.done)])
            yield from answered(child, given, course)
    except Broken as broken:
        return broken
    return None


def answered(child: Child, given: Input, course: Course) -> Iterator[Answer]:
    """Yield the answers to the next input that a process was handed, with their bytes."""
    course.member, course.seen = None, 0
    for frame in child.answers():
        if isinstance(frame, Member):
            course.member, course.seen = frame, course.seen + 1
        elif isinstance(frame, Outer):
            course.member = None
        elif isinstance(frame, Report | Refused | Told):
            yield with_bytes(frame, course.member, given, course.whole)


def again(given: Input, broken: Broken) -> Iterator[Answer]:
    """Yield what becomes of an input that broke a process: a PDF is read by one parser alone."""
    kind = kind_of(given.raw[:HEAD], name=given.name)
    if kind is Kind.PDF and not given.avoid and broken.code != "too-slow":
        yield from alone(replace(given, avoid=("pdfium",)))
        return
    keep = small(given.path) if given.path is not None else given.raw
    if given.keep is not None:
        keep = given.keep
    yield Refused(id=given.id, code=broken.code, message=str(broken), name=given.name, raw=keep)


def as_input(member: Member, given: Input) -> Input:
    """Return a member as an input of its own."""
    return replace(
        given, id=member.id, name=member.name, raw=member.raw, keep=member.keep, path=None,
        media_type=member.media_type, part=member.part, metadata=member.metadata,
        encoding=member.encoding, depth=member.depth, skip=0,
    )  # fmt: skip


def with_bytes(answer: Answer, member: Member | None, given: Input, whole: bytes | None) -> Answer:
    """Return an answer with the bytes that it was made of."""
    if isinstance(answer, Told):
        return answer
    if answer.raw:  # made of a part that stands for itself, such as a line
        return answer
    if member is not None:
        raw: Any = member.keep if member.keep is not None else member.raw
    else:
        raw = given.keep if given.keep is not None else whole
    if isinstance(answer, Report):
        return replace(answer, raw=raw or b"")
    return replace(answer, raw=raw)


def small(path: str) -> bytes | None:
    """Return the bytes of a container that is small enough to be kept whole, else None."""
    from cenotaph.ingest.pieces import LIMIT

    file = Path(path)
    try:
        return file.read_bytes() if file.stat().st_size <= LIMIT else None
    except OSError:
        return None
