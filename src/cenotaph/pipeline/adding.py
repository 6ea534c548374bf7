"""Totals of a record held open: what they are made of is kept in memory, and follows changes."""

from collections.abc import Collection, Mapping, Sequence

from cenotaph.model import ClaimId, Figure, Incident, Measure, Ruleset, Totals
from cenotaph.pipeline.derivation import Update
from cenotaph.pipeline.kept import Standing
from cenotaph.totals import Kept as Figures
from cenotaph.totals import Tally, total_of


class Adding:
    """The figures of a record and what they come to, as of the last change that was told."""

    def __init__(self, standing: Standing) -> None:
        self._standing = standing
        self._kept_figures: Figures | None = None
        self._tallies: dict[tuple[Measure, str | None], Tally] = {}
        self._totals: dict[tuple[tuple[str, ...], Measure, str | None], Totals] = {}

    @property
    def _figures(self) -> Figures:
        if self._kept_figures is None:
            self._kept_figures = self._standing.figures()
            self._standing.let_go()
        return self._kept_figures

    def _tally(self, measure: Measure = Measure.KILLED, group: str | None = None) -> Tally:
        key = (measure, group)
        if key not in self._tallies:
            self._tallies[key] = self._standing.tally(self._figures, measure, group)
        return self._tallies[key]

    def begin(self) -> None:
        """Work out the whole of those killed as of now, where nobody has asked for it yet."""
        self._tally()

    def follow(self, touched: Update) -> set[ClaimId]:
        """Take in what a change touched; return the claims that may weigh otherwise."""
        if self._kept_figures is not None:
            self._standing.add_up(self._kept_figures, touched)
        self._totals.clear()
        moved: set[ClaimId] = set()
        for key, tally in self._tallies.items():
            found = tally.change(touched.claims, touched.incidents)
            if key == (Measure.KILLED, None):
                moved = found
        return moved

    def foresee(self, touched: Update) -> None:
        """Take in what is only looked ahead to, and is taken back: `killed` and weights alone."""
        self._tally().change(touched.claims, touched.incidents)

    @property
    def killed(self) -> Figure:
        """Low, best and high of all that were killed."""
        return self._tally().figure

    def weight(self, claim: ClaimId) -> int:
        """Return how many of the low of all killed the figure counts that a claim belongs to."""
        return self._tally().weight(claim)

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
