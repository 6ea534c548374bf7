"""What totals of every measure and group are made of, for as long as a record is held open.

Beside the lists that are written down in one piece stands what each tally worked out. Who looks at
a total reads the tally of its measure and group, and brings it to the state of the record by what
was touched since; none is added up again.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec

from cenotaph.collector import undisturbed
from cenotaph.model import GROUPS, ClaimId, DocumentId, Measure
from cenotaph.pipeline.derivation import Update
from cenotaph.pipeline.kept import Standing
from cenotaph.totals import KEYS as BY
from cenotaph.totals import Tally, Worked
from cenotaph.totals.figures import is_sum

Key = tuple[Measure, str | None]


@dataclass(slots=True)
class _Behind:
    """What was touched since a tally was brought to a state."""

    told: set[DocumentId] = field(default_factory=set)
    claims: set[ClaimId] = field(default_factory=set)
    incidents: set[ClaimId] = field(default_factory=set)

    def add(self, touched: "Update | _Behind") -> None:
        """Note what was touched besides."""
        self.told |= touched.told
        self.claims |= touched.claims
        self.incidents |= touched.incidents


class Written(NamedTuple):
    """What is written down of one tally in parts, with the state that it is of."""

    made_with: str
    step: int
    parts: tuple[msgspec.Raw, ...]


class Tallied:
    """The tallies of a record by measure and group, as of the last change that was told.

    They are taken up from what is written down of the state of a step, and made of the figures that
    the record keeps where none is named.
    """

    def __init__(self, standing: Standing, step: int | None) -> None:
        self._standing = standing
        self._of = (standing.state.made_with, step)
        self._here: dict[Key, Tally] = {}
        # What was touched since that state, and since each tally was last looked at.
        self._since = _Behind()
        self._behind: dict[Key, _Behind] = {}
        if step is None:
            self._make()

    def _make(self) -> None:
        with undisturbed():
            made = list(self._standing.tallies())
        self._here = {(measure, group): tally for measure, group, tally in made}
        for measure in Measure:
            for group in (None, *GROUPS):
                if (measure, group) not in self._here:
                    self._here[measure, group] = self._standing.killed.beside(measure, group)
        self._behind = {key: _Behind() for key in self._here}

    def take(self, touched: Update) -> None:
        """Note what a change touched; who next looks at a tally works it out."""
        for behind in (self._since, *self._behind.values()):
            behind.add(touched)

    def of(self, measure: Measure, group: str | None) -> Tally:
        """Return the figures of a measure and group as they are now."""
        key = (measure, group)
        for _ in self._take_up(key):
            pass
        behind = self._behind[key]
        if behind.claims or behind.incidents or behind.told:
            self._behind[key] = _Behind()
            sums = self._sums(behind.told, measure)
            self._here[key].follow(behind.claims, behind.incidents, sums)
        return self._here[key]

    def _take_up(self, key: Key) -> Iterator[None]:
        """Take up what is written down of a tally, step by step; where that is gone, all are made
        anew."""
        if key in self._here:
            return
        tally = self._standing.killed.beside(*key)
        try:
            for part in self._parts(key):
                with undisturbed():
                    tally.resume(msgspec.msgpack.decode(part, type=Worked))
                yield
        except (ValueError, IndexError):
            self._make()
        if key not in self._here:
            self._here[key], self._behind[key] = tally, _Behind()
            self._behind[key].add(self._since)

    def _parts(self, key: Key) -> tuple[msgspec.Raw, ...]:
        """Return what is written down of a tally. Raises ValueError where that is gone."""
        content = self._standing.sheet(_named(key)) or b""
        written = msgspec.msgpack.decode(content, type=Written)
        if (written.made_with, written.step) != self._of:
            raise ValueError("of another state")
        return written.parts

    def _sums(self, told: Collection[DocumentId], measure: Measure) -> Iterator[ClaimId]:
        """Yield the stated sums of some reports."""
        for id_ in told:
            for claim in self._standing.derivation.claims_of(id_):
                if is_sum(claim, measure):
                    yield claim.id

    def written(self) -> dict[str, bytes]:
        """Return all of them as they are written down of the state that they are of."""
        encode = msgspec.msgpack.Encoder(order="deterministic").encode
        state = self._standing.state

        def kept(key: Key) -> bytes:
            parts = tuple(msgspec.Raw(encode(part)) for part in self.of(*key).worked())
            return encode(Written(state.made_with, state.step, parts))

        return {_named(key): kept(key) for key in KEYS}

    def warm(self) -> Iterator[None]:
        """Have in memory, step by step, what the first totals need; others may change them between
        two steps."""
        for key, by in LOOKED_AT:
            yield from self._take_up(key)
            yield from self.of(*key).warm(by)

    def catch_up(self) -> Iterator[None]:
        """Bring the tallies that are in memory to the state of now, with the rows that were looked
        at; others may change them between two steps."""
        for key in list(self._here):
            tally = self.of(*key)
            yield
            yield from tally.warm(tally.looked_at)

    def told(self) -> dict[str, list[Worked]]:
        """Return all that they worked out."""
        return {_named(key): list(self.of(*key).worked()) for key in KEYS}


KEYS: tuple[Key, ...] = tuple((measure, group) for measure in Measure for group in (None, *GROUPS))


LOOKED_AT: tuple[tuple[Key, tuple[tuple[str, ...], ...]], ...] = (
    ((Measure.KILLED, None), ((), *((key,) for key in BY if key != "group"))),
    ((Measure.INJURED, None), ((),)),
    *(((Measure.KILLED, group), (("group",),)) for group in GROUPS),
)
"""The tallies that are taken up before anybody asks, with the keys by which they have rows."""


def _named(key: Key) -> str:
    measure, group = key
    return f"tally {measure.value}" if group is None else f"tally {measure.value}/{group}"


WHOLE = _named((Measure.KILLED, None))
"""What the whole of those killed is written down under."""
