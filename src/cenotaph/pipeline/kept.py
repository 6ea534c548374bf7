"""What follows from a record, kept in it: brought up to date by what came in, read where asked.

A command that only asks reads the rows that it needs.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import chain
from typing import TypeVar

from cenotaph import totals
from cenotaph.model import (
    ClaimId,
    DocumentId,
    Finding,
    Incident,
    Link,
    Linking,
    Measure,
    ResolvedClaim,
    Ruleset,
    Totals,
    make_id,
)
from cenotaph.pipeline.following import MANY, Following
from cenotaph.pipeline.names import beside_name
from cenotaph.pipeline.record import Derived, Done, nothing
from cenotaph.pipeline.register import Called, Originator, Tellers
from cenotaph.pipeline.reported import reports
from cenotaph.pipeline.seen import Overtaken
from cenotaph.pipeline.setting import Sources
from cenotaph.pipeline.settings import otherwise
from cenotaph.store import NoRoom, Record, RecordError, noted
from cenotaph.totals import Tally

TRIES = 5
"""How often it is begun anew because another process wrote meanwhile."""


Key = TypeVar("Key")


class Standing(Following):
    """What follows from a record as one state of it, open to be asked; see `Following`."""

    def totals(
        self,
        by: Sequence[str] = (),
        *,
        measure: Measure = Measure.KILLED,
        group: str | None = None,
        ruleset: Ruleset | None = None,
    ) -> Totals:
        """Return totals as `totals.total` does of all that follows, under another ruleset too."""
        rules = ruleset or self.ruleset
        if (rules, measure, group) == (self.ruleset, Measure.KILLED, None) and "group" not in by:
            return self.killed.totals(by)
        adding = self._adding
        if rules != self.ruleset:
            events = ((first, made) for first, made, _ in self._reconciled(rules))
            adding = adding.under(rules, events, self.derivation.known)
        return totals.total_of(
            adding.added(measure, self.derivation.known),
            by=by,
            ruleset=rules,
            measure=measure,
            group=group,
        )

    def tallies(self) -> Iterator[tuple[Measure, str | None, Tally]]:
        """Yield the figures of every measure and group, made of those that are kept."""
        yield from self._adding.tallies(self.killed, self.derivation.known)

    def claims(
        self, report: DocumentId | None = None
    ) -> Iterator[tuple[ResolvedClaim, tuple[Link, ...]]]:
        """Yield the claims that stand, report by report (or of one) in the text's order, each with
        the links from it."""
        ids = sorted(self._read) if report is None else [report]
        for id_ in self._in_turn(ids):
            for each in self.derivation.claims_of(id_):
                yield each, self.derivation.links.get(each.id, ())

    def incidents(self, ruleset: Ruleset | None = None) -> Iterator[Incident]:
        """Yield the events, first said first, under another ruleset too."""
        if ruleset in (None, self.ruleset):
            for first in self._in_turn(self._firsts()):
                yield self.derivation.incidents[first]
        else:
            assert ruleset is not None
            yield from (made for _, made, _ in self._reconciled(ruleset))

    def findings(self, ruleset: Ruleset | None = None) -> Iterator[Finding]:
        """Yield what was found: of the gazetteers, of reports as they came, in reading each,
        in what was decided, and what does not add up, by code; under another ruleset too."""
        yield from otherwise(self.sources, self.sources.open())
        yield from noted(self._seen())
        for _, found in sorted(self._notes.items()):
            yield from found
        yield from self.derivation.reviewed.findings
        if ruleset in (None, self.ruleset):
            yield from self.derivation.found()
        else:
            assert ruleset is not None
            yield from self.derivation.found(each for _, _, each in self._reconciled(ruleset))

    def originators(self) -> tuple[Originator, ...]:
        """Return who first said what is counted, as `register.originators` does."""
        return self.tellers().listed(self.record)

    def tellers(self) -> Tellers:
        """Return who first said the claims of each report, counted, to be kept up with changes."""
        return Tellers(self._said_by.items())

    def said(self, id_: DocumentId) -> tuple[Called, ...]:
        """Return who first said each claim of a report, where anybody is named."""
        return self._said_by.get(id_, ())

    def _firsts(self) -> list[ClaimId]:
        """Return the first claims of events, first said first."""
        ranks = sorted(self._ranks.items(), key=lambda entry: entry[1][1:])
        return [ClaimId(first) for first, _ in ranks]

    def _reconciled(
        self, ruleset: Ruleset
    ) -> Iterator[tuple[ClaimId, Incident, tuple[Finding, ...]]]:
        """Yield each event as another ruleset reconciles it, with what was found in it; one after
        another, so that memory does not grow with the record."""
        for first in self._in_turn(self._firsts()):
            made, found = self.derivation.reconciled(first, ruleset)
            yield first, made, found

    def _in_turn(self, keys: Iterable[Key]) -> Iterator[Key]:
        """Yield keys; what was fetched for those before is given back now and then."""
        for number, key in enumerate(keys, 1):
            yield key
            if number % MANY == 0:
                self.let_go()

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
            rest = self.derivation.remains().get(claim, ())
            told = (claim, *rest)
            firsts = dict.fromkeys(self.derivation.first_of.get(each) for each in told)
            return [*told, *(self.derivation.incidents[each].id for each in firsts if each)]
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

    def around(self, *ids: str, ruleset: Ruleset | None = None) -> Derived:
        """Return what follows, as far as these claims, events and reports are concerned, under
        another ruleset too.

        It has the reports that they stand in, with all their claims and the links from these, the
        events named, and what was found about any of it.
        """
        derivation = self.derivation
        aside = {each.claim.id for each in derivation.reviewed.rejected}
        remains = derivation.remains() if aside.intersection(ids) else {}
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
        owners |= {*originals, *firsts}
        rules = ruleset or self.ruleset
        if rules == self.ruleset:
            incidents = tuple(derivation.incidents[first] for first in sorted(firsts))
            every = [each for id_ in owners for each in derivation.findings_of(ClaimId(id_))]
        else:
            touched = {derivation.first_of.get(claim.id) for claim in told} - {None} | firsts
            made = {id_: derivation.reconciled(id_, rules) for id_ in touched if id_ is not None}
            incidents = tuple(made[first][0] for first in sorted(firsts))
            said = {claim.id for claim in told}
            every = [each for id_ in owners for each in derivation.findings_in(DocumentId(id_))]
            every += [
                each
                for first, (_, found_) in made.items()
                for each in found_
                if first in firsts or said & set(each.claims)
            ]
        found = {(each.code, each.claims, each.documents): each for each in every}
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
            incidents=incidents,
            checks=tuple(each for id_ in originals for each in derivation.checks_of(id_)),
            findings=(
                *(finding for each in listed for finding in each.findings),
                *(finding for each in read.values() for finding in each.findings),
                *derivation.reviewed.findings,
                *sorted(found.values(), key=lambda f: (f.code, f.documents, f.claims)),
            ),
            ruleset=rules,
            passages=tuple(each for id_ in originals for each in derivation.passages.of(id_)),
            remains=remains,
        )

    def sizes(self) -> list[int]:
        """Return how many tales each component has, the largest first."""
        return sorted((len(c.members) for c in self.derivation.components().values()), reverse=True)


def differences(record: Record, *, sources: Sources, ruleset: Ruleset) -> Iterator[str]:
    """Yield what a record keeps of what follows and what does not follow, nothing where it holds.

    What was made by another program, or is behind the log, is made anew when it is next asked for,
    and is not looked at.
    """
    with closing(Standing(record, sources, ruleset, writes=False)) as found:
        if not found.kept or found.news() is not None:
            return
        solved = found.solved()
    with closing(Standing(record, sources, ruleset, keep=False)) as made:
        news = made.news()
        if news is not None:
            made.follow(news)
        for shelf, key in made.differing(solved):
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
