"""What follows from a record, kept in it: brought up to date by what came in, read where asked.

A command that only asks reads the rows that it needs. One that finds reports or decisions which
have not been followed yet follows them first, and writes what they changed in one transaction,
with the entry of the log up to which all is followed. Where the program, its vocabulary, the
gazetteers or the rules are others than those it was made with, all is made anew.
"""

from collections.abc import Collection, Iterator, Mapping, MutableMapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import Any

import msgspec
from sqlalchemy import Connection

from cenotaph import totals
from cenotaph.model import (
    ClaimId,
    DocumentId,
    Incident,
    Linking,
    Measure,
    Ruleset,
    Totals,
    make_id,
)
from cenotaph.pipeline.derivation import Derivation, Marks, Read, Update, mark
from cenotaph.pipeline.interpreted import Interpreted, decode, deriver_version
from cenotaph.pipeline.names import beside_name
from cenotaph.pipeline.record import Derived, Done, nothing, read, reading_key, unkept
from cenotaph.pipeline.reports import Reports, reports
from cenotaph.pipeline.settings import Sources
from cenotaph.store import Derived as Kept
from cenotaph.store import NoRoom, Record, RecordError, differing, put_state, readings, state

TOGETHER = 8_000
"""Documents followed in one step: what they touch is in memory until it is written."""

TRIES = 5
"""How often it is begun anew because another process wrote meanwhile."""

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


class Standing:
    """What follows from a record as one state of it, open to be asked.

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
        self._texts = Texts(self)
        self._readings = Readings(self, self._read)
        self.derivation = Derivation(
            ruleset, self._kept, texts=self._texts, interpreted=self._readings
        )
        self._adding = totals.Kept(ruleset, self._kept)
        self._held: Reports | None = None

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
        return {**dict(self._copy_of.items()), **known.replaced} if known.held else {}

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
                yield Read(document=each, interpreted=decode(contents[each.id]))

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
        for id_ in touched.documents:
            self._adding.document(id_, derivation.claims_of(id_))
        for claim in touched.claims:
            self._adding.links(claim, derivation.links.get(claim, ()))
        for owner in (*touched.documents, *touched.incidents):
            for claim in self._finds.pop(owner, ()):
                self._found_with[claim].discard(owner)
            found = derivation.findings_of(ClaimId(owner))
            claims = {claim for each in found for claim in each.claims}
            if claims:
                self._finds[owner] = claims
            for claim in claims:
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

    # Asking.

    def totals(
        self,
        by: Sequence[str] = (),
        *,
        measure: Measure = Measure.KILLED,
        group: str | None = None,
    ) -> Totals:
        """Return totals as `totals.total` does of all that follows."""
        return totals.total_of(
            self._adding.added(measure, self.derivation.known),
            by=by,
            ruleset=self.ruleset,
            measure=measure,
            group=group,
        )

    def incidents(self) -> Iterator[Incident]:
        """Yield the events, first said first."""
        ranks = sorted(self._ranks.items(), key=lambda entry: entry[1][1:])
        found = dict(self.derivation.incidents.items())
        return (found[ClaimId(first)] for first, _ in ranks)

    def copies(self) -> dict[DocumentId, tuple[DocumentId, ...]]:
        """Return, for an original, the reports of the same text beside it."""
        beside: dict[DocumentId, tuple[DocumentId, ...]] = {}
        for id_, original in sorted(self._copy_of.items()):
            beside[original] = (*beside.get(original, ()), id_)
        return beside

    def named(self, id_: str) -> list[str]:
        """Return what an identifier stands for: itself, else what an earlier name leads to.

        See `names.lead`, which then tells how.
        """
        if id_ in self._by_id or id_ in self._read or id_ in self._copy_of:
            return [id_]
        if self.derivation.read_in(ClaimId(id_)) is not None:
            return [id_]
        for claim in self._earlier(id_):
            first = self.derivation.first_of.get(claim)
            return [claim] if first is None else [claim, self.derivation.incidents[first].id]
        return [id_]

    def _earlier(self, id_: str) -> Iterator[ClaimId]:
        """Yield the claims that an earlier name was made of."""
        rejected = (each.claim.id for each in self.derivation.reviewed.rejected)
        for claim in chain(self.derivation.ids(), rejected):
            if make_id("inc", claim) == id_:
                yield claim
        for original, others in self.copies().items():
            for each in self.derivation.claims_of(original):
                for other in others:
                    name = beside_name(each, other)
                    if id_ in (name, make_id("inc", name)):
                        yield each.id

    def around(self, *ids: str) -> Derived:
        """Return what follows, as far as these claims, events and reports are concerned.

        It has the reports that they stand in, with all their claims and the links from these, the
        events named, and what was found about any of it.
        """
        derivation = self.derivation
        firsts = {ClaimId(self._by_id[id_]) for id_ in ids if id_ in self._by_id}
        claims = {claim for first in firsts for claim in derivation.incidents[first].claims}
        claims |= {ClaimId(id_) for id_ in ids}
        within = {derivation.read_in(claim) for claim in claims}
        within |= {each.claim.document for each in derivation.reviewed.claims if each.id in claims}
        named = [id_ for id_ in (*within, *map(DocumentId, ids)) if id_ is not None]
        known = reports(self.record, sorted(set(named)))
        originals = sorted({e.original for e in known.listed if e.original in self._readings})
        listed = [each for each in known.listed if each.original in originals]
        told = tuple(claim for id_ in originals for claim in derivation.claims_of(id_))
        read = {id_: self._readings[id_] for id_ in originals}
        owners = {owner for claim in told for owner in self._found_with.get(claim.id, ())}
        found = {
            (each.code, each.claims, each.documents): each
            for owner in sorted({*owners, *originals, *firsts})
            for each in derivation.findings_of(ClaimId(owner))
        }
        beside: dict[DocumentId, tuple[DocumentId, ...]] = {}
        for each in listed:
            if each.id != each.original:
                beside[each.original] = (*beside.get(each.original, ()), each.id)
        return Derived(
            listed=tuple(listed),
            copies=beside,
            interpreted=read,
            claims=told,
            reviewed=derivation.reviewed,
            linking=Linking(
                links=tuple(
                    link
                    for id_ in sorted(claim.id for claim in told)
                    for link in derivation.links.get(id_, ())
                ),
                incidents=tuple(derivation.incidents[first].claims for first in sorted(firsts)),
            ),
            incidents=tuple(derivation.incidents[first] for first in sorted(firsts)),
            checks=tuple(each for id_ in originals for each in derivation.checks_of(id_)),
            findings=(
                *(finding for each in listed for finding in each.findings),
                *(finding for each in read.values() for finding in each.findings),
                *derivation.reviewed.findings,
                *sorted(found.values(), key=lambda f: (f.code, f.documents, f.claims)),
            ),
            ruleset=self.ruleset,
            passages=tuple(each for id_ in originals for each in derivation.passages.of(id_)),
        )

    def sizes(self) -> list[int]:
        """Return how many tales each component has, the largest first."""
        return sorted((len(c.members) for c in self.derivation.components().values()), reverse=True)


def _around(known: Reports, standing: Standing) -> list[DocumentId]:
    """Return the documents that news of some may put aside: copies, and those replaced."""
    found = [each.id for each in known.listed]
    for id_ in list(found):
        row = standing.rows("SELECT replaces FROM documents WHERE id = ?", (id_,)).fetchone()
        while row is not None and row[0] is not None:
            found.append(DocumentId(row[0]))
            row = standing.rows("SELECT replaces FROM documents WHERE id = ?", (row[0],)).fetchone()
    return found


class Texts(MutableMapping[DocumentId, str]):
    """The texts of a record's documents, each read when it is first asked for."""

    def __init__(self, standing: Standing) -> None:
        self._standing = standing
        self._here: dict[DocumentId, str] = {}

    def __getitem__(self, id_: DocumentId) -> str:
        if id_ not in self._here:
            row = self._standing.rows("SELECT text FROM documents WHERE id = ?", (id_,)).fetchone()
            if row is None:
                raise KeyError(id_)
            self._here[id_] = row[0]
        return self._here[id_]

    def __setitem__(self, id_: DocumentId, text: str) -> None:
        self._here[id_] = text

    def __delitem__(self, id_: DocumentId) -> None:
        self._here.pop(id_, None)

    def __iter__(self) -> Iterator[DocumentId]:
        raise TypeError("texts are only asked for one by one here")

    def __len__(self) -> int:
        raise TypeError("texts are only asked for one by one here")

    def clear_memory(self) -> None:
        """Forget what can be read again."""
        self._here.clear()


class Readings(MutableMapping[DocumentId, Interpreted]):
    """What was read of the documents that are followed, each decoded when it is first asked for.

    `fresh` holds readings that could not be kept.
    """

    def __init__(self, standing: Standing, followed: Mapping[DocumentId, str]) -> None:
        self._standing, self._followed = standing, followed
        self._here: dict[DocumentId, Interpreted] = {}
        self._gone: set[DocumentId] = set()
        self.fresh: dict[DocumentId, bytes] = {}

    def __getitem__(self, id_: DocumentId) -> Interpreted:
        if id_ not in self:
            raise KeyError(id_)
        if id_ not in self._here:
            content = self.fresh.get(id_)
            if content is None:
                row = self._standing.rows(
                    "SELECT content FROM readings WHERE document_id = ? AND key = ?",
                    (id_, self._followed.get(id_)),
                ).fetchone()
                content = None if row is None else row[0]
            self._here[id_] = self._standing.read_again(id_) if content is None else decode(content)
        return self._here[id_]

    def __contains__(self, id_: object) -> bool:
        return id_ in self._here or (id_ not in self._gone and id_ in self._followed)

    def __setitem__(self, id_: DocumentId, value: Interpreted) -> None:
        self._here[id_] = value
        self._gone.discard(id_)

    def __delitem__(self, id_: DocumentId) -> None:
        self._here.pop(id_, None)
        self._gone.add(id_)

    def __iter__(self) -> Iterator[DocumentId]:
        new = [id_ for id_ in self._here if id_ not in self._followed]
        return iter([*new, *(id_ for id_ in self._followed if id_ not in self._gone)])

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear_memory(self) -> None:
        """Forget what can be read again."""
        self._here.clear()
        self._gone.clear()


def differences(record: Record, *, sources: Sources, ruleset: Ruleset) -> Iterator[str]:
    """Yield what a record keeps of what follows and what does not follow, nothing where it holds.

    What was made by another program, or is behind the log, is made anew when it is next asked for,
    and is not looked at.
    """
    with closing(Standing(record, sources, ruleset)) as found:
        if not found.kept or found.news() is not None:
            return
    with closing(Standing(record, sources, ruleset, keep=False)) as made:
        news = made.news()
        if news is not None:
            made.follow(news)
        for shelf, key in made.differing():
            yield f"{shelf} of {key}" if key else shelf


@contextmanager
def standing(
    record: Record, *, sources: Sources, ruleset: Ruleset, done: Done = nothing
) -> Iterator[Standing]:
    """Give what follows from a record as it is now, following first what was not followed.

    New readings, and what follows from them, are kept unless the record is write-protected or its
    disk is full; then they serve this once. Raises RecordError where others write without end.
    """
    writes = True
    for _ in range(TRIES):
        found = Standing(record, sources, ruleset, writes=writes)
        try:
            try:
                news = found.news()
                if news is not None:
                    found.follow(news, done=done)
                else:
                    found.restore()
            except Overtaken:
                continue
            except NoRoom:
                writes = False
                continue
            yield found
            return
        finally:
            found.close()
    raise RecordError(f"{record.path} is being written by others; try again.")
