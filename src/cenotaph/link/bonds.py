"""What people decided of pairs of claims: one event, or two. Decisions bind where rules only
weigh."""

from collections.abc import Sequence

from cenotaph.link.tales import Tale
from cenotaph.model import ClaimId, ResolvedClaim

Bonds = Sequence[tuple[ClaimId, ClaimId]]


def parted(told: Sequence[Tale], different: Bonds) -> list[Tale]:
    """Return the tales, those in two that tell of claims which are said to be of different events.

    Of such a pair, that of the larger identifier leaves, with the counts that are parts of it; the
    rest stays.
    """
    found = list(told)
    for one, other in sorted(tuple(sorted(pair)) for pair in different):
        for n, tale in enumerate(found):
            members = {claim.id for claim in tale.claims}
            if one in members and other in members and one != other:
                left, right = _split(tale, one, other)
                found[n : n + 1] = [left, right]
                break
    return found


def _split(tale: Tale, one: ClaimId, other: ClaimId) -> tuple[Tale, Tale]:
    known = {claim.id: claim for claim in tale.claims}

    def whole(claim: ResolvedClaim) -> ClaimId:
        seen = {claim.id}
        while claim.claim.part_of in known and claim.claim.part_of not in seen:
            seen.add(claim.claim.part_of)
            claim = known[claim.claim.part_of]
        return claim.id

    goes = [c for c in tale.claims if c.id == other or (c.id != one and whole(c) == other)]
    moved = {claim.id for claim in goes}
    return Tale([c for c in tale.claims if c.id not in moved]), Tale(goes)


def indices(bonds: Bonds, owner: dict[ClaimId, int]) -> list[tuple[int, int]]:
    """Return pairs of claims as pairs of the tales that they belong to; others are left out."""
    found = {
        (min(owner[one], owner[other]), max(owner[one], owner[other]))
        for one, other in bonds
        if one in owner and other in owner and owner[one] != owner[other]
    }
    return sorted(found)
