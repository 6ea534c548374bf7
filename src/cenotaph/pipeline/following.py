"""Following a record: what came in and was decided is taken in, and what that changed is written.

A command that finds reports or decisions which have not been followed yet follows them first, and
writes what they changed in one transaction, with the entry of the log up to which all is followed.
Where the program, its vocabulary, the gazetteers or the rules are others than those it was made
with, all is made anew.
"""

import functools
from collections import ChainMap
from collections.abc import Callable, Collection, Iterator, Mapping, MutableMapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from cenotaph import link, review, totals
from cenotaph.model import (
    ClaimId,
    Decision,
    DocumentId,
    Finding,
    Ruleset,
)
from cenotaph.pipeline.derivation import Derivation, Update
from cenotaph.pipeline.interpreted import Interpreted, decode, deriver_version
from cenotaph.pipeline.laid import Read, mark
from cenotaph.pipeline.lookups import Readings, Texts
from cenotaph.pipeline.record import Done, nothing, read, reading_key, unkept
from cenotaph.pipeline.register import Called, first_said
from cenotaph.pipeline.reported import Reports, reports
from cenotaph.pipeline.seen import FORM, Seen, join
from cenotaph.pipeline.setting import Sources
from cenotaph.store import Record, RecordError, Unwritten, decisions, earlier, readings

if TYPE_CHECKING:
    from cenotaph.pipeline.lists import Lists

TOGETHER = 8_000
"""Documents followed in one step: what they touch is in memory until it is written."""

MANY = 500

FEW = 20
"""Documents of a step up to which its figures are left to be solved by who asks for them."""


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


class Following(Seen):
    """What follows from a record, as of one state of it, and what brings it up to date.

    `failed` are the documents that could not be read this time; `keep` and `writes` are as `Seen`
    has them.
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
        self.sources, self.ruleset = sources, ruleset
        self.failed: list[DocumentId] = []
        self._key = reading_key(sources.open())
        made_with = "|".join((FORM, deriver_version(), self._key, repr(ruleset)))
        super().__init__(record, made_with, keep=keep, writes=writes)
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
        self._tally = totals.Tally(
            self.derivation.known,
            self.derivation.links,
            self.derivation.incidents,
            ruleset=ruleset,
            shelves=self._kept,
        )
        # Claims that may weigh otherwise by what was solved and could not be written.
        self._moved: set[ClaimId] = set()

    @property
    def killed(self) -> totals.Tally:
        """The whole of those killed, solved as far as it has to be."""
        self.settle()
        return self._tally

    @functools.cached_property
    def lists(self) -> "Lists":
        """The lines of lists."""
        from cenotaph.pipeline.lists import Lists  # who asks for one thing does without

        return Lists(self._kept, self.derivation)

    def read_again(self, id_: DocumentId) -> Interpreted:
        """Return the reading of a document that is not kept any more. Raises KeyError."""
        from cenotaph.pipeline.document import interpret

        for each in reports(self.record, [id_]).documents(self.record, [id_]):
            setting = self.sources.open()
            before = earlier(self.record, [id_]).get(id_) if setting.keeps else None
            return interpret(each, setting=setting, before=before[1] if before else None)
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
            # Other days may make other originals of the same texts.
            some += self._described(known)
            known = reports(self.record, some)
        keys = known.keys(self._key)
        wanted = [id_ for id_, key in keys.items() if self._read.get(id_) != key]
        before: Collection[DocumentId] = list(self._read) if some is None else _around(known, self)
        gone = [id_ for id_ in before if id_ in self._read and id_ not in keys]
        return News(known=known, keys=keys, wanted=wanted, gone=gone, last=last, whole=some is None)

    def _described(self, known: Reports) -> list[DocumentId]:
        """Return the reports that are described otherwise than as of what is followed."""
        old = [e for e in decisions(self.record) if (e.sequence or 0) <= self.state.sequence]
        before = review.metadata(review.active(old))
        again = {
            id_ for id_ in {*before, *known.metadata} if before.get(id_) != known.metadata.get(id_)
        }
        return sorted(again | {known.replaced[id_] for id_ in again if id_ in known.replaced})

    def follow(self, news: News, *, done: Done = nothing, solve: bool = False) -> Update:
        """Take in what came and what was decided, and write what that changed; with `solve`, what
        figures come to by that too, which else waits where it is of few documents.

        Return what it touched. Raises Overtaken where another process did meanwhile.
        """
        every = Update(told=frozenset(), documents=set(), claims=set(), incidents=set())
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
            touched.documents |= self._list_reports(news, set(some), last=number == len(steps))
            gone = ()
            self._keep(touched)
            if solve or self._aside or len(some) > FEW:
                touched.moved |= self._tally.settle()
            join(every, touched)
            if self._writes:
                # Who looks at an old state keeps the disk from taking up what is written meanwhile.
                self.rest()
            self._write(news.last if number == len(steps) else 0, touched)
            if number < len(steps):
                self._tally.forget()
        return every

    def advance(self, *, done: Done = nothing) -> Update | None:
        """Take in what came and was decided since; None where nothing did.

        Raises Overtaken where another process did meanwhile.
        """
        self._go_on()
        news = self.news()
        return None if news is None else self.follow(news, done=done, solve=True)

    def settle(self) -> None:
        """Solve the figures that wait for it, and keep that where the record can be written.

        Who only brings reports leaves it to the first who asks, so that they are kept at once.
        """
        if not self._tally.waits:
            return
        self._moved |= self._tally.settle()
        self._written = False
        if self._writes:
            touched = Update(told=frozenset(), documents=set(), claims=set(), incidents=set())
            # Where others write meanwhile, or there is no room, it serves this once.
            with suppress(RecordError):
                self._write(self.state.sequence, touched)

    def lay(self, reads: Sequence[Read], held: Sequence[Decision], known: Reports) -> Update:
        """Bring what follows to a state with other decisions, in memory alone. Who does so brings
        it back."""
        return self.derivation.change(reads, held=held, replaced=self._replaced(known))

    def _list_reports(
        self, news: News, some: Collection[DocumentId], *, last: bool
    ) -> set[DocumentId]:
        """Note the reports of a step as lists show them, while what they say is at hand."""
        listed = news.known.listed
        if not last:
            return self.lists.list_reports(
                [each for each in listed if each.original in some], some, whole=False
            )
        gone: set[DocumentId] = set()
        if not news.whole:
            gone = set(_around(news.known, self)) - {each.id for each in listed}
            self.lists.drop_reports(gone)
        return gone | self.lists.list_reports(listed, some, whole=news.whole)

    def restore(self) -> None:
        """Take up what was followed of decisions, where nothing is new."""
        known = reports(self.record, []) if self.state.marks.decisions else None
        if known is None:
            self.derivation.restore(self.state.marks)
        else:
            self.derivation.restore(self.state.marks, known.held, self._replaced(known))

    def _replaced(self, known: Reports) -> Mapping[DocumentId, DocumentId]:
        """Return what stands in for documents that do not stand, as far as decisions need it."""
        if not known.held and not self.state.marks.decisions:
            return {}
        return ChainMap(dict(known.replaced), self._copy_of)

    def _read_first(self, news: News, done: Done) -> list[DocumentId]:
        """Read what has no reading yet; return what could not be read."""
        if self._writes:
            self.rest()
            failed = read(
                self.record,
                sources=self.sources,
                done=done,
                known=news.known,
                meanwhile=link.prepare,
            )
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
            before = self._ranks.pop(first, None)
            if before is not None and self._by_id.get(before[0]) == first:
                del self._by_id[before[0]]
        for first in touched.incidents:
            incident = derivation.incidents.get(first)
            if incident is not None:
                self._ranks[first] = [incident.id, *derivation.rank(first)]
                self._by_id[incident.id] = first
        for id_ in touched.told:
            _put(self._said_by, id_, first_said(derivation.claims_of(id_)))
        self.add_up(self._adding, touched)
        touched.moved |= self._tally.change(touched.claims, touched.incidents)
        for owner in (*touched.documents, *touched.incidents):
            for claim in self._finds.pop(owner, ()):
                self._found_with[claim].discard(owner)
            found = derivation.findings_of(ClaimId(owner))
            about = {claim for each in found for claim in each.claims}
            if about:
                self._finds[owner] = about
            for claim in about:
                self._found_with.setdefault(claim, set()).add(owner)
        self.lists.keep(touched)

    def add_up(self, adding: totals.Kept, touched: Update) -> None:
        """Let totals take what they need from what changed."""
        derivation = self.derivation
        for first in touched.incidents:
            adding.event(first, derivation.incidents.get(first), derivation.known)
        for id_ in touched.told:
            adding.document(id_, derivation.claims_of(id_))
        for claim in touched.claims:
            adding.links(claim, derivation.links.get(claim, ()))

    def figures(self) -> totals.Kept:
        """Return what totals are made of, in memory; `add_up` brings it from state to state."""

        def held(
            name: str,
            kind: Any,
            *,
            made: Callable[[Any], Any] | None = None,
            kept: Callable[[Any], Any] | None = None,
        ) -> MutableMapping[Any, Any]:
            return dict(self._kept(name, kind, made=made, kept=kept).items())

        return totals.Kept(self.ruleset, held)

    def _write(self, sequence: int, touched: Update) -> None:
        """Write what changed, with the state that it is of. Raises Overtaken."""
        step, marks = self.state.step + 1, self.derivation.marks
        touched.moved |= self._moved
        self._put(replace(self.state, sequence=sequence, step=step, marks=marks), touched)
        if self._written:
            self._moved.clear()

    def since(self, made_with: str, step: int) -> Update | None:
        """Return what states after this one touched; None where it is not one before this."""
        every = super().since(made_with, step)
        if every is not None:
            every.moved |= self._moved
        return every

    def let_go(self) -> None:
        """Give back the memory of what can be fetched again; what is not written stays."""
        super().let_go()
        if self._written:
            self._texts.clear_memory()
            self._readings.clear_memory()

    def solved(self) -> Unwritten:
        """Solve what waits, in memory alone; return what would be written of it."""
        self._tally.settle()
        self._written = False
        return self._kept.unwritten()


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
