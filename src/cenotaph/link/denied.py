"""Figures that another denies or takes back: "nobody was killed", "withdrew its report of 12".

A denial counts nobody, and a figure that is withdrawn counts no more: neither makes an event. Each
is held against the figures of its place and days, and those that it speaks against are linked to
it.
"""

from collections.abc import MutableMapping
from dataclasses import replace

from cenotaph.link.compare import Stand, groups, perpetrators, sites, times
from cenotaph.link.figures import Figures
from cenotaph.link.known import Known
from cenotaph.link.touched import Touched
from cenotaph.model import (
    Certainty,
    ClaimId,
    Link,
    LinkKind,
    Measure,
    ResolvedClaim,
    Scope,
)
from cenotaph.shelves import Sets, Shelves
from cenotaph.vocab import table
from cenotaph.voices import voice

# Who says that there were none of these says that nobody was killed.
_NOBODY = (Measure.KILLED, Measure.CASUALTIES, Measure.KILLED_OR_INJURED)
_WITHIN = (Stand.SAME, Stand.INSIDE)
DENIED = "denied-by-another"
WITHDRAWN = "withdrawn-by-its-source"


class Denials:
    """The links from figures to what denies them or takes them back.

    `figures` are those that stand, by place and time.
    """

    def __init__(self, known: Known, figures: Figures, shelves: Shelves) -> None:
        self._known, self._figures = known, figures
        self._against = Figures("against", shelves, known.claims.__getitem__, known.crowd)
        self._speaks = Sets("speaks_against", shelves)
        self._links: MutableMapping[ClaimId, dict[ClaimId, Link]] = shelves(
            "spoken_against", dict[ClaimId, Link]
        )

    def links(self, claim: ClaimId) -> tuple[Link, ...]:
        """Return the links from a figure to what denies it or takes it back."""
        return tuple(self._links.get(claim, {}).values())

    def deny(self, touched: Touched) -> None:
        """Hold figures that changed against what speaks against others, and the other way round."""
        changed = sorted(touched.again)
        for id_ in changed:
            self._release(id_, touched)
        found = (self._known.claims.get(id_) for id_ in changed)
        fresh = [claim for claim in found if claim is not None]
        against = [claim for claim in fresh if speaks_against(claim)]
        for claim in against:
            self._against.add(_of_killed(claim))
        for claim in against:
            for figure in self._figures.near(_of_killed(claim)):
                self._hold(figure, claim, touched)
        done = {claim.id for claim in against}
        for figure in fresh:
            if figure.claim.measure is Measure.KILLED and figure.id in self._figures:
                for claim in self._against.near(figure):
                    if claim.id not in done:
                        self._hold(figure, claim, touched)

    def _release(self, id_: ClaimId, touched: Touched) -> None:
        self._against.remove(id_)
        for other in self._links.pop(id_, {}):
            self._speaks.discard(other, id_)
        for figure in map(ClaimId, self._speaks.members(id_)):
            if self._links.get(figure, {}).pop(id_, None) is not None:
                touched.claims.add(figure)
        self._speaks.drop(id_)

    def _hold(self, figure: ResolvedClaim, claim: ResolvedClaim, touched: Touched) -> None:
        link = against(figure, claim, known=self._known)
        if link is not None:
            self._links.setdefault(figure.id, {})[claim.id] = link
            self._speaks.add(claim.id, figure.id)
            touched.claims.add(figure.id)


def speaks_against(claim: ResolvedClaim) -> bool:
    """Tell whether a claim says that nobody was killed, or takes a figure of killed back."""
    stated = claim.claim
    if stated.part_of is not None or stated.scope is not Scope.INCIDENT or stated.history:
        return False
    if stated.certainty is Certainty.WITHDRAWN:
        return stated.measure is Measure.KILLED and bool(stated.count.low)
    nobody = stated.count.high == 0 and not stated.additional
    return nobody and stated.measure in _NOBODY and stated.certainty is Certainty.ASSERTED


def _of_killed(claim: ResolvedClaim) -> ResolvedClaim:
    """Return a claim as one of the killed, to find those of its place and days."""
    stated = replace(claim.claim, measure=Measure.KILLED, kept_id=claim.id)
    return replace(claim, claim=stated)


def against(
    figure: ResolvedClaim,
    claim: ResolvedClaim,
    *,
    known: Known,
) -> Link | None:
    """Return the link from a figure to a claim that speaks against it, None where it does not."""
    a, b = figure.claim, claim.claim
    if not a.count.low or a.certainty not in (Certainty.ASSERTED, Certainty.SUSPECTED):
        return None
    if a.history or sites(figure, claim) not in _WITHIN or _another_kind(a.event, b.event):
        return None
    if times(figure.when, claim.when) not in _WITHIN:
        return None
    if b.certainty is Certainty.WITHDRAWN:
        if a.count.low != b.count.low or not _its_own(figure, claim, known):
            return None
        first, later = known.published.get(a.document), known.published.get(b.document)
        if first is not None and later is not None and later < first:
            return None
        kind, by = LinkKind.WITHDRAWN_BY, WITHDRAWN
    else:
        if voice(figure) == voice(claim) or groups(a.group, b.group) not in _WITHIN:
            return None
        if perpetrators(figure, claim) is Stand.APART:
            return None
        kind, by = LinkKind.DENIED_BY, DENIED
    return Link(claim=figure.id, kind=kind, to=claim.id, by=by)


def _another_kind(one: str | None, other: str | None) -> bool:
    if one is None or other is None or one == other:
        return False
    families: list[list[str]] = table("events")["alike"]["families"]
    kinds: list[list[str]] = table("linking")["kinds"]["alike"]
    return not any(one in alike and other in alike for alike in (*families, *kinds))


def _its_own(figure: ResolvedClaim, claim: ResolvedClaim, known: Known) -> bool:
    """Tell whether who takes a figure back is who gave it: one voice, a paper that named nobody, or
    who is named in the sentence."""
    if voice(figure) == voice(claim):
        return True
    said = claim.claim.quote.text.casefold()
    if not figure.claim.said_by:
        paper = known.publishers.get(figure.claim.document)
        back = not claim.claim.said_by and paper == known.publishers.get(claim.claim.document)
        return paper is not None and (back or paper.casefold() in said)
    return any(source.name.casefold() in said for source in figure.claim.said_by)
