"""Totals of a record held open: what they are made of is kept in memory, and follows changes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from cenotaph.model import ClaimId, Figure, Incident, Measure, Ruleset, Totals
from cenotaph.pipeline.derivation import Update
from cenotaph.pipeline.kept import Standing
from cenotaph.totals import Kept as Figures
from cenotaph.totals import Tally, total_of

WHOLE: tuple[Measure, str | None] = (Measure.KILLED, None)
"""What a record keeps the whole of; others are added up as they are asked for."""


class Adding:
    """The figures of a record and what they come to, as of the last change that was told."""

    def __init__(self, standing: Standing) -> None:
        self._standing = standing
        self._kept_figures: Figures | None = None
        self._tallies = {WHOLE: standing.killed}
        self._totals: dict[tuple[tuple[str, ...], Measure, str | None], Totals] = {}

    @property
    def _figures(self) -> Figures:
        if self._kept_figures is None:
            self._kept_figures = self._standing.figures()
            self._standing.let_go()
        return self._kept_figures

    def _tally(self, measure: Measure, group: str | None) -> Tally:
        key = (measure, group)
        if key not in self._tallies:
            self._tallies[key] = self._standing.tally(self._figures, measure, group)
        return self._tallies[key]

    def follow(self, touched: Update) -> None:
        """Take in what a change touched; the whole of those killed has taken it in already."""
        if self._kept_figures is not None:
            self._standing.add_up(self._kept_figures, touched)
        self._totals.clear()
        for key, tally in self._tallies.items():
            if key != WHOLE:
                tally.change(touched.claims, touched.incidents)

    def foresee(self, touched: Update) -> None:
        """Take in what is only looked ahead to, and is taken back: `killed` and weights alone."""
        self._tallies[WHOLE].change(touched.claims, touched.incidents)

    @property
    def killed(self) -> Figure:
        """Low, best and high of all that were killed."""
        return self._tallies[WHOLE].figure

    def weight(self, claim: ClaimId) -> int:
        """Return how many of the low of all killed the figure counts that a claim belongs to."""
        return self._tallies[WHOLE].weight(claim)

    def totals(self, by: Sequence[str], *, measure: Measure, group: str | None) -> Totals:
        """Return totals as `totals.total` does; the same ones are added up once."""
        key = (tuple(by), measure, group)
        if key not in self._totals:
            if "group" in by and group is None:
                known = self._standing.derivation.known
                added = self._figures.added(measure, known)
                rules = self._standing.ruleset
                self._totals[key] = total_of(added, by=by, ruleset=rules, measure=measure)
            else:
                self._totals[key] = self._tally(measure, group).totals(by)
        return self._totals[key]

    def some(
        self, by: Sequence[str], part: slice, *, measure: Measure, group: str | None
    ) -> Totals:
        """Return totals with some of their rows; others are not added up."""
        if "group" in by and group is None:
            every = self.totals(by, measure=measure, group=group)
            return replace(every, rows=every.rows[part])
        return self._tally(measure, group).totals(by, part=part)

    def count(self, by: Sequence[str], *, measure: Measure, group: str | None) -> int:
        """Return how many rows totals have."""
        if "group" in by and group is None:
            return len(self.totals(by, measure=measure, group=group).rows)
        return self._tally(measure, group).count(by)

    def among(
        self,
        claims: Collection[ClaimId],
        by: Sequence[str],
        *,
        under: tuple[Ruleset, Mapping[ClaimId, Incident]] | None = None,
    ) -> Totals:
        """Return totals of those killed by some claims; see `Workspace.totals_among`."""
        figures, rules = self._figures, self._standing.ruleset
        known = self._standing.derivation.known
        if under is not None:
            rules = under[0]
            figures = figures.under(rules, under[1].items(), known)
        return total_of(figures.added(Measure.KILLED, known, claims), by=by, ruleset=rules)
