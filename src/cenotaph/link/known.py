"""What documents say now: their claims, the links inside each, and what people decided of them."""

from collections.abc import Mapping
from datetime import date

from cenotaph.link.across import Profile
from cenotaph.link.decided import Decided
from cenotaph.link.inside import Inside
from cenotaph.link.told import order
from cenotaph.model import ClaimId, DocumentId, Link, LinkKind, ResolvedClaim


class Known:
    """Documents by themselves, as of the last change; every step of linking looks here."""

    def __init__(self) -> None:
        self.inside: dict[DocumentId, Inside] = {}
        self.copied_by: dict[DocumentId, set[DocumentId]] = {}
        self.published: dict[DocumentId, date | None] = {}
        self.words: dict[DocumentId, Mapping[str, float]] = {}
        self.claims: dict[ClaimId, ResolvedClaim] = {}
        self.own: dict[ClaimId, list[Link]] = {}
        self.further: set[ClaimId] = set()
        self.on_top: set[ClaimId] = set()
        self.repeated: set[ClaimId] = set()
        self.held: set[ClaimId] = set()
        self.decided = Decided()

    def forget(self, document: DocumentId) -> Inside:
        """Drop a document and return what followed from it."""
        old = self.inside.pop(document)
        self.published.pop(document, None)
        self.words.pop(document, None)
        for copy in old.said.copies:
            self.copied_by.get(copy.original, set()).discard(document)
        for claim in old.claims:
            self.claims.pop(claim.id, None)
            self.own.pop(claim.id, None)
        ids = {claim.id for claim in old.claims}
        self.further -= old.further
        self.on_top -= old.on_top
        self.repeated -= ids
        self.held -= ids
        return old

    def remember(self, new: Inside) -> None:
        """Take in what follows from a document whose day and words are there already."""
        document = new.said.document
        self.inside[document] = new
        for copy in new.said.copies:
            self.copied_by.setdefault(copy.original, set()).add(document)
        for link in new.links:
            self.own.setdefault(link.claim, []).append(link)
            if link.kind is LinkKind.REPEATS:
                self.repeated.add(link.claim)
            elif link.kind is LinkKind.WITHIN:
                self.held.add(link.claim)
        self.claims.update((claim.id, claim) for claim in new.claims)
        self.further |= new.further
        self.on_top |= new.on_top

    def precedence(self, id_: ClaimId) -> tuple[date, DocumentId, object]:
        """Return that by which claims stand in the order in which they were said."""
        claim = self.claims[id_]
        document = claim.claim.document
        return self.published.get(document) or date.max, document, order(claim)

    def said_of(self, claim: ClaimId) -> list[Link]:
        """Return the links that people made from a claim to claims that are there."""
        return [link for link in self.decided.links.get(claim, ()) if link.to in self.claims]

    def gone(self, claim: ClaimId) -> bool:
        """Tell whether a claim repeats another, by its own document or by decision."""
        return claim in self.repeated or any(
            link.kind is LinkKind.REPEATS for link in self.said_of(claim)
        )

    def lies_within(self, claim: ClaimId) -> bool:
        """Tell whether a claim lies in another, by its own document or by decision."""
        return claim in self.held or any(
            link.kind is LinkKind.WITHIN for link in self.said_of(claim)
        )

    def decided_apart(self, one: Profile, other: Profile) -> bool:
        """Tell whether people said that two tales are of different events."""
        apart = self.decided.apart
        if not apart:
            return False
        claims = {claim.id for claim in other.tale.claims}
        return any(claims & apart.get(claim.id, {}).keys() for claim in one.tale.claims)
