"""What an identifier that was given once names now: none is ever used again for anything else.

An event is named by the claim that was said first of it, and a claim by its report and its words;
so an earlier name is found again by what it was made of, whatever was read or joined since. Nothing
has to be written down for it, and a record rebuilt from its reports and decisions leads on alike.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from cenotaph.model import ClaimId, DocumentId, Incident, ResolvedClaim, make_id
from cenotaph.pipeline.record import Derived
from cenotaph.review import Rejected


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """Where an earlier name leads: to the event or the claim that it names now.

    Without either it is withdrawn, with the claim that stood behind it set aside by a person. `by`
    is the claim that the name was made of, as it is known now.
    """

    by: ResolvedClaim
    incident: Incident | None = None
    claim: ResolvedClaim | None = None
    rejected: Rejected | None = None


def lead(found: Derived, id_: str) -> Lead | None:
    """Return where a name leads that nothing in a record goes by now, None if nothing ever did.

    A report that was replaced by a corrected text takes the names of its claims with it; those that
    cannot be carried to the new text lead nowhere.
    """
    incident_of = {claim: each for each in found.incidents for claim in each.claims}
    for name, claim in _names(found):
        if name == id_:
            return Lead(by=claim, claim=claim)
        if make_id("inc", name) == id_:
            event = incident_of.get(claim.id)
            if event is not None:
                return Lead(by=claim, incident=event)
            return Lead(by=claim, claim=claim)
    for each in found.reviewed.rejected:
        if make_id("inc", each.claim.id) == id_:
            return Lead(by=each.claim, rejected=each)
    return None


def _names(found: Derived) -> Iterator[tuple[ClaimId, ResolvedClaim]]:
    """Yield the claims by their names, and by those they have in reports of the same text.

    Of two reports of one text the earlier is the original: one that comes later and is older takes
    the other's place.
    """
    beside: dict[DocumentId, tuple[DocumentId, ...]] = found.copies
    for claim in found.claims:
        yield claim.id, claim
        for other in beside.get(claim.claim.document, ()):
            yield beside_name(claim, other), claim


def beside_name(claim: ResolvedClaim, other: DocumentId) -> ClaimId:
    """Return the name of a claim, were another report of the same text the original."""
    return replace(claim.claim, document=other, kept_id=None, part_of=None).id
