"""What does not add up, each with a stable code, its arithmetic and the words it rests on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from cenotaph.model import (
    Age,
    ClaimId,
    DocumentId,
    Finding,
    Incident,
    Link,
    Linking,
    LinkKind,
    Measure,
    Quote,
    ResolvedClaim,
    Scope,
    Status,
    TotalCheck,
)
from cenotaph.reconcile import broken
from cenotaph.reconcile.checks import place_words
from cenotaph.reconcile.contradictions import (
    Told,
    alone,
    apart,
    impossible,
    spoken_against,
    undecided,
)
from cenotaph.reconcile.unknown import unknown
from cenotaph.vocab import table
from cenotaph.voices import title

CODES = (
    "parts-do-not-sum",
    "part-exceeds-whole",
    "contents-exceed-sum",
    "children-exceed-total",
    "breakdown-exceeds-toll",
    "perpetrator-contradiction",
    "status-contradiction",
    "total-repeated-unchanged",
    "toll-falls",
    "sources-differ",
    "too-many-sums",
    "place-unknown",
    "date-unknown",
    "impossible-date",
    "place-contradiction",
    "date-contradiction",
    "one-source-figure",
    "may-be-one-event",
    "harm-denied",
    "figure-withdrawn",
)


def findings(
    claims: Sequence[ResolvedClaim],
    linking: Linking,
    *,
    incidents: Sequence[Incident] = (),
    checks: Sequence[TotalCheck] = (),
    published: Mapping[DocumentId, date | None] | None = None,
) -> tuple[Finding, ...]:
    """Return everything that a reader should know, in the order of code and claims; no order of
    arrival.

    `published` is the day of each document, None where unknown.
    """
    known = {claim.id: claim for claim in claims}
    found = [
        *_sums(checks, known),
        *_parts(known),
        *map(_told, broken.of_wholes(known)),
        *_wholes(linking.links, known),
        *_repeats(linking.links, known),
        *_falls(linking.links, known),
        *map(_told, spoken_against(linking.links, known)),
        *map(_told, undecided(linking.links, known)),
        *_events(incidents, known),
        *map(_told, impossible(claims, published or {})),
        *unknown(claims),
        *(
            Finding(
                code="too-many-sums",
                message=table("findings")["codes"]["too-many-sums"]["message"],
                documents=(document,),
            )
            for document in linking.crowded
        ),
    ]
    unique = {(each.code, each.claims, each.quotes): each for each in found}
    return tuple(sorted(unique.values(), key=lambda f: (f.code, f.documents, f.claims, f.message)))


def finding(code: str, about: Iterable[ResolvedClaim], **values: object) -> Finding:
    """Return a finding about some claims, its message filled with values."""
    template: str = table("findings")["codes"][code]["message"]
    told = list({claim.id: claim for claim in about}.values())
    documents: dict[DocumentId, None] = dict.fromkeys(claim.claim.document for claim in told)
    quotes: dict[tuple[DocumentId, Quote], None] = dict.fromkeys(
        (claim.claim.document, claim.claim.quote) for claim in told
    )
    return Finding(
        code=code,
        message=template.format(**values),
        claims=tuple(claim.id for claim in told),
        documents=tuple(documents),
        quotes=tuple(quotes),
    )


def _told(each: Told) -> Finding:
    code, about, values = each
    return finding(code, about, **values)


def _sums(
    checks: Sequence[TotalCheck], known: Mapping[ClaimId, ResolvedClaim]
) -> Iterator[Finding]:
    for check in checks:
        whole = known[check.claim]
        sums = [reading.sum for reading in check.readings]
        certain = check.readings[0]
        if not certain.parts or whole.claim.count.low in sums:
            continue
        parts = dict.fromkeys(part for reading in check.readings for part in reading.parts)
        before = ["", *(reading.assumes for reading in check.readings)]
        # Each reading assumes what the one before it does, and one thing more: only that is said.
        readings = "; ".join(
            f"{reading.sum} ({reading.assumes.removeprefix(said).lstrip('; ')}; "
            f"{whole.claim.count.low} - {reading.sum} = {reading.left})"
            for said, reading in zip(before, check.readings, strict=False)
        )
        yield finding(
            "parts-do-not-sum",
            [whole, *(known[part] for part in parts)],
            place=place_words(whole),
            stated=whole.claim.counted.text,
            readings=readings,
        )
        most = whole.claim.count.high
        if most is not None and certain.sum > most:
            yield finding(
                "part-exceeds-whole",
                [whole, *(known[part] for part in certain.parts)],
                part=certain.sum,
                whole=most,
                excess=certain.sum - most,
            )


def _parts(known: Mapping[ClaimId, ResolvedClaim]) -> Iterator[Finding]:
    """Breakdowns larger than what they break down."""
    for claim in known.values():
        whole = known.get(claim.claim.part_of) if claim.claim.part_of is not None else None
        if whole is None or whole.claim.measure is not claim.claim.measure:
            continue
        part, most = claim.claim.count.low, whole.claim.count.high or whole.claim.count.low
        if part is None or most is None or part <= most:
            continue
        child = claim.claim.group.age is Age.CHILD
        yield finding(
            "children-exceed-total" if child else "part-exceeds-whole",
            [whole, claim],
            part=part,
            whole=most,
            excess=part - most,
        )


def _wholes(links: Sequence[Link], known: Mapping[ClaimId, ResolvedClaim]) -> Iterator[Finding]:
    """A single figure that is larger than the sum it certainly lies in."""
    for link in links:
        if link.kind is not LinkKind.WITHIN or not {link.claim, link.to} <= known.keys():
            continue
        part, whole = known[link.claim], known[link.to]
        if part.claim.measure is not whole.claim.measure:
            continue
        least, most = part.claim.count.low, whole.claim.count.high or whole.claim.count.low
        if least is not None and most is not None and least > most:
            yield finding(
                "part-exceeds-whole", [whole, part], part=least, whole=most, excess=least - most
            )


def _blamed(claim: ResolvedClaim) -> frozenset[str]:
    return claim.claim.blamed


def _repeats(links: Sequence[Link], known: Mapping[ClaimId, ResolvedClaim]) -> Iterator[Finding]:
    words: dict[str, str] = table("findings")["statuses"]
    unchanged: dict[
        tuple[DocumentId, Quote, DocumentId], list[tuple[ResolvedClaim, ResolvedClaim]]
    ] = {}
    for link in links:
        if link.kind is not LinkKind.REPEATS or not {link.claim, link.to} <= known.keys():
            continue
        again, first = known[link.claim], known[link.to]
        if again.claim.document != first.claim.document:
            if _stands_unchanged(again, first):
                unchanged.setdefault(
                    (first.claim.document, first.claim.quote, again.claim.document), []
                ).append((first, again))
            continue
        yield from map(_told, apart(first, again))
        one, other = _blamed(first), _blamed(again)
        if one and other and not one & other:
            yield finding(
                "perpetrator-contradiction",
                [first, again],
                figure=first.claim.counted.text,
                one=", ".join(sorted(one)),
                other=", ".join(sorted(other)),
            )
        statuses = first.claim.group.status, again.claim.group.status
        if statuses[0] is not statuses[1] and not {Status.UNKNOWN} >= set(statuses):
            yield finding(
                "status-contradiction",
                [first, again],
                figure=first.claim.counted.text,
                one=words[statuses[0].value],
                other=words[statuses[1].value],
            )
    for pairs in unchanged.values():
        pairs.sort(key=lambda pair: (pair[0].claim.counted.start, pair[0].id))
        first, again = pairs[0]
        assert first.when is not None and again.when is not None
        yield finding(
            "total-repeated-unchanged",
            [claim for pair in pairs for claim in pair],
            figure=first.claim.counted.text,
            start=first.when.start,
            first=first.when.end,
            again=again.when.end,
        )


def _stands_unchanged(again: ResolvedClaim, first: ResolvedClaim) -> bool:
    """Tell whether a later document states a sum since a start again, with a later end."""
    if first.claim.scope is not Scope.CUMULATIVE or first.claim.part_of is not None:
        return False
    one, other = first.when, again.when
    if one is None or other is None or one.end is None or other.end is None:
        return False
    return other.end > one.end


def _falls(links: Sequence[Link], known: Mapping[ClaimId, ResolvedClaim]) -> Iterator[Finding]:
    for link in links:
        if link.kind is not LinkKind.UPDATES or not {link.claim, link.to} <= known.keys():
            continue
        later, earlier = known[link.claim], known[link.to]
        new, old = later.claim.count, earlier.claim.count
        most = new.high if new.high is not None else new.low
        if most is not None and old.low is not None and most < old.low:
            yield finding(
                "toll-falls",
                [earlier, later],
                earlier=old.low,
                later=most,
                by=old.low - most,
            )


def _events(
    incidents: Sequence[Incident], known: Mapping[ClaimId, ResolvedClaim]
) -> Iterator[Finding]:
    """Sources that blame different parties for one event, or give different figures for it."""
    for incident in incidents:
        yield from map(_told, _contested(incident, known))
        members = [known[claim] for claim in incident.claims]
        yield from map(_told, _apart_across(members))
        yield from map(_told, alone(incident, members))
        yield from map(_told, broken.of_events(incident, known))
        yield from _differing(incident, members, known)


def _differing(
    incident: Incident, members: Sequence[ResolvedClaim], known: Mapping[ClaimId, ResolvedClaim]
) -> Iterator[Finding]:
    """Yield where reports differ on the killed of one event, of everyone and then of each group.

    Of a group nothing is said that was said of everyone already, by the same counts.
    """
    people: Mapping[str, str] = table("totals")["people"]
    met: set[frozenset[ClaimId]] = set()
    for killed in sorted(incident.estimates, key=lambda each: each.group is not None):
        figure, told = killed.figure, [known[claim] for claim in killed.used]
        if killed.measure is not Measure.KILLED or frozenset(killed.used) in met:
            continue
        if figure.low is None or figure.high is None:
            continue
        # "No more than five" states no least, and still says otherwise than "fifteen".
        counts = [claim.claim.count for claim in told]
        mosts = [each.high for each in counts if each.low is None and each.high is not None]
        low = min((figure.low, *mosts))
        if low >= figure.high:
            continue
        if len({claim.claim.document for claim in told}) < 2 or _by_attackers_alone(told, members):
            continue
        met.add(frozenset(killed.used))
        yield finding(
            "sources-differ",
            told,
            low=low,
            high=figure.high,
            whom=f"{people[killed.group]} " if killed.group is not None else "",
            figures=_by_source(told, known),
        )


def _by_source(told: Sequence[ResolvedClaim], known: Mapping[ClaimId, ResolvedClaim]) -> str:
    """Return the words of counts with who gives them, those of one source together; who gives a
    count gives its breakdown."""
    words: Mapping[str, str] = table("findings")["by_source"]
    given: dict[str, list[str]] = {}
    for claim in told:
        whole = claim.claim.part_of
        giver = claim if claim.claim.said_by or whole is None else known.get(whole, claim)
        given.setdefault(title(giver), []).append(claim.claim.counted.text)
    return words["joined"].join(
        words["source"].format(figures=words["and"].join(figures), source=source)
        for source, figures in given.items()
    )


def _by_attackers_alone(told: Sequence[ResolvedClaim], members: Sequence[ResolvedClaim]) -> bool:
    """ "Eleven, including the attacker" and ten: the same dead, with whoever killed them or not."""
    own = {
        claim.id: sum(
            part.claim.count.low or 0
            for part in members
            if part.claim.part_of == claim.id
            and part.claim.group.attacker
            and part.claim.measure is claim.claim.measure
        )
        for claim in told
    }
    exact = all(c.claim.count.low == c.claim.count.high is not None for c in told)
    return exact and any(own.values()) and len({_low(c) - own[c.id] for c in told}) == 1


def _low(claim: ResolvedClaim) -> int:
    return claim.claim.count.low or 0


def _contested(incident: Incident, known: Mapping[ClaimId, ResolvedClaim]) -> Iterator[Told]:
    """Yield, for every party that none but another report blames, who is blamed first and it."""
    blamed = [known[claim] for claim in incident.claims if known[claim].claim.blamed]
    met: set[frozenset[str]] = set()
    for other in blamed[1:]:
        one, parties = blamed[0], _blamed(other)
        # The first word of a sentence has a capital: "Government shells" are the government's.
        same = {name.casefold() for name in _blamed(one)} & {name.casefold() for name in parties}
        if one.claim.document == other.claim.document or same or parties in met:
            continue
        met.add(parties)
        values: dict[str, object] = {
            "figure": one.claim.counted.text,
            "one": ", ".join(sorted(_blamed(one))),
            "other": ", ".join(sorted(parties)),
        }
        yield "perpetrator-contradiction", [one, other], values


def _apart_across(members: Sequence[ResolvedClaim]) -> Iterator[Told]:
    """Yield the first contradiction of each kind between what two reports say of one event."""
    met: set[str] = set()
    for other in members[1:]:
        if other.claim.document == members[0].claim.document:
            continue
        for each in apart(members[0], other):
            if each[0] not in met:
                met.add(each[0])
                yield each
