"""What an identifier that was given once names now: none is ever used again for anything else.

An event is named by the claim that was said first of it, and a claim by its report and its words;
so an earlier name is found again by what it was made of, whatever was read or joined since. Nothing
has to be written down for it, and a record rebuilt from its reports and decisions leads on alike.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from cenotaph.model import ClaimId, DocumentId, Incident, IncidentId, ResolvedClaim, make_id
from cenotaph.pipeline.record import Derived
from cenotaph.review import Rejected


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """Where an earlier name leads: to the event or the claim that it names now.

    Without either it is withdrawn, with the claim that stood behind it set aside by a person. `by`
    is the claim that the name was made of, as it is known now. Where that was set aside and others
    of its event stand (`rejected` says why), the name leads to the event of the first of them;
    `others` are the events of the rest.
    """

    by: ResolvedClaim
    incident: Incident | None = None
    claim: ResolvedClaim | None = None
    rejected: Rejected | None = None
    others: tuple[IncidentId, ...] = ()


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
        names = (each.claim.id, *_beside_names(found, each.claim))
        if id_ in names[1:] or id_ in (make_id("inc", name) for name in names):
            return _left(found, each, incident_of)
    return None


def _left(found: Derived, gone: Rejected, incident_of: Mapping[ClaimId, Incident]) -> Lead:
    """Return where the name of an event leads of which the first claim was set aside."""
    rest = found.remains.get(gone.claim.id, ())
    events = list({e.id: e for claim in rest if (e := incident_of.get(claim))}.values())
    if events:
        others = tuple(each.id for each in events[1:])
        return Lead(by=gone.claim, incident=events[0], rejected=gone, others=others)
    claims = {each.id: each for each in found.claims}
    first = next((claims[each] for each in rest if each in claims), None)
    return Lead(by=gone.claim, claim=first, rejected=gone)


def _names(found: Derived) -> Iterator[tuple[ClaimId, ResolvedClaim]]:
    """Yield the claims by their names, and by those they have in reports of the same text.

    Of two reports of one text the earlier is the original: one that comes later and is older takes
    the other's place.
    """
    for claim in found.claims:
        yield claim.id, claim
        for name in _beside_names(found, claim):
            yield name, claim


def _beside_names(found: Derived, claim: ResolvedClaim) -> Iterator[ClaimId]:
    beside: dict[DocumentId, tuple[DocumentId, ...]] = found.copies
    for other in beside.get(claim.claim.document, ()):
        yield beside_name(claim, other)


def beside_name(claim: ResolvedClaim, other: DocumentId) -> ClaimId:
    """Return the name of a claim, were another report of the same text the original."""
    return replace(claim.claim, document=other, kept_id=None, part_of=None).id
