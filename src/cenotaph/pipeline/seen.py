"""What a record keeps of what follows from it, as one connection sees it, and how it is written.

It is of one state, which stands beside it; whoever writes a later one writes both at once, and only
where the record is still in the state that was seen.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from cenotaph.model import ClaimId, DocumentId
from cenotaph.pipeline.derivation import Update
from cenotaph.pipeline.laid import Marks
from cenotaph.store import Derived as Kept
from cenotaph.store import (
    Record,
    RecordError,
    Unwritten,
    note_touched,
    put_sheets,
    put_state,
    sheet,
    state,
    touched_since,
)

FORM = "2"
"""The form of what is kept; another number makes all anew."""


NO_MARKS = Marks()


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What all that is kept is of.

    `made_with` stands for program, gazetteers, country and ruleset; `sequence` is the entry of the
    log up to which it is followed, 0 where that is not finished; `step` counts writings.
    """

    made_with: str
    sequence: int = 0
    step: int = 0
    marks: Marks = NO_MARKS


class Touched(NamedTuple):
    """What one state of a record touched, as it is written down; see `Update`."""

    told: Collection[DocumentId]
    documents: Collection[DocumentId]
    claims: Collection[ClaimId]
    incidents: Collection[ClaimId]
    moved: Collection[ClaimId]


class Overtaken(RecordError):
    """Another process followed the record meanwhile."""


class Seen:
    """What a record keeps, as of one state of it.

    `made_with` is that of who asks: where the record was made with something else, all is made
    anew. Without `keep` all is made anew beside what is kept, which stays as it is; without
    `writes` what is kept is taken up, and no more kept.
    """

    def __init__(self, record: Record, made_with: str, *, keep: bool, writes: bool) -> None:
        self.record = record
        self._writes = keep and writes and record.writable
        # Whether all that is held in memory is in the record too.
        self._written = True
        self._connection: Connection | None = None
        self._raw: Any = None
        content = self._content = state(self._open_again())
        known = None if content is None else msgspec.msgpack.decode(content, type=State)
        fresh = not keep or known is None or known.made_with != made_with
        self.kept = not fresh
        self.state = known if known is not None and not fresh else State(made_with=made_with)
        self._aside = not keep
        self._kept = Kept(self._driver, fresh=fresh, aside=self._aside)

    def close(self) -> None:
        """Let go of the record."""
        self.rest()

    def rows(self, statement: str, given: tuple[Any, ...]) -> Any:
        """Ask the record, in the state in which it is seen."""
        return self._kept.rows(statement, given)

    def _put(self, now: State, touched: Update) -> None:
        """Write what changed, with the state that it is of. Raises Overtaken where another process
        did meanwhile: what is held stays what it was."""
        if self._aside:
            self.state = now
            self._kept.write(self._seen())
            self._written = True
            self.let_go()
        if not self._writes:
            self.state = now
            return
        content = msgspec.msgpack.encode(now)
        with self.record.writer() as connection:
            if state(connection) != self._content:
                raise self._overtaken()
            self._kept.write(connection)
            note_touched(connection, now.step, lambda: _written(touched))
            put_state(connection, content)
        self.rest()
        self.state, self._content = now, content
        self._written = True
        self.let_go()

    def sheet(self, name: str) -> bytes | None:
        """Return a part of the columns that are kept of lists, None where there are none."""
        return sheet(self.rows, name)

    def since(self, made_with: str, step: int) -> Update | None:
        """Return what states after this one touched; None where it is not one before this."""
        if made_with != self.state.made_with or not 0 < step <= self.state.step:
            return None
        every = Update(told=frozenset(), documents=set(), claims=set(), incidents=set())
        last = step
        for number, content in touched_since(self.rows, step):
            if number != last + 1:
                return None
            last = number
            join(every, msgspec.msgpack.decode(content, type=Touched))
        return every if last == self.state.step else None

    def put_sheets(self, sheets: Mapping[str, bytes]) -> bool:
        """Keep lists as columns, where the record can be written and this is its state; tell
        whether they are kept."""
        if not self._writes or not self._written:
            return False
        self.rest()
        with suppress(RecordError), self.record.writer() as connection:
            if state(connection) == self._content:
                put_sheets(connection, sheets)
                return True
        return False

    def let_go(self) -> None:
        """Give back the memory of what can be fetched again; what is not written stays."""
        if self._written:
            self._kept.turn()

    def _go_on(self) -> None:
        """See the record as it is now; what is kept must be what it was."""
        self.rest()
        self._seen()

    def rest(self) -> None:
        """Hold no connection until something is asked again."""
        connection, self._connection, self._raw = self._connection, None, None
        if connection is not None:
            with suppress(DatabaseError):  # what only read has nothing to lose
                connection.close()

    def _open_again(self) -> Connection:
        self._connection = self.record.reading()
        return self._connection

    def _seen(self) -> Connection:
        """Return the connection that sees what is kept. Raises Overtaken where it is another."""
        if self._connection is None and state(self._open_again()) != self._content:
            self.rest()
            raise self._overtaken()
        assert self._connection is not None
        return self._connection

    def _driver(self) -> Any:
        """Return the driver's own connection, as `_seen` does."""
        if self._raw is None:
            self._raw = self._seen().connection.driver_connection
        return self._raw

    def _overtaken(self) -> Overtaken:
        return Overtaken(f"{self.record.path} was changed meanwhile; try again.")

    def differing(self, solved: Unwritten) -> Iterator[tuple[str, str]]:
        """Yield what a record keeps otherwise than it was made aside, by its shelf and key; of what
        waits there to be solved, what it comes to."""
        yield from self._kept.differing(solved)


def join(every: Update, more: Update | Touched) -> None:
    """Add to an update what another touched."""
    every.told = every.told.union(more.told)
    every.documents.update(more.documents)
    every.claims.update(more.claims)
    every.incidents.update(more.incidents)
    every.moved.update(more.moved)


def _written(touched: Update) -> bytes:
    return msgspec.msgpack.encode(
        Touched(touched.told, touched.documents, touched.claims, touched.incidents, touched.moved),
        order="deterministic",
    )
