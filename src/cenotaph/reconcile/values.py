"""What one claim says under a ruleset."""

from dataclasses import dataclass

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
    low, high = count.low, count.high
    if count.modality is Modality.NONE and ruleset.uncounted is not None:
        low = high = ruleset.uncounted
    if count.vague:
        if ruleset.vague == "set_aside":
            return None
        for word, least, most in ruleset.vague_bounds:
            if low == word and high is None:
                low, high = least, most
    best = low if low is not None else high
    if best is None:
        return None
    return Value(low, best, high if high is not None else best)
