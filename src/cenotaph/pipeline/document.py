"""One document read: what it says, and which places and days that means."""

import functools
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from cenotaph import dates, places, reading, vocab
from cenotaph.model import (
    Basis,
    Claim,
    Document,
    DocumentId,
    Finding,
    Granularity,
    Place,
    PlaceMention,
    Reading,
    ResolvedClaim,
    Scope,
    TimeKind,
    TimeMention,
    When,
)
from cenotaph.pipeline.coded import coded
from cenotaph.pipeline.hidden import hidden_characters
from cenotaph.pipeline.interpreted import Interpreted
from cenotaph.pipeline.language import pack
from cenotaph.pipeline.setting import Setting
from cenotaph.pipeline.settled import among, settled
from cenotaph.spelling import similarity

COMPANY = 30
"""Mentions before and behind a name that may tell which place of that name is meant."""


def prepare() -> None:
    """Load what the first text would wait for: what compares names, and every language's words and
    grammar."""
    similarity("", "")
    for lang in vocab.LANGUAGES:
        dates.find("", lang=lang)
        reading.read(Document(id=DocumentId(""), text="", lang=lang), times=(), places=())


def interpret(document: Document, *, setting: Setting, before: bytes | None = None) -> Interpreted:
    """Read one document and resolve its places and periods; a coded row is read by its cells.

    `before` is an earlier reading whose places are to stay what they were.
    """
    kept = settled(before) if before is not None else {}
    if document.coded is not None:
        return coded(document, document.coded, setting=setting, kept=kept)
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
    mentions = among(mentions, kept, document.text)
    own = dates.published(document.text, times, lang=lang, came=document.published)
    published = _day_of_writing(document, own)
    fresh = resolver(mentions, setting=setting, country=document.country or setting.country)

    def place(mention: PlaceMention) -> Place:
        held = kept.get((mention.quote.start, mention.quote.end)) if kept else None
        return fresh(mention) if held is None else held[1]

    country = document.country or setting.country

    def fallen(mention: TimeMention, basis: Basis = Basis.STATED) -> When:
        return dates.resolve(
            mention, document.text, published=published, basis=basis, lang=lang, country=country
        )

    falls = functools.cache(fallen)

    def when(mention: TimeMention | None, basis: Basis) -> When | None:
        return None if mention is None else falls(mention, basis)

    dated = replace(document, published=published)
    said = reading.read(dated, times=times, places=mentions, lies=place, falls=falls)
    claims = tuple(resolved(claim, place=place, when=when) for claim in said.claims)
    claims = tuple(not_to_come(claim, published) for claim in claims)
    claims = narrowed(claims, said, when)
    hours = any(not _dated(claim) and (said.hours or claim.claim.clock) for claim in claims)
    if published is not None and hours and not names_a_day(times, published, when):
        claims = tuple(of_the_day(claim, said, published, when) for claim in claims)
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


def _day_of_writing(document: Document, own: date | None) -> date | None:
    """Return the day from which a report counts its "Sunday" and "last week".

    It is the day that came with the report, unless its own date line contradicts it: an author's
    words count from the day on which they were written, whenever a page was put up or fetched.
    What a person says of the report holds against both.
    """
    return own if _contradicted(document, own) else document.published or own


def _contradicted(document: Document, own: date | None) -> bool:
    """Tell whether the date line gives another day than what came with the report.

    A report is often put out the day after its date line; that is no conflict.
    """
    if own is None or document.published is None or document.day_settled:
        return False
    return not own <= document.published <= own + timedelta(days=1)


def _conflict(document: Document, own: date | None) -> Iterator[Finding]:
    """Yield a finding where a report's date line contradicts the day that came with it."""
    if _contradicted(document, own):
        yield Finding(
            code="published-differs",
            message=f"The report says {own} of itself, but {document.published} came with it; "
            "its days are counted from the former.",
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


# Who dies of wounds dies within so many days of the event, as far as one report tells of both.
_WOUNDED_DAYS = 60


def narrowed(
    claims: Sequence[ResolvedClaim],
    said: Reading,
    when: Callable[[TimeMention | None, Basis], When | None],
) -> tuple[ResolvedClaim, ...]:
    """Return the claims, those of the main event with the day that the text tells elsewhere.

    "Two were killed last week … the shooting was on Tuesday": a period that the main claim has, and
    all that share it, is narrowed to the surest such day. "Died on Sunday … shot on Friday": the
    claim keeps the day of the death and gets that of the event beside it. A day that counts other
    people of the same kind is another event's.
    """
    main = next((claim for claim in claims if claim.id == said.main), None)
    if main is None:
        return tuple(claims)
    measure, low = main.claim.measure, main.claim.count.low
    claims = _shared(claims, main)
    of_main = (
        claim.when
        for claim in (main, *claims)
        if (claim.claim.measure, claim.claim.count.low) == (measure, low)
    )
    period = next((when for when in of_main if when is not None and when.start is not None), None)
    late = {mention.quote for mention in said.deaths}
    died = period is not None and period.quote in late
    if period is None or not (died or _is_period(period)):
        return tuple(claims)
    counts = {
        claim.when.quote: claim.claim.count.low
        for claim in claims
        if claim.when is not None and claim.claim.measure is measure
    }
    for mention in said.days if died else (*said.days, *said.deaths):
        day = when(mention, Basis.CARRIED)
        if day is None or day.start is None or day.start != day.end:
            continue
        if counts.get(day.quote, low) != low or not _fits(day.start, period, died=died):
            continue
        words = period.quote.text if period.quote else ""
        reason = f"the day of the event before {words!r}" if died else f"told within {words!r}"
        day = replace(day, reasons=(*day.reasons, reason))
        return tuple(_with_day(claim, period, day, died=died) for claim in claims)
    return tuple(claims)


def _shared(claims: Sequence[ResolvedClaim], main: ResolvedClaim) -> Sequence[ResolvedClaim]:
    """Return the claims, a main figure without a day with that of a place where it stands again.

    Only a figure of several people is known again.
    """
    measure, low = main.claim.measure, main.claim.count.low
    if low is None or low < 2 or _dated(main):
        return claims

    def same(claim: ResolvedClaim) -> bool:
        told = claim.claim
        return (told.measure, told.count.low) == (measure, low) and not told.history

    days = (claim.when for claim in claims if same(claim) and _dated(claim))
    day = next((when for when in days if when is not None and when.basis is Basis.STATED), None)
    if day is None:
        return claims
    day = replace(day, basis=Basis.CARRIED, reasons=(*day.reasons, "the same figure has it below"))
    return [
        replace(claim, when=day) if same(claim) and not _dated(claim) else claim for claim in claims
    ]


def _dated(claim: ResolvedClaim) -> bool:
    return claim.when is not None and claim.when.start is not None


def _fits(day: date, period: When, *, died: bool) -> bool:
    if period.start is None or period.end is None:
        return False
    if died:
        return period.start - timedelta(days=_WOUNDED_DAYS) <= day < period.start
    # Where weeks begin on Sunday, "last week" holds the day before our Monday.
    slack = timedelta(days=period.precision is Granularity.WEEK)
    return period.start - slack <= day <= period.end


def _with_day(claim: ResolvedClaim, period: When, day: When, *, died: bool) -> ResolvedClaim:
    """Return a claim of a period with the day told within it, or before a death."""
    when = claim.when
    if when is None or (when.start, when.end) != (period.start, period.end):
        return claim
    if died:
        return replace(claim, event=day)
    return replace(claim, when=replace(day, time=when.time or day.time))


def _is_period(when: When) -> bool:
    """Tell whether both ends are known, differ and are the words' own."""
    known = when.start is not None and when.end is not None
    return known and when.start != when.end and when.basis in (Basis.STATED, Basis.CARRIED)


def not_to_come(claim: ResolvedClaim, published: date | None) -> ResolvedClaim:
    """Return a claim without a day carried to it that lies after publication.

    What was done cannot be dated from what another sentence says is to come.
    """
    when = claim.when
    if published is None or when is None or when.start is None or when.basis is not Basis.CARRIED:
        return claim
    return replace(claim, when=None) if when.start > published else claim


def names_a_day(
    times: Sequence[TimeMention],
    published: date,
    when: Callable[[TimeMention | None, Basis], When | None],
) -> bool:
    """Tell whether a text names any day or stretch of time beside the day of its publication."""
    for mention in times:
        if mention.kind is TimeKind.CLOCK or mention.dateline:
            continue
        day = when(mention, Basis.STATED)
        if day is None or (day.start, day.end) != (published, published):
            return True
    return False


def of_the_day(
    claim: ResolvedClaim,
    said: Reading,
    published: date,
    when: Callable[[TimeMention | None, Basis], When | None],
) -> ResolvedClaim:
    """Return a claim without a day with that of its report, where the report gives the hour alone.

    "It happened around noon" is said on the day itself: nobody gives the hour of an event and
    leaves its day to be guessed, unless it is the day on which it is told.
    """
    told = claim.claim
    if claim.when is not None and claim.when.start is not None or told.history:
        return claim
    if told.scope is not Scope.INCIDENT or told.section:
        return claim
    hour = when(told.clock or next(iter(said.hours), None), Basis.STATEMENT)
    if hour is None:
        return claim
    reason = "the hour is given and no day anywhere in the text: the day of publication"
    day = replace(
        hour, start=published, end=published, precision=Granularity.DAY,
        basis=Basis.STATEMENT, reasons=(reason,),
    )  # fmt: skip
    return replace(claim, when=day)


def resolver(
    mentions: Sequence[PlaceMention], *, setting: Setting, country: str | None
) -> Callable[[PlaceMention], Place]:
    """Return the function that resolves a document's mentions, each once.

    Names that could mean several places are settled by what stands near: every mention is resolved
    alone first, and what came out for its neighbours is the company in which it is resolved again.
    """

    ordered = sorted(set(mentions), key=lambda mention: mention.quote)
    starts = [mention.quote.start for mention in ordered]
    firsts: list[Place | None] = [None] * len(ordered)
    known: dict[tuple[object, ...], Place] = {}

    def first(n: int) -> Place:
        place = firsts[n]
        if place is None:
            place = firsts[n] = places.meant(
                ordered[n], gazetteer=setting.gazetteer, country=country
            )
        return place

    def company(mention: PlaceMention) -> list[Place]:
        at = bisect_left(starts, mention.quote.start)
        others: dict[str, Place] = {}
        for n in range(max(0, at - COMPANY), min(len(ordered), at + COMPANY)):
            other = ordered[n]
            if other.demonym:
                continue
            place = first(n)
            if place.entry is not None and other.quote != mention.quote:
                others[place.entry] = place
        return list(others.values())

    def settle(mention: PlaceMention) -> Place:
        """Resolve a mention, or answer as for the same words in the same company."""
        nearby = company(mention)
        key = places.deciding(mention), tuple([(p.entry, p.precision, p.lat) for p in nearby])
        place = known.get(key)
        if place is None:
            place = known[key] = places.meant(
                mention, gazetteer=setting.gazetteer, country=country, nearby=nearby
            )
        return place if place.quote == mention.quote else replace(place, quote=mention.quote)

    settled_as = functools.cache(settle)
    # Each mention is asked for dozens of times, and told again by itself sooner than by its fields;
    # it is kept with the answer, so that no other can be taken for it.
    asked: dict[int, tuple[PlaceMention, Place]] = {}

    def answer(mention: PlaceMention) -> Place:
        held = asked.get(id(mention))
        if held is None:
            held = asked[id(mention)] = mention, settled_as(mention)
        return held[1]

    return answer
