"""One document through the steps: what it says, what that means, and what follows from it alone."""

import functools
from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from cenotaph import dates, link, places, reading, reconcile
from cenotaph.model import (
    Basis,
    Claim,
    Document,
    Finding,
    Gazetteer,
    Incident,
    Linking,
    Place,
    PlaceMention,
    Reading,
    ResolvedClaim,
    Ruleset,
    TimeMention,
    TotalCheck,
    When,
)
from cenotaph.pipeline.hidden import hidden_characters
from cenotaph.pipeline.interpreted import Interpreted
from cenotaph.pipeline.language import pack

COMPANY = 30
"""Mentions before and behind a name that may tell which place of that name is meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a reading depends on beside the document: the gazetteer, and where reports are from.

    `country` helps to choose among places of one name, where the document does not give its own.
    """

    gazetteer: Gazetteer
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """All that one document gives."""

    interpreted: Interpreted
    linking: Linking
    incidents: tuple[Incident, ...]
    checks: tuple[TotalCheck, ...]
    findings: tuple[Finding, ...]


def extract(document: Document, *, setting: Setting, ruleset: Ruleset) -> Extraction:
    """Return what one document says, means and adds up to, without looking at any other."""
    return conclude(document, interpret(document, setting=setting), ruleset=ruleset)


def conclude(document: Document, interpreted: Interpreted, *, ruleset: Ruleset) -> Extraction:
    """Return what follows from a document that was read, without looking at any other."""
    claims, said = interpreted.claims, interpreted.reading
    mains = () if said.main is None else (said.main,)
    linking = link.link(
        claims,
        stated=said.links,
        copies=(),
        published={document.id: interpreted.published},
        mains=mains,
    )
    incidents = reconcile.reconcile(claims, linking, ruleset=ruleset, mains=mains)
    checks = reconcile.checks(claims, linking)
    findings = reconcile.findings(
        claims,
        linking,
        incidents=incidents,
        checks=checks,
        published={document.id: interpreted.published},
    )
    return Extraction(
        interpreted=interpreted,
        linking=linking,
        incidents=incidents,
        checks=checks,
        findings=(*interpreted.findings, *findings),
    )


def interpret(document: Document, *, setting: Setting) -> Interpreted:
    """Read one document and resolve its places and periods; a coded row is read by its cells."""
    if document.coded is not None:
        from cenotaph.pipeline.coded import coded  # it needs `Setting`

        return coded(document, document.coded, setting=setting)
    lang = pack(document)
    if lang is None:
        unread = Finding(
            code="language-not-read",
            message="No language pack reads this text, so nothing was taken from it.",
            documents=(document.id,),
        )
        return Interpreted(
            reading=Reading(document=document.id),
            published=document.published,
            findings=(unread,),
        )
    times = dates.find(document.text, lang=lang)
    mentions = places.find(document.text, lang=lang, gazetteer=setting.gazetteer)
    own = dates.published(document.text, times, lang=lang)
    published = document.published or own
    said = reading.read(replace(document, published=published), times=times, places=mentions)
    place = resolver(mentions, setting=setting, country=document.country or setting.country)

    def when(mention: TimeMention | None, basis: Basis) -> When | None:
        if mention is None:
            return None
        country = document.country or setting.country
        return dates.resolve(
            mention, document.text, published=published, basis=basis, lang=lang, country=country
        )

    claims = tuple(resolved(claim, place=place, when=when) for claim in said.claims)
    contexts = tuple(
        (noted, place(noted.place) if noted.place else None, when(noted.time, Basis.STATED))
        for noted in said.contexts
    )
    return Interpreted(
        reading=said,
        claims=claims,
        contexts=contexts,
        published=published,
        lang=lang,
        findings=(*hidden_characters(document, said.claims), *_conflict(document, own)),
    )


def _conflict(document: Document, own: date | None) -> Iterator[Finding]:
    """Yield a finding where a report's date line gives another day than what came with it.

    A report is often put out the day after its date line; that is no conflict.
    """
    if own is None or document.published is None:
        return
    if not own <= document.published <= own + timedelta(days=1):
        yield Finding(
            code="published-differs",
            message=f"The report says {own} of itself, but {document.published} came with it; "
            "days are counted from the latter.",
            documents=(document.id,),
        )


def resolved(
    claim: Claim,
    *,
    place: Callable[[PlaceMention], Place],
    when: Callable[[TimeMention | None, Basis], When | None],
) -> ResolvedClaim:
    """Return a claim with its places and its period."""
    known = tuple(map(place, claim.places))
    one = known[0] if len(known) == 1 else places.smallest_area(known) if known else None
    period = when(claim.time, claim.time_basis)
    clock = when(claim.clock, claim.time_basis)
    if clock is not None and clock.time is not None:
        period = replace(period or When(quote=clock.quote), time=clock.time)
    origins = tuple(map(place, claim.origins))
    return ResolvedClaim(claim=claim, place=one, places=known, origins=origins, when=period)


def resolver(
    mentions: Sequence[PlaceMention], *, setting: Setting, country: str | None
) -> Callable[[PlaceMention], Place]:
    """Return the function that resolves a document's mentions, each once.

    Names that could mean several places are settled by what stands near: every mention is resolved
    alone first, and what came out for its neighbours is the company in which it is resolved again.
    """

    def alone(mention: PlaceMention, nearby: Sequence[Place]) -> Place:
        answer = places.resolve(
            mention, gazetteer=setting.gazetteer, country=country, admin1=None, nearby=nearby
        )
        return answer.place or Place(quote=mention.quote)

    ordered = sorted(set(mentions), key=lambda mention: mention.quote)
    starts = [mention.quote.start for mention in ordered]
    known: dict[tuple[Hashable, ...], Place] = {}

    def among(mention: PlaceMention, nearby: Sequence[Place]) -> Place:
        """Resolve a mention, or answer as for the same words in the same company."""
        key = (_words(mention), *((p.entry, p.precision, p.lat) for p in nearby))
        if key not in known:
            known[key] = alone(mention, nearby)
        return replace(known[key], quote=mention.quote)

    @functools.cache
    def first(n: int) -> Place:
        return among(ordered[n], ())

    def company(mention: PlaceMention) -> list[Place]:
        at = bisect_left(starts, mention.quote.start)
        around = map(first, range(max(0, at - COMPANY), min(len(ordered), at + COMPANY)))
        others = {
            place.entry: place
            for place in around
            if place.entry is not None and place.quote != mention.quote
        }
        return list(others.values())

    @functools.cache
    def settle(mention: PlaceMention) -> Place:
        return among(mention, company(mention))

    return settle


def _words(mention: PlaceMention) -> tuple[Hashable, ...]:
    """All of a mention that decides which place it means: everything but where it stands."""
    within = tuple(quote.text for quote in mention.within)
    return (
        mention.name.text, mention.kind, mention.near, mention.part, mention.demonym, within,
    )  # fmt: skip
