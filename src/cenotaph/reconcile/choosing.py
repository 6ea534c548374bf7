"""Low, best and high, chosen among the voices of an event."""

from collections.abc import Sequence

from cenotaph.model import ClaimId, Figure, ResolvedClaim, Ruleset
from cenotaph.reconcile.sums import Sum
from cenotaph.voices import voice


def choose(
    sums: Sequence[Sum], echoes: Sequence[tuple[ResolvedClaim, ClaimId]], ruleset: Ruleset
) -> tuple[Figure, set[ClaimId]]:
    """Return the figure of an event by its voices' sums, and the claims that it rests on."""
    lows = [found.low for found in sums if found.low is not None]
    low = (min(lows) if ruleset.low == "smallest" else max(lows)) if lows else None
    highs = [found.high for found in sums]
    high = min(highs) if ruleset.high == "smallest" else max(highs)
    bests = sorted(found.best for found in sums)
    if ruleset.best == "smallest":
        best = low if low is not None else bests[0]
    elif ruleset.best == "largest":
        best = bests[-1]
    elif ruleset.best == "middle":
        best = bests[(len(bests) - 1) // 2]
    else:
        best = _most_given(sums, echoes)
    if low is not None:
        best = max(best, low)
    high = max(high, best)
    used = {claim for found in sums for claim in found.used}
    return Figure(low=low, best=best, high=high), used


def _most_given(sums: Sequence[Sum], echoes: Sequence[tuple[ResolvedClaim, ClaimId]]) -> int:
    """Return the figure that most originators give; ties to the later, then to the lower.

    Who states another's figure gives it, unless he has a sum of his own.
    """
    givers: dict[int, set[str]] = {}
    voices = {found.voice for found in sums}
    latest: dict[int, int] = {}
    for found in sums:
        named = givers.setdefault(found.best, set())
        named.add(found.voice)
        named.update(
            said
            for claim, to in echoes
            if to in found.used and claim.claim.said_by and (said := voice(claim)) not in voices
        )
        latest[found.best] = max(found.at, latest.get(found.best, -1))
    return max(givers, key=lambda best: (len(givers[best]), latest[best], -best))
