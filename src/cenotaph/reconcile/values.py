"""What one claim says under a ruleset."""

from dataclasses import dataclass

from cenotaph.bounds import stated
from cenotaph.model import Modality, ResolvedClaim, Ruleset


@dataclass(frozen=True, slots=True)
class Value:
    """What one claim says under a ruleset; `low` is None where it gives no bound below."""

    low: int | None
    best: int
    high: int


def value(claim: ResolvedClaim, ruleset: Ruleset) -> Value | None:
    """Return the bounds of a claim's count under a ruleset, None where it gives no number."""
    count = claim.claim.count
    if count.modality is Modality.NONE and ruleset.uncounted is not None:
        return Value(ruleset.uncounted, ruleset.uncounted, ruleset.uncounted)
    said = stated(count, ruleset)
    return None if said is None else Value(*said)
