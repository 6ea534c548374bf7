"""What is in memory of a record that is held open, and how it is opened: in one piece.

Lists, who first said what, what claims weigh and what totals add up are written down in the record
as they are in memory, with the state that they are of. Who opens the record takes them up and
brings them to its state with what was touched since; the result is that of making them of its
lines.
"""

from collections.abc import Collection
from contextlib import closing
from typing import NamedTuple

import msgspec

from cenotaph.model import ClaimId, Ruleset
from cenotaph.pipeline.catalogues import QUOTES, Catalogues, Found, Written
from cenotaph.pipeline.derivation import Update
from cenotaph.pipeline.kept import Standing
from cenotaph.pipeline.lists import REVIEWED
from cenotaph.pipeline.register import Said, Tellers
from cenotaph.pipeline.setting import Sources
from cenotaph.pipeline.tallied import WHOLE, Tallied
from cenotaph.store import Record, phrases

LISTS = "lists"
"""What lists stand under among the columns that a record keeps."""

FEW = 500
OFTEN = 10
"""They are written down anew when more than a few, and one claim in so many, were touched since."""


class Sheet(NamedTuple):
    """What is written down of a state, `step` of what a program `made_with`."""

    made_with: str
    step: int
    lists: Written
    said: Said
    weights: dict[ClaimId, int]


class Opened:
    """What is in memory of a record as of one state. `found` gives the reports that hold words.

    Without `resume` it is made of the record's lines, and nothing is written down.
    """

    def __init__(self, standing: Standing, found: Found, *, resume: bool = True) -> None:
        self._standing, self._found = standing, found
        self.lists = self._catalogues()
        self.tellers = Tellers()
        self.weights: dict[ClaimId, int] = {}
        self.tallied: Tallied
        if not resume or not self._resume():
            self.lists.begin(standing.sheet)
            self.tellers = standing.tellers()
            self.weights = dict(standing.killed.weights())
            self.tallied = Tallied(standing, step=None)
            if resume:
                self._write_down()

    def _catalogues(self) -> Catalogues:
        standing = self._standing

        def event_of(claim: ClaimId) -> ClaimId | None:
            return standing.derivation.first_of.get(claim)

        return Catalogues(event_of, self._found, phrases, lambda: standing.lists)

    def _resume(self) -> bool:
        """Take up what is written down, with what was changed since; tell whether it is there."""
        standing = self._standing
        standing.settle()
        content = standing.sheet(LISTS)
        if content is None:
            return False
        try:
            sheet = msgspec.msgpack.decode(content, type=Sheet)
            touched = standing.since(sheet.made_with, sheet.step)
            if touched is None or standing.sheet(WHOLE) is None:
                return False
            self.lists.resume(sheet.lists, standing.sheet)
        except (ValueError, KeyError, IndexError):
            self.lists = self._catalogues()  # nothing of ours
            return False
        self.tellers, self.weights = Tellers.resumed(sheet.said), sheet.weights
        self.tallied = Tallied(standing, step=sheet.step)
        self.take(touched)
        if len(touched.claims) > FEW + self.lists.sizes.claims / OFTEN:
            self._write_down()
        return True

    def _write_down(self) -> None:
        """Write down what is in memory."""
        made_with, step = self._standing.state.made_with, self._standing.state.step
        sheet = Sheet(made_with, step, self.lists.written, self.tellers.said, self.weights)
        encode = msgspec.msgpack.encode
        sheets = {LISTS: encode(sheet), QUOTES: encode(self.lists.quotes)}
        if self._standing.put_sheets({**sheets, **self.tallied.written()}):
            self.tallied = Tallied(self._standing, step=step)

    def take(self, touched: Update) -> None:
        """Bring what is in memory to the state that touched this."""
        standing = self._standing
        for claim in touched.claims | touched.moved:
            weight = standing.killed.weight(claim)
            if weight:
                self.weights[claim] = weight
            else:
                self.weights.pop(claim, None)
        self.tallied.take(touched)
        for id_ in touched.told:
            self.tellers.take(id_, standing.said(id_))
        lists = standing.lists
        owners = {*touched.documents, *touched.incidents, REVIEWED}
        self.lists.take(
            {id_: lists.reports.get(id_) for id_ in touched.documents},
            {id_: lists.claims.get(id_) for id_ in touched.claims},
            {first: lists.incidents.get(first) for first in touched.incidents},
            {owner: lists.findings.get(owner) for owner in owners},
        )

    def waiting(self, settled: Collection[ClaimId]) -> list[tuple[int, float, ClaimId]]:
        """Return the claims that nobody settled; see `Catalogues.waiting`."""
        return self.lists.waiting(self.weights, settled)

    def told(self) -> object:
        """Return all that is in memory, in one order whatever that was in which it came."""
        called, of = self.tellers.said
        said = {id_: [called[number] for number in numbers] for id_, numbers in of.items()}
        return self.lists.told(), said, self.weights, self.tallied.told()


def unlike(record: Record, *, sources: Sources, ruleset: Ruleset) -> bool:
    """Tell whether the lists that a record keeps in one piece are other than those of its lines."""
    with closing(Standing(record, sources, ruleset, writes=False)) as standing:
        if not standing.kept or standing.news() is not None or standing.sheet(LISTS) is None:
            return False
        standing.restore()
        own = Opened(standing, lambda _: ()).told()
        return own != Opened(standing, lambda _: (), resume=False).told()
