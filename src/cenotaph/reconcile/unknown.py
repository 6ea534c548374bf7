"""Places and days that stand in the words and could not be resolved: what a person could supply."""

from collections.abc import Iterator, Sequence
from shlex import quote

from cenotaph.model import Basis, DocumentId, Finding, Place, Precision, Quote, ResolvedClaim, When
from cenotaph.vocab import table


def unknown(claims: Sequence[ResolvedClaim]) -> Iterator[Finding]:
    """Yield a finding for each name of a place, and each words of time, that stay unknown.

    One a document and words, with all the claims that wait for it.
    """
    waiting: dict[tuple[str, DocumentId, str], list[tuple[ResolvedClaim, Quote, str]]] = {}
    for claim in claims:
        for place in (claim.place, *claim.places, *claim.origins):
            if place is not None and place.quote is not None and _no_place(place):
                key = "place-unknown", claim.claim.document, place.quote.text
                waiting.setdefault(key, []).append((claim, place.quote, ""))
        when = claim.when
        if when is not None and when.quote is not None and _no_day(when):
            key = "date-unknown", claim.claim.document, when.quote.text
            waiting.setdefault(key, []).append((claim, when.quote, "; ".join(when.reasons)))
    for (code, document, words), found in waiting.items():
        ids = tuple(sorted({claim.id for claim, _, _ in found}))
        name = " ".join(words.split())
        yield Finding(
            code=code,
            message=table("findings")["codes"][code]["message"].format(
                words=name, name=quote(name), claim=ids[0], why=found[0][2] or "not understood"
            ),
            claims=ids,
            documents=(document,),
            quotes=tuple((document, q) for q in dict.fromkeys(q for _, q, _ in found)),
        )


def _no_place(place: Place) -> bool:
    """Tell whether a name was resolved to nothing at all."""
    return place.precision is Precision.UNKNOWN and place.entry is None and place.lat is None


def _no_day(when: When) -> bool:
    """Tell whether words of time gave no day; a time of day alone promises none."""
    if when.basis is Basis.DECIDED or when.start is not None or when.end is not None:
        return False
    return when.time is None
