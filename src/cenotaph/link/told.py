"""What every look at the claims of one document needs: their order, numbers and sentences."""

from cenotaph.model import ClaimId, Count, Measure, ResolvedClaim, Scope

# Harm that makes an event; the displaced and the attacks themselves belong to one but make none.
HARM = frozenset(
    {
        Measure.KILLED,
        Measure.INJURED,
        Measure.KILLED_OR_INJURED,
        Measure.CASUALTIES,
        Measure.MISSING,
        Measure.DETAINED,
        Measure.ABDUCTED,
    }
)
SUMS = frozenset({Scope.SUBTOTAL, Scope.CUMULATIVE, Scope.STATE})
# A claim is held against so many of a group's first (and last) claims, so that no text takes long.
COMPARED = 24
# The rule of parts that stand after their sum.
LISTED = "listed-after-its-sum"


def order(claim: ResolvedClaim) -> tuple[int, int, str, int, ClaimId]:
    """Text order; claims of the same words by what they count."""
    stated = claim.claim
    counted = stated.counted
    return counted.start, counted.end, stated.measure.value, stated.nth, claim.id


def number(count: Count) -> int | None:
    """Return the one number by which two counts are held against each other."""
    return count.low if count.low is not None else count.high


def counts_harm(claim: ResolvedClaim) -> bool:
    """Tell whether a claim says how many were harmed."""
    return claim.claim.measure in HARM and number(claim.claim.count) is not None


def same_sentence(a: ResolvedClaim, b: ResolvedClaim) -> bool:
    """Tell whether the passages of two claims of one document overlap."""
    one, other = a.claim.quote, b.claim.quote
    return one.start < other.end and other.start < one.end
