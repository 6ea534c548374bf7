"""Totals of a record held open: what they are made of follows changes, and is added up once."""

from collections.abc import Callable, Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from cenotaph.model import GROUPS, ClaimId, Figure, Incident, Measure, Ruleset, TotalRow, Totals
from cenotaph.pipeline.derivation import Update
from cenotaph.pipeline.kept import Standing
from cenotaph.totals import Kept as Figures
from cenotaph.totals import Tally, among, in_order, total_of


class Adding:
    """The figures of a record and what they come to, as of the last change that was told; `tally`
    gives those of a measure and group."""

    def __init__(self, standing: Standing, tally: Callable[[Measure, str | None], Tally]) -> None:
        self._standing, self._tally = standing, tally
        self._kept_figures: Figures | None = None
        self._totals: dict[tuple[tuple[str, ...], Measure, str | None], Totals] = {}

    @property
    def _figures(self) -> Figures:
        if self._kept_figures is None:
            self._kept_figures = self._standing.figures()
            self._standing.let_go()
        return self._kept_figures

    def follow(self, touched: Update) -> None:
        """Take in what a change touched."""
        if self._kept_figures is not None:
            self._standing.add_up(self._kept_figures, touched)
        self._totals.clear()

    def foresee(self, touched: Update) -> None:
        """Take in what is only looked ahead to, and is taken back: `killed` and weights alone."""
        tally = self._standing.killed
        tally.change(touched.claims, touched.incidents)
        tally.settle()  # what waits is not to be taken for a state of the record

    @property
    def killed(self) -> Figure:
        """Low, best and high of all that were killed."""
        return self._standing.killed.figure

    def weight(self, claim: ClaimId) -> int:
        """Return how many of the low of all killed the figure counts that a claim belongs to."""
        return self._standing.killed.weight(claim)

    def totals(self, by: Sequence[str], *, measure: Measure, group: str | None) -> Totals:
        """Return totals as `totals.total` does; the same ones are added up once."""
        key = (tuple(by), measure, group)
        if key not in self._totals:
            self._totals[key] = self.some(by, None, measure=measure, group=group)
        return self._totals[key]

    def some(
        self, by: Sequence[str], part: slice | None, *, measure: Measure, group: str | None
    ) -> Totals:
        """Return totals with some of their rows, or all; others are not added up."""
        made = self._tally(measure, group).totals(by, part=part)
        if group is not None or "group" not in by:
            return made
        rows: list[TotalRow] = []
        for each in GROUPS:
            rows += self._tally(measure, each).rows(by)
        ordered = in_order(rows)
        return replace(made, rows=ordered if part is None else ordered[part])

    def count(self, by: Sequence[str], *, measure: Measure, group: str | None) -> int:
        """Return how many rows totals have."""
        of = GROUPS if "group" in by and group is None else (group,)
        return sum(self._tally(measure, each).count(by) for each in of)

    def among(
        self,
        claims: Collection[ClaimId],
        by: Sequence[str],
        *,
        sums: AbstractSet[ClaimId],
        under: tuple[Ruleset, Mapping[ClaimId, Incident]] | None = None,
    ) -> Totals:
        """Return totals of those killed by some claims; see `Workspace.totals_among`. `sums` are
        all that state sums over several events."""
        known = self._standing.derivation.known
        if under is None:
            return among(self._tally(Measure.KILLED, None), claims, by, sums=sums, known=known)
        rules, events = under
        figures = self._figures.under(rules, events.items(), known)
        return total_of(figures.added(Measure.KILLED, known, claims), by=by, ruleset=rules)
