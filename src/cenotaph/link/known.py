"""What documents say now: their claims, the links inside each, and what people decided of them."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, MutableMapping
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from cenotaph.link.decided import Decided
from cenotaph.link.inside import Inside
from cenotaph.link.profiles import Key, Profile, keys
from cenotaph.link.told import order
from cenotaph.link.wholes import Crowd
from cenotaph.model import ClaimId, DocumentId, Link, LinkKind, ResolvedClaim
from cenotaph.shelves import Shelves

Value = TypeVar("Value")


class Facts:
    """What follows from one document, laid out to be looked up, each when it is first asked for."""

    def __init__(self, inside: Inside) -> None:
        self.inside = inside

    @cached_property
    def claims(self) -> Mapping[ClaimId, ResolvedClaim]:
        """Its claims as they are linked."""
        return {claim.id: claim for claim in self.inside.claims}

    @cached_property
    def said(self) -> Mapping[ClaimId, ResolvedClaim]:
        """Its claims as they were said."""
        return {claim.id: claim for claim in self.inside.said.claims}

    @cached_property
    def own(self) -> Mapping[ClaimId, list[Link]]:
        """The links between its claims, by those at which they start."""
        found: dict[ClaimId, list[Link]] = {}
        for link in self.inside.links:
            found.setdefault(link.claim, []).append(link)
        return found

    @cached_property
    def repeated(self) -> frozenset[ClaimId]:
        """The claims that repeat another of it."""
        return frozenset(x.claim for x in self.inside.links if x.kind is LinkKind.REPEATS)

    @cached_property
    def held(self) -> frozenset[ClaimId]:
        """The claims that lie within another of it."""
        return frozenset(x.claim for x in self.inside.links if x.kind is LinkKind.WITHIN)

    @cached_property
    def profiles(self) -> Mapping[ClaimId, Profile]:
        """Its tales by their first claims."""
        return {each.first: each for each in self.inside.profiles}

    @cached_property
    def tale_of(self) -> Mapping[ClaimId, ClaimId]:
        """The tale of each claim, by its first."""
        return {c.id: each.first for each in self.inside.profiles for c in each.tale.claims}

    @cached_property
    def keys(self) -> Mapping[ClaimId, tuple[Key, ...]]:
        """By what each tale is found."""
        words = self.inside.said.words or {}
        return {
            each.first: tuple(dict.fromkeys(keys(each, words))) for each in self.inside.profiles
        }


class Known:
    """Documents by themselves, as of the last change; every step of linking looks here."""

    def __init__(self, shelves: Shelves) -> None:
        self._facts: MutableMapping[DocumentId, Facts] = shelves(
            "inside", Inside, made=Facts, kept=_inside
        )
        self._document: MutableMapping[ClaimId, DocumentId] = shelves("document", DocumentId)
        self.copied_by: MutableMapping[DocumentId, set[DocumentId]] = shelves(
            "copied_by", set[DocumentId]
        )
        self.decided = Decided()
        # Claims of the documents that a change brings, before these are worked out.
        self._coming: Mapping[ClaimId, ResolvedClaim] = {}
        # Views: by document, and by claim.
        self.inside = _ByDocument(self._facts, _inside)
        self.published = _ByDocument(self._facts, _published)
        self.publishers = _ByDocument(self._facts, _publisher)
        self.words = _ByDocument(self._facts, _words)
        self.claims = _ByClaim(self.of, self._document, lambda f: f.claims)
        self.said = _ByClaim(self.of, self._document, lambda f: f.said)
        self.profiles = _ByClaim(self.of, self._document, lambda f: f.profiles)
        self.tale_of = _ByClaim(self.of, self._document, lambda f: f.tale_of)
        self.keys = _ByClaim(self.of, self._document, lambda f: f.keys)
        self.further = _Marked(self.of, lambda f: f.inside.further)

    def of(self, claim: ClaimId) -> Facts | None:
        """Return what follows from the document that says a claim, None where none does."""
        document = self._document.get(claim)
        return None if document is None else self._facts.get(document)

    def ids(self) -> Iterator[ClaimId]:
        """Yield the identifiers of all claims."""
        return iter(self._document)

    def crowd(self, document: DocumentId) -> Crowd | None:
        """Return the crowd of figures that a document is, where it is one."""
        found = self._facts.get(document)
        return None if found is None else found.inside.crowd

    def own(self, claim: ClaimId) -> Collection[Link]:
        """Return the links from a claim that its document gives."""
        found = self.of(claim)
        return () if found is None else found.own.get(claim, ())

    def left_out(self, claim: ClaimId) -> list[ResolvedClaim]:
        """Return the claims on top of which its document says that a claim comes, over any number
        of steps."""
        found: dict[ClaimId, None] = {}
        stack = [claim]
        while stack:
            for link in self.own(stack.pop()):
                if link.kind is LinkKind.ADDITIONAL_TO and link.to not in found:
                    found[link.to] = None
                    stack.append(link.to)
        return [self.claims[each] for each in found if each in self.claims]

    def expect(self, claims: Iterable[ResolvedClaim]) -> None:
        """Say which claims a change brings: what is decided of a claim towards another holds once
        both are there, in whatever order."""
        self._coming = {claim.id: claim for claim in claims}

    def forget(self, document: DocumentId) -> Facts:
        """Drop a document and return what followed from it."""
        old = self._facts.pop(document)
        for copy in old.inside.said.copies:
            self.copied_by.get(copy.original, set()).discard(document)
        for claim in old.claims:
            self._document.pop(claim, None)
        return old

    def remember(self, new: Inside) -> Facts:
        """Take in what follows from a document."""
        document = new.said.document
        made = self._facts[document] = Facts(new)
        for copy in new.said.copies:
            self.copied_by.setdefault(copy.original, set()).add(document)
        for claim in made.claims:
            self._document[claim] = document
        return made

    def precedence(self, id_: ClaimId) -> tuple[date, DocumentId, object]:
        """Return that by which claims stand in the order in which they were said."""
        claim = self.claims[id_]
        document = claim.claim.document
        return self.published.get(document) or date.max, document, order(claim)

    def said_of(self, claim: ClaimId) -> list[Link]:
        """Return the links that people made from a claim to claims that are there."""
        links = self.decided.links.get(claim, ())
        return [link for link in links if link.to in self._coming or link.to in self.claims]

    def gone(self, claim: ClaimId) -> bool:
        """Tell whether a claim repeats another, by its own document or by decision."""
        found = self.of(claim)
        return (found is not None and claim in found.repeated) or self.copied(claim)

    def copied(self, claim: ClaimId) -> bool:
        """Tell whether people said that a claim only copies another one that is there."""
        return any(link.kind is LinkKind.REPEATS for link in self.said_of(claim))

    def lies_within(self, claim: ClaimId) -> bool:
        """Tell whether a claim lies in another, by its own document or by decision."""
        found = self.of(claim)
        return (found is not None and claim in found.held) or any(
            link.kind is LinkKind.WITHIN for link in self.said_of(claim)
        )

    def decided_apart(self, one: Profile, other: Profile) -> bool:
        """Tell whether people said that two tales are of different events."""
        apart = self.decided.apart
        if not apart:
            return False
        claims = {claim.id for claim in other.tale.claims}
        return any(claims & apart.get(claim.id, {}).keys() for claim in one.tale.claims)


def _inside(known: Facts) -> Inside:
    return known.inside


def _published(known: Facts) -> date | None:
    return known.inside.said.published


def _publisher(known: Facts) -> str | None:
    return known.inside.said.publisher


def _words(known: Facts) -> Mapping[str, float]:
    return known.inside.said.words or {}


class _ByDocument(Mapping[DocumentId, Value]):
    """One thing of each document."""

    def __init__(self, of: Mapping[DocumentId, Facts], look: Callable[[Facts], Value]) -> None:
        self._of, self._look = of, look

    def __getitem__(self, document: DocumentId) -> Value:
        return self._look(self._of[document])

    def get(self, document: DocumentId, default: Any = None) -> Any:
        found = self._of.get(document)
        return default if found is None else self._look(found)

    def __contains__(self, document: object) -> bool:
        return document in self._of

    def __iter__(self) -> Iterator[DocumentId]:
        return iter(self._of)

    def __len__(self) -> int:
        return len(self._of)


class _ByClaim(Mapping[ClaimId, Value]):
    """One thing of claims, found with the document that says each."""

    def __init__(
        self,
        of: Callable[[ClaimId], Facts | None],
        documents: Mapping[ClaimId, DocumentId],
        look: Callable[[Facts], Mapping[ClaimId, Value]],
    ) -> None:
        self._of, self._documents, self._look = of, documents, look

    def __getitem__(self, claim: ClaimId) -> Value:
        found = self._of(claim)
        if found is None:
            raise KeyError(claim)
        return self._look(found)[claim]

    def get(self, claim: ClaimId, default: Any = None) -> Any:
        found = self._of(claim)
        return default if found is None else self._look(found).get(claim, default)

    def __contains__(self, claim: object) -> bool:
        return self.get(claim) is not None  # type: ignore[arg-type]

    def __iter__(self) -> Iterator[ClaimId]:
        return (claim for claim in self._documents if claim in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _Marked(Collection[ClaimId]):
    """Claims that their document marks."""

    def __init__(
        self,
        of: Callable[[ClaimId], Facts | None],
        look: Callable[[Facts], frozenset[ClaimId]],
    ) -> None:
        self._of, self._look = of, look

    def __contains__(self, claim: object) -> bool:
        found = self._of(claim)  # type: ignore[arg-type]
        return found is not None and claim in self._look(found)

    def __iter__(self) -> Iterator[ClaimId]:
        raise TypeError("claims are only asked for one by one here")

    def __len__(self) -> int:
        raise TypeError("claims are only asked for one by one here")
