"""Following a record: what came in and was decided is taken in, and what that changed is written.

A command that finds reports or decisions which have not been followed yet follows them first, and
writes what they changed in one transaction, with the entry of the log up to which all is followed.
Where the program, its vocabulary, the gazetteers or the rules are others than those it was made
with, all is made anew.
"""

from collections import ChainMap
from collections.abc import Collection, Iterator, Mapping, MutableMapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection

from cenotaph import totals
from cenotaph.model import (
    ClaimId,
    DocumentId,
    Finding,
    Ruleset,
)
from cenotaph.pipeline.derivation import Derivation, Marks, Read, Update, mark
from cenotaph.pipeline.interpreted import Interpreted, decode, deriver_version
from cenotaph.pipeline.lookups import Readings, Texts
from cenotaph.pipeline.record import Done, nothing, read, reading_key, unkept
from cenotaph.pipeline.register import Called, first_said
from cenotaph.pipeline.reports import Reports, reports
from cenotaph.pipeline.settings import Sources
from cenotaph.store import Derived as Kept
from cenotaph.store import Record, differing, put_state, readings, state

TOGETHER = 8_000
"""Documents followed in one step: what they touch is in memory until it is written."""

MANY = 500

FORM = "1"
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


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What a record has beyond what is followed: `keys` are those of the originals among `known`,
    `gone` the documents that stand no more. `last` is the last entry of the log; `whole` tells that
    `known` are all reports there are."""

    known: Reports
    keys: Mapping[DocumentId, str]
    wanted: Sequence[DocumentId]
    gone: Sequence[DocumentId]
    last: int
    whole: bool


class Overtaken(Exception):
    """Another process followed the record meanwhile."""


class Following:
    """What follows from a record, as of one state of it, and what brings it up to date.

    `failed` are the documents that could not be read this time. Without `keep` all is made anew in
    memory, and nothing is written; without `writes` what is kept is taken up, and no more kept.
    """

    def __init__(
        self,
        record: Record,
        sources: Sources,
        ruleset: Ruleset,
        *,
        keep: bool = True,
        writes: bool = True,
    ) -> None:
        self.record, self.sources, self.ruleset = record, sources, ruleset
        self._writes = keep and writes and record.writable
        self.failed: list[DocumentId] = []
        # Whether all that is held in memory is in the record too.
        self._written = True
        self._opened: AbstractContextManager[Connection] = record.reader()
        self._connection = self._opened.__enter__()
        key = reading_key(sources.open())
        self._key = key
        made_with = "|".join((FORM, deriver_version(), key, repr(ruleset)))
        content = state(self._connection)
        known = None if content is None else msgspec.msgpack.decode(content, type=State)
        fresh = not keep or known is None or known.made_with != made_with
        self.kept = not fresh
        self._content = content
        self.state = known if known is not None and not fresh else State(made_with=made_with)
        self._kept = Kept(self._connection, fresh=fresh)
        self._read: MutableMapping[DocumentId, str] = self._kept("read", str)
        self._copy_of: MutableMapping[DocumentId, DocumentId] = self._kept("copy_of", DocumentId)
        self._ranks: MutableMapping[str, list[Any]] = self._kept("ranks", list[Any])
        self._by_id: MutableMapping[str, str] = self._kept("event_ids", str)
        # Reports and events with findings about each claim, and the claims of each.
        self._found_with: MutableMapping[ClaimId, set[str]] = self._kept("found_with", set[str])
        self._finds: MutableMapping[str, set[ClaimId]] = self._kept("finds", set[ClaimId])
        # What was found when a report was read, and who first said each of its claims.
        self._notes: MutableMapping[DocumentId, tuple[Finding, ...]] = self._kept(
            "notes", tuple[Finding, ...]
        )
        self._said_by: MutableMapping[DocumentId, tuple[Called, ...]] = self._kept(
            "said_by", tuple[Called, ...]
        )
        self._texts = Texts(self)
        self._readings = Readings(self, self._read)
        self.derivation = Derivation(
            ruleset, self._kept, texts=self._texts, interpreted=self._readings
        )
        self._adding = totals.Kept(ruleset, self._kept)

    def close(self) -> None:
        """Let go of the record."""
        self._opened.__exit__(None, None, None)

    def rows(self, statement: str, given: tuple[Any, ...]) -> Any:
        """Ask the record, in the state in which it is seen."""
        return self._kept.rows(statement, given)

    def read_again(self, id_: DocumentId) -> Interpreted:
        """Return the reading of a document that is not kept any more. Raises KeyError."""
        from cenotaph.pipeline.document import interpret

        for each in reports(self.record, [id_]).documents(self.record, [id_]):
            return interpret(each, setting=self.sources.open())
        raise KeyError(id_)

    # Following.

    def news(self) -> News | None:
        """Return what came in or was decided since, None where nothing did."""
        last = self.rows("SELECT max(sequence) FROM log", ()).fetchone()[0]
        if self.state.sequence == last:
            return None
        added = self.rows(
            "SELECT subject FROM log WHERE sequence > ? AND kind = 'document'",
            (self.state.sequence,),
        ).fetchall()
        some = [DocumentId(subject) for (subject,) in added] if self.state.sequence else None
        known = reports(self.record, some)
        if some is not None and mark(known.metadata) != self.state.marks.metadata:
            # Other days may make other originals: all reports are looked at.
            some, known = None, reports(self.record)
        keys = known.keys(self._key)
        wanted = [id_ for id_, key in keys.items() if self._read.get(id_) != key]
        before: Collection[DocumentId] = list(self._read) if some is None else _around(known, self)
        gone = [id_ for id_ in before if id_ in self._read and id_ not in keys]
        return News(known=known, keys=keys, wanted=wanted, gone=gone, last=last, whole=some is None)

    def follow(self, news: News, *, done: Done = nothing) -> None:
        """Take in what came and what was decided, and write what that changed.

        Raises Overtaken where another process did meanwhile.
        """
        self._written = False
        self.failed = self._read_first(news, done)
        days = {each.id: each.published or date.max for each in news.known.listed}
        wanted = sorted(news.wanted, key=lambda id_: (days[id_], id_))
        self._list_copies(news)
        held, replaced = news.known.held, self._replaced(news.known)
        if self.state.step:
            self.derivation.restore(self.state.marks, held, replaced)
        gone: Collection[DocumentId] = news.gone
        steps = [wanted[at : at + TOGETHER] for at in range(0, len(wanted), TOGETHER)] or [[]]
        for number, some in enumerate(steps, 1):
            touched = self.derivation.change(
                self._come(news, some), gone, held=held, replaced=replaced
            )
            for id_ in gone:
                del self._read[id_]
                self._notes.pop(id_, None)
            self._read.update((id_, news.keys[id_]) for id_ in some)
            gone = ()
            self._keep(touched)
            self._write(news.last if number == len(steps) else 0)

    def restore(self) -> None:
        """Take up what was followed of decisions, where nothing is new."""
        known = reports(self.record, []) if self.state.marks.decisions else None
        if known is None:
            self.derivation.restore(self.state.marks)
        else:
            self.derivation.restore(self.state.marks, known.held, self._replaced(known))

    def _replaced(self, known: Reports) -> Mapping[DocumentId, DocumentId]:
        """Return what stands in for documents that do not stand, as far as decisions need it."""
        return ChainMap(dict(known.replaced), self._copy_of) if known.held else {}

    def _read_first(self, news: News, done: Done) -> list[DocumentId]:
        """Read what has no reading yet; return what could not be read."""
        if self._writes:
            # Whoever looks at an old state keeps the disk from taking up what is written meanwhile.
            self._close_only()
            failed = read(self.record, sources=self.sources, done=done, known=news.known)
            self._go_on()
            return failed
        failed = []
        for id_, lost, content in unkept(
            self.record, news.known, keys=news.keys, sources=self.sources, size=None
        ):
            self._readings.fresh[id_] = content
            if lost:
                failed.append(id_)
            done()
        return failed

    def _come(self, news: News, some: Sequence[DocumentId]) -> Iterator[Read]:
        for at in range(0, len(some), MANY):
            ids = some[at : at + MANY]
            kept = {id_: news.keys[id_] for id_ in ids}
            contents = {id_: content for id_, _, content in readings(self.record, kept)}
            contents.update((i, self._readings.fresh[i]) for i in ids if i in self._readings.fresh)
            for each in news.known.documents(self.record, ids):
                come = Read(document=each, interpreted=decode(contents[each.id]))
                _put(self._notes, each.id, come.interpreted.findings)
                yield come

    def _list_copies(self, news: News) -> None:
        """Note which reports stand beside an original of the same text."""
        listed = {each.id: each.original for each in news.known.listed}
        if news.whole:
            for id_ in list(self._copy_of):
                if id_ not in listed:
                    del self._copy_of[id_]
        for id_, original in listed.items():
            if id_ != original and self._copy_of.get(id_) != original:
                self._copy_of[id_] = original
            elif id_ == original:
                self._copy_of.pop(id_, None)
        for id_ in news.known.replaced:
            if id_ not in listed:
                self._copy_of.pop(id_, None)

    def _keep(self, touched: Update) -> None:
        """Note what totals and lists take from what changed."""
        derivation = self.derivation
        for first in touched.incidents:
            incident = derivation.incidents.get(first)
            self._adding.event(first, incident, derivation.known)
            before = self._ranks.pop(first, None)
            if before is not None and self._by_id.get(before[0]) == first:
                del self._by_id[before[0]]
        for first in touched.incidents:
            incident = derivation.incidents.get(first)
            if incident is not None:
                self._ranks[first] = [incident.id, *derivation.rank(first)]
                self._by_id[incident.id] = first
        for id_ in touched.told:
            claims = derivation.claims_of(id_)
            self._adding.document(id_, claims)
            _put(self._said_by, id_, first_said(claims))
        for claim in touched.claims:
            self._adding.links(claim, derivation.links.get(claim, ()))
        for owner in (*touched.documents, *touched.incidents):
            for claim in self._finds.pop(owner, ()):
                self._found_with[claim].discard(owner)
            found = derivation.findings_of(ClaimId(owner))
            about = {claim for each in found for claim in each.claims}
            if about:
                self._finds[owner] = about
            for claim in about:
                self._found_with.setdefault(claim, set()).add(owner)

    def _write(self, sequence: int) -> None:
        """Write what changed, with the state that it is of."""
        now = replace(
            self.state,
            sequence=sequence,
            step=self.state.step + 1,
            marks=self.derivation.marks,
        )
        self.state = now
        if not self._writes:
            return
        content = msgspec.msgpack.encode(now)
        self._close_only()
        with self.record.writer() as connection:
            if state(connection) != self._content:
                raise Overtaken
            self._kept.write(connection)
            put_state(connection, content)
        self._content = content
        self._open_again()
        self._written = True
        self._let_go()

    def _let_go(self) -> None:
        """Give back what can be fetched again."""
        if self._written:
            self._kept.turn(self._connection)
            self._texts.clear_memory()
            self._readings.clear_memory()

    def _go_on(self) -> None:
        """See the record as it is now; what is kept must be what it was."""
        self._open_again()
        self._kept.see(self._connection)
        if state(self._connection) != self._content:
            raise Overtaken

    def _close_only(self) -> None:
        self._opened.__exit__(None, None, None)

    def _open_again(self) -> None:
        self._opened = self.record.reader()
        self._connection = self._opened.__enter__()

    def differing(self) -> Iterator[tuple[str, str]]:
        """Yield what a record keeps otherwise than it was made here, by its shelf and key."""
        with self.record.reader() as connection:
            yield from differing(connection, self._kept)


def _put(shelf: MutableMapping[DocumentId, Any], id_: DocumentId, value: Sequence[Any]) -> None:
    if value:
        shelf[id_] = value
    else:
        shelf.pop(id_, None)


def _around(known: Reports, standing: Following) -> list[DocumentId]:
    """Return the documents that news of some may put aside: copies, and those replaced."""
    found = [each.id for each in known.listed]
    for id_ in list(found):
        row = standing.rows("SELECT replaces FROM documents WHERE id = ?", (id_,)).fetchone()
        while row is not None and row[0] is not None:
            found.append(DocumentId(row[0]))
            row = standing.rows("SELECT replaces FROM documents WHERE id = ?", (row[0],)).fetchone()
    return found
