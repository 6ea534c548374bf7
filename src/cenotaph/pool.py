"""Documents through several processes: in order, each for itself, none able to take others down."""

import multiprocessing
import os
import pickle
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from typing import Any

from cenotaph.collector import keep_loaded, look_seldom
from cenotaph.ingest import CHUNK, Line, Splitter

Work = Callable[[bytes], bytes]
"""What a worker does with one payload. It must not raise; if it does, that payload alone fails."""

TIME_LIMIT = 120.0
"""Seconds that one payload may take; a document that needs more is given up, and said so."""

AHEAD = 16
"""Payloads read ahead for each worker, so that memory stays bounded while order is kept."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A payload without an answer: its worker died or took too long."""

    payload: bytes
    reason: str


@dataclass(slots=True)
class Worker:
    """A process, our end of its pipe, and what it has in hand since when."""

    process: Any
    pipe: Connection
    key: int | None = None
    payload: bytes = b""
    since: float = 0.0


_ahead: list[Worker] = []


@contextmanager
def ahead(prepare: Callable[[], None]) -> Iterator[None]:
    """Start a worker before there is work; it runs `prepare` while others do something else.

    The first pool that needs a worker takes this one, whose `start` must then be one that can be
    pickled. Where no pool did, it ends here.
    """
    ours, theirs = context().Pipe()
    process = context().Process(  # type: ignore[attr-defined]
        target=serve_ahead, args=(prepare, theirs, [ours]), daemon=True
    )
    process.start()
    theirs.close()
    worker = Worker(process, ours)
    _ahead.append(worker)
    try:
        yield
    finally:
        if worker in _ahead:
            _ahead.remove(worker)
            worker.pipe.close()
            worker.process.kill()
            worker.process.join()


class Pool:
    """Worker processes, started one by one as the work asks for them."""

    def __init__(
        self, start: Callable[[], Work], *, size: int | None = None, limit: float = TIME_LIMIT
    ) -> None:
        self._start = start
        self._size = size or os.cpu_count() or 1
        self._limit = limit
        self._workers: list[Worker] = []
        self._context = context()

    def __enter__(self) -> "Pool":
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            self._end(worker)

    @property
    def size(self) -> int:
        """Return how many processes there are at most."""
        return self._size

    def busy(self) -> bool:
        """Tell whether any payload is in hand."""
        return any(worker.key is not None for worker in self._workers)

    def full(self) -> bool:
        """Tell whether no worker is free and none can be added."""
        return len(self._workers) >= self._size and all(
            worker.key is not None for worker in self._workers
        )

    def give(self, key: int, payload: bytes) -> None:
        """Hand a payload to a free worker; only where the pool is not full."""
        worker = next((each for each in self._workers if each.key is None), None)
        if worker is None:
            worker = self._hire()
        worker.key, worker.payload, worker.since = key, payload, time.monotonic()
        with suppress(OSError):  # a worker that is gone shows at its pipe's end, in `take`
            worker.pipe.send_bytes(payload)

    def take(self, also: Sequence[int] = ()) -> tuple[list[tuple[int, bytes | Lost]], bool]:
        """Wait for answers, or for a descriptor in `also` to be readable; say which came."""
        in_hand = [worker for worker in self._workers if worker.key is not None]
        if not in_hand and not also:  # there is nothing that could come, however long one waits
            return [], False
        patience = None
        if in_hand:
            oldest = min(worker.since for worker in in_hand)
            patience = max(0.0, oldest + self._limit - time.monotonic())
        ready = wait([*(worker.pipe for worker in in_hand), *also], timeout=patience)
        answers: list[tuple[int, bytes | Lost]] = []
        for worker in in_hand:
            if worker.key is None:
                continue
            if worker.pipe in ready:
                answers.append((worker.key, self._receive(worker)))
                worker.key = None
            elif time.monotonic() - worker.since >= self._limit:
                reason = f"it took more than {self._limit:.0f} seconds"
                answers.append((worker.key, Lost(worker.payload, reason)))
                self._dismiss(worker)
        return answers, any(descriptor in ready for descriptor in also)

    def _receive(self, worker: Worker) -> bytes | Lost:
        try:
            return worker.pipe.recv_bytes()
        except (EOFError, OSError):
            self._dismiss(worker)
            return Lost(worker.payload, f"its process ended with {worker.process.exitcode}")

    def _hire(self) -> Worker:
        if _ahead:
            worker = _ahead.pop()
            with suppress(OSError):
                worker.pipe.send_bytes(pickle.dumps(self._start))
            self._workers.append(worker)
            return worker
        ours, theirs = self._context.Pipe()
        others = [worker.pipe for worker in self._workers]
        process = self._context.Process(  # type: ignore[attr-defined]
            target=serve, args=(self._start, theirs, [ours, *others]), daemon=True
        )
        process.start()
        theirs.close()
        worker = Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _dismiss(self, worker: Worker) -> None:
        self._end(worker)
        self._workers.remove(worker)

    def _end(self, worker: Worker) -> None:
        worker.pipe.close()
        if worker.key is not None:
            worker.process.kill()
        worker.process.join()


def context() -> BaseContext:
    """Return how processes are started: forked where possible, since they then share data."""
    methods = multiprocessing.get_all_start_methods()
    return multiprocessing.get_context("fork" if "fork" in methods else None)


def serve(start: Callable[[], Work], pipe: Connection, foreign: Sequence[Connection]) -> None:
    """Answer payloads until the pipe ends. `foreign` are ends that a fork must let go of."""
    _settle(foreign)
    _answer(start(), pipe)


def serve_ahead(
    prepare: Callable[[], None], pipe: Connection, foreign: Sequence[Connection]
) -> None:
    """Do as `serve` does, once the pipe has said what to start."""
    _settle(foreign)
    with suppress(Exception):  # what fails here fails again where there is work, and is told
        prepare()
    with suppress(EOFError, OSError):
        start: Callable[[], Work] = pickle.loads(pipe.recv_bytes())
        _answer(start(), pipe)


def _settle(foreign: Sequence[Connection]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    look_seldom()
    for other in foreign:
        other.close()


def _answer(work: Work, pipe: Connection) -> None:
    with suppress(EOFError, OSError):
        pipe.send_bytes(work(pipe.recv_bytes()))
        keep_loaded()  # the first answer has loaded what all others are made with
        while True:
            pipe.send_bytes(work(pipe.recv_bytes()))


def ordered(
    pool: Pool, payloads: Iterator[bytes], *, meanwhile: Callable[[], None] | None = None
) -> Iterator[bytes | Lost]:
    """Yield the answer to each payload, in the order of the payloads.

    `meanwhile` is done once, when the first payloads are in hand and before any answer is waited
    for.
    """
    done, given, owed, ended = dict[int, bytes | Lost](), 0, 0, False
    while not ended or owed < given:
        while not ended and not pool.full() and given - owed < AHEAD * pool.size:
            payload = next(payloads, None)
            if payload is None:
                ended = True
            else:
                pool.give(given, payload)
                given += 1
        if pool.busy():
            if meanwhile is not None:
                meanwhile()
                meanwhile = None
            done.update(pool.take()[0])
        while owed in done:
            yield done.pop(owed)
            owed += 1


def streamed(
    pool: Pool, descriptor: int, payload: Callable[[Line], bytes]
) -> Iterator[bytes | Lost]:
    """Yield the answer to each line of a stream, in order, as soon as it can be given.

    An answer never waits for a later line, so a caller may write one line and read its answer
    before it writes another.
    """
    splitter, queue = Splitter(), deque[Line]()
    done, given, owed, ended = dict[int, bytes | Lost](), 0, 0, False
    while not ended or queue or owed < given:
        wanted = not ended and len(queue) + given - owed < AHEAD * pool.size
        answers, readable = pool.take([descriptor] if wanted else [])
        done.update(answers)
        if readable:
            chunk = os.read(descriptor, CHUNK)
            ended = not chunk
            queue.extend(splitter.feed(chunk) if chunk else splitter.finish())
        while owed in done:
            yield done.pop(owed)
            owed += 1
        while queue and not pool.full() and given - owed < AHEAD * pool.size:
            pool.give(given, payload(queue.popleft()))
            given += 1
